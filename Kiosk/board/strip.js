import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";
import { openingWords, stale } from "./hallboard.js";

/** Milliseconds after which the strip asks again who sits there, beside every change of its window. */
const askAgain = 60_000;

/** Who sits at the window: the badge, with photo, name and 党员先锋岗 where the hall shows them, and whether they stand in for somebody. */
function clerk(board) {
  const photo = h("img.photo", { alt: t("strip.photo"), hidden: true });
  const badge = h("p.badge", null);
  const name = h("p.name", { lang: "zh-Hans" });
  const party = h("p.party", null, t("strip.party"));
  const element = h("div.clerk", { hidden: true }, photo, h("div.who", null, party, badge, name));
  let shown = null;
  let asking = false;

  photo.addEventListener("error", () => {
    photo.hidden = true;
  });

  async function look() {
    if (asking) return;
    asking = true;
    try {
      const response = await fetch(`/v1/windows/${board.window}/clerk`, { credentials: "same-origin", cache: "no-store" });
      if (response.ok) show(await response.json());
    } catch {
      // The board itself shows that the connection is lost.
    } finally {
      asking = false;
    }
  }

  function show(now) {
    const what = JSON.stringify(now);
    if (what === shown) return;
    shown = what;
    element.hidden = now.badge === null;
    badge.textContent = now.badge === null ? "" : t(now.substitute ? "strip.substitute" : "strip.clerk", { badge: now.badge });
    name.textContent = now.name || "";
    name.hidden = now.name === null;
    party.hidden = !now.party_member;
    board.pauseText = now.pause_text;
    photo.hidden = now.photo === null;
    if (now.photo) photo.src = now.photo;
    else photo.removeAttribute("src");
  }

  let state = null;
  board.onChange = () => {
    const here = board.calls.atWindow(board.window).state;
    if (here === state) return;
    state = here;
    look();
  };
  setInterval(look, askAgain);
  look();
  return element;
}

/**
 * The small screen over one window: its number, and whose turn it is.
 *
 * @param {import("./main.js").Board} board
 */
export function windowStrip(board) {
  const { calls, player, window: number } = board;
  const here = () => calls.atWindow(number);
  const words = () => {
    const { state, ticket } = here();
    if (!calls.ready) return t("window.connecting");
    if (state === "called" && ticket) return t("strip.please");
    if (state === "serving") return t("strip.serving");
    if (state === "paused") return t("strip.paused");
    if (state === "closed") return t("strip.closed");
    return t("strip.welcome");
  };
  return h(
    "main.window-strip",
    { class: () => `window-strip night${player.flashes ? " fresh" : ""}` },
    stale(board),
    h("h1.window-name", null, t("board.window", { number })),
    clerk(board),
    h(
      "div.turn",
      { "aria-live": "assertive" },
      h("p.words", null, words),
      h("p.opens", { hidden: () => here().state !== "closed" || null }, () => openingWords(calls)),
      h("p.opens.pause", { lang: "zh-Hans", hidden: () => here().state !== "paused" || !board.pauseText || null }, () => board.pauseText || ""),
      h("p.number", { hidden: () => !here().ticket || null }, () => here().ticket || ""),
    ),
  );
}

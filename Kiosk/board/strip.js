import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";
import { stale } from "./hallboard.js";

/** The small screen over one window: its number, and whose turn it is. */
export function windowStrip(board) {
  const { calls, window: number } = board;
  const here = () => calls.atWindow(number);
  const fresh = () => here().call !== null && here().state === "called" && calls.isFresh(here().call);
  const words = () => {
    const { state, call } = here();
    if (!calls.ready) return t("window.connecting");
    if (state === "called" && call) return t("strip.please");
    if (state === "serving" && call) return t("strip.serving");
    if (state === "paused") return t("strip.paused");
    if (state === "closed") return t("strip.closed");
    return t("strip.welcome");
  };
  return h(
    "main.window-strip",
    { class: () => `window-strip night${fresh() ? " fresh" : ""}` },
    stale(board),
    h("h1.place", null, t("board.window", { number })),
    h(
      "div.turn",
      { "aria-live": "assertive" },
      h("p.words", null, words),
      h("p.number", { hidden: () => here().call === null || null }, () => (here().call ? here().call.number : "")),
    ),
  );
}

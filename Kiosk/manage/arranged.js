import { dateWords, timeOfDay } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";
import { living } from "../window/present.js";

/**
 * What is arranged now, by whom, and the button that takes each back.
 *
 * @param {import("./today.js").Today} page
 */
export function arranged(page) {
  return living(
    "div.arranged",
    { role: "status" },
    () => JSON.stringify([page.today && page.today.arrangements, page.press.busy]),
    () => (page.today ? rows(page, page.today.arrangements) : []),
  );
}

/**
 * @param {import("./today.js").Today} page
 * @param {API.Arrangements} now
 */
function rows(page, now) {
  const made = ({ at, by }) => t("arranged.made", { who: by || "", date: dateWords(Date.parse(at)), time: timeOfDay(Date.parse(at)) });
  const row = (name, words, arrangement, path, body = {}) =>
    h(
      "p.banner.arrangement",
      null,
      icon(name),
      h("span", null, words, " ", h("small", null, made(arrangement))),
      h(
        "button.button.small",
        { type: "button", disabled: page.press.busy || null, "aria-label": t("arranged.undo.spoken", { what: words }), onclick: () => page.act(/** @type {never} */ (path), body) },
        t("arranged.undo"),
      ),
    );
  return [
    now.paused_lanes.map((one) =>
      row("pause", t("arranged.pause", { lane: `${one.letter} ${one.name || ""}`, reason: one.reason }), one, `/v1/lanes/${one.letter}/resume`)),
    now.sessions.map((one) => {
      const words = t("arranged.session", {
        date: dateWords(Date.parse(one.from)), from: timeOfDay(Date.parse(one.from)), to: timeOfDay(Date.parse(one.to)),
      });
      return row("clock", words, one, "/v1/today/session/cancel", { date: one.date });
    }),
    now.frequent
      ? row("list", t("arranged.frequent", { items: now.frequent.items.map((one) => one.name).join(t("list.comma")) }), now.frequent, "/v1/today/frequent", { items: [] })
      : null,
    now.publicity
      ? row("speaker", t("arranged.publicity", { title: now.publicity.title }), now.publicity, "/v1/today/publicity", { title: "", lines: [] })
      : null,
  ];
}

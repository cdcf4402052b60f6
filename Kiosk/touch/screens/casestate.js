import { dayWords } from "../../shared/days.js";
import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { closedLine, heading, tile, windowWords } from "./parts.js";

/**
 * How far a case is, for whoever holds its receipt or notice: no name, no item, only what there is to do next.
 *
 * @param {Pages.App} app
 * @param {{ one: API.CaseProgress }} values
 */
export function caseState(app, { one }) {
  const isOpen = !["collected", "ended"].includes(one.state);

  function words() {
    if (one.state === "correcting") return t("caseState.correcting.line", { count: one.missing });
    if (one.state === "in_progress" && one.due) return t(one.provisional ? "caseState.due.provisional" : "caseState.due", { date: dayWords(one.due) });
    return t(`caseState.${one.state}.line`);
  }

  /** A number to come to the window with, where there is something to do there. */
  function press() {
    if (!isOpen || !one.lane || !app.hasQueue) return null;
    if (!app.isOpen) return closedLine(app);
    return tile({
      name: "ticket",
      title: t(one.state === "ready" ? "caseState.collect" : "caseState.take"),
      line: one.windows.length ? windowWords(one.windows) : "",
      main: one.state !== "in_progress",
      act: () => app.takeTicket({ items: [], lane: one.lane || undefined, case: one.id }),
    });
  }

  return {
    key: () => JSON.stringify([one.id, app.isOpen]),
    build: () =>
      h(
        "div.layout",
        null,
        h("div.head", null, heading(t(`caseState.${one.state}`)), h("p.large", { role: "status" }, words())),
        h(
          "div.press",
          null,
          h(
            "div.tiles",
            null,
            press(),
            tile({ name: "check", title: t("progress.done"), main: !isOpen || one.state === "in_progress", act: () => app.reset() }),
            tile({ name: "bell", title: t("ticket.staff"), act: () => app.callHelp() }),
          ),
        ),
      ),
  };
}

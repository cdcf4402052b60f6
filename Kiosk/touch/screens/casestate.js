import { get } from "../../shared/api.js";
import { dayWords } from "../../shared/days.js";
import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { closedLine, heading, tile, windowWords } from "./parts.js";

/**
 * The state of a case, for whoever has its receipt or notice: the next step, and neither name nor item.
 *
 * @param {Pages.App} app
 * @param {{ one: API.CaseProgress }} values
 */
export function caseState(app, { one }) {
  const isOpen = !["collected", "ended"].includes(one.state);
  /** @type {"" | "coming" | "out" | "failed"} what became of the copy that was asked for here */
  let copy = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** 补打 of the paper of the case that is needed for the next step. */
  async function print() {
    const asked = await app.during((wish) => wish.post(`/v1/cases/${one.id}/print`, app.withPaper({})), print);
    if (!asked) return;
    copy = "coming";
    app.refresh();
    watch();
  }

  /** The printer says what became of the paper. */
  function watch() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const now = await get(`/v1/cases/${one.id}`);
        const state = "slip" in now ? now.slip : null;
        if (state === "queued" || state === "printing") {
          watch();
          return;
        }
        copy = state === "printed" || state === "sent" ? "out" : "failed";
      } catch {
        copy = "failed";
      }
      app.refresh();
    }, 1000);
  }

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
    key: () => JSON.stringify([one.id, app.isOpen, app.hasPrinter, copy === "coming"]),
    left: () => clearTimeout(timer),
    build: () =>
      h(
        "div.layout",
        null,
        h("div.head", null, heading(t(`caseState.${one.state}`)), h("p.large", { role: "status" }, () => (copy ? t(`caseState.copy.${copy}`) : words())), one.explained ? h("p.line", { lang: "zh-Hans" }, `${t("caseState.explained")} ${one.explained}`) : null),
        h(
          "div.press",
          null,
          h(
            "div.tiles",
            null,
            press(),
            app.hasPrinter && copy !== "coming" ? tile({ name: "print", title: t("caseState.print"), act: print }) : null,
            tile({ name: "check", title: t("progress.done"), main: !isOpen || one.state === "in_progress", act: () => app.reset() }),
            tile({ name: "bell", title: t("ticket.staff"), act: () => app.callHelp() }),
          ),
        ),
      ),
  };
}

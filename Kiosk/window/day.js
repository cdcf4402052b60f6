import { ask, newKey } from "../shared/api.js";
import { dateWords, hallClock, timeOfDay, yearOf } from "../shared/clock.js";
import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** Refusals after which a coordinator who has looked may insist. */
const insistable = new Set(["date_implausible", "date_behind_journal", "tickets_in_service"]);

/** Asks, does, and where the hall doubts asks once more. */
function confirmStep(console, { title, text, path, body, insistent }) {
  let close = null;
  const problem = h("p.said", { role: "alert" });
  const go = h("button.button.main", { type: "button" }, title);
  let key = newKey();
  let now = body;
  go.addEventListener("click", async () => {
    go.disabled = true;
    try {
      await ask("POST", path, { body: now, key });
      close();
    } catch (refusal) {
      problem.textContent = `${refusal.title} ${refusal.detail}`;
      if (refusal.code !== "unreachable") key = newKey();
      if (insistable.has(refusal.code)) {
        now = insistent;
        go.textContent = t("day.insist");
      }
    } finally {
      go.disabled = false;
    }
  });
  close = openDialog({
    title,
    body: h("div", null, h("p", null, text), problem),
    onEscape: () => close(),
    buttons: [go, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

export function openDay(console) {
  confirmStep(console, {
    title: t("bar.openDay"),
    text: t("day.open.text"),
    path: "/v1/day/open",
    body: { confirm: false },
    insistent: { confirm: true },
  });
}

/**
 * A coordinator has held the machine's time against a phone: a day that was left open is closed, and today is opened.
 *
 * Where today is open already nothing has to be done: the hall believes the time by itself after a while.
 */
export function confirmClock() {
  let close = null;
  let key = newKey();
  const problem = h("p.said", { role: "alert" });
  const go = h("button.button.main", { type: "button" }, t("day.clock.go"));
  go.addEventListener("click", async () => {
    go.disabled = true;
    try {
      await ask("POST", "/v1/day/open", { body: { confirm: true, close_other: true }, key });
      close();
    } catch (refusal) {
      if (refusal.code === "day_already_open") {
        close();
        return;
      }
      problem.textContent = `${refusal.title} ${refusal.detail}`;
      if (refusal.code !== "unreachable") key = newKey();
    } finally {
      go.disabled = false;
    }
  });
  const shown = hallClock.shown();
  // With the year: a clock that is a year off shows the right day and month.
  const words = t("day.clock.shows", { year: yearOf(shown), date: dateWords(shown), time: timeOfDay(shown) });
  close = openDialog({
    title: t("day.clock"),
    body: h(
      "div",
      null,
      h("p.shows", null, h("b", null, words)),
      h("p", null, t("day.clock.text")),
      problem,
    ),
    onEscape: () => close(),
    buttons: [go, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

export function closeDay(console) {
  confirmStep(console, {
    title: t("bar.closeDay"),
    text: t("day.close.text"),
    path: "/v1/day/close",
    body: { force: false },
    insistent: { force: true },
  });
}

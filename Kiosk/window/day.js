import { dateWords, hallClock, timeOfDay, yearOf } from "../shared/clock.js";
import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";

/**
 * Asks, does, and where the hall doubts and lets a coordinator who has looked insist, asks once more.
 *
 * @param {object} parts
 * @param {string} parts.title
 * @param {string} [parts.label] of the press, where it is not the title
 * @param {any} parts.text
 * @param {"/v1/day/open" | "/v1/day/close"} parts.path
 * @param {object} parts.body
 * @param {(refusal: import("../shared/api.js").Problem) => boolean} [parts.isDone] whether a refusal says that what was wished for is so already
 */
function confirmStep({ title, label = title, text, path, body, isDone }) {
  let wish = body;
  const problem = h("p.said", { role: "alert" });
  const go = h("button.button.main", { type: "button", onclick: step }, label);
  const press = new Press({ onChange: () => (go.disabled = press.busy) });

  async function step() {
    if (press.busy) return;
    try {
      await press.post(path, wish);
      close();
    } catch (refusal) {
      if (isDone && isDone(refusal)) {
        close();
        return;
      }
      problem.textContent = `${refusal.title} ${refusal.detail}`;
      if (!refusal.insist) return;
      wish = { ...body, [refusal.insist]: true };
      go.textContent = t("day.insist");
    }
  }

  const close = openDialog({
    title,
    body: h("div", null, text, problem),
    onEscape: () => close(),
    buttons: [go, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

export function openDay() {
  confirmStep({ title: t("bar.openDay"), text: h("p", null, t("day.open.text")), path: "/v1/day/open", body: { confirm: false } });
}

/**
 * A coordinator has held the machine's time against a phone: a day that was left open is closed, and today is opened.
 *
 * Where today is open already nothing has to be done: the hall believes the time by itself after a while.
 */
export function confirmClock() {
  const shown = hallClock.shown();
  // With the year: a clock that is a year off shows the right day and month.
  const words = t("day.clock.shows", { year: yearOf(shown), date: dateWords(shown), time: timeOfDay(shown) });
  confirmStep({
    title: t("day.clock"),
    label: t("day.clock.go"),
    text: [h("p.shows", null, h("b", null, words)), h("p", null, t("day.clock.text"))],
    path: "/v1/day/open",
    body: { confirm: true, close_other: true },
    isDone: (refusal) => refusal.code === "day_already_open",
  });
}

export function closeDay() {
  confirmStep({ title: t("bar.closeDay"), text: h("p", null, t("day.close.text")), path: "/v1/day/close", body: { force: false } });
}

import { ask } from "../shared/api.js";
import { dateWords, hallClock, isoDate, timeOfDay, yearOf } from "../shared/clock.js";
import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";

/**
 * A dialog that confirms a step. Where the hall refuses it and allows a coordinator to insist, the dialog asks once more.
 *
 * @param {object} parts
 * @param {string} parts.title
 * @param {string} [parts.label] of the button, where it is not the title
 * @param {any} parts.text
 * @param {"/v1/day/open" | "/v1/day/close"} parts.path
 * @param {object} parts.body
 * @param {(refusal: import("../shared/api.js").Problem) => boolean} [parts.isDone] whether a refusal means that the step was done already
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
      // The button was disabled during the request and lost the focus, without which Escape does not close the dialog.
      go.focus();
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
 * A coordinator confirms that the machine's clock is right, after comparing it with a phone: a day of another date is closed, and today
 * is opened. Where today is open, the hall's time follows the clock from now on.
 *
 * @param {Pages.Console} console
 */
export async function confirmClock(console) {
  // Read now and not taken from the last heartbeat: somebody may just have set the clock.
  const told = await ask("GET", "/v1/hall").catch(() => null);
  if (told && told.at) {
    hallClock.set({ at: told.at, clock: told.clock });
    console.store.apply("answer", { day: told.day, lanes: told.lanes });
  }
  const shown = hallClock.shown();
  // With the year, because a clock that is a year off shows the right day and month.
  const words = t("day.clock.shows", { year: yearOf(shown), date: dateWords(shown), time: timeOfDay(shown) });
  confirmStep({
    title: t("day.clock"),
    label: t("day.clock.go"),
    text: [
      h("p.shows", null, h("b", null, words)),
      h("p", null, t("day.clock.text")),
      h("p", null, h("b", null, whatConfirmingDoes(console, isoDate(shown)))),
    ],
    path: "/v1/day/open",
    body: { confirm: true, close_other: true },
    isDone: (refusal) => refusal.code === "day_already_open",
  });
}

/**
 * @param {Pages.Console} console
 * @param {string} today the date that the machine shows
 */
function whatConfirmingDoes(console, today) {
  const { day, lanes } = console.store.state;
  const open = day && day.business_day;
  if (!open) return t("day.clock.opens", { today: wordsOf(today) });
  if (open === today) return t("day.clock.continues", { today: wordsOf(today) });
  const waiting = lanes.reduce((sum, one) => sum + one.waiting, 0);
  const words = { open: wordsOf(open), today: wordsOf(today), waiting };
  return t(open > today ? "day.clock.closes_wrong" : "day.clock.closes", words);
}

/** A date of the form `2026-11-23` in words, with its year. */
function wordsOf(day) {
  const evening = Date.parse(`${day}T12:00:00Z`);
  return t("day.clock.date", { year: yearOf(evening), date: dateWords(evening) });
}

export function closeDay() {
  confirmStep({ title: t("bar.closeDay"), text: h("p", null, t("day.close.text")), path: "/v1/day/close", body: { force: false } });
}

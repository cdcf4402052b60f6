import { waitWords } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";
import { kioskName } from "../window/kiosks.js";
import { living } from "../window/present.js";
import { reasonWords, whereWords } from "../window/transfer.js";

/**
 * The words for a ticket that was sent on and has not arrived; there are others for one that was sent on three times.
 *
 * @param {import("./today.js").Today} page
 * @param {API.Today["transfers"]["open"][number]} one
 */
function transferWords(page, one) {
  return t(one.told ? "transfer.around" : "transfer.open", {
    number: one.number,
    count: one.transfers,
    to: whereWords(one),
    reason: reasonWords(one),
    first: one.first_asked || "",
    since: waitWords(page.store.now() - Date.parse(one.at)),
  });
}

/** What needs attention beside the queue, each with the page where it is handled. */
const reminders = /** @type {const} */ ([
  ["cases", "/window/cases.html#list=alarms"],
  ["tasks", "/window/firstasked.html"],
  ["agency", "/window/agency.html#list=late"],
  ["originals", "/window/agency.html#list=originals"],
  ["leases", "/manage/leases.html"],
]);

/** @param {API.Today["reminders"]} counts */
function reminderLine(counts) {
  const due = reminders.filter(([name]) => counts[name] > 0);
  if (!due.length) return null;
  return h(
    "p.banner.reminders",
    null,
    icon("clock"),
    h("span", null, t("today.reminders")),
    due.map(([name, href]) => h("a.button.small", { href }, t(`today.reminders.${name}`, { count: counts[name] }))),
  );
}

/**
 * The urgent messages: this page has lost its connection, somebody rings, the hall is not open.
 *
 * @param {import("./today.js").Today} page
 */
export function alerts(page) {
  const { store } = page;
  return living(
    "div.alerts",
    { role: "status" },
    () => JSON.stringify([page.trouble, store.state.help, store.state.day, page.press.busy, page.today && [page.today.transfers.open, page.today.reminders]]),
    () => [
      page.trouble ? h("p.banner.stale", null, icon("warn"), h("span", null, page.trouble), page.elsewhere.key) : null,
      store.state.day && store.state.day.state !== "open"
        ? h("p.banner.now", null, icon("clock"), h("span", null, t(`day.${store.state.day.state}`)))
        : null,
      page.today ? reminderLine(page.today.reminders) : null,
      (page.today ? page.today.transfers.open : []).map((one) =>
        h(
          `p.banner${one.told ? ".now" : ""}.transfer`,
          null,
          icon(one.told ? "warn" : "hall"),
          h("span", null, () => transferWords(page, one)),
        ),
      ),
      store.state.help.map((ring) =>
        h(
          "p.banner.now",
          null,
          icon("bell"),
          h("span", null, () =>
            t("help.ring", { kiosk: kioskName(/** @type {any} */ (page), ring.kiosk), since: waitWords(store.now() - Date.parse(ring.asked_at)) }),
          ),
          h(
            "button.button.small",
            { type: "button", disabled: page.press.busy || null, onclick: () => page.act(`/v1/help/${ring.id}/answer`) },
            t("help.go"),
          ),
        ),
      ),
    ],
  );
}

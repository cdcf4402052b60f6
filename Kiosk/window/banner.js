import { lostWords } from "../shared/certificate.js";
import { timeOfDay } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { Press } from "../shared/press.js";
import { hasWords, inLanguage, t } from "../shared/words.js";
import { closingBanner, closingKey } from "./closing.js";
import { confirmClock } from "./day.js";
import { kioskName } from "./kiosks.js";
import { living } from "./present.js";
import { aroundWords, sentAround } from "./transfer.js";
import { waitBanners, waitsKey } from "./waits.js";

/**
 * @param {Pages.Console} console
 * @param {API.Fault} fault
 */
export function faultWords(console, fault) {
  const words = `fault.${fault.code}`;
  const what = hasWords(words) ? t(words) : t("fault.other", { code: fault.code });
  return fault.kiosk ? t("fault.at", { kiosk: kioskName(console, fault.kiosk), what }) : what;
}

/** Two touch pages claim one kiosk: a member of the staff looks which of them it is, and chooses it. */
function decisions(kiosk) {
  const press = new Press();
  const decide = (allow) => press.post(`/v1/kiosks/${encodeURIComponent(kiosk)}/page/decision`, { allow }).catch(() => {});
  const button = (word, allow) =>
    h("button.button", { type: "button", onclick: () => decide(allow) }, t(`fault.second_page.${word}`));
  return [button("keep", false), button("allow", true)];
}

/**
 * The remedies that the hall's machines need, and whether this page is up to date.
 *
 * @param {Pages.Console} console
 */
export function notices(console) {
  const part = living(
    "div.notices",
    { role: "status" },
    () => JSON.stringify(
      [console.store.state.faults, console.stale ? Math.floor(console.stale / 1000) : 0, console.store.state.day, closingKey(console), waitsKey(console), sentAround(console), console.elsewhere.words()],
    ),
    () => [
      console.stale
        ? h(
          "p.banner.stale",
          null,
          icon("warn"),
          h("span", null, lostWords(console.stale)),
        )
        : null,
      console.elsewhere.words() ? h("p.banner.now.machines", null, icon("warn"), h("span", null, console.elsewhere.words()), console.elsewhere.key) : null,
      console.store.state.day && console.store.state.day.state !== "open"
        ? h("p.banner.now", null, icon("clock"), h("span", null, t(`day.${console.store.state.day.state}`)))
        : null,
      console.store.state.day && console.store.state.day.provisional && console.store.state.day.business_day !== null
        ? h("p.banner", null, icon("clock"), h("span", null, t("day.provisional")))
        : null,
      closingBanner(console),
      waitBanners(console),
      sentAround(console).map((one) => h("p.banner.now", null, icon("warn"), h("span", null, aroundWords(one)))),
      console.store.state.faults.map((fault) =>
        h(
          "p.banner.fault",
          null,
          icon("warn"),
          h(
            "span",
            null,
            faultWords(console, fault),
            " ",
            fault.remedy ? h("span.remedy", null, inLanguage(fault.remedy)) : null,
            " ",
            h("small", null, t("fault.since", { time: timeOfDay(Date.parse(fault.since)) })),
          ),
          fault.code === "clock_step" && console.session.role === "coordinator"
            ? h("button.button.small", { type: "button", onclick: () => confirmClock(console) }, t("day.clock"))
            : null,
          fault.code === "second_page" ? decisions(fault.kiosk) : null,
        ),
      ),
    ],
  );
  return { element: part, refresh: () => part.update() };
}

import { dateWords, hallClock, isoDate, timeOfDay } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { hasWords, inLanguage, t } from "../shared/words.js";
import { kioskName } from "../window/kiosks.js";
import { living } from "../window/present.js";

/**
 * The machines: the faults with their remedies, then paper, archives, clock, and the day's hours.
 *
 * @param {import("./today.js").Today} page
 */
export function devices(page) {
  const fact = (name, value) => h("div", null, h("dt", null, t(`today.fact.${name}`)), h("dd", null, value));
  return living(
    "section.card.devices",
    { "aria-labelledby": "devices" },
    () => JSON.stringify(page.today && [page.today.faults, page.today.printers, page.today.kiosks, page.today.backup, page.today.opened_at, page.today.closed_at, page.today.sessions, isHourly(page.today)]),
    () => {
      const { today } = page;
      return [
        h("h2", { id: "devices" }, t("today.devices")),
        h(
          "div.rows",
          { tabindex: "0", role: "group", "aria-labelledby": "devices" },
          today ? today.faults.map((fault) => faultRow(page, fault)) : null,
          today
            ? h(
              "dl.facts",
              null,
              today.kiosks.map((kiosk) => h("div", null, h("dt", { lang: "zh-Hans" }, kiosk.name), h("dd", null, kioskWords(today, kiosk)))),
              today.backup ? fact("backup", backupWords(today.backup)) : null,
              fact("clock", today.clock_synchronised_at ? t("today.clock.kept", { time: momentWords(today.clock_synchronised_at) }) : t("today.clock.alone")),
              fact("day", dayWords(today)),
            )
            : null,
        ),
      ];
    },
  );
}

/** The hour of the last synchronisation: the row of the clock is updated every hour, not every minute. */
const isHourly = (today) => today.clock_synchronised_at && today.clock_synchronised_at.slice(0, 13);

/** `14:02`, with the date where it is not today's. */
function momentWords(text) {
  const moment = Date.parse(text);
  const time = timeOfDay(moment);
  return isoDate(moment) === isoDate(hallClock.shown()) ? time : `${dateWords(moment)} ${time}`;
}

/**
 * @param {import("./today.js").Today} page
 * @param {API.Fault} fault
 */
function faultRow(page, fault) {
  const known = `fault.${fault.code}`;
  const words = hasWords(known) ? t(known) : t("fault.other", { code: fault.code });
  return h(
    "p.banner.fault",
    null,
    icon("warn"),
    h(
      "span",
      null,
      fault.kiosk ? t("fault.at", { kiosk: kioskName(/** @type {any} */ (page), fault.kiosk), what: words }) : words,
      " ",
      fault.remedy ? h("span.remedy", null, inLanguage(fault.remedy)) : null,
      " ",
      h("small", null, t("fault.since", { time: momentWords(fault.since) })),
    ),
    fault.code === "clock_step" ? h("button.button.small", { type: "button", onclick: () => page.confirmClock() }, t("day.clock")) : null,
  );
}

/**
 * Paper and readers of one kiosk in a line.
 *
 * @param {API.Today} today
 * @param {API.Today["kiosks"][number]} kiosk
 */
function kioskWords(today, kiosk) {
  const count = today.faults.filter((one) => one.kiosk === kiosk.id).length;
  const printer = today.printers.find((one) => one.kiosk === kiosk.id);
  const left = printer ? printer.roll.slips_left : null;
  return [
    count ? [icon("warn"), t("today.kiosk.faults", { count })] : t("printers.ready"),
    left === null ? null : t("printers.left", { slips: left }),
    kiosk.readers.length ? `${t("list.comma")}${kiosk.readers.map((one) => one.name).join(t("list.comma"))}` : null,
  ];
}

/** @param {NonNullable<API.Today["backup"]>} backup */
function backupWords(backup) {
  if (!backup.at) return [icon("warn"), t("today.backup.none")];
  const hours = Math.max(0, Math.floor((hallClock.now() - Date.parse(backup.at)) / 3_600_000));
  const words = t("today.backup.age", { hours, time: momentWords(backup.at), target: backup.target });
  return backup.old ? [icon("warn"), words] : words;
}

/** @param {API.Today} today */
function dayWords(today) {
  const parts = [
    today.opened_at ? t("today.day.opened", { time: momentWords(today.opened_at) }) : t("today.day.never"),
    today.closed_at ? t("today.day.closed", { time: momentWords(today.closed_at) }) : null,
    today.sessions.length ? t("today.day.sessions", { sessions: today.sessions.map((one) => `${one.from}–${one.to}`).join(" ") }) : null,
  ];
  return parts.filter(Boolean).join(t("today.day.comma"));
}

import { waitWords } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";
import { living } from "../window/present.js";

const minutes = (seconds) => (seconds === null ? t("today.none") : t("today.minutes", { minutes: (seconds / 60).toFixed(1) }));

/** @param {NonNullable<API.Today["reservations"]>} reservations */
function reserved({ today, tomorrow }) {
  const all = (one) => one.booked + one.arrived + one.lapsed;
  return { today: all(today), arrived: today.arrived, lapsed: today.lapsed, tomorrow: all(tomorrow) };
}

/** @param {API.Today} today */
function longest(today) {
  const lanes = today.lanes.filter((one) => one.longest_wait_seconds !== null);
  return lanes.sort((a, b) => (b.longest_wait_seconds || 0) - (a.longest_wait_seconds || 0))[0];
}

/**
 * The five tiles: how many wait, who waits longest, who serves, what was done, whether the machines work.
 *
 * @param {import("./today.js").Today} page
 */
export function tiles(page) {
  const tile = (name, value, lines, mark = "") =>
    h(
      `section.card.tile.${name}${mark}`,
      { "aria-labelledby": `tile-${name}` },
      h("h2", { id: `tile-${name}` }, t(`today.tile.${name}`)),
      h("p.value", null, value),
      lines.filter(Boolean).map((line) => h("p.line", null, line)),
    );
  return living(
    "div.tiles",
    {},
    () => JSON.stringify(page.today && [page.today.totals, page.today.lanes, page.today.windows, page.today.wait, page.today.service, page.today.faults.length, page.today.reservations, page.today.promise]),
    () => {
      const { today } = page;
      if (!today) return ["waiting", "longest", "windows", "done", "machines"].map((name) => tile(name, "…", []));
      const { totals } = today;
      const first = longest(today);
      const open = today.windows.filter((one) => one.state !== "closed");
      const free = today.windows.filter((one) => one.state === "idle").length;
      const isUnserved = today.lanes.some((one) => one.waiting > 0 && one.open_windows.length === 0);
      return [
        tile("waiting", String(totals.waiting), [
          t("today.suspended", { suspended: totals.suspended }),
          today.reservations ? t("today.reservations", reserved(today.reservations)) : "",
        ]),
        tile(
          "longest",
          first ? waitWords((first.longest_wait_seconds || 0) * 1000) : t("today.none"),
          [
            first ? t("today.longest.who", { number: first.longest_wait_number, lane: first.name }) : t("today.longest.nobody"),
            today.promise ? t(today.promise.waiting_over ? "today.promise.over" : "today.promise", today.promise) : "",
          ],
        ),
        tile(
          "windows",
          `${open.length} / ${today.windows.length}`,
          [isUnserved ? [icon("warn"), t("today.windows.missing")] : t("today.windows.free", { free })],
          isUnserved ? ".wrong" : "",
        ),
        tile("done", `${totals.served} / ${totals.issued}`, [
          [
            t("today.done.not", { missed: totals.missed, abandoned: totals.abandoned }),
            totals.unnumbered ? t("today.unnumbered", { unnumbered: totals.unnumbered }) : "",
          ].filter(Boolean).join(t("today.day.comma")),
        ]),
        tile("waits", minutes(today.wait.mean_seconds), [
          t("today.waits.p90", { wait: minutes(today.wait.p90_seconds) }),
          t("today.waits.service", { service: minutes(today.service.mean_seconds) }),
        ]),
        tile(
          "machines",
          today.faults.length ? [icon("warn"), String(today.faults.length)] : [icon("check"), t("today.machines.well")],
          [today.faults.length ? t("today.machines.look") : t("today.machines.none")],
          today.faults.length ? ".wrong" : "",
        ),
      ];
    },
  );
}

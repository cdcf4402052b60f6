import { timeOfDay, waitWords } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { pauseWords } from "../shared/pausewords.js";
import { t } from "../shared/words.js";
import { living } from "../window/present.js";

/** A table with a heading of its own. Rows that do not fit scroll within it, also by keyboard. */
function table(name, columns, rows) {
  return [
    // For screen readers only: the first column shows the same.
    h("h2.unseen", { id: `table-${name}` }, t(`today.${name}`)),
    h(
      "div.rows",
      { tabindex: "0", role: "group", "aria-labelledby": `table-${name}` },
      h(
        "table",
        { "aria-labelledby": `table-${name}` },
        h("thead", null, h("tr", null, columns.map((one) => h(`th.${one}`, { scope: "col" }, t(`today.${name}.${one}`))))),
        h("tbody", null, rows),
      ),
    ),
  ];
}

/**
 * Who waits, by lane.
 *
 * @param {import("./today.js").Today} page
 */
export function lanesTable(page) {
  return living(
    "section.card.lanes",
    { "aria-labelledby": "table-lanes" },
    () => JSON.stringify(page.today && page.today.lanes),
    () => table("lanes", ["lane", "waiting", "longest", "windows", "issued", "served"], page.today ? page.today.lanes.map(laneRow) : []),
  );
}

/**
 * `1–4、7`: three and more in a row by their ends.
 *
 * @param {number[]} numbers in their order
 */
function runs(numbers) {
  /** @type {number[][]} */
  const found = [];
  for (const number of numbers) {
    const last = found[found.length - 1];
    if (last && last[last.length - 1] + 1 === number) last.push(number);
    else found.push([number]);
  }
  return found.map((run) => (run.length > 2 ? `${run[0]}–${run[run.length - 1]}` : run.join(t("list.comma")))).join(t("list.comma"));
}

/** @param {API.TodayLane} lane */
function laneRow(lane) {
  const isUnserved = lane.waiting > 0 && lane.open_windows.length === 0;
  return h(
    `tr${isUnserved ? ".wrong" : ""}`,
    null,
    h(
      "th.name",
      { scope: "row", title: lane.name },
      h("b", null, lane.letter),
      " ",
      lane.paused === null ? null : [h("span.mark.now", { title: lane.paused }, t("lane.paused.mark")), " "],
      lane.stopped ? [h("span.mark.now", null, t("lane.stopped")), " "] : null,
      h("span", { lang: "zh-Hans" }, lane.name),
    ),
    h("td.figure", null, String(lane.waiting)),
    h(
      "td",
      null,
      lane.longest_wait_seconds === null
        ? t("today.none")
        : [waitWords(lane.longest_wait_seconds * 1000), " ", h("small", null, lane.longest_wait_number)],
    ),
    h("td", null, isUnserved ? [icon("warn"), t("today.lanes.noWindow")] : runs(lane.open_windows) || t("today.none")),
    h("td.figure", null, String(lane.issued)),
    h("td.figure", null, String(lane.served)),
  );
}

/**
 * Who sits where, and what they do since when.
 *
 * @param {import("./today.js").Today} page
 */
export function windowsTable(page) {
  return living(
    "section.card.windows",
    { "aria-labelledby": "table-windows" },
    () => JSON.stringify(page.today && page.today.windows),
    () =>
      table("windows", ["window", "clerk", "doing", "since", "served"], page.today ? page.today.windows.map((one) => windowRow(page, one)) : []),
  );
}

/**
 * @param {import("./today.js").Today} page
 * @param {API.TodayWindow} window
 */
function windowRow(page, window) {
  const { since } = window;
  const what = pauseWords(window) || window.ticket || (window.state === "serving" ? t("verb.serve-unnumbered") : null);
  const isClosed = window.state === "closed";
  return h(
    `tr.${window.state}`,
    null,
    h("th.name", { scope: "row", title: window.name }, h("b", null, String(window.number)), " ", h("small", { lang: "zh-Hans" }, window.name)),
    h("td.clerk", null, isClosed || !window.clerk ? t("today.none") : [h("span", { lang: "zh-Hans" }, window.clerk_name), " ", h("small", null, window.clerk)]),
    h("td.doing", { title: what }, h("span.mark", null, t(`window.state.${window.state}`)), what ? h("span", { lang: "zh-Hans" }, ` ${what}`) : null),
    h(
      "td.since",
      null,
      isClosed || since === null
        ? t("today.none")
        : [() => waitWords(page.store.now() - Date.parse(since)), " ", h("small", null, timeOfDay(Date.parse(since)))],
    ),
    h("td.figure", null, String(window.served), window.unnumbered ? h("small", null, ` + ${t("today.unnumbered", { unnumbered: window.unnumbered })}`) : null),
  );
}

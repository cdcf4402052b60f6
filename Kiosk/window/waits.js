import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";

/** Waits at a console: each lane's longest wait against the hall's promise, and whether the hall's ranges are reliable. */

/** @param {string | null | undefined} moment */
const isPast = (console, moment) => (moment ? console.store.now() >= Date.parse(moment) : false);

/**
 * The longest wait of a lane against the promise: `red` from the promise on, `amber` near it.
 *
 * @param {Pages.Console} console
 * @param {API.Lane} lane
 */
export function waitMark(console, lane) {
  if (!lane.promise) return "";
  if (isPast(console, lane.promise.red_at)) return "red";
  return isPast(console, lane.promise.amber_at) ? "amber" : "";
}

/** @param {Pages.Console} console */
function crowded(console) {
  return console.store.state.lanes.filter((one) => one.promise && isPast(console, one.promise.advice_at));
}

/** @param {Pages.Console} console */
function isCoordinator(console) {
  return console.session.role === "coordinator";
}

/**
 * The data on which the banners below depend.
 *
 * @param {Pages.Console} console
 */
export function waitsKey(console) {
  if (!isCoordinator(console)) return [];
  return [crowded(console).map((one) => [one.letter, one.promise]), console.store.state.ranges];
}

/**
 * For coordinators: 建议增开窗口, and that ranges are left out.
 *
 * @param {Pages.Console} console
 */
export function waitBanners(console) {
  if (!isCoordinator(console)) return [];
  const { ranges } = console.store.state;
  return [
    ...crowded(console).map((one) =>
      h("p.banner.now.advice", null, icon("clock"), h("span", null, adviceWords(one))),
    ),
    ranges && !ranges.told
      ? h(
        "p.banner.ranges",
        null,
        icon("clock"),
        h("span", null, t("ranges.left", { judged: ranges.judged, inside: ranges.inside })),
      )
      : null,
  ];
}

/** @param {API.Lane} lane */
function adviceWords(lane) {
  const { wait_minutes: minutes = 0, windows = [] } = lane.promise || {};
  const what = t("promise.over", { lane: `${lane.letter} ${lane.name}`, minutes });
  return what + (windows.length ? t("promise.advice", { window: windows[0] }) : t("promise.advice.none"));
}

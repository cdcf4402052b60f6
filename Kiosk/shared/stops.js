import { t } from "./words.js";

/**
 * 接着去: the lanes that a ticket visits after this one.
 *
 * @param {Pick<API.Ticket, "stops">["stops"]} stops
 */
export function stopsWords(stops) {
  return stops
    .map((one) => {
      const windows = one.open_windows.length ? one.open_windows : one.windows;
      return t("stops.one", { lane: one.letter, name: one.name, windows: windows.join(t("list.comma")) });
    })
    .join(t("stops.then"));
}

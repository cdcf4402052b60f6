import { t } from "./words.js";

/**
 * `12月1日 星期二`.
 *
 * @param {string} date as 2026-12-01
 * @param {number} [weekday] Monday is 1; computed where it is not given
 */
export function dayWords(date, weekday) {
  const [year, month, day] = date.split("-").map(Number);
  const of = weekday || new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
  return t("days.words", { month, day, weekday: t(`days.${of}`) });
}

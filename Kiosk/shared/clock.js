import { currentLanguage, t } from "./words.js";

/** Offset of the hall's zone from UTC in minutes; from the server, because a kiosk's own zone may be wrong. */
let zoneMinutes = 480;

export function setZone(offset) {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(offset || "");
  if (match) zoneMinutes = (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** The hall's civil time of an instant, in the fields of a UTC date. */
function civil(milliseconds) {
  return new Date(milliseconds + zoneMinutes * 60_000);
}

const two = (number) => String(number).padStart(2, "0");

/** `09:12` in the hall's zone. */
export function timeOfDay(milliseconds) {
  const date = civil(milliseconds);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** `11月23日 星期一` in the hall's zone. */
export function dateWords(milliseconds) {
  const date = civil(milliseconds);
  return t("date.day", {
    month: currentLanguage() === "en" ? t(`month.${date.getUTCMonth() + 1}`) : date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: t(`weekday.${date.getUTCDay()}`),
  });
}

/** When the hall opens again, as a person would say it: `明天 09:00`. */
export function comingWords(rfc3339, nowMilliseconds) {
  const then = Date.parse(rfc3339);
  if (Number.isNaN(then)) return "";
  const dayOf = (milliseconds) => Math.floor((milliseconds + zoneMinutes * 60_000) / 86_400_000);
  const days = dayOf(then) - dayOf(nowMilliseconds);
  const time = timeOfDay(then);
  if (days === 0) return t("coming.today", { time });
  if (days === 1) return t("coming.tomorrow", { time });
  return t("coming.later", { date: dateWords(then), time });
}

/** A wait in the words of a clerk: `12 分钟`, `1 小时 05 分`. */
export function waitWords(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 1) return t("wait.moment");
  if (minutes < 60) return t("wait.minutes", { minutes });
  return t("wait.hours", { hours: Math.floor(minutes / 60), minutes: two(minutes % 60) });
}

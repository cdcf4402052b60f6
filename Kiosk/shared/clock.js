import { Lapse } from "./lapse.js";
import { currentLanguage, t } from "./words.js";

/** Milliseconds by which one heartbeat may set the hall's time back: many times the drift of a quartz in 15 s. */
const driftPerBeat = 5;

/**
 * The hall's time on this page: the last time that the server sent, continued by the monotonic clock.
 *
 * This machine's own time of day is never read. A time from the server may be read late (a page that was stopped reads what was
 * buffered meanwhile) but never early. So a later time is accepted at once, and an earlier one only within the drift.
 */
class HallClock {
  constructor() {
    /** The hall's time when `performance.now` is 0; before the server has sent it, the machine's own time. */
    this.origin = performance.timeOrigin;
    /** Milliseconds by which the hall's civil clock is ahead of its time: not 0 after somebody set the clock back. */
    this.lead = 0;
    this.lapse = new Lapse();
    this.doubted = false;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** The hall's time in milliseconds since 1970. */
  now() {
    return performance.now() + this.origin;
  }

  /** The time of day to show. Ages are counted by `now`, which never goes back. */
  shown() {
    return this.now() + this.lead;
  }

  /**
   * The server sends its present time: with the first event of a stream, or with the answer to a request.
   *
   * @param {{ at: string, clock?: string }} told the answer's `at` and `clock`
   */
  set({ at, clock }) {
    this.origin = Date.parse(at) - performance.now();
    this.setLead(at, clock);
    const wasDoubted = this.doubted;
    this.doubted = false;
    if (wasDoubted) this.tell();
  }

  /** A heartbeat of a stream that runs. */
  beat({ at, clock }) {
    this.origin = Math.max(Date.parse(at) - performance.now(), this.origin - driftPerBeat);
    this.setLead(at, clock);
  }

  setLead(at, clock) {
    this.lead = clock ? Date.parse(clock) - Date.parse(at) : 0;
  }

  /** An event happened at this time of the hall, possibly long ago. */
  passed({ at }) {
    this.origin = Math.max(Date.parse(at) - performance.now(), this.origin);
  }

  /**
   * Whether the time is certain. It is not from the moment when a suspension of the machine or a step of its clock is
   * detected, until the server has sent the time again.
   */
  get isSure() {
    if (this.lapse.happened()) {
      this.doubted = true;
      this.tell();
    }
    return !this.doubted;
  }

  /** Calls `listener` each time when a suspension of the machine is detected, and when the time is certain again. */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell() {
    for (const listener of [...this.listeners]) listener();
  }
}

/** One page shows one hall. */
export const hallClock = new HallClock();

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

/** `2026-11-23` in the hall's zone. */
export function isoDate(milliseconds) {
  return civil(milliseconds).toISOString().slice(0, 10);
}

/** `2026` in the hall's zone. */
export function yearOf(milliseconds) {
  return String(civil(milliseconds).getUTCFullYear());
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

/**
 * When the hall is open, with the sessions that were added for single days (延时服务).
 *
 * @param {{ hours: string }} hall
 * @param {Pick<API.Day, "extra_sessions"> | null | undefined} day
 */
export function hoursWords(hall, day) {
  const added = ((day && day.extra_sessions) || []).map(({ from, to }) =>
    t("hours.extra", { date: dateWords(Date.parse(from)), from: timeOfDay(Date.parse(from)), to: timeOfDay(Date.parse(to)) }));
  return [t("closed.hours", { hours: hall.hours }), ...added].join(t("hours.and"));
}

/** Whole seconds of a time that is left, rounded up. The clocks of page and hall differ by milliseconds, which do not count as a second. */
export function secondsLeft(milliseconds) {
  return Math.max(1, Math.ceil((milliseconds - 50) / 1000));
}

/** A wait in the words of a clerk: `12 分钟`, `1 小时 05 分`. */
export function waitWords(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 1) return t("wait.moment");
  if (minutes < 60) return t("wait.minutes", { minutes });
  return t("wait.hours", { hours: Math.floor(minutes / 60), minutes: two(minutes % 60) });
}

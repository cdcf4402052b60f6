import { get } from "./api.js";
import { t } from "./words.js";

/** For how long the own machine has to be of no use before another one is looked for, in milliseconds. */
const patience = 15_000;
const pause = 5_000;
const askTime = 3_000;
/** Milliseconds between two tries to learn the addresses of the others. */
const learnPause = 30_000;

/** Faults with which a machine does nothing that staff ask for, while another one may. */
const useless = ["journal_cut_off", "journal_behind", "program_older", "configuration_differs", "storage_fault"];

/** What stands in the address of a page that came from another machine. */
const mark = "moved";

/**
 * Whether a machine can do what its hall's pages ask for.
 *
 * @param {string} door
 */
async function isReady(door) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), askTime);
  try {
    const how = { mode: "cors", credentials: "omit", cache: "no-store", signal: controller.signal };
    return (await fetch(`${door}/readyz`, /** @type {RequestInit} */ (how))).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether this page came from another machine of the hall; the address does not say so any longer. */
export function cameFromElsewhere() {
  const asked = new URLSearchParams(location.search);
  if (!asked.has(mark)) return false;
  asked.delete(mark);
  const rest = asked.toString();
  history.replaceState(null, "", location.pathname + (rest ? `?${rest}` : "") + location.hash);
  return true;
}

/** The same page at another machine. */
function samePage(door) {
  const asked = new URLSearchParams(location.search);
  asked.set(mark, "1");
  return `${door}${location.pathname}?${asked}`;
}

/**
 * Goes on at another machine of the hall when the page's own does not answer, or can do nothing.
 *
 * In a hall with one machine it does nothing.
 */
export class Elsewhere {
  /**
   * @param {"/v1/machines" | "/v1/board/machines"} path tells the addresses of all machines
   * @param {(door: string, told: any) => string} [address] the page at a machine; `told` is the answer of `path`
   */
  constructor(path, address = samePage) {
    this.path = path;
    this.address = address;
    /** @type {string[] | null} those of the others; null until they were told */
    this.doors = null;
    /** @type {any} */
    this.told = null;
    /** @type {number | null} */
    this.since = null;
    this.next = 0;
    this.asks = false;
    /** Whether none of the others was ready when they were asked last. */
    this.isAlone = false;
  }

  /** Whether there is another machine to go on at. */
  get hasOthers() {
    return this.doors !== null && this.doors.length > 0;
  }

  /**
   * Called again and again.
   *
   * @param {boolean} isAway whether the own machine is of no use now
   */
  look(isAway) {
    const now = performance.now();
    // Also while it is away: a machine that is cut off from the journal knows the others all the same.
    if (this.doors === null) this.learn(now);
    if (!isAway) {
      this.since = null;
      this.isAlone = false;
      return;
    }
    this.since = this.since ?? now;
    if (this.asks || now - this.since < patience || now < this.next || !this.hasOthers) return;
    this.asks = true;
    this.leave().finally(() => {
      this.asks = false;
      this.next = performance.now() + pause;
    });
  }

  /** Whether the own machine says that it can do nothing. */
  static isUseless(faults) {
    return faults.some((fault) => useless.includes(fault.code));
  }

  /** What people are told while the own machine is of no use; nothing where there is no other one. */
  words(what = "machines") {
    if (this.since === null || !this.hasOthers) return "";
    return t(this.isAlone ? "machines.alone" : `${what}.leaving`);
  }

  /** @param {number} now */
  async learn(now) {
    if (this.asks || now < this.next) return;
    this.asks = true;
    this.next = now + learnPause;
    try {
      this.told = await get(this.path);
      this.doors = this.told.doors.filter((door) => door !== location.origin);
      this.next = 0;
    } catch {
      // A hall with one machine is the rule: without an answer the page stays where it is.
    } finally {
      this.asks = false;
    }
  }

  async leave() {
    for (const door of this.doors || []) {
      if (!(await isReady(door)) || this.since === null) continue;
      location.assign(this.address(door, this.told));
      return;
    }
    this.isAlone = true;
  }
}

import { get } from "./api.js";
import { h } from "./dom.js";
import { draft, watchDrafts } from "./drafts.js";
import { t } from "./words.js";

/** Milliseconds for which the own machine has to be of no use before another one is tried. */
const patience = 15_000;
const pause = 5_000;
const askTime = 3_000;
/** Milliseconds between two tries to learn the addresses of the others. */
const learnPause = 30_000;

/** Faults with which a machine cannot serve the staff, while another one may. */
const useless = ["journal_cut_off", "journal_behind", "program_older", "configuration_differs", "storage_fault"];

/** The query parameter of a page that came from another machine. */
const mark = "moved";

/**
 * Whether a machine is ready to serve its hall's pages.
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

/** Whether this page came from another machine of the hall. Removes the parameter from the address. */
export function cameFromElsewhere() {
  const asked = new URLSearchParams(location.search);
  if (!asked.has(mark)) return false;
  asked.delete(mark);
  const rest = asked.toString();
  history.replaceState(null, "", location.pathname + (rest ? `?${rest}` : "") + location.hash);
  return true;
}

/** The query parameter of the sign-in for the page that is opened afterwards, and its valid values. */
const then = "then";
const sheets = /^(?:cases|agency|firstasked)\.html(?:#[a-z]+=\w+)?$/;

/** The address of the sign-in at this page's machine; it leads back to this page. */
export function signInFor() {
  const page = location.pathname.split("/").pop() + location.hash;
  const asked = new URLSearchParams(location.search);
  asked.set(mark, "1");
  if (sheets.test(page)) asked.set(then, page);
  return `/window/?${asked}`;
}

/** The page that is opened after the sign-in; null for the console. */
export function pageAfterSignIn() {
  const asked = new URLSearchParams(location.search);
  const page = asked.get(then);
  if (!page || !sheets.test(page)) return null;
  return asked.get("lang") === "en" ? page.replace(".html", ".html?lang=en") : page;
}

/** The address of the same page at another machine. */
function samePage(door) {
  const asked = new URLSearchParams(location.search);
  asked.set(mark, "1");
  return `${door}${location.pathname}?${asked}${location.hash}`;
}

/**
 * Opens the page at another machine of the hall when the page's own does not answer, or cannot serve it (fail-over).
 *
 * A draft would be lost. So the page stays until the form is sent or given up, and says so. In a hall with one machine this does
 * nothing.
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
    /** Whether somebody gave up the draft. */
    this.isGivenUp = false;
    /**
     * The same message in a dialog, which hides the page's own.
     *
     * @type {HTMLElement | null}
     */
    this.note = null;
    watchDrafts();
  }

  /** Whether the page stays because of a draft. */
  get isHeld() {
    return this.since !== null && this.hasOthers && !this.isGivenUp && draft() !== null;
  }

  /** Whether the hall has other machines. */
  get hasOthers() {
    return this.doors !== null && this.doors.length > 0;
  }

  /**
   * Called periodically.
   *
   * @param {boolean} isAway whether the own machine is of no use now
   */
  look(isAway) {
    const now = performance.now();
    // Also while the own machine is of no use: one that is cut off from the journal still knows the others' addresses.
    if (this.doors === null) this.learn(now);
    this.since = isAway ? (this.since ?? now) : null;
    this.tellDialog();
    if (this.since === null) {
      this.isAlone = false;
      this.isGivenUp = false;
      return;
    }
    if (now - this.since < patience || now < this.next || this.isHeld) return;
    this.go();
  }

  /** Gives up the draft: the page leaves as soon as another machine is ready. */
  giveUp() {
    this.isGivenUp = true;
    this.go();
  }

  go() {
    if (this.asks || !this.hasOthers) return;
    this.asks = true;
    this.leave().finally(() => {
      this.asks = false;
      this.next = performance.now() + pause;
    });
  }

  /** Whether the own machine reports that it cannot serve. */
  static isUseless(faults) {
    return faults.some((fault) => useless.includes(fault.code));
  }

  /** The message while the own machine is of no use; empty where there is no other one. */
  words(what = "machines") {
    if (this.since === null || !this.hasOthers) return "";
    if (this.isHeld) return t("machines.held");
    return t(this.isAlone ? "machines.alone" : `${what}.leaving`);
  }

  tellDialog() {
    const form = this.isHeld ? draft() : null;
    const dialog = form && form.closest(".dialog");
    if (this.note && dialog && dialog.contains(this.note)) return;
    if (this.note) this.note.remove();
    this.note = dialog ? h("p.banner.now.machines", { role: "alert" }, h("span", null, this.words()), this.key) : null;
    if (dialog && this.note) dialog.prepend(this.note);
  }

  /** The button that gives up the draft; null where none holds the page. */
  get key() {
    if (!this.isHeld) return null;
    return h("button.button.small", { type: "button", onclick: () => this.giveUp() }, t("machines.go"));
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
      // Most halls have one machine, so without an answer the page stays.
    } finally {
      this.asks = false;
    }
  }

  async leave() {
    for (const door of this.doors || []) {
      if (!(await isReady(door)) || this.since === null || this.isHeld) continue;
      location.assign(this.address(door, this.told));
      return;
    }
    this.isAlone = true;
  }
}

import { hallClock } from "../shared/clock.js";
import { merged } from "../shared/store.js";

/** @typedef {API.BoardCall & { heard: number }} HeardCall a call with when this page first heard of it */

/** What a board knows: numbers, windows and counts, and nothing else. */
export class Calls {
  constructor() {
    this.hall = { name: "", hours: "", consult_phone: "", supervise_phone: "" };
    /** @type {API.Day | null} */
    this.day = null;
    /** @type {NonNullable<API.BoardChange["lanes"]>} */
    this.lanes = [];
    /** @type {NonNullable<API.BoardChange["windows"]>} */
    this.windows = [];
    /**
     * The last calls, the newest first, each with what became of it.
     *
     * @type {HeardCall[]}
     */
    this.calls = [];
    /** @type {string[]} */
    this.missed = [];
    this.helpWaiting = false;
    this.ready = false;
    this.lastSpoken = 0;
    /** Seconds after which a call is shown and not spoken any more. */
    this.speakSeconds = 0;
    /** @type {(call: HeardCall) => void} */
    this.onCall = () => {};
  }

  now() {
    return hallClock.now();
  }

  apply(name, data) {
    if (name === "snapshot") Object.assign(this, { lanes: [], windows: [] });
    this.change(data);
    if (name === "snapshot") this.snapshot();
    else if (name === "ticketCalled" || name === "ticketRecalled") this.called(data);
  }

  /** @param {API.BoardChange} data */
  change(data) {
    if (data.hall) this.hall = data.hall;
    if (data.day) this.day = data.day;
    if (data.lanes) this.lanes = merged(this.lanes, data.lanes, "letter");
    if (data.windows) this.windows = merged(this.windows, data.windows, "number");
    if (data.calls) this.calls = data.calls.map((call) => this.noted(call));
    if (data.missed) this.missed = data.missed;
    if (data.speak_seconds !== undefined) this.speakSeconds = data.speak_seconds;
    if (data.help_waiting !== undefined) this.helpWaiting = data.help_waiting;
  }

  /**
   * @param {API.BoardCall} call
   * @returns {HeardCall}
   */
  noted(call) {
    const known = this.calls.find((one) => one.number === call.number && one.at === call.at);
    return { ...call, heard: known ? known.heard : performance.now() };
  }

  snapshot() {
    const first = !this.ready;
    this.ready = true;
    if (first) {
      // What was called before this screen was switched on is shown, not spoken.
      this.lastSpoken = this.calls.length ? Date.parse(this.calls[0].at) : 0;
      return;
    }
    const unheard = this.calls.filter((call) => call.state === "called" && Date.parse(call.at) > this.lastSpoken);
    for (const call of unheard.reverse()) this.speak(call);
  }

  called(data) {
    this.speak(this.noted({ number: data.number, window: data.window, at: data.at, state: "called" }));
  }

  speak(call) {
    this.lastSpoken = Math.max(this.lastSpoken, Date.parse(call.at));
    if (this.isPresent(call)) this.onCall(call);
  }

  /** Milliseconds since a call was made, by the hall's time; at least those since this page received it. */
  age(call) {
    return Math.max(this.now() - Date.parse(call.at), performance.now() - call.heard);
  }

  /** Whether a call may still be spoken. */
  isPresent(call) {
    return this.age(call) < this.speakSeconds * 1000;
  }

  /** What is known now of a call that was made; null when it is over. */
  standing(call) {
    return this.calls.find((one) => one.number === call.number && one.window === call.window) || null;
  }

  /** Whether the hall still waits for the resident of a call. */
  isOpen(call) {
    const now = this.standing(call);
    return now !== null && now.state === "called";
  }

  /** The call to show large when none is being played: the newest that is waited for, else the newest that is served. */
  get newest() {
    const find = (state) => this.calls.find((one) => one.state === state);
    return find("called") || find("serving") || null;
  }

  get paused() {
    return this.windows.filter((one) => one.state === "paused").map((one) => one.number);
  }

  /** What one window's own screen shows. */
  atWindow(number) {
    return this.windows.find((one) => one.number === number) || { number, state: "closed", ticket: null };
  }
}

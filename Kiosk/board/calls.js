import { hallClock } from "../shared/clock.js";
import { merged } from "../shared/store.js";

/** The last calls that a board lists under the present one. */
const listed = 6;
/** Milliseconds for which a new call flashes. */
export const flashTime = 8000;
/** A call older than this is shown but no longer spoken: its resident has been called or has gone. */
const spokenWithin = 60_000;

/** What a board knows: numbers, windows and counts, and nothing else. */
export class Calls {
  constructor() {
    this.hall = { name: "", hours: "", consult_phone: "", supervise_phone: "" };
    this.lanes = [];
    this.windows = [];
    this.calls = [];
    this.missed = [];
    this.ready = false;
    this.lastSpoken = null;
    this.onCall = () => {};
  }

  now() {
    return hallClock.now();
  }

  apply(name, data) {
    if (name === "snapshot") this.snapshot(data);
    else this.change(name, data);
  }

  snapshot(data) {
    const first = !this.ready;
    this.hall = data.hall;
    this.lanes = data.lanes;
    this.windows = data.windows;
    const before = this.calls;
    this.calls = data.calls.slice(0, listed + 1).map((call) => {
      const known = before.find((one) => one.number === call.number && one.at === call.at);
      return { ...call, heard: known ? known.heard : performance.now() };
    });
    this.missed = data.missed;
    this.ready = true;
    if (first) {
      // What was called before this screen was switched on is shown, not spoken.
      this.lastSpoken = data.calls.length ? Date.parse(data.calls[0].at) : 0;
      return;
    }
    const unheard = this.calls.filter((call) => Date.parse(call.at) > this.lastSpoken);
    for (const call of unheard.reverse()) this.speak(call);
  }

  change(name, data) {
    if (data.lanes) this.lanes = merged(this.lanes, data.lanes, "letter");
    if (data.window && data.state) {
      this.windows = merged(this.windows, [{ number: data.window, state: windowState(data.state) }], "number");
    }
    if (name === "dayClosed" || name === "dayOpened") {
      this.calls = [];
      this.missed = [];
    }
    if (name === "ticketCalled" || name === "ticketRecalled") this.called(data);
    if (!data.number) return;
    if (name === "ticketMissed") this.missed = [...this.missed.filter((one) => one !== data.number), data.number];
    else if (name !== "slipChanged") this.missed = this.missed.filter((one) => one !== data.number);
  }

  called(data) {
    const call = { number: data.number, window: data.window, at: data.at, heard: performance.now() };
    this.calls = [call, ...this.calls.filter((one) => one.number !== call.number)].slice(0, listed + 1);
    this.speak(call);
  }

  speak(call) {
    this.lastSpoken = Math.max(this.lastSpoken || 0, Date.parse(call.at));
    if (this.isPresent(call)) this.onCall(call);
  }

  /** Milliseconds since a call was made: by the hall's time, and never less than since this page heard of it. */
  age(call) {
    return Math.max(this.now() - Date.parse(call.at), performance.now() - call.heard);
  }

  /** Whether a call may still be spoken. */
  isPresent(call) {
    return this.age(call) < spokenWithin;
  }

  /** The call to show large, and whether it is still flashing. */
  get last() {
    return this.calls[0] || null;
  }

  isFresh(call) {
    return call !== null && this.age(call) < flashTime;
  }

  /** What one window's own screen shows. */
  atWindow(number) {
    const window = this.windows.find((one) => one.number === number) || { number, state: "closed" };
    const call = this.calls.find((one) => one.window === number) || null;
    const busy = window.state === "called" || window.state === "serving";
    return { state: window.state, call: busy ? call : null };
  }
}

/** A window's state after what happened to a ticket at it. */
function windowState(happened) {
  if (happened === "recalled") return "called";
  if (["called", "serving", "paused", "closed", "idle"].includes(happened)) return happened;
  return "idle";
}

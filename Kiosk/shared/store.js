import { hallClock } from "./clock.js";

/** What a page knows of the hall: a snapshot and what changed since. */

/** Puts `changed` in the place of the entries with the same `key`; unknown ones are added at the end. */
export function merged(list, changed, key) {
  const result = (list || []).slice();
  for (const one of changed) {
    const index = result.findIndex((other) => other[key] === one[key]);
    if (index < 0) result.push(one);
    else result[index] = { ...result[index], ...one };
  }
  return result;
}

const listed = new Set(["waiting", "called", "serving", "suspended", "missed"]);

export class Store {
  constructor() {
    this.state = { day: null, lanes: [], windows: [], tickets: [], help: [], faults: [], printers: [] };
    this.ready = false;
    this.listeners = new Set();
  }

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The hall's time in milliseconds since 1970. */
  now() {
    return hallClock.now();
  }

  /** Takes one event of the feed. */
  apply(name, data) {
    if (name === "snapshot") {
      if (data.at) hallClock.set(data);
      this.state = { ...this.state, ...data };
      this.ready = true;
    } else {
      this.change(data);
    }
    for (const listener of this.listeners) listener(name, data);
  }

  change(data) {
    const state = { ...this.state };
    if (data.lanes) state.lanes = merged(state.lanes, data.lanes, "letter");
    if (data.window && typeof data.window === "object") state.windows = merged(state.windows, [data.window], "number");
    if (data.windows) state.windows = merged(state.windows, data.windows, "number");
    if (data.day) {
      state.day = data.day;
      // What the closed day left at windows and in lists has ended with it.
      if (!data.day.business_day) state.tickets = [];
    }
    if (data.faults) state.faults = data.faults;
    if (data.printers) state.printers = data.printers;
    if (data.ticket) state.tickets = this.withTicket(state.tickets, data.ticket);
    if (data.help) state.help = merged(state.help, [data.help], "id");
    if (data.help_answered) state.help = state.help.filter((other) => other.id !== data.help_answered.id);
    this.state = state;
  }

  withTicket(tickets, ticket) {
    if (!listed.has(ticket.state)) return tickets.filter((other) => other.id !== ticket.id);
    return merged(tickets, [ticket], "id");
  }
}

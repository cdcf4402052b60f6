import { hallClock } from "./clock.js";

/** What a page knows of the hall: a snapshot and what changed since. */

/**
 * Replaces the entries with the same `key` by those of `changed`; new ones are added at the end.
 *
 * @template {Record<string, any>} Entry
 * @param {Entry[]} list
 * @param {Entry[]} changed
 * @param {keyof Entry} key
 */
export function merged(list, changed, key) {
  const result = list.slice();
  for (const one of changed) {
    const index = result.findIndex((other) => other[key] === one[key]);
    if (index < 0) result.push(one);
    else result[index] = { ...result[index], ...one };
  }
  return result;
}

/**
 * Inserts a ticket where it stands according to the hall: in its list, behind the number in front of it.
 *
 * @param {API.Ticket[]} tickets
 * @param {API.Ticket} ticket
 */
function inserted(tickets, ticket) {
  const rest = tickets.filter((other) => other.id !== ticket.id);
  if (ticket.list === null) return rest;
  const isBeside = (other) => other.list === ticket.list && (ticket.list !== "waiting" || other.lane === ticket.lane);
  const head = rest.findIndex(isBeside);
  let index = head;
  if (ticket.behind !== null) index = rest.findIndex((other) => isBeside(other) && other.number === ticket.behind) + 1 || -1;
  // The number in front of it is not known here: of a long lane the hall sends only the first tickets.
  if (index < 0) return [...rest, ticket];
  return [...rest.slice(0, index), ticket, ...rest.slice(index)];
}

export class Store {
  constructor() {
    /** @type {Pages.State} */
    this.state = /** @type {any} */ ({ day: null, closing: null, ranges: null, lanes: [], windows: [], tickets: [], help: [], faults: [], printers: [] });
    this.ready = false;
    /** @type {Set<(name: string, data: any) => void>} */
    this.listeners = new Set();
  }

  /** @param {(name: string, data: any) => void} listener */
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

  /** @param {API.FeedChange} data */
  change(data) {
    const state = { ...this.state };
    if (data.lanes) state.lanes = merged(state.lanes, data.lanes, "letter");
    if (data.window) state.windows = merged(state.windows, [data.window], "number");
    if (data.windows) state.windows = merged(state.windows, data.windows, "number");
    if (data.day) state.day = data.day;
    if (data.tickets) state.tickets = data.tickets;
    if (data.ranges) state.ranges = data.ranges;
    if (data.closing !== undefined) state.closing = data.closing;
    if (data.faults) state.faults = data.faults;
    if (data.printers) state.printers = data.printers;
    if (data.ticket) state.tickets = inserted(state.tickets, data.ticket);
    if (data.rings) state.help = data.rings;
    if (data.emergencies) state.emergencies = data.emergencies;
    if (data.help) state.help = merged(state.help, [data.help], "id");
    const { help_answered: answered } = data;
    if (answered) state.help = state.help.filter((other) => other.id !== answered.id);
    this.state = state;
  }
}

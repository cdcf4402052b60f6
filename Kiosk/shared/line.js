import { knownAgain } from "./api.js";

/** @typedef {{ id?: string, name: string, data: any }} StreamEvent */

/** Milliseconds before the connection is opened again: at first, and at most (exponential back-off). */
const firstPause = 400;
const longestPause = 8_000;
const dialTime = 10_000;

/** Splits a stream into events `{id, name, data}`; a comment yields no event but shows that the server is alive. */
export class EventParser {
  constructor(emit) {
    this.emit = emit;
    this.rest = "";
    this.name = "";
    /** @type {string[]} */
    this.data = [];
    /** @type {string | undefined} */
    this.id = undefined;
  }

  reset() {
    this.name = "";
    this.data = [];
    this.id = undefined;
  }

  push(text) {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() || "";
    for (const line of lines) this.line(line);
  }

  line(line) {
    if (line === "") {
      if (this.data.length) this.emit({ id: this.id, name: this.name || "message", data: this.data.join("\n") });
      this.reset();
      return;
    }
    if (line.startsWith(":")) return;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.name = value;
    else if (field === "data") this.data.push(value);
    else if (field === "id") this.id = value;
  }
}

/** The server does not let this page have the stream. */
export class Refused extends Error {}

/** Opens the stream after the event `last`; returns its body. */
async function dial(path, last, signal) {
  const headers = { Accept: "text/event-stream" };
  if (last) headers["Last-Event-ID"] = last;
  const response = await fetch(path, { headers, credentials: "same-origin", cache: "no-store", signal });
  if (response.status === 401 && (await knownAgain())) throw new Error("feed of a page that was forgotten");
  if (response.status === 401 || response.status === 403) throw new Refused();
  if (!response.ok || !response.body) throw new Error(`feed ${response.status}`);
  return response.body.getReader();
}

/** What an event carries; null for what is not JSON. */
function parsed(event) {
  try {
    return { id: event.id, name: event.name, data: JSON.parse(event.data) };
  } catch {
    return null;
  }
}

/**
 * Requests only the stream's first event, the snapshot, and closes the connection.
 *
 * @param {string} path
 * @param {AbortSignal} signal
 * @returns {Promise<StreamEvent>}
 */
export async function snapshotOf(path, signal) {
  const controller = new AbortController();
  const hangUp = () => controller.abort();
  signal.addEventListener("abort", hangUp);
  const timer = setTimeout(hangUp, dialTime);
  try {
    const reader = await dial(path, null, controller.signal);
    const decoder = new TextDecoder();
    /** @type {StreamEvent | null} */
    let first = null;
    const parser = new EventParser((event) => (first = first || parsed(event)));
    while (!first) {
      const { done, value } = await reader.read();
      if (done) throw new Error("the feed ended before its snapshot");
      parser.push(decoder.decode(value, { stream: true }));
    }
    return first;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", hangUp);
    hangUp();
  }
}

/** One stream that is kept open: opened again whenever it ends, after the last event that was received. */
export class Line {
  /**
   * @param {string} path
   * @param {object} told
   * @param {(event: StreamEvent, isFirst: boolean) => void} told.onEvent also told whether it is the first of a new connection
   * @param {() => void} told.onHeard called for every piece that comes
   * @param {() => boolean} told.mayRead asked before each piece is read; false drops the line
   * @param {() => void} told.onRefused the server does not let this page have the stream
   */
  constructor(path, { onEvent, onHeard, mayRead, onRefused }) {
    this.path = path;
    this.onEvent = onEvent;
    this.onHeard = onHeard;
    this.mayRead = mayRead;
    this.onRefused = onRefused;
    /** @type {string | null} */
    this.lastID = null;
    this.connected = false;
    this.pause = firstPause;
    this.running = false;
    /** @type {AbortController | null} */
    this.controller = null;
  }

  open(lastID) {
    if (this.running) return;
    this.running = true;
    this.lastID = lastID;
    this.pause = firstPause;
    this.connect();
  }

  close() {
    this.running = false;
    clearTimeout(this.retry);
    if (this.controller) this.controller.abort();
    this.controller = null;
    this.connected = false;
  }

  redial() {
    clearTimeout(this.retry);
    this.pause = firstPause;
    if (this.running && !this.controller) this.connect();
  }

  /** Closes this connection without reading further, and opens another one at once. */
  drop() {
    this.pause = 0;
    if (this.controller) this.controller.abort();
    else this.redial();
  }

  async connect() {
    const controller = new AbortController();
    this.controller = controller;
    const dialling = setTimeout(() => {
      if (!this.connected) controller.abort();
    }, dialTime);
    try {
      const reader = await dial(this.path, this.lastID, controller.signal);
      if (this.controller !== controller) return;
      this.connected = true;
      await this.read(reader, controller.signal);
    } catch (error) {
      // After every other error the connection is opened again (below).
      if (error instanceof Refused && this.running) {
        this.close();
        this.onRefused();
      }
    } finally {
      clearTimeout(dialling);
      if (this.controller === controller) {
        this.connected = false;
        this.controller = null;
        if (this.running) this.later();
      }
    }
  }

  async read(reader, signal) {
    const decoder = new TextDecoder();
    let isFirst = true;
    const parser = new EventParser((event) => {
      const read = parsed(event);
      if (!read) return;
      this.onEvent(read, isFirst);
      if (read.id !== undefined) this.lastID = read.id;
      isFirst = false;
    });
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !this.running) return;
      if (!this.mayRead() && signal.aborted) return;
      this.pause = firstPause;
      this.onHeard();
      parser.push(decoder.decode(value, { stream: true }));
    }
  }

  later() {
    const jitter = 0.5 + Math.random();
    this.retry = setTimeout(() => {
      if (this.running && !this.controller) this.connect();
    }, this.pause * jitter);
    this.pause = Math.min(Math.max(this.pause * 2, firstPause), longestPause);
  }
}

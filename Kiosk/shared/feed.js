import { hallClock } from "./clock.js";

/**
 * Follows one server-sent event stream by fetch, because a page must hear every byte: silence is the only way to tell a
 * quiet hall from a dead line. Format: WHATWG HTML §9.2.
 *
 * The stream says the hall's time: `at` of its first event, and an event `time` as the heartbeat. What comes on a line
 * that was open while this machine slept is thrown away: the line is dialled again, and the server sends what was
 * missed behind its present time.
 */

/** Silence after which the page says that it may be out of date; the server speaks at least every 15 s. */
const staleAfter = 17_000;
/** Silence after which the line is cut and dialled again. */
const deadAfter = 20_000;
/** A short break is mended without a word. */
const patience = 4_000;
const firstPause = 400;
const longestPause = 8_000;

/** Splits a byte stream into events `{id, name, data}`; a comment yields nothing but proves life. */
export class EventParser {
  constructor(emit) {
    this.emit = emit;
    this.rest = "";
    this.reset();
  }

  reset() {
    this.name = "";
    this.data = [];
    this.id = undefined;
  }

  push(text) {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop();
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

export class Feed {
  /**
   * @param path the stream's address
   * @param onEvent called with (name, data) for each event
   * @param onState called with "live", "stale" or "refused" whenever that changes, and every second while stale
   */
  constructor(path, { onEvent, onState }) {
    this.path = path;
    this.onEvent = onEvent;
    this.onState = onState;
    this.lastID = null;
    this.lastHeard = performance.now();
    this.connected = false;
    this.state = "live";
    this.pause = firstPause;
    this.running = false;
  }

  start() {
    if (this.running) return;
    this.running = true;
    this.lastHeard = performance.now();
    this.ticker = setInterval(() => this.tick(), 1000);
    this.online = () => this.redial();
    window.addEventListener("online", this.online);
    this.deaf = hallClock.listen(() => {
      if (hallClock.doubted) this.dropLine();
    });
    this.connect();
  }

  stop() {
    this.running = false;
    clearInterval(this.ticker);
    clearTimeout(this.retry);
    window.removeEventListener("online", this.online);
    if (this.deaf) this.deaf();
    if (this.controller) this.controller.abort();
  }

  /** Milliseconds since the server was last heard. */
  get silence() {
    return performance.now() - this.lastHeard;
  }

  tell(state) {
    if (state === this.state && state !== "stale") return;
    this.state = state;
    this.onState(state);
  }

  heard() {
    this.lastHeard = performance.now();
    this.pause = firstPause;
    this.tell("live");
  }

  tick() {
    // Asked for every second, so that a sleep is noticed.
    void hallClock.isSure;
    const limit = this.connected ? staleAfter : patience;
    if (this.state !== "refused" && this.silence > limit) this.tell("stale");
    if (this.connected && this.silence > deadAfter && this.controller) this.controller.abort();
  }

  redial() {
    clearTimeout(this.retry);
    this.pause = firstPause;
    if (this.running && !this.controller) this.connect();
  }

  /** The machine slept or its clock was set: nothing more is read of this line, and another is dialled at once. */
  dropLine() {
    this.pause = 0;
    if (this.controller) this.controller.abort();
    else this.redial();
  }

  async connect() {
    const controller = new AbortController();
    this.controller = controller;
    this.isFirst = true;
    const dialling = setTimeout(() => {
      if (!this.connected) controller.abort();
    }, 10_000);
    try {
      const headers = { Accept: "text/event-stream" };
      if (this.lastID) headers["Last-Event-ID"] = this.lastID;
      const response = await fetch(this.path, {
        headers,
        credentials: "same-origin",
        cache: "no-store",
        signal: controller.signal,
      });
      if (response.status === 401 || response.status === 403) {
        if (this.running) this.tell("refused");
        return;
      }
      if (!response.ok || !response.body) throw new Error(`feed ${response.status}`);
      this.connected = true;
      await this.read(response.body.getReader(), controller.signal);
    } catch {
      // Every way in which the line can end is mended the same way: dial again below.
    } finally {
      clearTimeout(dialling);
      this.connected = false;
      if (this.controller === controller) this.controller = null;
      if (this.running && this.state !== "refused") this.later();
    }
  }

  async read(reader, signal) {
    const decoder = new TextDecoder();
    const parser = new EventParser((event) => {
      if (event.id !== undefined) this.lastID = event.id;
      let data;
      try {
        data = JSON.parse(event.data);
      } catch {
        return;
      }
      if (data.at) this.tellTime(event.name, data);
      if (event.name !== "time") this.onEvent(event.name, data);
    });
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !this.running) return;
      if (!hallClock.isSure && signal.aborted) return;
      this.heard();
      parser.push(decoder.decode(value, { stream: true }));
    }
  }

  /** Gives the hall's clock the moment that an event carries. */
  tellTime(name, data) {
    if (this.isFirst) hallClock.set(data);
    else if (name === "time") hallClock.beat(data);
    else hallClock.passed(data);
    this.isFirst = false;
  }

  later() {
    const jitter = 0.5 + Math.random();
    this.retry = setTimeout(() => {
      if (this.running && !this.controller) this.connect();
    }, this.pause * jitter);
    this.pause = Math.min(Math.max(this.pause * 2, firstPause), longestPause);
  }
}

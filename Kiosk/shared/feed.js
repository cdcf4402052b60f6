import { hallClock } from "./clock.js";
import { Leadership } from "./leader.js";
import { Line, Refused, snapshotOf } from "./line.js";
import { trainingEnded } from "./training.js";

/**
 * Follows one server-sent event stream. Format: WHATWG HTML §9.2.
 *
 * It uses fetch and not EventSource, because it has to notice every byte: only the time without any byte distinguishes a hall in
 * which nothing happens from a dead connection.
 *
 * Pages of one browser that follow the same stream share it. A browser opens six connections to one host (HTTP/1.1), so a
 * seventh stream would leave none for the requests of a console. One page is the leader: it holds the connection and passes on
 * what it receives. The others are followers: each requests a snapshot once and then listens to the leader. A follower that
 * hears nothing of the leader takes over.
 *
 * The stream has the hall's time: `at` of its first event, and an event `time` as the heartbeat. What arrives on a connection
 * that was open while this machine was suspended is dropped. The page then connects again, and the server sends its present
 * time before the events that were missed.
 */

/** Milliseconds without a byte after which the page says that it may be out of date; the server sends one at least every 15 s. */
const staleAfter = 17_000;
/** Milliseconds without a byte after which the connection is closed and opened again. */
const deadAfter = 20_000;
/** Milliseconds without a connection after which the page says so; a shorter break is not shown. */
const patience = 4_000;
/** Ticks of a follower, a second apart, without a message of the leader after which it takes over. */
const longestQuiet = 6;
/** Milliseconds between two tries to get a snapshot. */
const joinAgain = 1_000;

/** Whether event id `a` comes after `b`: `<epoch>.<sequence>`. */
function isAfter(a, b) {
  if (!b) return true;
  const [epoch, sequence] = a.split(".").map(Number);
  const [epochBefore, before] = b.split(".").map(Number);
  return epoch === epochBefore ? sequence > before : epoch > epochBefore;
}

const canShare = typeof BroadcastChannel === "function" && Boolean(navigator.locks);

export class Feed {
  /**
   * @param {string} path the stream's address
   * @param {object} told
   * @param {(name: string, data: any) => void} told.onEvent called for each event
   * @param {(state: "live" | "stale" | "refused") => void} told.onState called whenever that changes, and every second while stale
   * @param {() => void} [told.onBegun] called once this page receives the stream, at first and again after each break: an event without an id, such
   *   as a card that was laid down, is not sent again and has to be requested
   */
  constructor(path, { onEvent, onState, onBegun = () => {} }) {
    this.path = path;
    this.onEvent = onEvent;
    this.onState = onState;
    this.onBegun = onBegun;
    /** @type {string | null} */
    this.lastID = null;
    this.lastHeard = performance.now();
    /** @type {"live" | "stale" | "refused"} */
    this.state = "live";
    this.running = false;
    this.line = new Line(path, {
      onEvent: (event, isFirst) => this.lineGave(event, isFirst),
      onHeard: () => this.heard(),
      // Checked for each piece, so that a suspension is detected before the bytes that were buffered meanwhile are read.
      mayRead: () => hallClock.isSure,
      onRefused: () => this.refused(),
    });
    /** Incremented by each new leader, so that messages of a former leader that was frozen are recognised (a lower term). */
    this.term = 0;
    /** Ticks since the last message of the leader. */
    this.quiet = 0;
    /** Whether the leader's connection is up. */
    this.upstream = false;
    /** Messages that arrived while a snapshot was requested; null otherwise. */
    /** @type {any[] | null} */
    this.pending = null;
    this.redial = () => this.line.redial();
  }

  get leads() {
    return !this.leadership || this.leadership.leads;
  }

  start() {
    if (this.running) return;
    this.running = true;
    this.lastHeard = performance.now();
    this.ticker = setInterval(() => this.tick(), 1000);
    window.addEventListener("online", this.redial);
    this.deaf = hallClock.listen(() => {
      if (hallClock.doubted) this.slept();
    });
    if (!canShare) {
      this.line.open(null);
      return;
    }
    this.channel = new BroadcastChannel(`feed ${this.path}`);
    this.channel.onmessage = (message) => this.passedOn(message.data);
    this.leadership = new Leadership(`feed ${this.path}`, { onLead: () => this.lead(), onFollow: () => this.follow() });
    this.leadership.start();
  }

  stop() {
    this.running = false;
    clearInterval(this.ticker);
    clearTimeout(this.retry);
    window.removeEventListener("online", this.redial);
    if (this.deaf) this.deaf();
    if (this.joining) this.joining.abort();
    this.line.close();
    if (this.leadership) this.leadership.stop();
    if (this.channel) this.channel.close();
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
    this.tell("live");
  }

  refused() {
    this.passOn({ kind: "refused" });
    this.stop();
    this.tell("refused");
  }

  tick() {
    // Checked every second, so that a suspension of the machine is detected.
    void hallClock.isSure;
    const connected = this.leads ? this.line.connected : this.upstream;
    if (this.silence > (connected ? staleAfter : patience)) this.tell("stale");
    if (this.leads) {
      if (this.line.connected && this.silence > deadAfter) this.line.drop();
      this.passOn({ kind: "alive" });
    } else {
      this.quiet += 1;
      // With jitter, so that not all followers take over at once.
      if (this.leadership && this.quiet > longestQuiet + 2 * Math.random()) this.leadership.take();
    }
  }

  /** The machine was suspended or its clock was set: buffered events are dropped, and the present state is requested. */
  slept() {
    if (this.leads) this.line.drop();
    else this.join();
  }

  // The leader.

  lead() {
    if (this.joining) this.joining.abort();
    this.pending = null;
    this.term += 1;
    this.line.open(this.lastID);
    this.passOn({ kind: "alive" });
  }

  lineGave(event, isFirst) {
    this.passOn({ kind: "event", event, after: this.lastID });
    this.take(event, isFirst);
  }

  passOn(message) {
    if (this.channel && this.running && this.leads) {
      this.channel.postMessage({ ...message, term: this.term, connected: this.line.connected });
    }
  }

  // Followers.

  follow() {
    this.line.close();
    this.quiet = 0;
    this.join();
  }

  /** Requests a snapshot; messages that arrive meanwhile are kept until it is there. */
  async join() {
    if (this.joining) this.joining.abort();
    clearTimeout(this.retry);
    const joining = new AbortController();
    this.joining = joining;
    this.pending = [];
    try {
      const first = await snapshotOf(this.path, joining.signal);
      if (joining.signal.aborted || this.leads) return;
      const pending = this.pending || [];
      this.pending = null;
      this.upstream = true;
      this.heard();
      this.take(first, true);
      for (const message of pending) this.follows(message);
    } catch (error) {
      if (!this.running || joining.signal.aborted) return;
      if (error instanceof Refused) {
        this.stop();
        this.tell("refused");
      } else {
        this.retry = setTimeout(() => !this.leads && this.join(), joinAgain);
      }
    }
  }

  passedOn(message) {
    if (!this.running || this.leads || message.term < this.term) return;
    this.term = message.term;
    this.quiet = 0;
    this.upstream = message.connected;
    // The leader was refused. This page finds out by a request of its own whether it is refused too.
    if (message.kind === "refused") this.join();
    if (message.kind !== "event") return;
    if (this.pending) this.pending.push(message);
    else this.follows(message);
  }

  follows({ event, after }) {
    // After a suspension buffered messages are dropped; a snapshot was requested.
    if (!hallClock.isSure) return;
    this.heard();
    const isNumbered = event.id !== undefined && event.name !== "snapshot";
    if (isNumbered && !isAfter(event.id, this.lastID)) return;
    // An event is missing: the leader was closed before it had passed everything on.
    if (isNumbered && after && this.lastID !== after && isAfter(after, this.lastID)) this.join();
    else this.take(event, false);
  }

  // Both.

  /**
   * @param {import("./line.js").StreamEvent} event
   * @param {boolean} isFirst
   */
  take({ id, name, data }, isFirst) {
    if (id !== undefined) this.lastID = id;
    if (name === "trainingEnded") {
      this.stop();
      trainingEnded();
      return;
    }
    if (data.at) this.tellTime(name, data, isFirst);
    if (name !== "time") this.onEvent(name, data);
    if (isFirst) this.onBegun();
  }

  /** Sets the hall's clock by the time that an event carries. */
  tellTime(name, data, isFirst) {
    // After a coordinator confirmed the clock, the hall's time may be earlier than before.
    if (isFirst || name === "clockConfirmed") hallClock.set(data);
    else if (name === "time") hallClock.beat(data);
    else hallClock.passed(data);
  }
}

import { fill, h, View } from "../shared/dom.js";
import { Elsewhere } from "../shared/elsewhere.js";
import { Feed } from "../shared/feed.js";
import { Press } from "../shared/press.js";
import { Store } from "../shared/store.js";
import { t } from "../shared/words.js";
import { AgentConsole } from "./agentconsole.js";
import { bar } from "./bar.js";
import { notices } from "./banner.js";
import { Emergencies } from "./emergency.js";
import { followKeys } from "./keys.js";
import { growForDialogs } from "./more.js";
import { present } from "./present.js";
import { Rings } from "./rings.js";
import { Scans } from "./scans.js";
import { Sides } from "./sides.js";
import { stripView } from "./strip.js";
import { transferDialog } from "./transfer.js";
import { isPossible, mainVerb, undo, verbs } from "./verbs.js";

/** Milliseconds after an answer in which the same verb is ignored, because a second press so soon is accidental. */
const verbRest = 1000;

/**
 * The state of a window before the feed has sent it, and of a console without one.
 *
 * @param {number | null} number
 * @returns {Pages.Window}
 */
function noWindow(number) {
  return { number, state: "closed", lanes: [], ticket: null, ticket_id: null, pause_code: null, pause_reason: null, unnumbered_since: null, own_waiting: 0, undo_until: null, finish_from: null, verbs: [] };
}

/** One clerk's console: a store that follows the feed, and buttons that send requests. */
export class Console {
  /**
   * @param {HTMLElement} page
   * @param {object} parts
   * @param {API.Hall} parts.hall
   * @param {API.Session} parts.session
   * @param {boolean} parts.strip
   * @param {() => void} parts.leave
   * @param {import("../shared/api.js").Problem | null} [parts.said] why the window could not be opened
   */
  constructor(page, { hall, session, strip, leave, said = null }) {
    this.page = page;
    this.session = session;
    this.strip = strip;
    this.leave = leave;
    this.store = new Store();
    this.store.state = {
      ...this.store.state,
      hall: hall.hall,
      kiosks: hall.kiosks,
      kiosk_names: hall.kiosk_names,
      printing_kiosks: hall.printing_kiosks,
      shown: hall.shown,
      reservations: hall.reservations,
      catalogue_version: hall.catalogue_version,
    };
    const { at, clock, day, lanes, windows, faults } = hall;
    this.store.apply("snapshot", { at, clock, day, lanes, windows, faults });
    this.store.ready = false;
    this.press = new Press({ rest: verbRest, onChange: () => this.refresh() });
    /**
     * The last problem, and its time.
     *
     * @type {{ problem: import("../shared/api.js").Problem, at: number } | null}
     */
    this.said = said ? { problem: said, at: performance.now() } : null;
    /**
     * Milliseconds since the last byte of the feed, while that is too long; false otherwise.
     *
     * @type {number | false}
     */
    this.stale = false;
    /**
     * The ticket whose mark 未出票 shows what can be done about it.
     *
     * @type {string | null}
     */
    this.opened = null;
    /**
     * The ticket that this window has sent on last.
     *
     * @type {string | null}
     */
    this.sent = null;
    this.scans = new Scans(this);
    this.rings = new Rings(this.store);
    this.emergencies = new Emergencies(this.store, session);
    this.feed = new Feed("/v1/feed", {
      onEvent: (name, data) => this.store.apply(name, data),
      onState: (state) => this.lineChanged(state),
    });
    this.elsewhere = new Elsewhere("/v1/machines");
    /** @type {View | null} */
    this.view = null;
    /** @type {Sides | AgentConsole | null} */
    this.sides = null;
    /** @type {{ element: HTMLElement, refresh: () => void } | null} */
    this.banner = null;
    this.stopKeys = () => {};
    this.stopGrowing = () => {};
  }

  start() {
    document.title = this.session.window === null ? t("window.titleHall") : t(
      "window.title",
      { number: this.session.window },
    );
    this.view = new View(() => (this.strip ? stripView(this) : this.build()));
    fill(this.page, this.view.element, this.scans.element);
    this.stopKeys = followKeys(this);
    if (this.strip) this.stopGrowing = growForDialogs();
    this.store.listen(() => this.refresh());
    this.feed.start();
    this.rings.start();
    this.emergencies.start();
    this.ticker = setInterval(() => this.tick(), 500);
    this.refresh();
  }

  tick() {
    this.elsewhere.look(this.stale !== false || Elsewhere.isUseless(this.store.state.faults));
    this.refresh();
  }

  stop() {
    this.feed.stop();
    clearInterval(this.ticker);
    this.stopKeys();
    this.stopGrowing();
    this.rings.stop();
    this.emergencies.stop();
  }

  lineChanged(state) {
    if (state === "refused") {
      this.stop();
      this.leave();
      return;
    }
    this.stale = state === "stale" ? this.feed.silence : false;
    this.refresh();
  }

  /**
   * The present state for the verbs and the views.
   *
   * @returns {Pages.Moment}
   */
  get at() {
    const { windows, tickets, lanes } = this.store.state;
    const number = this.session.window;
    const window = windows.find((one) => one.number === number) || noWindow(number);
    const ticket = window.ticket ? this.presentTicket(window, tickets) : null;
    const now = this.store.now();
    const until = window.undo_until ? Date.parse(window.undo_until) : 0;
    return {
      number,
      window,
      ticket,
      waiting: lanes.filter((one) => window.lanes.includes(one.letter)).reduce((sum, one) => sum + one.waiting, window.own_waiting),
      isFinishable: !window.finish_from || now >= Date.parse(window.finish_from),
      undoLeft: Math.max(0, until - now),
    };
  }

  /**
   * @param {Pages.Window} window
   * @param {API.Ticket[]} tickets
   * @returns {Pages.PresentTicket}
   */
  presentTicket(window, tickets) {
    const found = tickets.find((one) =>
      window.ticket_id ? one.id === window.ticket_id : one.number === window.ticket && one.window === window.number,
    );
    return found || { number: window.ticket || "", items: [], id: window.ticket_id || undefined };
  }

  possible(verb) {
    if (this.isAgent || this.session.window === null || this.press.busy || this.press.isResting(verb.name)) return false;
    return isPossible(verb, this.at);
  }

  /**
   * Whether the window's state allows a verb of its clerk's, and no request is running.
   *
   * @param {API.Verb} name
   */
  allows(name) {
    return !this.press.busy && this.at.window.verbs.includes(name);
  }

  /**
   * A verb of this window.
   *
   * @param {Pages.Verb} verb
   */
  async step(verb) {
    if (!this.possible(verb)) return null;
    if (verb.name === "transfer") {
      transferDialog(this);
      return null;
    }
    return this.act(verb.name, `/v1/windows/${this.session.window}/${verb.name}`);
  }

  /**
   * Sends one step to the server. The answer is shown at once; the feed sends the same a moment later.
   *
   * @template {string} Path
   * @param {string} name
   * @param {API.Path<"POST", Path>} path
   * @param {API.Body<"POST", Path> | {}} [body]
   */
  async act(name, path, body = {}) {
    if (this.press.busy) return null;
    this.said = null;
    try {
      const answer = await this.press.post(path, body, name);
      this.take(answer);
      return answer;
    } catch (problem) {
      this.refused(problem);
      return null;
    }
  }

  refused(problem) {
    this.said = { problem, at: performance.now() };
    if (problem.status === 401) this.lineChanged("refused");
    else this.refresh();
  }

  /** @param {API.Window | API.Ticket | API.FinishedAndCalled | API.Notice | object} answer */
  take(answer) {
    if (!("is" in answer)) return;
    if (answer.is === "window") this.store.apply("answer", { window: answer });
    else if (answer.is === "ticket") {
      if (answer.window_now && ["waiting", "own"].includes(answer.list || "")) this.sent = answer.id;
      this.store.apply("answer", { ticket: answer, window: answer.window_now });
    }
    else if (answer.is === "finished_and_called") {
      if (answer.finished.list === "waiting") this.sent = answer.finished.id;
      this.store.apply("answer", { ticket: answer.finished, window: answer.window_now });
      if (answer.called) this.store.apply("answer", { ticket: answer.called });
    }
  }

  /** 我去: answers the ring that has waited longest. */
  goToRing() {
    const [ring] = this.store.state.help;
    return ring ? this.act(`help-${ring.id}`, `/v1/help/${ring.id}/answer`) : null;
  }

  async signOut() {
    if (this.press.busy) return;
    try {
      await this.press.send("DELETE", "/v1/sessions/current");
    } catch (problem) {
      // A member who is signed out already needs no error.
      if (problem.status !== 401) {
        this.refused(problem);
        return;
      }
    }
    this.stop();
    this.leave();
  }

  /** 代办员: prints notices and maintains the lists, and calls no numbers. */
  get isAgent() {
    return this.session.role === "agent";
  }

  build() {
    this.banner = notices(this);
    if (this.isAgent) {
      this.sides = new AgentConsole(this);
      return h("div.console", null, bar(this), this.banner.element, this.sides.element);
    }
    this.sides = new Sides(this);
    return h(
      "div.console",
      null,
      bar(this),
      this.banner.element,
      h("main.work", null, present(this), this.sides.element),
      this.session.window === null ? null : this.verbRow(),
    );
  }

  verbRow() {
    const live = (verb) => () => !this.possible(verb) || null;
    const button = (verb) =>
      h(
        "button.button.verb",
        { type: "button", disabled: live(verb), "data-verb": verb.name, onclick: (event) => this.clicked(event, verb) },
        h("span", null, t(`verb.${verb.name}`)),
        h("kbd", { "aria-hidden": "true" }, verb.hint),
      );
    return h(
      "section.verbs",
      { "aria-label": t("verbs.label") },
      verbs.map(button),
      h(
        "button.button.verb.main",
        {
          type: "button",
          "data-verb": "main",
          disabled: () => !this.possible(mainVerb(this.at)) || null,
          onclick: (event) => this.clicked(event, mainVerb(this.at)),
        },
        h("span", null, () => this.mainWords),
        h("kbd", { "aria-hidden": "true" }, t("key.space")),
      ),
    );
  }

  get mainWords() {
    const verb = mainVerb(this.at);
    return t(`verb.${verb.label || verb.name}`);
  }

  /** After a press with the mouse the keyboard is free again for the space bar. */
  clicked(event, verb) {
    if (event.detail > 0 && event.currentTarget instanceof HTMLElement) event.currentTarget.blur();
    this.step(verb);
  }

  undo() {
    return this.step(undo);
  }

  refresh() {
    if (!this.view) return;
    if (this.said && performance.now() - this.said.at > 8000) this.said = null;
    this.view.refresh();
    if (this.sides) this.sides.refresh();
    if (this.banner) this.banner.refresh();
  }
}

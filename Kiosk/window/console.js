import { ask, newKey } from "../shared/api.js";
import { fill, h, View } from "../shared/dom.js";
import { Feed } from "../shared/feed.js";
import { Store } from "../shared/store.js";
import { t } from "../shared/words.js";
import { AgentConsole } from "./agentconsole.js";
import { bar } from "./bar.js";
import { notices } from "./banner.js";
import { followKeys } from "./keys.js";
import { present } from "./present.js";
import { Rings } from "./rings.js";
import { Scans } from "./scans.js";
import { Sides } from "./sides.js";
import { stripView } from "./strip.js";
import { mainVerb, undo, verbs } from "./verbs.js";

/** Milliseconds after an answer in which the same verb is not heard again: a second press of a nervous finger. */
const verbRest = 1000;

/** Milliseconds in which a step can be taken back; the server's rule, here only so that no clock shows more. */
const undoTime = 5000;

/** One clerk's console: a store that follows the feed, and presses that ask the server. */
export class Console {
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
      catalogue_version: hall.catalogue_version,
    };
    this.store.apply("snapshot", { day: hall.day, lanes: hall.lanes, windows: hall.windows, faults: hall.faults });
    this.store.ready = false;
    this.busy = null;
    this.rests = new Map();
    this.keys = new Map();
    this.said = said ? { problem: said, at: performance.now() } : null;
    this.stale = false;
    /** The ticket whose mark 未出票 shows what can be done about it. */
    this.opened = null;
  }

  start() {
    document.title = this.session.window === null ? t("window.titleHall") : t(
      "window.title",
      { number: this.session.window },
    );
    this.view = new View(() => (this.strip ? stripView(this) : this.build()));
    this.scans = new Scans(this);
    fill(this.page, this.view.element, this.scans.element);
    this.stopKeys = followKeys(this);
    this.store.listen(() => this.refresh());
    this.feed = new Feed("/v1/feed", {
      onEvent: (name, data) => this.store.apply(name, data),
      onState: (state) => this.lineChanged(state),
    });
    this.feed.start();
    this.rings = new Rings(this.store);
    this.rings.start();
    this.ticker = setInterval(() => this.refresh(), 500);
    this.refresh();
  }

  stop() {
    this.feed.stop();
    clearInterval(this.ticker);
    this.stopKeys();
    this.rings.stop();
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

  /** Everything that the verbs and the views need to know of now. */
  get at() {
    const { windows, tickets, lanes } = this.store.state;
    const number = this.session.window;
    const window = windows.find((one) => one.number === number) || { number, state: "closed", lanes: [], ticket: null };
    const ticket = window.ticket ? this.presentTicket(window, tickets) : null;
    const now = this.store.now();
    const until = window.undo_until ? Date.parse(window.undo_until) : 0;
    return {
      number,
      window,
      ticket,
      waiting: lanes.filter((one) => window.lanes.includes(one.letter)).reduce((sum, one) => sum + one.waiting, 0),
      sinceCall: ticket && ticket.called_at ? now - Date.parse(ticket.called_at) : Infinity,
      undoLeft: window.ticket ? 0 : Math.min(undoTime, Math.max(0, until - now)),
    };
  }

  presentTicket(window, tickets) {
    const found = tickets.find((one) =>
      window.ticket_id ? one.id === window.ticket_id : one.number === window.ticket && one.window === window.number,
    );
    return found || { number: window.ticket, items: [], id: window.ticket_id || null };
  }

  possible(verb) {
    return !this.isAgent && this.session.window !== null && this.busy === null && !this.resting(verb.name) && verb.when(this.at);
  }

  resting(name) {
    return performance.now() < (this.rests.get(name) || 0);
  }

  /** Presses a verb of this window. */
  async press(verb, body = {}) {
    if (!this.possible(verb)) return null;
    return this.act(verb.name, `/v1/windows/${this.session.window}/${verb.name}`, body);
  }

  /**
   * Asks the server for one step; nothing else is asked meanwhile. After silence the same press again is a retry with
   * the same key.
   */
  async act(name, path, body = {}, method = "POST") {
    if (this.busy !== null) return null;
    this.busy = name;
    this.said = null;
    this.refresh();
    const what = `${method} ${path} ${JSON.stringify(body)}`;
    const key = this.keys.get(what) || newKey();
    this.keys.set(what, key);
    try {
      const answer = await ask(method, path, { body, key });
      this.keys.delete(what);
      this.take(answer);
      return answer || true;
    } catch (problem) {
      if (problem.code !== "unreachable") this.keys.delete(what);
      if (problem.status === 401) this.lineChanged("refused");
      this.said = { problem, at: performance.now() };
      return null;
    } finally {
      this.busy = null;
      this.rests.set(name, performance.now() + verbRest);
      this.refresh();
    }
  }

  /** What an answer tells is shown at once; the feed says the same a moment later. */
  take(answer) {
    if (!answer) return;
    if (answer.lanes && answer.number && !answer.lane) this.store.apply("answer", { window: answer });
    for (const ticket of [answer.finished, answer.called, answer.number && answer.lane ? answer : null]) {
      if (ticket) this.store.apply("answer", { ticket, window: this.windowWith(ticket) });
    }
  }

  /** The window as the step of a ticket leaves it, until the feed says so. */
  windowWith(ticket) {
    const mine = this.at.window;
    if (ticket.state === "called" || ticket.state === "serving") {
      if (ticket.window !== mine.number) return undefined;
      return { ...mine, state: ticket.state, ticket: ticket.number, ticket_id: ticket.id, undo_until: null };
    }
    if (mine.ticket !== ticket.number) return undefined;
    return { ...mine, state: "idle", ticket: null, ticket_id: null };
  }

  /** 我去: answers the ring that has waited longest. */
  goToRing() {
    const [ring] = this.store.state.help;
    return ring ? this.act(`help-${ring.id}`, `/v1/help/${ring.id}/answer`) : null;
  }

  async signOut() {
    try {
      await ask("DELETE", "/v1/sessions/current", { key: newKey() });
    } catch (problem) {
      this.said = { problem, at: performance.now() };
      if (problem.status !== 401) {
        this.refresh();
        return;
      }
    }
    this.stop();
    this.leave();
  }

  /** 代办员: prints notices and looks after the lists, and calls no numbers. */
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
    this.press(verb);
  }

  undo() {
    return this.press(undo);
  }

  refresh() {
    if (!this.view) return;
    if (this.said && performance.now() - this.said.at > 8000) this.said = null;
    this.view.refresh();
    if (this.sides) this.sides.refresh();
    if (this.banner) this.banner.refresh();
  }
}

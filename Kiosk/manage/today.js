import { get } from "../shared/api.js";
import { lostWords } from "../shared/certificate.js";
import { dateWords, hallClock, timeOfDay } from "../shared/clock.js";
import { fill, h, View } from "../shared/dom.js";
import { Elsewhere } from "../shared/elsewhere.js";
import { Feed } from "../shared/feed.js";
import { icon } from "../shared/icons.js";
import { Press } from "../shared/press.js";
import { Store } from "../shared/store.js";
import { currentLanguage, t } from "../shared/words.js";
import { closeDay, confirmClock, openDay } from "../window/day.js";
import { Emergencies } from "../window/emergency.js";
import { Rings } from "../window/rings.js";
import { nextView } from "../window/view.js";
import { alerts } from "./alerts.js";
import { arrangeDialog } from "./arrange.js";
import { arranged } from "./arranged.js";
import { devices } from "./devices.js";
import { HourChart } from "./hours.js";
import { lanesTable, windowsTable } from "./tables.js";
import { tiles } from "./tiles.js";

/** Milliseconds between two requests for the figures while events happen, and while none do. */
const busyPause = 2_000;
const quietPause = 20_000;

/**
 * The page of the day (今日). An event of the feed makes it request the figures, at most every two seconds. They are requested
 * every twenty seconds in any case, because waits grow without an event.
 */
export class Today {
  /**
   * @param {HTMLElement} page
   * @param {object} parts
   * @param {API.Hall} parts.hall
   * @param {API.Session} parts.session
   * @param {API.Today | null} parts.today the first figures, where they are known
   * @param {() => void} parts.leave
   */
  constructor(page, { hall, session, today, leave }) {
    this.page = page;
    this.hall = hall;
    this.session = session;
    this.leave = leave;
    this.store = new Store();
    this.store.state = { ...this.store.state, kiosk_names: hall.kiosk_names };
    this.store.apply("snapshot", { at: hall.at, clock: hall.clock, day: hall.day, lanes: hall.lanes, faults: hall.faults });
    this.rings = new Rings(this.store);
    this.emergencies = new Emergencies(this.store, session);
    this.press = new Press({ onChange: () => this.refresh() });
    this.today = today;
    /** @type {import("../shared/api.js").Problem | null} */
    this.said = null;
    /**
     * Milliseconds since the last byte of the feed, while that is too long; false otherwise.
     *
     * @type {number | false}
     */
    this.stale = false;
    this.askedAt = -Infinity;
    this.isAsking = false;
    /** @type {any} */
    this.timer = null;
    this.chart = new HourChart();
    this.elsewhere = new Elsewhere("/v1/machines");
    /** Whether the hall has several machines; nothing of emergency numbers is shown where it has one. */
    this.hasMachines = false;
    this.feed = new Feed("/v1/feed", {
      onEvent: (name, data) => {
        this.store.apply(name, data);
        this.askSoon();
      },
      onState: (state) => this.lineChanged(state),
    });
  }

  async askMachines() {
    const told = await get("/v1/machines").catch(() => null);
    this.hasMachines = Boolean(told && told.machines.length);
    this.refresh();
  }

  start() {
    document.title = `${t("today.title")} ${this.hall.hall.name}`;
    this.askMachines();
    this.view = new View(() => this.build());
    fill(this.page, this.view.element);
    this.feed.start();
    this.rings.start();
    this.emergencies.start();
    this.ticker = setInterval(() => this.tick(), 1000);
    if (this.today) {
      this.askedAt = performance.now();
      this.refresh();
      this.chart.show(this.today.hours);
    } else {
      this.ask();
    }
  }

  stop() {
    this.feed.stop();
    this.rings.stop();
    this.emergencies.stop();
    clearInterval(this.ticker);
    clearTimeout(this.timer);
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

  tick() {
    this.elsewhere.look(this.stale !== false || Elsewhere.isUseless(this.store.state.faults));
    if (performance.now() - this.askedAt > quietPause) this.ask();
    this.refresh();
  }

  /** An event of the feed: requests the figures as soon as the pause allows. */
  askSoon() {
    if (this.timer !== null) return;
    const pause = Math.max(0, this.askedAt + busyPause - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.ask();
    }, pause);
  }

  async ask() {
    if (this.isAsking) return this.askSoon();
    this.isAsking = true;
    this.askedAt = performance.now();
    try {
      this.today = await get("/v1/today");
      this.said = null;
    } catch (problem) {
      if (problem.status === 401 || problem.status === 403) return this.lineChanged("refused");
      this.said = problem;
    } finally {
      this.isAsking = false;
    }
    this.refresh();
    return this.chart.show(this.today ? this.today.hours : []);
  }

  /**
   * Sends a step to the hall; the feed and the next figures show its effect.
   *
   * @template {string} Path
   * @param {API.Path<"POST", Path>} path
   * @param {API.Body<"POST", Path> | {}} [body]
   */
  async act(path, body = {}) {
    let problem = null;
    try {
      await this.press.post(path, body);
    } catch (found) {
      problem = found;
      if (found.status === 401) this.lineChanged("refused");
    }
    // `ask` clears the last problem, so it comes first.
    if (!problem || problem.status !== 401) await this.ask();
    if (!problem) return null;
    this.said = problem;
    this.refresh();
    return problem;
  }

  refresh() {
    if (!this.view) return;
    this.view.refresh();
    for (const part of this.parts || []) part.update();
  }

  build() {
    /** @type {Pages.Living[]} */
    this.parts = [alerts(this), tiles(this), lanesTable(this), windowsTable(this), devices(this), arranged(this)];
    const [above, figures, lanes, windows, machines, arrangements] = this.parts;
    return h(
      "div.today",
      null,
      this.bar(),
      h(
        "main",
        { "aria-label": t("today.title") },
        above,
        arrangements,
        figures,
        h("div.columns", null, h("div.column", null, lanes, this.chart.element), h("div.column", null, windows, machines)),
      ),
    );
  }

  bar() {
    const button = (words, act, attributes = {}) =>
      h("button.button.quiet.small", { type: "button", onclick: act, ...attributes }, words);
    const isOpen = () => Boolean(this.store.state.day && this.store.state.day.business_day);
    const other = currentLanguage() === "en" ? "zh-Hans" : "en";
    return h(
      "header.bar",
      null,
      h("p.where", null, icon("hall"), h("span", null, this.hall.hall.name)),
      h("h1", null, t("today.title")),
      h("p.when", null, () => `${dateWords(hallClock.shown())} ${timeOfDay(hallClock.shown())}`),
      h(
        "nav.tools",
        { "aria-label": t("bar.label") },
        button(t("bar.openDay"), () => openDay(), { hidden: () => isOpen() || null }),
        button(t("bar.closeDay"), () => closeDay(), { hidden: () => !isOpen() || null }),
        button(t("arrange.title"), () => arrangeDialog(this)),
        button(t("today.print"), () => globalThis.print()),
        h("a.button.quiet.small", { href: "/manage/attendance.html" }, t("attendance.title")),
        h("a.button.quiet.small", { href: "/manage/casemonth.html" }, t("caseMonth.title")),
        h("a.button.quiet.small", { href: "/manage/leases.html", hidden: () => !this.hasMachines || null }, t("leases.title")),
        h("a.button.quiet.small", { href: "/window/" }, t("today.console")),
        button(t("bar.contrast"), () => nextView("contrast")),
        h("a.button.quiet.small", { href: `/manage/?lang=${other}`, lang: other, hreflang: other }, t("today.language")),
        button(t("bar.signOut"), () => this.signOut()),
      ),
      h("p.printed", null, () => t("today.printedAt", { time: timeOfDay(hallClock.shown()), who: this.session.badge })),
    );
  }

  /** The message about this page itself: no connection, a fail-over, or what the last request failed with. */
  get trouble() {
    const going = this.elsewhere.words();
    if (this.stale) return going ? `${lostWords(this.stale)}；${going}` : lostWords(this.stale);
    if (going) return going;
    return this.said ? `${this.said.title} ${this.said.detail}` : "";
  }

  confirmClock() {
    return confirmClock(/** @type {any} */ (this));
  }

  async signOut() {
    try {
      await this.press.send("DELETE", "/v1/sessions/current");
    } catch (problem) {
      if (problem.status !== 401) {
        this.said = problem;
        this.refresh();
        return;
      }
    }
    this.stop();
    this.leave();
  }
}

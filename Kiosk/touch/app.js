import { get } from "../shared/api.js";
import { setZone } from "../shared/clock.js";
import { byID, fill, View } from "../shared/dom.js";
import { Feed } from "../shared/feed.js";
import { heldBack } from "../shared/finger.js";
import { forgetGestures, guardGestures } from "../shared/gestures.js";
import { Press } from "../shared/press.js";
import { watchScans } from "../shared/scanner.js";
import { Store } from "../shared/store.js";
import { t } from "../shared/words.js";
import { Cards } from "./cards.js";
import { Frame } from "./frame.js";
import { Finder } from "./finder.js";
import { firstCut, fit } from "./fit.js";
import { Idle } from "./idle.js";
import { guardDoubleTaps } from "./guard.js";
import { ringAfter, ringStanding, ringWords } from "./help.js";
import { turnedPages, turnTo } from "./pager.js";
import { Publicity, readScreens } from "./publicity.js";
import { Reader } from "./reader.js";
import { Settings } from "./settings.js";
import { screens } from "./screens/all.js";

/** The touch page of one kiosk. It is reset after each resident, so that nothing of the last one is left. */
export class App {
  /**
   * @param {string | null} kiosk
   * @param {API.Hall} hall
   */
  constructor(kiosk, hall) {
    this.kiosk = kiosk;
    this.store = new Store();
    this.settings = new Settings();
    this.press = new Press();
    /** A `Press` of its own for 请人帮忙, so that it is never blocked by another request. */
    this.bell = new Press();
    this.cards = new Cards(this);
    /**
     * How the next number is taken with the card that was read: with priority, by proxy.
     *
     * @type {{ priority?: boolean, by_proxy?: boolean }}
     */
    this.taking = {};
    /** 需要优先服务: the next number is taken with priority. */
    this.needsPriority = false;
    /** @type {API.ItemSummary[]} */
    this.catalogue = [];
    /** @type {API.BundleSummary[]} */ this.bundles = [];
    /** @type {Map<string, API.ItemSummary>} */
    this.known = new Map();
    /** @type {Map<string, number>} */ this.ranks = new Map();
    /** @type {Finder | null} */
    this.finder = null;
    /**
     * The screens that 返回 leads back to, the last one at the end.
     *
     * @type {Array<{ name: string, values: any, pages?: number[] }>}
     */
    this.trail = [];
    /** @type {import("./help.js").Standing | null} */
    this.help = null;
    /**
     * Milliseconds since the last byte of the feed, while that is too long; false otherwise.
     *
     * @type {number | false}
     */
    this.stale = false;
    this.refreshLater = () => this.refresh();
    this.store.apply("snapshot", hall);
    setZone(hall.hall.zone);
    this.main = byID("screen");
    this.frame = new Frame(this);
    /** @type {string | null} the code of the one-time notice that the resident brought */
    this.brought = null;
    /** The present screen: its name, the values that it was opened with, and itself. */
    this.name = "";
    /** @type {any} */
    this.values = {};
    /** @type {Pages.Screen | null} */
    this.screen = null;
    /** @type {View | null} */
    this.view = null;
    this.key = "";
    this.reader = new Reader(() => this.refresh());
    this.idle = new Idle(() => this.reset(), () => this.settings.changed || this.reader.on || this.trail.length > 0);
    this.publicity = new Publicity({
      mayShow: () => this.name === "home" && !this.settings.changed && !this.reader.on && !this.help,
      withKiosk: (body) => this.withKiosk(body),
    });
    const query = this.kiosk ? `?kiosk=${encodeURIComponent(this.kiosk)}` : "";
    this.feed = new Feed(`/v1/feed/kiosk${query}`, {
      onEvent: (name, data) => this.store.apply(name, data),
      onState: (state) => this.lineChanged(state),
      onBegun: () => this.cards.look(),
    });
  }

  start() {
    this.settings.apply();
    guardGestures();
    guardDoubleTaps();
    this.store.listen((name, data) => this.heard(name, data));
    this.feed.start();
    watchScans((text) => this.cards.typed(text), { entersAtOnce: true });
    this.readCatalogue();
    this.show("home");
    this.cards.look();
    setInterval(() => this.refresh(), 1000);
    window.addEventListener("resize", () => this.refresh());
    // Measures taken before the fonts were loaded are wrong.
    document.fonts.ready.then(() => this.arrange());
  }

  get hall() {
    return this.store.state;
  }

  /** False at a village's station: nobody takes a number there. */
  get hasQueue() {
    return this.hall.hall.queue;
  }

  get isOpen() {
    return this.hasQueue && this.hall.day !== null && this.hall.day.state === "open" && !this.reconciling;
  }

  /** 正在核对上次的打印: numbers wait for seconds after a restart. */
  get reconciling() {
    return this.hall.faults.some((one) => one.stops === "numbers");
  }

  /** The faults that prevent this kiosk's slips. */
  get paperFaults() {
    return this.hall.faults.filter((one) => one.stops === "paper" && (!one.kiosk || one.kiosk === this.kiosk));
  }

  /** False while no slip can come out: no printer here, or one that is known not to print now. */
  get hasPrinter() {
    return this.kiosk !== null && this.hall.printing_kiosks.includes(this.kiosk) && this.paperFaults.length === 0;
  }

  /** The words for `key`, or those for a kiosk that prints nothing now. */
  paperWords(key) {
    return t(this.hasPrinter ? key : `${key}.none`);
  }

  /** The lane where finished papers are handed out, where the hall has one. */
  get pickupLane() {
    return this.hall.lanes.find((one) => one.collection) || null;
  }

  /** Whether a number can be had without an item or a lane. */
  get isUndivided() {
    return this.hall.general_lane !== null;
  }

  /**
   * Items in the order of lists that are turned by pages, as the hall says.
   *
   * @param {API.ItemSummary[]} items
   */
  inLists(items) {
    const rank = ({ code }) => this.ranks.get(code) || 0;
    return items.slice().sort((a, b) => rank(a) - rank(b));
  }

  itemName(code) {
    const found = this.known.get(code);
    return found ? found.name : code;
  }

  async readCatalogue() {
    try {
      const version = this.hall.catalogue_version;
      const [answer, table, together] = await Promise.all([get("/v1/items"), get("/v1/search"), get("/v1/bundles")]);
      [this.catalogue, this.bundles] = [answer.items, together.bundles];
      this.known = new Map(answer.items.map((one) => [one.code, one]));
      this.ranks = new Map(answer.nearest_first.map((code, index) => [code, index]));
      this.finder = new Finder(table);
      this.catalogueVersion = version;
      this.rebuild();
    } catch {
      setTimeout(() => this.readCatalogue(), 3000);
    }
  }

  /**
   * @param {string} name
   * @param {Pages.KioskChange} data
   */
  heard(name, data) {
    if (name === "snapshot") {
      if (data.hall) setZone(data.hall.zone);
      if (data.catalogue_version !== this.catalogueVersion && this.catalogueVersion) this.readCatalogue();
    }
    if (data.screens_changed) readScreens(this);
    this.help = ringAfter(this.help, name, data);
    this.cards.heard(name, data);
    if (this.screen && this.screen.heard) this.screen.heard(name, data);
    this.refresh();
  }

  lineChanged(state) {
    const wasStale = this.stale;
    this.stale = state === "stale" ? this.feed.silence : false;
    if (wasStale && !this.stale && this.screen && this.screen.reconnected) this.screen.reconnected();
    this.refresh();
  }

  /** Goes on to another screen; `back` returns to this one. */
  show(name, values = {}) {
    if (name === "home") {
      this.trail = [];
      // The next resident may be somebody else.
      this.cards.forget();
      [this.taking, this.needsPriority] = [{}, false];
    } else {
      this.trail.push({ name: this.name, values: this.values, pages: turnedPages(this.main) });
    }
    this.open(name, values);
  }

  /** Opens a screen instead of the present one: 返回 does not lead back to that. */
  replace(name, values = {}) {
    if (this.trail.length === 0) this.trail.push({ name: "home", values: {} });
    this.open(name, values);
  }

  back() {
    const last = this.trail.pop();
    if (!last || last.name === "home") {
      this.show("home");
      return;
    }
    this.open(last.name, last.values);
    if (last.pages) turnTo(this.main, last.pages);
  }

  /** A visit that begins with a code or a card begins at the present screen: 返回 leads home. */
  beginHere() {
    this.trail = [{ name: "home", values: {} }];
  }

  open(name, values) {
    if (this.screen && this.screen.left) this.screen.left();
    this.name = name;
    this.values = values;
    this.screen = screens[name](this, values);
    this.rebuild();
    this.lead();
    if (this.screen.shown) this.screen.shown();
  }

  /** Sets the focus to the heading, where reading aloud begins. */
  lead() {
    const heading = this.main.querySelector("h1");
    (heading || this.main).focus({ preventScroll: true });
    this.reader.read(this.main);
  }

  rebuild() {
    if (!this.screen) return;
    // The same screen keeps the open pages of its lists; another one begins at the first pages.
    const pages = this.built === this.screen ? turnedPages(this.main) : [];
    this.built = this.screen;
    const { screen } = this;
    this.view = new View(() => screen.build());
    this.key = screen.key ? screen.key() : "";
    this.main.className = `screen ${this.name}`;
    fill(this.main, this.view.element);
    this.frame.refresh();
    this.arrange();
    turnTo(this.main, pages);
  }

  /** Fits the screen into the room that header, notes and tools leave. */
  arrange() {
    this.room = this.roomNow();
    fit(this.main);
  }

  roomNow() {
    return `${this.main.clientWidth} ${this.main.clientHeight}`;
  }

  refresh() {
    if (!this.screen) return;
    const key = this.screen.key ? this.screen.key() : "";
    if (key === this.key && this.view) this.view.refresh();
    else if (!heldBack(this.refreshLater)) this.rebuild();
    this.frame.refresh();
    if (this.room !== this.roomNow() || firstCut(this.main)) this.arrange();
  }

  /** Resets the page for the next resident. */
  reset() {
    this.help = null;
    this.press = new Press();
    this.bell = new Press();
    this.settings.reset();
    this.reader.stop();
    this.brought = null;
    document.body.classList.remove("busy");
    this.show("home");
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    forgetGestures();
  }

  /**
   * Runs one request with everything else locked; a refusal becomes a screen that says what to do.
   *
   * @template Answer
   * @param {(press: Press) => Promise<Answer>} task
   * @param {() => void} [again] what 再试一次 does
   * @param {object | null} [wish] the number that was wanted
   * @param {(() => void) | null} [without] shown instead of the problem where the hall cannot be reached or has a fault
   * @returns {Promise<Answer | null>} null when it was refused, or the page was reset meanwhile
   */
  async during(task, again, wish = null, without = null) {
    if (this.press.busy) return null;
    const press = this.press;
    document.body.classList.add("busy");
    try {
      const answer = await task(press);
      if (press === this.press && answer) return answer;
    } catch (refusal) {
      if (press !== this.press) return null;
      if (without && (refusal.code === "unreachable" || refusal.status >= 500)) without();
      else this.replace("problem", { refusal, again, wish });
    } finally {
      if (press === this.press) document.body.classList.remove("busy");
    }
    return null;
  }

  /** A card or a code was presented: counts as a touch. */
  woken() {
    this.idle.touched();
    this.publicity.close();
  }

  withKiosk(body) {
    return this.kiosk ? { ...body, kiosk: this.kiosk } : body;
  }

  /** Adds the kiosk to a request for a slip, and large type where the page is read in the largest letters. */
  withPaper(body) {
    return this.withKiosk(this.settings.size === "extra" ? { ...body, large_type: true } : body);
  }

  /**
   * 取号.
   *
   * @param {API.Body<"POST", "/v1/tickets">} wish
   */
  async takeTicket(wish) {
    const again = () => this.takeTicket(wish);
    const taken = await this.during(
      (press) => press.post("/v1/tickets", this.withPaper(this.withLanguage(this.withCard(this.withNotice(wish))))), again, wish);
    if (!taken) return;
    [this.taking, this.needsPriority] = [{}, false];
    this.cards.used();
    this.replace("ticket", { ticket: taken });
  }

  /** Adds the notice that the resident brought, so that the hall can count whether notices help. */
  withNotice(wish) {
    return this.brought && !wish.notice ? { ...wish, notice: this.brought } : wish;
  }

  /** Adds the page's language, in which a ticket is printed; notices are always Chinese. */
  withLanguage(wish) {
    return this.settings.language === "en" ? { ...wish, language: "en" } : wish;
  }

  /** Adds the token of the card that was read, if there is one. */
  withCard(wish) {
    const { token } = this.cards;
    const urgent = this.needsPriority && !this.cards.agent ? { ...wish, priority: true } : wish;
    return token ? { ...urgent, ...this.taking, card: token } : urgent;
  }

  /**
   * 打印告知单. Where no slip can come out none is requested, and the notice is shown on the screen at once.
   *
   * @param {string} code
   * @param {string[]} situations
   * @param {{ have?: string[], missing?: string[] }} [wish]
   * @param {{ item: API.Item, inquiry: import("../shared/inquiry.js").Inquiry } | null} [shown] the list, for when no notice can be made
   */
  async printNotice(code, situations, wish = {}, shown = null) {
    const body = { item: code, situations, ...wish };
    const again = () => this.printNotice(code, situations, wish, shown);
    const without = shown && (() => this.replace("unprinted", { ...shown, again }));
    const made = await this.during(
      (press) => press.post("/v1/notices", this.hasPrinter ? this.withPaper(body) : body), again, null, without);
    if (made) this.replace("notice", { notice: made, item: code, situations });
  }

  /**
   * Opens an earlier notice by its code, with what has changed since.
   *
   * @param {string} code
   */
  async openNotice(code) {
    const look = async () => {
      const found = await get(`/v1/notices/${encodeURIComponent(code)}`);
      // Requested from the hall: its catalogue may have changed since this page loaded it.
      const there = await get(`/v1/items/${encodeURIComponent(found.item)}`).then(() => true, (refusal) => {
        if (refusal.status !== 404) throw refusal;
        return false;
      });
      return { notice: found, there };
    };
    const reopening = await this.during(look, () => this.openNotice(code));
    if (!reopening) return;
    this.brought = reopening.notice.id;
    this.show("reopened", reopening);
  }

  /** ☎ 请人帮忙: rings at the consoles. It rings once; pressed again it only shows the state of the ring. */
  async callHelp() {
    if (this.help && !["failed", "unheard", "late"].includes(this.help.state)) return;
    const mine = { state: "asking" };
    this.help = mine;
    this.refresh();
    /** @type {import("./help.js").Standing} */
    let next;
    try {
      const answer = await this.bell.post("/v1/help", this.withKiosk({}));
      if (!answer) return;
      next = ringStanding(answer);
      // An event of the feed about this ring may have arrived before the answer.
      const told = this.hall.help.find((one) => one.id === next.id);
      if (told) next = ringStanding(told, next);
    } catch {
      next = { state: "failed" };
    }
    if (this.help !== mine) return;
    this.help = next;
    this.refresh();
  }

  get helpWords() {
    return ringWords(this.help, this.hall.hall);
  }
}

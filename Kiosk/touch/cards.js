import { ask, get, newKey } from "../shared/api.js";
import { t } from "../shared/words.js";
import { checkIn } from "./checkin.js";
import { Chime } from "./chime.js";

/**
 * The conditions of a card reader that the page offers: it works, or is just being opened.
 *
 * @type {Set<string | null>}
 */
const usable = new Set(["ready", "opening"]);

/** Milliseconds after which it is checked again whether a running request has ended. */
const busyPause = 150;

/** Milliseconds within which the same code, typed again, counts as the same scan. */
const sameTime = 2000;

/** Milliseconds between two sounds that remind of a card on the reader, and how many sounds there are for one that was left behind. */
const reminderPause = 5000;
const remindersLeft = 12;

/** @typedef {[kind: string, icon: string, words: string, press?: { label: string, act: () => void }]} Line a line under the header */

/**
 * The state of this kiosk's card reader and scanner, from the events for its own page. A card is read only after somebody has
 * pressed 同意; what was read is kept until the page returns home.
 */
export class Cards {
  /** @param {Pages.App} app */
  constructor(app) {
    this.app = app;
    /** @type {API.Readers["readers"]} */
    this.readers = [];
    /**
     * The card that was read last.
     *
     * @type {API.CardRead | null}
     */
    this.card = null;
    /**
     * The agent (代办员) who showed the badge last.
     *
     * @type {API.AgentScanned | null}
     */
    this.agent = null;
    this.allowed = false;
    /** Something lies on the reader. */
    this.lying = false;
    /** 有证件留在读卡处: it belongs to somebody who has gone. */
    this.left = false;
    /** A card was laid down while another screen was open. */
    this.waiting = false;
    /** The card on the reader was read and is not needed any more. */
    this.done = false;
    /** Whether the state of the reader is known, from a request or an event. */
    this.hasLooked = false;
    /** Counts of requests and of card events: an answer to a request that was sent before the last of either is out of date. */
    this.looks = 0;
    this.told = 0;
    /** @type {{ text: string | null, at: number }} */
    this.typedLast = { text: null, at: 0 };
    this.chime = new Chime();
    this.reminders = 0;
    setInterval(() => this.remind(), reminderPause);
  }

  /** The token of the card or badge for the request that takes a number. */
  get token() {
    const shown = this.agent || this.card;
    return shown && shown.card;
  }

  /** The token of the card that was read, for a reservation: the same card later turns it into a number. */
  get shown() {
    return this.card && this.card.card ? { card: this.card.card } : {};
  }

  get hasCardReader() {
    return this.readers.some((one) => one.kind === "card_reader" && usable.has(one.condition));
  }

  get hasScanner() {
    return this.readers.some((one) => one.kind === "scanner" && usable.has(one.condition));
  }

  /** @returns {`/v1/kiosks/${string}`} */
  get path() {
    return `/v1/kiosks/${encodeURIComponent(this.app.kiosk || "")}`;
  }

  /** Requests the readers and the card on them: at start, and once the feed is open, so that no change in between is lost. */
  async look() {
    if (!this.app.kiosk) return;
    this.looks += 1;
    const { looks, told } = this;
    try {
      const { readers, card } = await get(`${this.path}/readers`);
      // The reader was empty when the page was opened, so a later card belongs to somebody at the page.
      if (card === null) this.hasLooked = true;
      // The first answer already shows the readers, so that no line appears late and moves the buttons under a finger.
      if (!this.readers.length) this.readers = readers;
      if (looks !== this.looks) {
        this.app.refresh();
        return;
      }
      if (told !== this.told) {
        this.look();
        return;
      }
      this.readers = readers;
      const wasLying = this.lying;
      this.lying = card !== null;
      this.left = card === "left";
      if (!this.lying) [this.waiting, this.done, this.reminders] = [false, false, 0];
      // A card that lay there when the page was opened belongs to nobody at it. Otherwise it was laid down while the connection was down.
      if (card === "lying" && !this.hasLooked) this.cameHome();
      else if (card === "lying" && !wasLying) this.found();
      this.hasLooked = true;
      this.app.refresh();
    } catch {
      // The feed has every change; without an answer the page works without cards.
    }
  }

  /** Allows the next card to be read, or forbids it. True when the hall has accepted the request. */
  async allow(read) {
    this.allowed = read;
    this.agent = null;
    if (!read) this.card = null;
    try {
      await ask("POST", `${this.path}/cards`, { body: { read }, key: newKey() });
      return true;
    } catch {
      return false;
    }
  }

  /** Forgets card and badge for the next resident; a card that still lies on the reader counts as left behind. */
  forget() {
    const hasSomething = this.allowed || this.card || this.agent || this.lying;
    [this.allowed, this.card, this.agent, this.waiting, this.done] = [false, null, null, false, false];
    if (hasSomething) this.cameHome();
  }

  async cameHome() {
    try {
      await ask("POST", `${this.path}/cards`, { body: { read: false, home: true }, key: newKey() });
    } catch {
      // Without an answer no card is read either: 同意 holds for one minute only.
    }
  }

  /**
   * The lines about cards that every screen shows.
   *
   * @returns {Line[]}
   */
  get lines() {
    if (this.left) return [["fault", "person", t("card.left")]];
    /** @type {Line[]} */
    const lines = [];
    if (this.lying && this.done) lines.push(["now", "person", t("card.take")]);
    if (this.lying && this.waiting) {
      lines.push(["now", "person", t("card.another"), { label: t("card.another.go"), act: () => this.begin() }]);
    }
    return lines;
  }

  /** Sounds until the card is lifted, once it is not needed any more; not while its holder still chooses. */
  remind() {
    const isForgotten = this.left && this.reminders < remindersLeft;
    if (!this.lying || !(isForgotten || (this.done && this.app.name !== "idcard"))) return;
    this.reminders += 1;
    this.chime.ring();
  }

  /** Begins anew with the card that was laid down meanwhile: it belongs to the next person. */
  begin() {
    const { app } = this;
    const wish = this.wish;
    this.waiting = false;
    this.done = false;
    this.card = null;
    this.agent = null;
    app.taking = {};
    app.beginHere();
    app.open("idcard", { wish });
    this.allow(false);
  }

  /** The number that is wanted on the present screen. */
  get wish() {
    const { app } = this;
    if (app.name === "reserve" && app.values.items.length) return { items: app.values.items };
    return app.name !== "idcard" && app.name !== "ticket" && app.values && app.values.code ? { items: [app.values.code] } : null;
  }

  /** A number was taken: a card is used up by it, an agent's badge is not. */
  used() {
    if (this.agent) this.agent = { ...this.agent, carries: this.agent.carries + 1 };
    else {
      const { lying } = this;
      if (this.allowed || this.card) this.allow(false);
      this.done = lying;
      if (lying) this.chime.ring();
    }
  }

  heard(name, data) {
    const { app } = this;
    if (name.startsWith("card")) {
      this.told += 1;
      this.hasLooked = true;
    }
    if (name === "readersChanged") this.readers = data.readers;
    else if (name === "cardFound") this.found();
    else if (name === "cardLifted") [this.lying, this.waiting, this.done, this.reminders] = [false, false, false, 0];
    else if (name === "cardLeft") this.left = data.left;
    else if (name === "cardTrouble") this.lying = true;
    else if (name === "cardRead") {
      this.allowed = false;
      this.lying = true;
      this.done = true;
      this.waiting = false;
      this.agent = null;
      this.card = data;
      app.woken();
      if (app.name !== "idcard") app.show("idcard");
      this.chime.ring();
    } else if (name === "cardNotRead") this.allowed = false;
    else if (name === "codeScanned") this.scanned(data);
  }

  /** A card was found: at home the page opens the screen that says what a card is read for; any other screen shows a line. */
  found() {
    const { app } = this;
    this.lying = true;
    this.done = false;
    app.woken();
    if (app.name === "home" && !app.press.busy) app.show("idcard", { wish: null });
    else if (app.name !== "idcard" || this.card) this.waiting = true;
    app.refresh();
  }

  /**
   * A code that a scanner typed into the page; the hall answers what it means.
   *
   * @param {string | null} text null for one that is too long
   */
  async typed(text) {
    const now = performance.now();
    const isSame = text === this.typedLast.text && now - this.typedLast.at < sameTime;
    /** @type {{ text: string | null, at: number }} */
    this.typedLast = { text, at: now };
    if (isSame) return;
    /** @type {API.CodeMeaning | API.CodeScanned} */
    let meaning = { is: "unreadable" };
    try {
      if (text !== null) meaning = await ask("POST", "/v1/codes", { body: { text }, key: newKey() });
    } catch {
      // Shown as unreadable; scanned again it is requested again.
    }
    this.scanned(meaning);
  }

  /**
   * Opens the one screen of a code; 返回 leads home from it.
   *
   * @param {API.CodeMeaning | API.CodeScanned} code
   */
  async scanned(code) {
    const { app } = this;
    if (app.press.busy) {
      setTimeout(() => this.scanned(code), busyPause);
      return;
    }
    app.woken();
    if (code.is === "ticket") {
      const ticket = await app.during(() => get(`/v1/tickets/${encodeURIComponent(code.id)}`));
      if (ticket) app.show("progress", { ticket });
    } else if (code.is === "reservation") await checkIn(app, code.id);
    else if (code.is === "case") {
      const one = await app.during(() => get(`/v1/cases/${encodeURIComponent(code.id)}`));
      if (one && "state" in one) app.show("caseState", { one });
    } else if (code.is === "trip") {
      const trip = await app.during(() => get(`/v1/trips/${encodeURIComponent(code.id)}`));
      if (trip) app.show("trip", { trip });
    } else if (code.is === "notice") await app.openNotice(code.id);
    else if (code.is === "item") app.show("item", { code: code.item });
    else if (code.is === "agent") {
      this.card = null;
      this.agent = code;
      app.show("agent");
    } else {
      this.refuse(code);
      return;
    }
    app.beginHere();
  }

  /** A code that is not understood: 返回 leads back to the screen before, and never to an earlier message of this kind. */
  refuse(code) {
    const { app } = this;
    const facts = code.is === "unknown" ? { kind: t(`scanned.kind.${code.kind}`), length: code.length } : {};
    const refusal = { code: `scan_${code.is}`, title: t(`scan.${code.is}`), detail: t(`scan.${code.is}.text`, facts) };
    if (app.name === "problem") {
      app.beginHere();
      app.open("problem", { refusal });
    } else {
      app.show("problem", { refusal });
    }
  }
}

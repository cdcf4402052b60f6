import { ask, get, newKey } from "../shared/api.js";
import { t } from "../shared/words.js";

/** A card reader that a page may speak of: it works, or is just being opened. */
const usable = new Set(["ready", "opening"]);

/** Milliseconds after which it is looked again whether a request under way has ended. */
const busyPause = 150;

/**
 * What lies on this kiosk's card reader or is held under its scanner, as its own page is told. A card is read only after
 * somebody has pressed 同意; what was read is known until the page returns home.
 */
export class Cards {
  constructor(app) {
    this.app = app;
    this.readers = [];
    /** `{card, name, priority_offered, expired, tickets}` of the card that was read last. */
    this.card = null;
    /** `{card, name, carries}` of the agent (代办员) who showed the badge last. */
    this.agent = null;
    this.allowed = false;
  }

  /** What names the card or the badge in the request that takes a number. */
  get token() {
    const shown = this.agent || this.card;
    return shown && shown.card;
  }

  get hasCardReader() {
    return this.readers.some((one) => one.kind === "card_reader" && usable.has(one.condition));
  }

  get hasScanner() {
    return this.readers.some((one) => one.kind === "scanner" && usable.has(one.condition));
  }

  get path() {
    return `/v1/kiosks/${encodeURIComponent(this.app.kiosk || "")}`;
  }

  /** Asks what is plugged in: at start, and whenever the line was down. */
  async look() {
    if (!this.app.kiosk) return;
    try {
      this.readers = (await get(`${this.path}/readers`)).readers;
      this.app.refresh();
    } catch {
      // The feed tells of every change; without an answer the page goes on without cards.
    }
  }

  /** Lets the next card be read, or nothing any more. True when the hall has heard it. */
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

  /** Everything as the next resident should find it. */
  forget() {
    if (this.allowed || this.card || this.agent) this.allow(false);
  }

  /** A number was taken: a card was for that one, an agent goes on with the next. */
  used() {
    if (this.agent) this.agent = { ...this.agent, carries: this.agent.carries + 1 };
    else this.forget();
  }

  heard(name, data) {
    const { app } = this;
    if (name === "readersChanged") this.readers = data.readers;
    else if (name === "cardFound") this.found();
    else if (name === "cardRead") {
      this.allowed = false;
      this.agent = null;
      this.card = data;
      app.woken();
      if (app.name !== "idcard") app.show("idcard");
    } else if (name === "cardNotRead") this.allowed = false;
    else if (name === "codeScanned") this.scanned(data);
  }

  /** Something lies there: the page says what a card is read for, unless a number is on the screen. */
  found() {
    const { app } = this;
    if (app.press.busy) {
      setTimeout(() => this.found(), busyPause);
      return;
    }
    if (app.name === "ticket" || app.name === "idcard") return;
    app.woken();
    app.show("idcard", { wish: app.values && app.values.code ? { items: [app.values.code] } : null });
  }

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
    } else if (code.is === "notice") await app.openNotice(code.id);
    else if (code.is === "item") app.show("item", { code: code.item });
    else if (code.is === "agent") {
      this.card = null;
      this.agent = code;
      app.show("agent");
    }
    else {
      const refusal = { code: `scan_${code.is}`, title: t(`scan.${code.is}`), detail: t(`scan.${code.is}.text`, code) };
      app.show("problem", { refusal });
    }
  }
}

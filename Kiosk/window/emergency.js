import { ask, get, newKey } from "../shared/api.js";
import { timeOfDay } from "../shared/clock.js";
import { fill, h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** Milliseconds within which the keys have to be pressed as often as the hall requires. */
const within = 1000;
/** Faults with which a machine cannot reach the hall's other machines; a hall with one machine has none of them. */
const alone = ["journal_cut_off", "journal_behind", "program_older", "configuration_differs"];
/** Milliseconds without an answer after which the caller is told. */
const silence = 3000;

/**
 * Silent calls for help (无声求助). Keys raise one, with no sound, and the page of who raised it shows a dot and nothing else;
 * whoever stands at the window sees nothing. Other consoles show a band over all else, until somebody ends the call.
 */
export class Emergencies {
  /**
   * @param {import("../shared/store.js").Store} store
   * @param {API.Session} session
   */
  constructor(store, session) {
    this.store = store;
    this.session = session;
    this.element = h("div.emergency");
    this.keys = ["Control", "Alt"];
    this.times = 2;
    /** @type {Set<string>} the keys that are down */
    this.down = new Set();
    /** @type {number[]} when all of them were down */
    this.chords = [];
    this.shown = "";
    /** Whether the hall has not yet accepted the call of this console. */
    this.isUnsent = false;
    /** Does nothing: the result of taking or ending a call is seen on the band. */
    this.noted = (/** @type {boolean} */ _) => {};
    this.press = (event) => this.pressed(event);
    this.release = (event) => this.down.delete(event.key);
    this.forget = () => this.down.clear();
  }

  start() {
    document.body.append(this.element);
    // Before any other listener, also while a dialog or a field has the focus.
    globalThis.addEventListener("keydown", this.press, true);
    globalThis.addEventListener("keyup", this.release, true);
    globalThis.addEventListener("blur", this.forget);
    this.stopListening = this.store.listen(() => this.draw());
    get("/v1/emergency").then(
      (answer) => {
        this.keys = answer.keys;
        this.times = answer.times;
      },
      () => {},
    );
    this.draw();
  }

  stop() {
    globalThis.removeEventListener("keydown", this.press, true);
    globalThis.removeEventListener("keyup", this.release, true);
    globalThis.removeEventListener("blur", this.forget);
    if (this.stopListening) this.stopListening();
    this.element.remove();
    document.body.classList.remove("called-for-help");
  }

  pressed(event) {
    if (event.repeat) return;
    this.down.add(event.key);
    // The modifier flags of another key's event also show that a key is held whose own keydown went to another window.
    const isDown = (key) => this.down.has(key) || event.getModifierState(key);
    if (!this.keys.includes(event.key) || !this.keys.every(isDown)) return;
    const now = performance.now();
    this.chords = [...this.chords.filter((at) => now - at < within), now];
    if (this.chords.length < this.times) return;
    this.chords = [];
    this.call();
  }

  /** Raises a call. The hint shows when it has not reached the hall, or only this machine. */
  async call() {
    await this.send("/v1/emergency", {}, 20, (isUnsent) => {
      this.isUnsent = isUnsent;
      this.draw();
    });
  }

  /** Retries until the hall has accepted it, so that a short loss of the connection loses no call. */
  async send(path, body = {}, attempts = 20, told = this.noted) {
    // The caller is told even while the request is still without an answer.
    const silent = setTimeout(() => told(true), silence);
    try {
      await ask("POST", /** @type {"/v1/emergency"} */ (path), { body, key: newKey() });
      told(false);
    } catch (problem) {
      told(true);
      if (attempts > 1 && (!problem.status || problem.status >= 500)) setTimeout(() => this.send(path, body, attempts - 1, told), 500);
    } finally {
      clearTimeout(silent);
    }
  }

  isOwn(call) {
    return call.badge === this.session.badge && call.window === this.session.window;
  }

  draw() {
    const calls = this.store.state.emergencies || [];
    const hint = this.hint(calls.some((one) => this.isOwn(one)));
    const seen = JSON.stringify([calls, hint]);
    if (seen === this.shown) return;
    this.shown = seen;
    const others = calls.filter((one) => !this.isOwn(one));
    document.body.classList.toggle("called-for-help", others.length > 0);
    fill(this.element, hint ? h("small.hint", null, hint) : null, others.length < calls.length ? h("span.dot") : null, others.map((one) => this.band(one)));
  }

  /** The hint that the call is not shown everywhere: small, beside the dot, and empty where it is. */
  hint(isCalling) {
    if (this.isUnsent) return t("emergency.unsent");
    return isCalling && this.store.state.faults.some((fault) => alone.includes(fault.code)) ? t("emergency.here") : "";
  }

  /** @param {API.Emergency} call */
  band(call) {
    const button = (word, act) => h("button.button.small", { type: "button", onclick: act }, t(word));
    const end = (isFalse) => this.send(`/v1/emergency/${call.id}/end`, isFalse ? { false: true } : {});
    return h(
      "div.call",
      { role: "alert" },
      h("span", null, call.window === null ? t("emergency.badge", { badge: call.badge }) : t("emergency.window", { number: call.window })),
      h("small", null, timeOfDay(Date.parse(call.at)), " ", call.taken_by ? t("emergency.taken", { badge: call.taken_by }) : ""),
      call.taken_by ? null : button("emergency.take", () => this.send(`/v1/emergency/${call.id}/take`)),
      button("emergency.end", () => end(false)),
      button("emergency.false", () => end(true)),
    );
  }
}

import { ask, newKey } from "../shared/api.js";
import { dayWords } from "../shared/days.js";
import { fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { dataLanguage, t } from "../shared/words.js";
import { noticeForDialog } from "./noticefor.js";

/** Milliseconds within which the same code counts as the same scan, and for which the page shows what was scanned. */
const sameTime = 2000;
const shownTime = 20000;

/**
 * Asks the hall what a code means. Its text goes to the hall and nowhere else.
 *
 * @param {string} text
 */
export function meaningOf(text) {
  return ask("POST", "/v1/codes", { body: { text }, key: newKey() });
}

/**
 * The words for a code that was not understood: its kind and length, never its text.
 *
 * @param {API.ForeignCode} code
 */
export function foreignWords({ kind, length }) {
  return t("scanned.unknown", { kind: t(`scanned.kind.${kind}`), length });
}

/**
 * Scans at a console: each is shown with the verb that it makes possible. A scan by itself does nothing.
 */
export class Scans {
  /** @param {Pages.Console} console */
  constructor(console) {
    this.console = console;
    this.element = h("aside.scanned", { role: "status", hidden: true });
    /** @type {{ text: string | null, at: number }} */
    this.last = { text: null, at: 0 };
    this.turn = 0;
  }

  /** A code was held up; null for one that is too long. */
  async heard(text) {
    const now = performance.now();
    const isSame = text === this.last.text && now - this.last.at < sameTime;
    /** @type {{ text: string | null, at: number }} */
    this.last = { text, at: now };
    if (isSame) return;
    this.turn += 1;
    const mine = this.turn;
    if (text === null) {
      this.say(t("scan.unreadable"));
      return;
    }
    try {
      const meaning = await meaningOf(text);
      if (mine === this.turn) this.tell(meaning);
    } catch (problem) {
      if (problem.status === 401) this.console.lineChanged("refused");
      else if (mine === this.turn) this.say(t("scanned.failed"));
    }
  }

  /** @param {API.CodeMeaning} meaning */
  tell(meaning) {
    if (meaning.is === "ticket") this.ticket(meaning);
    else if (meaning.is === "reservation") this.reservation(meaning);
    else if (meaning.is === "notice" || meaning.is === "item") this.item(meaning);
    else if (meaning.is === "badge") this.say(t("scanned.badge", { badge: meaning.badge }));
    else if (meaning.is === "old_slip" || meaning.is === "badge_revoked" || meaning.is === "case" || meaning.is === "agency" || meaning.is === "trip") this.say(t(`scan.${meaning.is}`));
    else this.say(foreignWords(meaning));
  }

  /** @param {Extract<API.CodeMeaning, { is: "ticket" }>} meaning */
  ticket({ id, offers, ticket }) {
    const { console } = this;
    const state = t(`scanned.state.${ticket.state}`);
    const where = ticket.window && (ticket.state === "called" || ticket.state === "serving")
      ? t("window.name", { number: ticket.window })
      : "";
    const words = [
      h("b.number", null, ticket.number),
      h("span", null, [state, where, ticket.items.map((one) => one.name).join("、")].filter(Boolean).join(" · ")),
    ];
    const acts = {
      calls: () => console.act("calls", `/v1/windows/${console.session.window}/calls`, { ticket: id }),
      resume: () => console.act("resume", `/v1/windows/${console.session.window}/resume`, { ticket: id }),
      recall: () => console.act("recall", `/v1/windows/${console.session.window}/recall`),
      "check-in": () => console.act("check-in", `/v1/tickets/${id}/check-in`),
    };
    if (!offers) this.say(words);
    else this.say(words, { label: t(`scanned.${offers}`, { number: ticket.number }), act: acts[offers], name: offers });
  }

  /** @param {Extract<API.CodeMeaning, { is: "reservation" }>} meaning */
  reservation({ id, reservation }) {
    const words = t("scanned.reservation", {
      when: `${dayWords(reservation.date)} ${reservation.from}`, state: reservation.ticket || t(`reservations.state.${reservation.state}`),
    });
    if (reservation.state === "arrived" || reservation.state === "cancelled") this.say(words);
    else this.say(words, { label: t("reservations.arrive"), act: () => this.console.act("check-in", `/v1/reservations/${id}/check-in`), name: "check-in" });
  }

  /** @param {Extract<API.CodeMeaning, { is: "notice" | "item" }>} meaning */
  item({ is, item, item_name: name }) {
    const words = t(`scanned.${is}`, { item: name || item });
    if (!name) this.say(words);
    else {
      const act = () => noticeForDialog(this.console, { code: item, name });
      this.say(h("span", { lang: dataLanguage() }, words), { label: t("scanned.list"), act, name: "list" });
    }
  }

  /**
   * Shows words for a while, with a button where something can be done. An open dialog has to be answered first.
   *
   * @param {any} words
   * @param {{ label: string, act: () => void, name: string }} [offer]
   */
  say(words, offer) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), shownTime);
    const press = () => {
      this.hide();
      if (offer) offer.act();
    };
    fill(
      this.element,
      icon("search"),
      h("p", null, words),
      offer && !document.querySelector(".veil")
        ? h("button.button.main.small", { type: "button", onclick: press, "data-scan": offer.name }, offer.label)
        : null,
      h("button.button.quiet.small", { type: "button", onclick: () => this.hide() }, t("dialog.close")),
    );
    this.element.hidden = false;
  }

  hide() {
    clearTimeout(this.timer);
    this.element.hidden = true;
    fill(this.element);
  }
}

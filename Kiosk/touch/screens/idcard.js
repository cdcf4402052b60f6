import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { checkIn } from "../checkin.js";
import { closedLine, heading, tile } from "./parts.js";
import { reservePress } from "./reserve.js";

/** The text before a card is read has to be true for a reservation too, whose card is known until its day. */
const reserving = (app, name) => (app.hall.reservations && name !== "free" ? ".reserving" : "");

/**
 * Asks for consent: what a card is read for.
 *
 * @param {Pages.App} app
 * @param {string | null} trouble
 * @param {{ agree: () => void, without: () => void }} acts
 */
function asking(app, trouble, { agree, without }) {
  const { cards } = app;
  return h(
    "div.layout",
    null,
    h(
      "div.head",
      null,
      heading(t(cards.left ? "card.left.title" : cards.allowed ? "card.lay" : "card.title")),
      cards.left ? h("p.large.trouble-line", null, icon("warn"), h("span", null, t("card.left.line"))) : null,
      h(
        "ul.purposes",
        null,
        ["use", "keep", "free"].map((name) => h("li", null, icon("check"), h("span", null, t(`card.${name}${reserving(app, name)}`)))),
      ),
      trouble ? h("p.large.trouble-line", { role: "alert" }, icon("warn"), h("span", null, t(`card.${trouble}`))) : null,
    ),
    h(
      "div.press",
      null,
      h(
        "div.tiles",
        null,
        cards.allowed
          ? null
          : tile({ name: "card", title: t("card.agree"), line: t("card.agree.line"), main: true, act: agree }),
        app.isOpen
          ? tile({ name: "ticket", title: t("card.without"), line: t("card.without.line"), act: without })
          : tile({ name: "home", title: t("card.home"), act: () => app.reset() }),
      ),
    ),
  );
}

/**
 * Shows the person that the card names, and what can be done with the card.
 *
 * @param {API.CardRead} card
 * @param {unknown[]} keys
 */
function knowing(card, keys) {
  const { name, tickets, reservations, expired, card: token } = card;
  return h(
    "div.layout",
    null,
    h(
      "div.head",
      null,
      heading(name ? t("card.hello", { name }) : t("card.hello.unnamed")),
      h("p.large", { role: "status" }, t(tickets.length ? "card.has" : reservations.length ? "card.has.reserved" : token ? "card.next" : "card.unmarked")),
      expired ? h("p.large.trouble-line", null, icon("warn"), h("span", null, t("card.expired"))) : null,
    ),
    h("div.press", null, h("div.tiles", null, keys)),
  );
}

/**
 * 刷身份证: first the purpose and the consent, then the reading, then what can be done with the card. `values.wish` is the request
 * for a number that was being made when the card was laid down.
 *
 * @param {Pages.App} app
 * @param {{ wish?: API.Body<"POST", "/v1/tickets"> | null }} values
 */
export function idcard(app, values) {
  const { cards } = app;
  const wish = { items: [], ...values.wish };
  const isForItem = Boolean(wish.items && wish.items.length);
  let trouble = null;

  async function agree() {
    trouble = null;
    const heard = await app.during(() => cards.allow(true));
    if (!heard) {
      cards.allowed = false;
      trouble = "no_reader";
    }
    app.refresh();
  }

  async function without() {
    await cards.allow(false);
    goOn();
  }

  function goOn() {
    if (isForItem || app.isUndivided) app.takeTicket(wish);
    else app.show("take");
  }

  function take(more = {}) {
    app.takeTicket({ ...wish, ...more });
  }

  async function look(id) {
    const ticket = await app.during(() => get(`/v1/tickets/${encodeURIComponent(id)}`), () => look(id));
    if (ticket) app.show("progress", { ticket });
  }

  /** @param {API.CardRead} card */
  function presses({ card: token, tickets, reservations, priority_offered: old }) {
    const divided = !isForItem && !app.isUndivided;
    if (!app.isOpen) return [closedLine(app)];
    if (!token) return [tile({ name: "ticket", title: t("take.button"), main: true, act: goOn })];
    const start = (more) => {
      app.taking = more;
      return divided ? app.show("take") : take();
    };
    const proxy = tile({
      name: "person",
      title: t("card.proxy"),
      line: t("card.proxy.line"),
      act: () => start({ by_proxy: true }),
    });
    if (tickets.length) {
      return [
        tile({ name: "ticket", title: t("card.mine"), main: true, act: () => look(tickets[tickets.length - 1]) }),
        proxy,
      ];
    }
    if (reservations.length) {
      return [
        tile({ name: "clock", title: t("card.reserved"), line: t("card.reserved.line"), main: true, act: () => checkIn(app, reservations[0]) }),
        proxy,
      ];
    }
    return [
      tile({ name: "ticket", title: t("take.button"), main: true, act: () => start({}) }),
      old && app.hall.overtaking
        ? tile({
            name: "check",
            title: t("card.priority"),
            line: t("card.priority.line"),
            act: () => start({ priority: true }),
          })
        : null,
      proxy,
      isForItem ? reservePress(app, { items: wish.items || [], name: "" }) : null,
    ];
  }

  return {
    key: () => JSON.stringify([cards.allowed, cards.left, cards.card, trouble, app.isOpen, cards.hasCardReader]),
    heard: (name, data) => {
      if (name === "cardTrouble") trouble = data.trouble;
      else if (name === "cardRead") trouble = null;
      else if (name === "cardNotRead") trouble = "too_late";
      else if (name === "readersChanged" && !cards.hasCardReader) trouble = "no_reader";
    },
    build: () => (cards.card ? knowing(cards.card, presses(cards.card)) : asking(app, trouble, { agree, without })),
  };
}

import { secondsLeft, waitWords } from "../shared/clock.js";
import { h, View } from "../shared/dom.js";
import { heldBack } from "../shared/finger.js";
import { icon } from "../shared/icons.js";
import { pauseWords } from "../shared/pausewords.js";
import { stopsWords } from "../shared/stops.js";
import { t } from "../shared/words.js";
import { kioskName } from "./kiosks.js";
import { lacksSlip, reprintButton, slipMark } from "./paper.js";
import { reasonWords, servedDialog, whereWords } from "./transfer.js";
import { undo, unnumbered } from "./verbs.js";

/** A part of a page that is built again when the data that it shows changes. */
export function living(tag, attributes, key, build) {
  const element = h(tag, attributes);
  let shown = null;
  let view = null;
  element.update = () => {
    const now = key();
    if (now !== shown) {
      if (heldBack(element.update)) return;
      shown = now;
      view = new View(() => h("div", null, build()));
      element.replaceChildren(view.element);
    } else if (view) {
      view.refresh();
    }
  };
  return element;
}

/** @param {Pages.PresentTicket} ticket */
export function marks(ticket) {
  const list = [];
  if (ticket.priority) list.push(h("span.mark.now", { title: t("mark.priority.title") }, t("mark.priority")));
  if (ticket.reserved) list.push(h("span.mark.now", null, t("mark.reserved", { from: ticket.reserved.from })));
  if (ticket.calls && ticket.calls > 1) list.push(h("span.mark", null, t("mark.calls", { count: ticket.calls })));
  return list;
}

/**
 * The present ticket, large; or what can be done while nobody is at the window.
 *
 * @param {Pages.Console} console
 */
export function present(console) {
  const card = living(
    "section.present.card",
    { "aria-live": "polite", "aria-label": t("present.label") },
    () => {
      const { window, ticket, waiting } = console.at;
      return JSON.stringify(
        [
          window.state, window.pause_reason, ticket, ticket && lacksSlip(console, ticket), console.opened, waiting > 0,
          console.session.window, console.store.ready, goingOn(console), window.unnumbered_since,
        ],
      );
    },
    () => content(console),
  );
  const box = h("div.left", null, card, foot(console));
  console.store.listen(() => card.update());
  card.update();
  setInterval(() => card.update(), 1000);
  return box;
}

/** @param {Pages.Console} console */
function content(console) {
  const { window, ticket } = console.at;
  if (console.session.window === null) return [
    h("h1.calm", null, t("present.overview")),
    h("p.hint", null, t("present.overview.text")),
  ];
  if (window.state === "closed") return [
    h("h1.calm", null, t("present.closed")),
    h("p.hint", null, t("present.closed.text")),
  ];
  if (window.state === "paused") {
    return [h("h1.calm", null, t("present.paused")), h("p.hint", null, pauseWords(window))];
  }
  if (window.unnumbered_since) {
    const since = Date.parse(window.unnumbered_since);
    return [
      h("h1.calm", null, t("present.unnumbered")),
      h("p.hint", null, () => t("present.unnumbered.text", { since: waitWords(console.store.now() - since) })),
    ];
  }
  if (!ticket) {
    const going = goingOn(console);
    return [
      going ? h("p.goingon", { role: "status" }, icon("hall"), h("span", null, going)) : null,
      h(
        "h1.calm",
        null,
        () => (console.at.waiting > 0 ? t("present.idle", { count: console.at.waiting }) : t("present.nobody")),
      ),
      h("p.hint", null, () => (console.at.waiting > 0 ? t("present.idle.text") : t("present.nobody.text"))),
      unnumberedKey(console),
    ];
  }
  return ticketContent(console, ticket, window);
}

/**
 * 无号办理: somebody who needs only a word has no number, and is counted nevertheless.
 *
 * @param {Pages.Console} console
 */
function unnumberedKey(console) {
  return h(
    "p.unnumbered",
    { hidden: () => !console.at.window.verbs.includes(unnumbered.name) || null },
    h(
      "button.button.quiet",
      {
        type: "button",
        "data-verb": unnumbered.name,
        disabled: () => !console.possible(unnumbered) || null,
        onclick: (event) => console.clicked(event, unnumbered),
      },
      h("span", null, t("verb.serve-unnumbered")),
      h("kbd", { "aria-hidden": "true" }, unnumbered.hint),
    ),
  );
}

/**
 * Where the resident goes whose ticket this window has just sent on; empty once this window calls somebody, or the ticket is called.
 *
 * @param {Pages.Console} console
 */
function goingOn(console) {
  const { window } = console.at;
  const sent = console.store.state.tickets.find((one) => one.id === console.sent && ["waiting", "own"].includes(one.list || ""));
  if (!sent || window.ticket) return "";
  if (sent.own_window !== null) return t("going.window", { number: sent.number, window: sent.own_window });
  return t("going.lane", { number: sent.number, lane: sent.lane, windows: sent.windows.join(t("list.comma")), ahead: sent.ahead });
}

/**
 * A ticket's transfer, its further lanes and what is really done (实际办理), with the small button that changes the last.
 *
 * @param {Pages.Console} console
 * @param {Pages.PresentTicket} ticket
 */
function way(console, ticket) {
  const { transfer, stops, served_items: served } = ticket;
  return [
    served ? h("p.hint", null, t("items.served", { items: served.map((one) => one.name).join("、") })) : null,
    transfer
      ? h("p.hint", null, t("transfer.came", { from: transfer.from, to: whereWords(transfer), reason: reasonWords(transfer) }))
      : null,
    stops && stops.length ? h("p.next", null, t("stops.next", { stops: stopsWords(stops) })) : null,
    h(
      "button.button.small.quiet.served",
      { type: "button", disabled: () => !console.allows("items") || null, onclick: () => servedDialog(console) },
      t("items.open"),
    ),
  ];
}

/**
 * @param {Pages.Console} console
 * @param {Pages.PresentTicket} ticket
 * @param {Pages.Window} window
 */
function ticketContent(console, ticket, window) {
  const since = (moment) => waitWords(console.store.now() - Date.parse(moment));
  const fact = (label, value) => h("div", null, h("dt", null, label), h("dd", null, value));
  return [
    h(
      "p.stateline",
      null,
      h(`span.mark${window.state === "called" ? ".now" : ""}`, null, t(`window.state.${window.state}`)),
      marks(ticket),
      slipMark(console, ticket),
      reprintButton(console, ticket),
    ),
    h("h1.number", null, ticket.number),
    ticket.items.length
      ? h("ul.matters", null, ticket.items.map((one) => h("li", null, one.name)))
      : h("p.hint", null, t("present.noItem")),
    way(console, ticket),
    h(
      "dl.facts",
      null,
      ticket.issued_at
        ? fact(
          t("fact.waited"),
          waitWords(Date.parse(ticket.called_at || ticket.issued_at) - Date.parse(ticket.issued_at)),
        )
        : null,
      window.state === "called" && ticket.called_at ? fact(t("fact.called"), () => since(ticket.called_at)) : null,
      window.state === "serving" && ticket.serving_at ? fact(t("fact.serving"), () => since(ticket.serving_at)) : null,
      ticket.first_asked ? fact(t("fact.firstAsked"), ticket.first_asked) : null,
      ticket.kiosk ? fact(t("fact.kiosk"), kioskName(console, ticket.kiosk)) : fact(t("fact.kiosk"), t("fact.byClerk")),
    ),
  ];
}

/**
 * Below the card: the last problem, or what can still be taken back.
 *
 * @param {Pages.Console} console
 */
function foot(console) {
  return h(
    "div.afterword",
    null,
    h("p.said", { role: "alert" }, () => (console.said ? `${console.said.problem.title} ${console.said.problem.detail}` : "")),
    h(
      "button.button.undo",
      {
        type: "button",
        hidden: () => !(console.at.undoLeft > 0) || null,
        disabled: () => !console.possible(undo) || null,
        onclick: () => console.undo(),
        "data-verb": "undo",
      },
      icon("undo"),
      h("span", null, () => t("verb.undo", { seconds: secondsLeft(console.at.undoLeft) })),
      h("kbd", { "aria-hidden": "true" }, "0"),
    ),
  );
}

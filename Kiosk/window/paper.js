import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";
import { kioskName } from "./kiosks.js";

/**
 * Whether a ticket's resident may have no slip; the hall sets the time from which on this is shown.
 *
 * @param {Pages.Console} console
 * @param {{ slip?: API.Slip }} ticket or the closing slip
 */
export function lacksSlip(console, { slip }) {
  const from = slip && slip.missing_from;
  return from ? console.store.now() >= Date.parse(from) : false;
}

/**
 * The mark 未出票 beside a ticket; pressed, it offers the answers and steps of a clerk.
 *
 * @param {Pages.Console} console
 * @param {Pages.PresentTicket} ticket
 */
export function slipMark(console, ticket) {
  if (!lacksSlip(console, ticket)) return null;
  const open = console.opened === ticket.id;
  /** @param {"acknowledge" | "reprint"} name */
  const step = (name) =>
    h(
      "button.button.small",
      {
        type: "button",
        "aria-label": t(`slip.${name}.spoken`, { number: ticket.number }),
        onclick: () => {
          console.opened = null;
          console.act(name, `/v1/tickets/${ticket.id}/${name}`);
        },
      },
      t(`slip.${name}`),
    );
  const mark = h(
    "button.mark.fault.slip-mark",
    {
      type: "button",
      "aria-expanded": String(open),
      title: t("mark.noSlip.title"),
      onclick: () => {
        console.opened = open ? null : ticket.id || null;
        console.refresh();
      },
    },
    t("mark.noSlip"),
  );
  return h("span.slip-part", null, mark, open ? [step("acknowledge"), step("reprint")] : null);
}

/**
 * The button 补打 beside a number, for a resident who has lost the slip. Nothing where no kiosk prints.
 *
 * @param {Pages.Console} console
 * @param {Pages.PresentTicket} ticket
 */
export function reprintButton(console, ticket) {
  const kiosks = console.store.state.printing_kiosks || [];
  if (!ticket.id || !kiosks.length || lacksSlip(console, ticket)) return null;
  return h(
    "button.button.quiet.small.reprint",
    {
      type: "button",
      "aria-label": t("reprint.spoken", { number: ticket.number }),
      onclick: () => reprint(console, ticket, kiosks),
    },
    t("reprint"),
  );
}

/**
 * The choice of the kiosk that prints the copy. The clerk sends the resident there, so it is asked for where there are several.
 *
 * @param {Pages.Console} console
 * @param {Pages.PresentTicket} ticket
 * @param {string[]} kiosks
 */
function reprint(console, ticket, kiosks) {
  const at = (kiosk) => console.act("reprint", `/v1/tickets/${ticket.id}/reprint`, { kiosk });
  if (kiosks.length === 1) {
    at(kiosks[0]);
    return;
  }
  const choices = kiosks.map((one) =>
    h(
      "button.button",
      {
        type: "button",
        onclick: () => {
          close();
          at(one);
        },
      },
      kioskName(console, one),
    ),
  );
  const close = openDialog({
    title: t("reprint.where", { number: ticket.number }),
    body: h("div.choices", null, choices),
    onEscape: () => close(),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
    focusFirst: choices[Math.max(0, kiosks.indexOf(ticket.kiosk || ""))],
  });
}

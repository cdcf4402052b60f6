import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/**
 * True for a ticket that its resident may hold no slip of: not sent, expired, or unknown and not answered in the time
 * that was the resident's own. What was only sent (E0) counts as there.
 */
export function lacksSlip(desk, ticket) {
  const { slip } = ticket;
  if (!slip || slip.acknowledged) return false;
  if (slip.state === "unknown") return !slip.asked_until || desk.store.now() >= Date.parse(slip.asked_until);
  return slip.state === "not_sent" || slip.state === "expired";
}

/** 未出票, where the ticket stands; pressed, it offers what a clerk can say or do about it. */
export function slipMark(desk, ticket) {
  if (!lacksSlip(desk, ticket)) return null;
  const open = desk.opened === ticket.id;
  const step = (name) =>
    h(
      "button.button.small",
      {
        type: "button",
        "aria-label": t(`slip.${name}.spoken`, { number: ticket.number }),
        onclick: () => {
          desk.opened = null;
          desk.act(name, `/v1/tickets/${ticket.id}/${name}`);
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
        desk.opened = open ? null : ticket.id;
        desk.refresh();
      },
    },
    t("mark.noSlip"),
  );
  return h("span.slip-part", null, mark, open ? [step("acknowledge"), step("reprint")] : null);
}

import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";

const reasons = /** @type {const} */ (["age", "disability", "pregnant", "infant", "military", "illness", "other"]);

/**
 * 给优先 and 取消优先, beside a ticket that waits.
 *
 * @param {Pages.Console} console
 * @param {API.Ticket} ticket
 */
export function priorityButton(console, ticket) {
  const verb = ticket.priority ? "take" : "give";
  return h(
    "button.button.small.quiet",
    {
      type: "button",
      "aria-label": t(`priority.${verb}.spoken`, { number: ticket.number }),
      onclick: () => (ticket.priority ? change(console, ticket, { priority: false }) : priorityDialog(console, ticket)),
    },
    t(`priority.${verb}`),
  );
}

/**
 * @param {Pages.Console} console
 * @param {API.Ticket} ticket
 * @param {API.Body<"POST", "/v1/tickets/{id}/priority">} body
 */
function change(console, ticket, body) {
  return console.act("priority", `/v1/tickets/${ticket.id}/priority`, body);
}

/**
 * The choice of a reason, which is recorded; none is required.
 *
 * @param {Pages.Console} console
 * @param {API.Ticket} ticket
 */
function priorityDialog(console, ticket) {
  let close = null;
  /** @param {API.Body<"POST", "/v1/tickets/{id}/priority">} body */
  const give = (body) => {
    close();
    return change(console, ticket, body);
  };
  close = openDialog({
    title: t("priority.title", { number: ticket.number }),
    onEscape: () => close(),
    body: h(
      "div",
      null,
      h("p.hint", null, t("priority.hint")),
      h(
        "div.choices",
        null,
        h("button.button.main", { type: "button", onclick: () => give({ priority: true }) }, t("priority.none")),
        reasons.map((reason) =>
          h(
            "button.button",
            { type: "button", onclick: () => give({ priority: true, reason }) },
            t(`priority.${reason}`),
          ),
        ),
      ),
    ),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

/**
 * 点名: calls one ticket; the hall requires a reason where others in its lane came earlier.
 *
 * @param {Pages.Console} console
 * @param {API.Ticket} ticket
 */
export async function callByName(console, ticket) {
  const path = /** @type {const} */ (`/v1/windows/${console.session.window}/calls`);
  await console.act("calls", path, { ticket: ticket.id });
  if (!console.said || console.said.problem.code !== "call_needs_reason") return;
  console.said = null;
  console.refresh();
  let close = null;
  const field = h("input", { id: "by-name-reason", maxlength: 60, autocomplete: "off", required: true });
  const submit = (event) => {
    event.preventDefault();
    const reason = field.value.trim();
    if (!reason) return;
    close();
    console.act("calls", path, { ticket: ticket.id, reason });
  };
  close = openDialog({
    title: t("byName.title", { number: ticket.number }),
    onEscape: () => close(),
    focusFirst: field,
    body: h(
      "form.inline",
      { onsubmit: submit },
      h("label", { for: "by-name-reason" }, t("byName.reason")),
      field,
      h("button.button.main", { type: "submit" }, t("byName.go")),
    ),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

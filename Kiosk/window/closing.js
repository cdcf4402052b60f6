import { dateWords, timeOfDay } from "../shared/clock.js";
import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";
import { kioskName } from "./kiosks.js";
import { lacksSlip } from "./paper.js";
import { living } from "./present.js";

/** The head in the groups in which it is read out and typed. */
const groups = (head) => head.split("-").join(" ");

const dateOf = (closing) => dateWords(Date.parse(`${closing.business_day}T12:00:00Z`));

/**
 * The line about the day that was closed last, for a coordinator: while no day is open, and until its closing slip has been
 * printed.
 *
 * @param {Pages.Console} console
 */
export function closingBanner(console) {
  const { closing, day } = console.store.state;
  if (!closing || console.session.role !== "coordinator") return null;
  const isOpen = day && day.business_day !== null;
  const isOwed = closing.head !== null && (closing.slip === null || lacksSlip(console, closing));
  if (isOpen && !isOwed) return null;
  return h(
    "p.banner.closing",
    null,
    icon("check"),
    h(
      "span.grow",
      null,
      h("b", null, t("closing.title", { date: dateOf(closing) })),
      " ",
      closing.head === null ? t("closing.coming") : [t("closing.head"), " ", h("code", null, groups(closing.head))],
      " ",
      lacksSlip(console, closing) ? h("span.mark.fault", null, t("mark.noSlip")) : null,
    ),
    h("button.button.small", { type: "button", onclick: () => closingDialog(console) }, t("closing.look")),
  );
}

/** The data on which the line depends: when it changes the notices are built again. */
export function closingKey(console) {
  const { closing } = console.store.state;
  return [closing, closing ? lacksSlip(console, closing) : false];
}

/**
 * The closing slip (日结单) on the screen: the day in figures, the head to copy, and the outcome of the print.
 *
 * @param {Pages.Console} console
 */
function closingDialog(console) {
  const body = living(
    "div.closing",
    { role: "group", "aria-label": t("closing.look") },
    () => JSON.stringify([closingKey(console), console.press.busy]),
    () => sheet(console),
  );
  const stop = console.store.listen(() => body.update());
  const leave = () => {
    stop();
    close();
  };
  body.update();
  const close = openDialog({
    title: t("closing.title", { date: dateOf(console.store.state.closing) }),
    className: "wide",
    body,
    onEscape: leave,
    buttons: [h("button.button.quiet", { type: "button", onclick: leave }, t("dialog.close"))],
  });
}

const figures = /** @type {const} */ (["issued", "called", "served", "missed", "abandoned", "open"]);

/** @param {Pages.Console} console */
function sheet(console) {
  const { closing } = console.store.state;
  if (!closing) return null;
  const time = (moment) => timeOfDay(Date.parse(moment));
  return [
    closing.lanes.length
      ? h(
        "table",
        null,
        h(
          "thead",
          null,
          h("tr", null, h("th", { scope: "col" }, t("lanes.lane")), figures.map((one) => h("th", { scope: "col" }, t(`closing.${one}`)))),
        ),
        h(
          "tbody",
          null,
          closing.lanes.map((lane) =>
            h(
              "tr",
              null,
              h("th", { scope: "row" }, h("b", null, lane.letter), lane.name ? ` ${lane.name}` : null),
              figures.map((one) => h("td.count", null, String(lane[one]))),
            ),
          ),
        ),
      )
      : h("p", null, t("closing.noNumbers")),
    closing.first_call_at && closing.last_call_at
      ? h("p", null, t("closing.calls", { first: time(closing.first_call_at), last: time(closing.last_call_at) }))
      : null,
    h("p", null, t("closing.notices", { count: closing.notices, printed: closing.notices_printed })),
    closing.head === null
      ? h("p.hint", null, t("closing.coming"))
      : [h("p", null, t("closing.head"), " ", h("b", null, h("code", null, groups(closing.head)))), h("p.hint", null, t("closing.keep"))],
    closing.id ? paper(console, closing) : null,
  ];
}

/** The outcome of the print, and what can be done about it. */
function paper(console, closing) {
  const press = (name) =>
    h(
      "button.button.small",
      { type: "button", disabled: console.press.busy || null, onclick: () => console.act(name, `/v1/tickets/${closing.id}/${name}`) },
      t(`slip.${name}`),
    );
  if (closing.kiosk === null) return h("p", null, t("closing.noPrinter"));
  const at = { kiosk: kioskName(console, closing.kiosk) };
  if (closing.slip === null) return h("p", null, t("closing.unprinted", at), " ", press("reprint"));
  const isLacking = lacksSlip(console, closing);
  const isComing = closing.slip.paper === "coming";
  return h(
    "p",
    null,
    t(isLacking ? "closing.lacking" : isComing ? "closing.printing" : "closing.printed", at),
    " ",
    isLacking ? press("acknowledge") : null,
    " ",
    isComing ? null : press("reprint"),
  );
}

import { timeOfDay } from "../shared/clock.js";
import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { inLanguage, t } from "../shared/words.js";
import { kioskName } from "./kiosks.js";
import { living } from "./present.js";

const metres = (millimetres) => (millimetres / 1000).toFixed(1);

/**
 * The printers of the kiosks: their conditions, the last slip, and the paper that is left.
 *
 * @param {Pages.Console} console
 */
export function printersDialog(console) {
  const list = living(
    "div.printers",
    { role: "group", "aria-label": t("printers.title") },
    () => JSON.stringify([console.store.state.printers, console.store.state.faults, console.press.busy]),
    () => {
      const { printers } = console.store.state;
      return printers.length ? printers.map((one) => printerCard(console, one)) : h("p.hint", null, t("printers.none"));
    },
  );
  const stop = console.store.listen(() => list.update());
  const leave = () => {
    stop();
    close();
  };
  list.update();
  const close = openDialog({
    title: t("printers.title"),
    className: "wide",
    body: list,
    onEscape: leave,
    buttons: [h("button.button.quiet", { type: "button", onclick: leave }, t("dialog.close"))],
  });
}

/**
 * @param {Pages.Console} console
 * @param {API.Printer} printer
 */
function printerCard(console, printer) {
  const faults = console.store.state.faults.filter((one) => one.kiosk === printer.kiosk);
  const fact = (label, value) => h("div", null, h("dt", null, label), h("dd", null, value));
  return h(
    "section.card.printer",
    { "aria-label": kioskName(console, printer.kiosk) },
    h(
      "h3",
      null,
      kioskName(console, printer.kiosk),
      " ",
      faults.length || printer.reconciling
        ? null
        : h("span.mark", null, t("printers.ready")),
    ),
    printer.reconciling ? h("p.said", null, t("fault.reconciling_prints")) : null,
    faults.map((one) => h("p.said", null, `${t(`fault.${one.code}`)} `, h("small", null, inLanguage(one.remedy)))),
    h(
      "dl.facts",
      null,
      fact(t("printers.model"), `${printer.model || t("printers.model.unknown")}　${t(`path.${printer.path}`)}`),
      fact(t("printers.last"), lastWords(printer.last)),
      fact(t("printers.roll"), rollWords(printer.roll)),
    ),
    h(
      "button.button.small",
      {
        type: "button",
        disabled: console.press.busy || null,
        "aria-label": t("printers.changed.spoken", { kiosk: kioskName(console, printer.kiosk) }),
        onclick: () => console.act(`roll-${printer.kiosk}`, `/v1/kiosks/${encodeURIComponent(printer.kiosk)}/roll`),
      },
      t("printers.changed"),
    ),
  );
}

/** @param {API.Printer["last"]} last */
function lastWords(last) {
  if (!last) return t("printers.last.none");
  const time = last.at ? timeOfDay(Date.parse(last.at)) : "";
  return `${time} ${t(`printers.last.${last.outcome}`, { evidence: last.evidence || "" })}`;
}

/**
 * 已用 23.0 m（250 张），约剩 619 张.
 *
 * @param {API.Printer["roll"]} roll
 */
function rollWords(roll) {
  const used = t("printers.used", { metres: metres(roll.millimetres), slips: roll.slips });
  const left = roll.slips_left === null ? "" : t("printers.left", { slips: roll.slips_left });
  const since = roll.changed_at ? t("printers.since", { time: timeOfDay(Date.parse(roll.changed_at)) }) : "";
  return used + left + since;
}

import { get } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { Press } from "../shared/press.js";
import { currentLanguage, t } from "../shared/words.js";
import { kioskName } from "./kiosks.js";

/**
 * 为什么先叫: two numbers, and a sentence that may be read out to the resident or printed; for staff also who called a number by name and why.
 *
 * @param {Pages.Console} console
 */
export function whyDialog(console) {
  let close = null;
  const field = (id) => h("input", { id, maxlength: 5, autocomplete: "off", required: true, spellcheck: "false" });
  const before = field("why-before");
  const after = field("why-after");
  const said = h("p.said", { role: "status" });
  const told = h("p.hint", null);
  const numbers = [before, after];
  const printer = h(
    "select",
    { id: "why-printer", "aria-label": t("why.printer") },
    (console.store.state.kiosks || []).map((one) => h("option", { value: one }, kioskName(console, one))),
  );
  const paper = h("p.result", { role: "status" });
  const press = new Press({ onChange: () => (print.disabled = press.busy) });
  const print = h("button.button", { type: "button", onclick: printIt }, t("why.print"));
  const printing = h("p.field.printing", { hidden: true }, printer, print);
  let asked = { before: "", after: "" };

  async function ask(event) {
    event.preventDefault();
    told.textContent = "";
    paper.textContent = "";
    printing.hidden = true;
    const [first, other] = numbers.map((one) => one.value.trim().toUpperCase());
    asked = { before: first, after: other };
    try {
      const found = await get(`/v1/order?before=${encodeURIComponent(first)}&after=${encodeURIComponent(other)}`);
      const isEnglish = currentLanguage() === "en";
      const sentence = isEnglish ? found.sentence_en : found.sentence;
      const resident = isEnglish ? found.for_resident_en : found.for_resident;
      said.className = "said answer";
      said.textContent = sentence;
      if (resident !== sentence) told.textContent = t("why.resident", { sentence: resident });
      printing.hidden = !printer.options.length;
    } catch (problem) {
      said.className = "said";
      said.textContent = `${problem.title} ${problem.detail}`;
    }
  }

  async function printIt() {
    paper.textContent = t("why.printing");
    try {
      const done = await press.post("/v1/order/print", {
        ...asked,
        printer: printer.value,
        language: currentLanguage() === "en" ? "en" : "zh",
      });
      if (done) paper.textContent = t(`why.paper.${done.state}`, { kiosk: kioskName(console, printer.value) });
    } catch (problem) {
      paper.textContent = `${problem.title} ${problem.detail}`;
    }
  }

  if (console.at.ticket) before.value = console.at.ticket.number;
  close = openDialog({
    title: t("why.title"),
    onEscape: () => close(),
    focusFirst: before.value ? after : before,
    body: h(
      "form.takefor",
      { onsubmit: ask },
      h("p.field", null, h("label", { for: "why-before" }, t("why.before")), before),
      h("p.field", null, h("label", { for: "why-after" }, t("why.after")), after),
      h("button.button.main", { type: "submit" }, t("why.go")),
      said,
      told,
      printing,
      paper,
    ),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.close"))],
  });
}

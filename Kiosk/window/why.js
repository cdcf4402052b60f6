import { get } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { currentLanguage, t } from "../shared/words.js";

/**
 * 为什么先叫: two numbers, and a sentence that may be read out to the resident; for staff also who picked a number and why.
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

  async function ask(event) {
    event.preventDefault();
    told.textContent = "";
    const [first, other] = numbers.map((one) => encodeURIComponent(one.value.trim().toUpperCase()));
    try {
      const found = await get(`/v1/order?before=${first}&after=${other}`);
      const isEnglish = currentLanguage() === "en";
      const sentence = isEnglish ? found.sentence_en : found.sentence;
      const resident = isEnglish ? found.for_resident_en : found.for_resident;
      said.className = "said answer";
      said.textContent = sentence;
      if (resident !== sentence) told.textContent = t("why.resident", { sentence: resident });
    } catch (problem) {
      said.className = "said";
      said.textContent = `${problem.title} ${problem.detail}`;
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
    ),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.close"))],
  });
}

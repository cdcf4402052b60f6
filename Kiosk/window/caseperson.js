import { ask } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { t } from "../shared/words.js";

/**
 * A dialog with one field.
 *
 * @param {object} parts
 * @param {string} parts.title
 * @param {string} parts.label
 * @param {string} parts.hint
 * @param {string} parts.go
 * @param {number} parts.longest
 * @param {(text: string) => Promise<any>} parts.act its result is shown and the dialog stays; without a result the dialog is closed
 */
function askFor({ title, label, hint, go, longest, act }) {
  const input = h("input", { id: "case-ask", autocomplete: "off", maxlength: longest, required: true });
  const said = h("p.said", { role: "alert" });
  const button = h("button.button.main", { type: "submit" }, go);
  const leave = h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"));
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const shown = await act(input.value.trim());
      if (!shown) {
        close();
        return;
      }
      fill(body, shown, h("div.row", null, leave));
      leave.textContent = t("dialog.close");
      leave.focus();
    } catch (problem) {
      fill(said, failure(problem));
    }
    button.disabled = false;
  };
  const body = h(
    "form",
    { onsubmit: submit },
    h("p.field", null, h("label", { for: input.id }, label), input),
    h("p.hint", null, hint),
    said,
    h("div.row", null, button, leave),
  );
  const close = openDialog({ title, body, onEscape: () => close(), focusFirst: input });
}

/**
 * The cases of somebody who comes without a receipt, by the number of their card. The hall records who searched.
 *
 * @param {Pages.Cases} page
 */
export function findDialog(page) {
  askFor({
    title: t("cases.find"),
    label: t("cases.number"),
    hint: t("cases.find.hint"),
    go: t("cases.find.go"),
    longest: 30,
    act: async (number) => {
      const { cases } = await ask("POST", "/v1/cases/find", { body: { number } });
      if (!cases.length) return h("p", { role: "status" }, t("cases.find.none"));
      page.found(cases);
      return null;
    },
  });
}

/**
 * The unmasked data of a case's applicant, for a reason that is recorded in the security log.
 *
 * @param {Pages.CaseWhole} one
 */
export function unmaskDialog(one) {
  askFor({
    title: t("cases.unmask"),
    label: t("cases.unmask.reason"),
    hint: t("cases.unmask.hint"),
    go: t("cases.unmask.go"),
    longest: 60,
    act: async (reason) => {
      const person = await ask("POST", `/v1/cases/${one.id}/unmask`, { body: { reason } });
      const fact = (word, value) => (value ? [h("dt", null, t(`cases.${word}`)), h("dd", { lang: "zh-Hans" }, value)] : null);
      return h("dl", null, fact("name", person.name), fact("number", person.number), fact("phone", person.phone), fact("bearer", person.bearer));
    },
  });
}

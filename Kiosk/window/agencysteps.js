import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";

/** @typedef {{ element: HTMLElement, read: () => Record<string, any> }} Part a part of a step's form, and its values */

let fields = 0;

/**
 * @param {string} name in the request
 * @param {HTMLElement & { value: string }} input
 * @param {(text: string) => any} [as]
 * @param {string} [label] where another step's field has the same name
 * @returns {Part}
 */
function field(name, input, as = (text) => text, label = name) {
  fields += 1;
  input.id = `agency-field-${fields}`;
  return {
    element: h("p.field", null, h("label", { for: input.id }, t(`agency.field.${label}`)), input),
    read: () => (input.value.trim() === "" ? {} : { [name]: as(input.value.trim()) }),
  };
}

const text = (name, required = true, longest = 100) => field(name, h("input", { autocomplete: "off", maxlength: longest, required }));
const choice = (name, words, of, label = name) => field(name, h("select", null, words.map((one) => h("option", { value: one }, t(`agency.${of}.${one}`)))), undefined, label);

/**
 * @param {string} name
 * @param {boolean} [required]
 * @param {boolean} [ticked]
 * @returns {Part}
 */
function check(name, required = false, ticked = false) {
  fields += 1;
  const box = h("input", { type: "checkbox", id: `agency-field-${fields}`, required, checked: ticked || null });
  return { element: h("p.check", null, box, h("label", { for: box.id }, t(`agency.field.${name}`))), read: () => ({ [name]: box.checked }) };
}

/**
 * Checkboxes to choose from a list.
 *
 * @param {string} name
 * @param {{ value: any, words: string }[]} list
 * @param {boolean} ticked
 * @returns {Part}
 */
function several(name, list, ticked) {
  fields += 1;
  const boxes = list.map((one, index) => h("input", { type: "checkbox", id: `agency-${name}-${fields}-${index}`, checked: ticked || null }));
  return {
    element: h("fieldset", { hidden: list.length === 0 || null }, h("legend", null, t(`agency.field.${name}`)), boxes.map((box, index) => h("p.check", null, box, h("label", { for: box.id, lang: "zh-Hans" }, list[index].words)))),
    read: () => ({ [name]: list.filter((_, index) => boxes[index].checked).map((one) => one.value) }),
  };
}

/**
 * @param {API.Agency} one
 * @param {string} holder
 */
const held = (one, holder) =>
  one.originals
    .filter((original) => original.holder === holder)
    .map((original) => ({ value: original.place, words: [original.name, String(original.count), original.mark].filter(Boolean).join(" ") }));

/** The confirmation of the other side of a move: the badge, or the signature on paper. */
const proof = () => [text("badge", false, 16), check("signed")];

/**
 * @param {Pages.Agency} page
 * @returns {Part}
 */
function kiosk(page) {
  return field("kiosk", h("select", null, page.hall.printing_kiosks.map((one) => h("option", { value: one }, page.hall.kiosk_names[one] || one)), h("option", { value: "" }, t("takeFor.noPaper"))));
}

/** A fee of law that the agent carried: yuan, and the number of the organ's receipt. @returns {Part} */
function fee() {
  const parts = [field("yuan", h("input", { type: "number", min: 0, step: "0.01" }), Number), text("feeReceipt", false, 40)];
  return {
    element: h("div.row", null, parts.map((part) => part.element)),
    read: () => {
      const { yuan, feeReceipt } = Object.assign({}, ...parts.map((part) => part.read()));
      return yuan ? { fee: { fen: Math.round(yuan * 100), receipt: feeReceipt || "" } } : {};
    },
  };
}

/**
 * The fields of each step, named as in its route.
 *
 * @type {Record<string, (one: API.Agency, page: Pages.Agency) => Part[]>}
 */
const forms = {
  take: (one) => [several("missing", (one.materials || []).map((name) => ({ value: name, words: name })), false)],
  decline: (one) => [choice("ground", ["papers", "in_person", "elsewhere", "other"], "ground"), text("reason"), ...(held(one, "with_agent").length ? [check("originals_returned", true)] : [])],
  "hand-in": (one) => [several("originals", held(one, "with_agent"), true), several("kept", held(one, "with_agent"), false), text("town_number", false, 40), ...proof()],
  fetch: (one) => [several("originals", held(one, "with_town"), true), check("finished", false, true), ...proof()],
  "give-back": (one) => [several("originals", held(one, "with_agent"), false), check("signed", true)],
  deliver: () => [fee(), check("delivered", true)],
  file: () => [field("sheets", h("input", { type: "number", min: 1, max: 200, required: true, value: "4" }), Number)],
  ask: () => [choice("answer", ["very_satisfied", "satisfied", "basically_satisfied", "dissatisfied", "very_dissatisfied", "not_reached"], "answer"), choice("by", ["phone", "visit"], "asking")],
  renew: (_, page) => [field("until", h("input", { type: "date", required: true })), text("reason"), check("signed", true), kiosk(page), check("large_type")],
  end: (one, page) => [choice("by", ["principal", "agent", "death", "impossible"], "ender", "endedBy"), text("reason"), ...(held(one, "with_agent").length ? [check("originals_returned")] : []), kiosk(page), check("large_type")],
  reassign: () => [text("to", true, 16), text("reason"), check("agreed")],
};

/** The body of the request, without empty values. */
function body(parts) {
  const said = Object.assign({}, ...parts.map((part) => part.read()));
  if (said.kiosk === "") delete said.kiosk;
  if ("delivered" in said) {
    said.signed = said.delivered;
    delete said.delivered;
  }
  return said;
}

/**
 * The dialog of one step of an agency case. A refusal is shown, and the form stays open.
 *
 * @param {Pages.Agency} page
 * @param {API.Agency} one
 * @param {string} step
 */
export function agencyStepDialog(page, one, step) {
  const parts = forms[step](one, page);
  const said = h("p.said", { role: "alert" });
  const go = h("button.button.main", { type: "submit", form: "agency-step" }, t(`agency.step.${step}`));
  const press = new Press({ onChange: () => (go.disabled = press.busy) });

  async function send(event) {
    event.preventDefault();
    if (press.busy) return;
    fill(said);
    try {
      await press.post(/** @type {any} */ (`/v1/agency/${one.id}/${step}`), body(parts));
    } catch (problem) {
      fill(said, failure(problem));
      // The button was disabled during the request and lost the focus, so that Escape did not work.
      go.focus();
      return;
    }
    close();
    await page.choose(one.id);
  }

  const close = openDialog({
    title: `${t(`agency.step.${step}`)} ${one.number}`,
    className: "case-step",
    onEscape: () => close(),
    body: h(
      "form.fields",
      { id: "agency-step", onsubmit: send },
      h("p.hint", null, t(`agency.hint.${step}`)),
      parts.map((part) => part.element),
      said,
    ),
    buttons: [go, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

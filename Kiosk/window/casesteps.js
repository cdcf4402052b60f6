import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { correctionLines } from "./caselines.js";
import { paperRows } from "./casepapers.js";

/** @typedef {import("./caselines.js").Part} Part */

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
  input.id = `case-field-${fields}`;
  return {
    element: h("p.field", null, h("label", { for: input.id }, t(`cases.field.${label}`)), input),
    read: () => (input.value.trim() === "" ? {} : { [name]: as(input.value.trim()) }),
  };
}

const text = (name, required = true, value = "", longest = 120, label = name) => field(name, h("input", { autocomplete: "off", maxlength: longest, required, value }), undefined, label);
const count = (name, value) => field(name, h("input", { type: "number", min: 1, max: 365, required: true, value: String(value) }), Number);
const date = (name, label = name) => field(name, h("input", { type: "date" }), undefined, label);
const choice = (name, words, of) => field(name, h("select", null, words.map((one) => h("option", { value: one }, of ? t(`cases.${of}.${one}`) : one))));

/**
 * @param {string} name
 * @param {boolean} [required]
 * @param {string} [label] where another step's field has the same name
 * @returns {Part}
 */
function check(name, required = false, label = name) {
  fields += 1;
  const box = h("input", { type: "checkbox", id: `case-field-${fields}`, required });
  return { element: h("p.check", null, box, h("label", { for: box.id }, t(`cases.field.${label}`))), read: () => ({ [name]: box.checked }) };
}

/**
 * Names of papers, each to be ticked.
 *
 * @param {string} name
 * @param {string[]} list
 * @param {boolean} ticked
 * @returns {Part}
 */
function names(name, list, ticked) {
  const boxes = list.map((one, index) => h("input", { type: "checkbox", id: `case-${name}-${index}`, value: one, checked: ticked || null }));
  return {
    element: h("fieldset", null, h("legend", null, t(`cases.field.${name}`)), boxes.map((box, index) => h("p.check", null, box, h("label", { for: box.id, lang: "zh-Hans" }, list[index])))),
    read: () => ({ [name]: boxes.filter((box) => box.checked).map((box) => box.value) }),
  };
}

/** @param {Pages.CaseWhole} one */
const returned = (one) => (one.materials.some((paper) => paper.held) ? [check("originals_returned", true)] : []);

/**
 * @param {Pages.Cases} page
 * @returns {Part}
 */
function kiosk(page) {
  const select = h("select", null, page.hall.case_printers.map((one) => h("option", { value: one }, page.hall.kiosk_names[one] || one)), h("option", { value: "" }, t("takeFor.noPaper")));
  return field("kiosk", select);
}

/** The printer of a step's paper, and the size of its letters. @param {Pages.Cases} page */
const printed = (page) => [kiosk(page), check("large_type")];

/**
 * A wrong entry and the right one: the fields depend on what was wrong.
 *
 * @param {Pages.CaseWhole} one
 * @returns {Part}
 */
function entry(one) {
  const kinds = ["originals", "copies", "applicant", "bearer", "department", "acceptance", "outcome"];
  const select = h("select", { onchange: () => show() }, kinds.map((kind) => h("option", { value: kind }, t(`cases.fix.${kind}`))));
  const what = field("field", select);
  const material = choice("material", one.materials.map((given) => given.name));
  const number = field("value", h("input", { type: "number", min: 0, max: 50, value: "0" }), undefined, "rightCount");
  const bearer = field("value", h("select", null, ["self", "relative", "agent"].map((word) => h("option", { value: word }, t(`cases.by.${word}`)))), undefined, "rightBearer");
  const department = text("value", false, one.department || "", 60, "department");
  const outcome = field("value", h("select", null, ["granted", "denied", "other"].map((word) => h("option", { value: word }, t(`cases.outcome.${word}`)))), undefined, "outcome");
  const person = [text("name", false, "", 60, "rightName"), text("number", false, "", 30, "rightNumber"), text("phone", false, "", 20, "rightPhone")];
  /** @type {Record<string, Part[]>} */
  const asked = { originals: [material, number], copies: [material, number], applicant: person, bearer: [bearer], department: [department], acceptance: [], outcome: [outcome] };
  const all = [material, number, bearer, department, outcome, ...person];

  function show() {
    for (const part of all) part.element.hidden = !asked[select.value].includes(part);
  }

  show();
  return {
    element: h("div.fields", null, what.element, all.map((part) => part.element)),
    read: () => {
      const given = Object.assign({}, ...asked[select.value].map((part) => part.read()));
      return select.value === "applicant" ? { ...what.read(), applicant: given } : { ...what.read(), ...given };
    },
  };
}

/**
 * @param {Pages.CaseWhole} one
 * @returns {Part}
 */
function papers(one) {
  const rows = paperRows(one.materials.map((paper) => ({ name: paper.name, originals: paper.originals_needed, copies: paper.copies_needed, shared: paper.shared })));
  return { element: h("div.scroll", null, rows.element), read: () => ({ papers: rows.papers() }) };
}

/**
 * The fields of each step, named as in its route.
 *
 * @type {Record<string, (one: Pages.CaseWhole, page: Pages.Cases) => Part[]>}
 */
const forms = {
  corrections: (one, page) => [correctionLines(one), text("second_reason", false, "", 100), ...printed(page)],
  "on-spot": (one) => [choice("material", one.materials.map((paper) => paper.name)), text("what", true, "", 60)],
  served: () => [choice("how", ["signed", "agent_signed", "refused_to_sign", "posted", "electronic"], "served"), field("witnesses", h("input", { maxlength: 60 }), (words) => words.split(/[\s,、，]+/)), check("by_hand")],
  papers: (one, page) => [papers(one), check("complete"), ...printed(page)],
  accept: (one, page) => [check("immediate"), date("owed_by"), ...printed(page)],
  "propose-refusal": () => [choice("ground", ["not_needed", "not_competent", "other"], "ground"), text("article"), text("text", true, "", 200), text("told", false)],
  refuse: (one, page) => [...returned(one), ...printed(page)],
  redirect: (one) => [text("organ"), text("address"), text("phone"), ...returned(one)],
  withdraw: returned,
  forward: (one, page) => [text("department", true, one.item_department || "", 60), names("materials", one.materials.filter((given) => given.originals || given.copies || given.seen || given.electronic).map((given) => given.name), true), ...printed(page)],
  confirm: (one) => [names("differs", one.materials.map((paper) => paper.name), false)],
  pause: (one, page) => [choice("stage", one.pause_stages), count("expected_days", 7), date("from"), text("reason", false, "", 60), ...printed(page), check("told", false, "toldInWriting")],
  resume: () => [date("to")],
  extend: (one, page) => [count("count", 10), choice("unit", ["working_day", "natural_day", "month"], "unit"), text("head", true, "", 30), text("reason", true, "", 100, "why"), text("article", true, "行政许可法第四十二条"), ...printed(page), check("told", false, "extensionHanded")],
  decide: () => [choice("outcome", ["granted", "denied", "other"], "outcome"), result()],
  ready: () => [text("place", true, "", 20)],
  collect: (one, page) => [choice("by", ["self", "relative", "agent"], "by"), choice("shown", ["card", "receipt", "proxy"], "shown"), check("signed", true), ...returned(one), ...printed(page)],
  send: (one) => [choice("how", ["post", "agent", "electronic"], "sent"), text("reference", false, "", 40), ...returned(one)],
  told: (one) => [
    field("number", h("select", null, one.slips.filter((slip) => slip.untold).map((slip) => h("option", { value: slip.number }, `${slip.title} ${slip.number}`))), undefined, "paperHanded"),
  ],
  further: (one, page) => [correctionLines(one, false), ...printed(page)],
  delivered: () => [date("on", "deliveredOn")],
  place: (one) => [text("place", true, one.place || "", 20)],
  explain: (one, page) => [text("text", true, "", 200, "explanation"), date("expected"), check("tells_remedy"), ...printed(page)],
  reassign: () => [text("to", true, "", 16, "toBadge"), text("reason", true, "顶岗补位", 60, "why")],
  correct: (one) => [entry(one), text("reason", true, "", 100, "why"), text("second", true, "", 16)],
  print: (one, page) => printed(page),
};

/** Steps with an explanation of what the law or the paper requires. */
const hints = ["pause", "extend", "further", "correct"];

/** The usual result of a decision: one document. */
function result() {
  const part = text("result", false, "", 60);
  return {
    element: part.element,
    read: () => {
      const { result: name } = part.read();
      return name ? { results: [{ name, copies: 1 }] } : {};
    },
  };
}

/**
 * The dialog of one step of a case. A refusal is shown, and the form stays open.
 *
 * @param {Pages.Cases} page
 * @param {Pages.CaseWhole} one
 * @param {string} step
 * @param {Record<string, any>} [more] further fields of the request
 */
export function stepDialog(page, one, step, more = {}) {
  if (step === "undo-accept") {
    page.undoAccept(one);
    return;
  }
  const parts = forms[step](one, page);
  const said = h("p.said", { role: "alert" });
  const go = h("button.button.main", { type: "submit", form: "case-step" }, t(`cases.step.${step}`));
  const press = new Press({ onChange: () => (go.disabled = press.busy) });

  async function send(event) {
    event.preventDefault();
    if (press.busy) return;
    fill(said);
    const body = Object.assign({}, more, ...parts.map((part) => part.read()));
    if (body.kiosk === "") delete body.kiosk;
    try {
      await press.post(/** @type {any} */ (`/v1/cases/${one.id}/${step}`), body);
    } catch (problem) {
      fill(said, failure(problem));
      return;
    }
    close();
    await page.choose(one.id);
  }

  const close = openDialog({
    title: `${t(`cases.step.${step}`)} ${one.number}`,
    className: "case-step",
    onEscape: () => close(),
    body: h("form.fields", { id: "case-step", onsubmit: send }, hints.includes(step) ? h("p.hint", null, t(`cases.${step}.hint`)) : null, parts.map((part) => part.element), said),
    buttons: [go, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

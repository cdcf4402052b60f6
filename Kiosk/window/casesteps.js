import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { paperRows } from "./casepapers.js";

/** @typedef {{ element: HTMLElement, read: () => Record<string, any> }} Part a part of a step's form, and what it says */

const reasons = ["missing", "too_few", "expired", "mismatch", "unsigned", "illegible", "not_original", "wrong_form", "incomplete", "shared_failed", "other"];

let fields = 0;

/**
 * @param {string} name in the request
 * @param {HTMLElement & { value: string }} input
 * @param {(text: string) => any} [as]
 * @returns {Part}
 */
function field(name, input, as = (text) => text) {
  fields += 1;
  input.id = `case-field-${fields}`;
  return {
    element: h("p.field", null, h("label", { for: input.id }, t(`cases.field.${name}`)), input),
    read: () => (input.value.trim() === "" ? {} : { [name]: as(input.value.trim()) }),
  };
}

const text = (name, required = true, value = "", longest = 120) => field(name, h("input", { autocomplete: "off", maxlength: longest, required, value }));
const count = (name, value) => field(name, h("input", { type: "number", min: 1, max: 365, required: true, value: String(value) }), Number);
const date = (name) => field(name, h("input", { type: "date" }));
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
  const select = h("select", null, page.hall.printing_kiosks.map((one) => h("option", { value: one }, page.hall.kiosk_names[one] || one)), h("option", { value: "" }, t("takeFor.noPaper")));
  return field("kiosk", select);
}

/**
 * A line for each paper of the list, and one for what the list does not have, which needs an article and a second badge.
 *
 * @param {Pages.CaseWhole} one
 * @returns {Part}
 */
function lines(one) {
  const select = (name, chosen) =>
    h(
      "select",
      { "aria-label": `${name} ${t("cases.reason")}` },
      h("option", { value: "" }, t("cases.fine")),
      reasons.map((word) => h("option", { value: word, selected: word === chosen || null }, t(`cases.reason.${word}`))),
    );
  const rows = one.materials.map((paper) => ({
    paper,
    reason: select(paper.name, one.missing.includes(paper.name) || (paper.group !== null && one.missing.includes(paper.group)) ? "missing" : ""),
    ask: h("input", { maxlength: 120, "aria-label": `${paper.name} ${t("cases.ask")}`, placeholder: t("cases.ask") }),
  }));
  const outside = {
    name: h("input", { maxlength: 120, "aria-label": t("cases.outside.name"), placeholder: t("cases.outside.name") }),
    ask: h("input", { maxlength: 120, "aria-label": t("cases.ask"), placeholder: t("cases.ask") }),
    basis: h("input", { maxlength: 120, "aria-label": t("cases.outside.basis"), placeholder: t("cases.outside.basis") }),
    second: h("input", { maxlength: 32, "aria-label": t("cases.outside.second"), placeholder: t("cases.outside.second") }),
  };
  return {
    element: h(
      "div.scroll",
      null,
      h("table", null, rows.map(({ paper, reason, ask }) => h("tr", null, h("td", { lang: "zh-Hans" }, paper.name), h("td", null, reason), h("td", null, ask)))),
      h("details", null, h("summary", null, t("cases.outside")), h("p.hint", null, t("cases.outside.hint")), Object.values(outside)),
    ),
    read: () => {
      const found = rows
        .filter(({ reason }) => reason.value)
        .map(({ paper, reason, ask }) => ({ material: paper.name, reasons: [reason.value], ...(ask.value.trim() ? { ask: ask.value.trim(), words: reason.value === "other" ? ask.value.trim() : undefined } : {}) }));
      const more = outside.name.value.trim()
        ? [{ name: outside.name.value.trim(), ask: outside.ask.value.trim(), basis: outside.basis.value.trim(), second: outside.second.value.trim(), reasons: ["missing"] }]
        : [];
      return { lines: [...found, ...more] };
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
 * What each step asks for, in the words of its route.
 *
 * @type {Record<string, (one: Pages.CaseWhole, page: Pages.Cases) => Part[]>}
 */
const forms = {
  corrections: (one, page) => [lines(one), text("second_reason", false, "", 100), kiosk(page), check("large_type")],
  "on-spot": (one) => [choice("material", one.materials.map((paper) => paper.name)), text("what", true, "", 60)],
  served: () => [choice("how", ["signed", "agent_signed", "refused_to_sign", "posted", "electronic"], "served"), field("witnesses", h("input", { maxlength: 60 }), (words) => words.split(/[\s,、，]+/)), check("by_hand")],
  papers: (one) => [papers(one), check("complete")],
  accept: () => [check("immediate"), date("owed_by")],
  "propose-refusal": () => [choice("ground", ["not_needed", "not_competent", "other"], "ground"), text("article"), text("text", true, "", 200), text("told", false)],
  refuse: returned,
  redirect: (one) => [text("organ"), text("address"), text("phone"), ...returned(one)],
  withdraw: returned,
  forward: (one) => [text("department", true, one.item_department || "", 60), names("materials", one.materials.filter((paper) => paper.originals || paper.copies || paper.seen || paper.electronic).map((paper) => paper.name), true)],
  confirm: (one) => [names("differs", one.materials.map((paper) => paper.name), false)],
  pause: (one) => [choice("stage", one.pause_stages), count("expected_days", 7), date("from"), text("reason", false, "", 60), check("told", true, "toldInWriting")],
  resume: () => [date("to")],
  extend: () => [count("count", 10), choice("unit", ["working_day", "natural_day", "month"], "unit"), text("head", true, "", 30), text("reason", true, "", 100), text("article", true, "行政许可法第四十二条")],
  decide: () => [choice("outcome", ["granted", "denied", "other"], "outcome"), result()],
  ready: () => [text("place", true, "", 20)],
  collect: (one) => [choice("by", ["self", "relative", "agent"], "by"), choice("shown", ["card", "receipt", "proxy"], "shown"), check("signed", true), ...returned(one)],
  send: (one) => [choice("how", ["post", "agent", "electronic"], "sent"), text("reference", false, "", 40), ...returned(one)],
};

/** The one document that most decisions give. */
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
 * One step of a case. What is not accepted, the hall says, and the form stays.
 *
 * @param {Pages.Cases} page
 * @param {Pages.CaseWhole} one
 * @param {string} step
 */
export function stepDialog(page, one, step) {
  const parts = forms[step](one, page);
  const said = h("p.said", { role: "alert" });
  const go = h("button.button.main", { type: "submit", form: "case-step" }, t(`cases.step.${step}`));
  const press = new Press({ onChange: () => (go.disabled = press.busy) });

  async function send(event) {
    event.preventDefault();
    if (press.busy) return;
    fill(said);
    const body = Object.assign({}, ...parts.map((part) => part.read()));
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
    body: h("form.fields", { id: "case-step", onsubmit: send }, step === "pause" ? h("p.hint", null, t("cases.pause.hint")) : null, parts.map((part) => part.element), said),
    buttons: [go, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

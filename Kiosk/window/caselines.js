import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** @typedef {{ element: HTMLElement, read: () => Record<string, any> }} Part a part of a step's form, and its values */

const reasons = ["missing", "too_few", "expired", "mismatch", "unsigned", "illegible", "not_original", "wrong_form", "incomplete", "shared_failed", "other"];
const mostReasons = 4;

/**
 * What is wrong with one paper: a list of reasons, and another list behind each that was chosen.
 *
 * @param {string} name of the paper
 * @param {string} chosen
 */
function reasonLists(name, chosen) {
  const cell = h("td.reasons");
  /** @type {HTMLSelectElement[]} */
  const lists = [];

  /** @param {string} first */
  function add(first) {
    const select = h(
      "select",
      { "aria-label": `${name} ${t(lists.length ? "cases.reason.more" : "cases.reason")}`, onchange: settle },
      h("option", { value: "" }, t(lists.length ? "cases.reason.noMore" : "cases.fine")),
      reasons.map((word) => h("option", { value: word, selected: word === first || null }, t(`cases.reason.${word}`))),
    );
    lists.push(select);
    cell.append(select);
  }

  /** Keeps one empty list at the end, as long as further reasons are allowed. */
  function settle() {
    const last = lists[lists.length - 1];
    if (last.value && lists.length < mostReasons) add("");
  }

  add(chosen);
  settle();
  return { cell, read: () => [...new Set(lists.map((list) => list.value).filter(Boolean))] };
}

/**
 * A line for each paper of the list, and one for a paper outside of the list, which needs an article and a second badge.
 *
 * @param {Pages.CaseWhole} one
 * @param {boolean} [marksMissing] what is missing is marked so from the beginning
 * @returns {Part}
 */
export function correctionLines(one, marksMissing = true) {
  const isMissing = (paper) => marksMissing && (one.missing.includes(paper.name) || (paper.group !== null && one.missing.includes(paper.group)));
  const rows = one.materials.map((paper) => ({
    paper,
    reason: reasonLists(paper.name, isMissing(paper) ? "missing" : ""),
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
      h("table", null, rows.map(({ paper, reason, ask }) => h("tr", null, h("td", { lang: "zh-Hans" }, paper.name), reason.cell, h("td", null, ask)))),
      h("details", null, h("summary", null, t("cases.outside")), h("p.hint", null, t("cases.outside.hint")), Object.values(outside)),
    ),
    read: () => {
      const found = rows
        .map(({ paper, reason, ask }) => ({ paper, chosen: reason.read(), words: ask.value.trim() }))
        .filter(({ chosen }) => chosen.length)
        .map(({ paper, chosen, words }) => ({
          material: paper.name,
          reasons: chosen,
          ...(words ? { ask: words, words: chosen.includes("other") ? words : undefined } : {}),
        }));
      const more = outside.name.value.trim()
        ? [{ name: outside.name.value.trim(), ask: outside.ask.value.trim(), basis: outside.basis.value.trim(), second: outside.second.value.trim(), reasons: ["missing"] }]
        : [];
      return { lines: [...found, ...more] };
    },
  };
}

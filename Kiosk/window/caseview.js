import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";
import { unmaskDialog } from "./caseperson.js";
import { stepDialog } from "./casesteps.js";

/** A date of a case with its details. */
export function dueWords(one) {
  if (one.due.is === "paused") return t("cases.due.paused", { left: one.due.left, unit: t(`cases.unit.${one.due.left_unit}`) });
  if (one.due.is === "at_once") return t("cases.due.atOnce");
  const when = one.due.printed || (one.told_on || one.accepted_on ? null : one.tell_by);
  if (!when) return "";
  const provisional = one.due.printed ? one.due.provisional : one.tell_provisional;
  return t(one.due.printed ? "cases.due.decide" : "cases.due.tell", { date: when }) + (provisional ? t("cases.due.provisional") : "");
}

/** The outcome of printing a slip of the case. */
function slipWords(slip) {
  return slip ? t(`cases.slip.${slip.state}`) : t("cases.slip.none");
}

/**
 * The papers of the case, each with its outcome, a preview, and another copy.
 *
 * @param {Pages.Cases} page
 * @param {Pages.CaseWhole} one
 */
function slipTable(page, one) {
  const row = (paper) =>
    h(
      "tr",
      null,
      h("th", { scope: "row", lang: "zh-Hans" }, h("a", { href: `/v1/cases/${one.id}/slips/${paper.number}.pdf`, target: "_blank", rel: "noopener" }, `${paper.title} ${paper.number}`)),
      h("td", null, paper.void ? t("cases.slip.void") : slipWords(paper.slip), paper.untold ? h("span.late", null, ` ${t("cases.slip.untold")}`) : null),
      h("td", null, paper.void ? null : h("button.button.small", { type: "button", "aria-label": `${t("cases.step.print")} ${paper.title}`, onclick: () => stepDialog(page, one, "print", { number: paper.number }) }, t("cases.step.print"))),
    );
  return h("table", { "aria-label": t("cases.slips") }, h("thead", null, h("tr", null, ["paper", "slip", "copy"].map((word) => h("th", { scope: "col" }, t(`cases.${word}.slips`))))), h("tbody", null, one.slips.map(row)));
}

/**
 * One case: its item, its dates, its papers, the facts that were recorded, and the possible steps.
 *
 * @param {Pages.Cases} page
 * @param {Pages.CaseWhole} one
 */
export function caseView(page, one) {
  const fact = (word, value) => (value ? [h("dt", null, t(`cases.fact.${word}`)), h("dd", { lang: "zh-Hans" }, value)] : null);
  const correction = one.corrections[one.corrections.length - 1];
  return [
    h("h2", { tabindex: "-1" }, `${one.number} `, h("span.mark", null, one.stage_word)),
    h("p", { lang: "zh-Hans" }, h("b", null, one.item_name)),
    one.alarms.length ? h("p.late", { role: "status" }, one.alarms.map((alarm) => t(`cases.alarm.${alarm}`)).join(t("list.comma"))) : null,
    h(
      "dl",
      null,
      fact("applicant", [one.name, one.number_of_card].filter(Boolean).join(" ")),
      fact("due", dueWords(one)),
      fact("received", one.received_on),
      fact("accepted", one.accepted_on),
      fact("responsible", one.responsible),
      fact("firstAsked", one.first_asked),
      fact("department", one.department),
      fact("place", one.place),
      fact("trips", one.trips > 1 ? String(one.trips) : ""),
      fact("delivered", one.delivered_on),
      fact("explained", one.explained),
      fact("fixes", one.fixes.map((fix) => t(`cases.fix.${fix.field}`) + (fix.material ? ` ${fix.material}` : "")).join(t("list.comma"))),
      fact("receipt", slipWords(one.receipt_slip)),
      fact("notice", correction ? slipWords(one.correction_slip) : ""),
    ),
    one.name ? h("p", null, h("button.link", { type: "button", onclick: () => unmaskDialog(one) }, t("cases.unmask"))) : null,
    one.steps.length
      ? h(
        "div.steps",
        { role: "group", "aria-label": t("cases.steps") },
        one.steps.map((step, index) => h(`button.button.small${index ? "" : ".main"}`, { type: "button", "data-step": step, onclick: () => stepDialog(page, one, step) }, t(`cases.step.${step}`))),
      )
      : h("p.hint", null, t("cases.steps.none")),
    h(
      "table",
      { "aria-label": t("cases.papers") },
      h("thead", null, h("tr", null, ["material", "originals", "copies", "held"].map((word) => h("th", { scope: "col" }, t(`cases.${word}.column`))))),
      h(
        "tbody",
        null,
        one.materials.map((paper) =>
          h(
            "tr",
            null,
            h("th", { scope: "row", lang: "zh-Hans" }, paper.name, one.missing.includes(paper.name) ? h("span.late", null, ` ${t("cases.isMissing")}`) : null, one.owed.includes(paper.name) ? h("span.late", null, ` ${t("cases.isOwed")}`) : null),
            h("td", null, paper.seen ? t("cases.seen") : String(paper.originals)),
            h("td", null, String(paper.copies)),
            h("td", null, String(paper.held)),
          ),
        ),
      ),
    ),
    slipTable(page, one),
    one.corrections.map((told) =>
      h(
        "section",
        null,
        h("h3", null, `${t("cases.told")} ${told.number}`, told.second ? h("span.late", null, ` ${t("cases.second")}`) : null),
        h("ul", { lang: "zh-Hans" }, told.lines.map((line) => h("li", null, `${line.material || t("cases.outside")}：${line.reasons.map((word) => t(`cases.reason.${word}`)).join("、")}`))),
      ),
    ),
  ];
}

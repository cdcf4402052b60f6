import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";
import { agencyStepDialog } from "./agencysteps.js";

/** The next step and its date. @param {API.Agency} one */
export function dutyWords(one) {
  const late = one.originals.some((held) => held.late) ? h("span.late", null, ` ${t("agency.heldTooLong")}`) : null;
  const [next] = one.duties;
  if (!next) return [late];
  return [h(next.late ? "span.late" : "span", null, t("agency.duty", { what: t(`agency.duty.${next.is}`), date: next.by })), late];
}

/** The outcome of printing a slip. */
function slipWords(slip) {
  return slip ? t(`cases.slip.${slip.state}`) : "";
}

/**
 * One agency case: the people, the dates, the state of the town's case, each original with who has it, and the possible steps.
 *
 * @param {Pages.Agency} page
 * @param {API.Agency} one
 */
export function agencyView(page, one) {
  const fact = (word, value) => (value ? [h("dt", null, t(`agency.fact.${word}`)), h("dd", { lang: "zh-Hans" }, value)] : null);
  const town = [one.town_number, one.town_stage_word, one.town_due ? t("cases.due.decide", { date: one.town_due }) : "", one.town_place].filter(Boolean).join(" ");
  const steps = one.steps || [];
  return [
    h("h2", { tabindex: "-1" }, `${one.number} `, h("span.mark", null, one.stage_word)),
    h("p", { lang: "zh-Hans" }, h("b", null, one.item_name)),
    h(
      "dl",
      null,
      fact("principal", [one.name, one.number_of_card].filter(Boolean).join(" ")),
      fact("phone", one.phone),
      fact("agent", one.agent),
      fact("entrusted", one.entrusted_on),
      fact("until", one.until),
      fact("town", town),
      fact("batch", one.batch),
      fact("missing", one.missing.join("、")),
      fact("answer", one.answer ? t(`agency.answer.${one.answer}`) : ""),
      fact("slip", slipWords(one.slip)),
      fact("endSlip", slipWords(one.end_slip)),
      fact("renewalSlip", slipWords(one.renewal_slip)),
    ),
    one.duties.length ? h("ul.duties", null, one.duties.map((duty) => h(duty.late ? "li.late" : "li", null, t("agency.duty", { what: t(`agency.duty.${duty.is}`), date: duty.by })))) : null,
    steps.length
      ? h(
        "div.steps",
        { role: "group", "aria-label": t("cases.steps") },
        steps.map((step, index) => h(`button.button.small${index ? "" : ".main"}`, { type: "button", "data-step": step, onclick: () => agencyStepDialog(page, one, step) }, t(`agency.step.${step}`))),
      )
      : h("p.hint", null, t("cases.steps.none")),
    one.originals.length
      ? h(
        "table",
        { "aria-label": t("agency.originals") },
        h("thead", null, h("tr", null, ["original", "count", "mark", "holder", "since"].map((word) => h("th", { scope: "col" }, t(`agency.${word}.column`))))),
        h(
          "tbody",
          null,
          one.originals.map((held) =>
            h(
              "tr",
              null,
              h("th", { scope: "row", lang: "zh-Hans" }, held.name),
              h("td", null, String(held.count)),
              h("td", null, held.mark || ""),
              h(held.late ? "td.late" : "td", null, t(`agency.holder.${held.holder}`)),
              h("td", null, held.since),
            ),
          ),
        ),
      )
      : h("p.hint", null, t("agency.noOriginals")),
    one.copies.length ? h("p", { lang: "zh-Hans" }, `${t("agency.copies")}：${one.copies.map((copies) => `${copies.name} ${copies.count}`).join("、")}`) : null,
  ];
}

/** The months, the running one first. @param {Record<string, any>[]} months */
export function monthsView(months) {
  const counts = ["entrusted", "taken", "declined", "handed_in", "delivered", "filed", "ended", "asked", "satisfied", "late"];
  return [
    h("h2", { tabindex: "-1" }, t("agency.months")),
    h("p.hint", null, t("agency.months.hint")),
    h(
      "table.months",
      { "aria-label": t("agency.months") },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("agency.month")), counts.map((word) => h("th", { scope: "col" }, t(`agency.month.${word}`))))),
      h(
        "tbody",
        null,
        months.map((one) => h("tr", null, h("th", { scope: "row" }, one.month, one.running ? ` ${t("agency.month.running")}` : ""), counts.map((word) => h("td", null, String(one[word]))))),
      ),
    ),
  ];
}

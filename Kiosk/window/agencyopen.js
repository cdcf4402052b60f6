import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { groups, Inquiry } from "../shared/inquiry.js";
import { Press } from "../shared/press.js";
import { dataLanguage, t } from "../shared/words.js";
import { itemSearch } from "./itemsearch.js";
import { questionKeys } from "./questions.js";

/**
 * 新委托 on one screen: the item, its questions, the principal, and a line for each original with count and mark, and its
 * copies. One press prints the authority in two parts.
 *
 * @param {Pages.Agency} page
 * @param {{ number: string, code: string } | null} paper of a station without network; its number and code stay
 */
export class AgencyOpening {
  constructor(page, paper) {
    this.page = page;
    this.paper = paper;
    /** @type {Inquiry | null} */
    this.inquiry = null;
    /** @type {ReturnType<typeof originalRows> | null} */
    this.rows = null;
    this.said = h("p.said", { role: "alert" });
    this.stage = h("div.stage");
    this.press = new Press({ onChange: () => (this.go.disabled = this.press.busy) });
    this.go = h("button.button.main", { type: "submit" }, t(paper ? "agency.enter" : "agency.print"));
    this.search = itemSearch({
      id: "agency-item",
      most: page.hall.shown.suggestions,
      onChoose: (one) => this.look(one && new Inquiry(one.code)),
      onFault: (words) => fill(this.said, failure({ title: words })),
    });
    const field = (id, more = {}) => h("input", { id: `agency-${id}`, autocomplete: "off", maxlength: 60, ...more });
    this.name = field("name", { required: true });
    this.number = field("number", { maxlength: 30 });
    this.phone = field("phone", { maxlength: 20, inputMode: "tel" });
    this.until = field("until", { type: "date" });
    this.kiosk = h(
      "select",
      { id: "agency-kiosk" },
      page.hall.printing_kiosks.map((one) => h("option", { value: one }, page.hall.kiosk_names[one] || one)),
      h("option", { value: "" }, t("takeFor.noPaper")),
    );
    const line = (input, words) => h("p.field", null, h("label", { for: input.id }, t(words)), input);
    this.element = h(
      "form.opening",
      { onsubmit: (event) => this.send(event), "aria-label": t("agency.new") },
      h("h2", null, t("agency.new")),
      paper ? h("p.hint", null, t("agency.ofStation", { number: paper.number })) : null,
      line(this.search.field, "cases.item"),
      this.search.hits,
      this.stage,
      h("div.who", null, line(this.name, "agency.name"), line(this.number, "cases.number"), line(this.phone, "cases.phone")),
      h("div.who", null, line(this.until, "agency.until"), paper ? null : line(this.kiosk, "agency.paperAt")),
      this.said,
      h("div.row", null, this.go, h("button.button.quiet", { type: "button", onclick: () => page.leave() }, t("dialog.cancel"))),
    );
  }

  begin() {
    this.search.field.focus();
  }

  /** @param {Inquiry | null} inquiry */
  async look(inquiry) {
    this.inquiry = inquiry;
    this.rows = null;
    fill(this.said);
    fill(this.stage);
    if (!inquiry) return;
    try {
      await inquiry.look();
    } catch (problem) {
      fill(this.said, failure(problem));
      return;
    }
    if (this.inquiry === inquiry) this.show(inquiry);
  }

  /** @param {Inquiry} inquiry */
  show(inquiry) {
    const { question, list } = inquiry;
    if (question && !(list && list.agency_none)) {
      fill(
        this.stage,
        h("p", { lang: dataLanguage() }, question.ask || t("question.which")),
        h("div.answers", null, questionKeys(question, (keys) => this.look(inquiry.with(keys)))),
      );
      const [first] = this.stage.querySelectorAll("button");
      if (first) first.focus();
      return;
    }
    if (!list) return;
    if (list.agency_none) {
      fill(this.said, failure({ title: t("agency.inPersonOnly", { why: list.agency_none }) }));
      return;
    }
    const names = groups.flatMap((group) => list[group].flatMap((entry) => entry.choices.map((one) => one.name)));
    this.rows = originalRows(names);
    fill(this.stage, h("h3", null, t("agency.handed")), h("p.hint", null, t("agency.handed.hint")), this.rows.element);
    this.name.focus();
  }

  async send(event) {
    event.preventDefault();
    if (this.press.busy) return;
    fill(this.said);
    if (!this.inquiry || !this.rows) {
      fill(this.said, failure({ title: t("cases.itemFirst") }));
      return;
    }
    const text = (input) => input.value.trim() || undefined;
    try {
      const opened = await this.press.post("/v1/agency", {
        item: this.inquiry.code,
        situations: this.inquiry.answers,
        principal: { name: this.name.value.trim(), number: text(this.number), phone: text(this.phone) },
        ...this.rows.papers(),
        ...(this.until.value ? { until: this.until.value } : {}),
        ...(this.paper ? { paper: this.paper } : {}),
        ...(this.kiosk.value && !this.paper ? { kiosk: this.kiosk.value } : {}),
      });
      if (opened) await this.page.choose(opened.id);
    } catch (problem) {
      fill(this.said, failure(problem));
    }
  }
}

/**
 * A line for each paper of the list, and free lines for other originals (an old card). Enter goes to the next line.
 *
 * @param {string[]} names
 */
function originalRows(names) {
  /** @type {{ name: () => string, count: HTMLInputElement, mark: HTMLInputElement, copies: HTMLInputElement }[]} */
  const rows = [];
  const body = h("tbody", { onkeydown: down });

  function add(given) {
    const label = given || t("agency.another");
    const number = (word) => h("input", { type: "number", min: 0, max: 20, value: "0", "aria-label": `${label} ${t(`agency.${word}.column`)}` });
    const mark = h("input", { type: "text", maxlength: 4, autocomplete: "off", "aria-label": `${label} ${t("agency.mark.column")}` });
    const own = given ? null : h("input", { type: "text", maxlength: 40, autocomplete: "off", "aria-label": label, placeholder: label });
    const row = { name: () => (own ? own.value.trim() : given), count: number("originalsCount"), mark, copies: number("copiesCount") };
    rows.push(row);
    body.append(h("tr", null, own ? h("td", null, own) : h("th", { scope: "row", lang: "zh-Hans" }, given), h("td", null, row.count), h("td.short", null, mark), h("td", null, row.copies)));
    return own;
  }

  function down(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    const here = rows.findIndex((row) => row.count === event.target || row.copies === event.target);
    const next = here >= 0 && rows[here + 1];
    if (!next) return;
    event.preventDefault();
    next.count.focus();
    next.count.select();
  }

  for (const name of names) add(name);
  const more = h("button.button.small", { type: "button", onclick: () => focusOn(add("")) }, t("agency.more"));

  return {
    element: h(
      "div",
      null,
      h("table.originals", null, h("thead", null, h("tr", null, ["original", "originalsCount", "mark", "copiesCount"].map((word) => h("th", { scope: "col" }, t(`agency.${word}.column`))))), body),
      more,
    ),
    papers() {
      const named = rows.filter((row) => row.name());
      return {
        originals: named.filter((row) => Number(row.count.value) > 0).map((row) => ({ name: row.name(), count: Number(row.count.value), ...(row.mark.value.trim() ? { mark: row.mark.value.trim() } : {}) })),
        copies: named.filter((row) => Number(row.copies.value) > 0).map((row) => ({ name: row.name(), count: Number(row.copies.value) })),
      };
    },
  };
}

/** @param {HTMLInputElement | null} field */
function focusOn(field) {
  if (field) field.focus();
}

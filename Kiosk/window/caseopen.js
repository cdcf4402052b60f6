import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { groups, Inquiry } from "../shared/inquiry.js";
import { Press } from "../shared/press.js";
import { dataLanguage, t } from "../shared/words.js";
import { itemSearch } from "./itemsearch.js";
import { paperRows } from "./casepapers.js";
import { questionKeys } from "./questions.js";

/**
 * 受理新件 on one screen: the item, its questions, the applicant, and a line for each paper with its counts. One press marks
 * everything that the list asks for as received; the next one prints the receipt.
 *
 * @param {Pages.Cases} page
 */
export class CaseOpening {
  /**
   * @param {Pages.Cases} page
   * @param {{ ticket?: API.Ticket, brought?: API.Brought, agency?: API.Agency }} [known] the resident at the window and what they showed, or what an agent brings: its item and principal are known then
   */
  constructor(page, known = {}) {
    const { ticket = null, brought = null, agency = null } = known;
    this.page = page;
    this.ticket = ticket;
    this.brought = brought;
    this.agency = agency;
    /** @type {Inquiry | null} */
    this.inquiry = null;
    /** @type {import("./casepapers.js").PaperRows | null} */
    this.rows = null;
    this.said = h("p.said", { role: "alert" });
    this.stage = h("div.stage");
    this.press = new Press({ onChange: () => (this.go.disabled = this.press.busy) });
    this.go = h("button.button.main", { type: "submit" }, t("cases.receipt"));
    this.search = itemSearch({
      id: "case-item",
      most: page.hall.shown.suggestions,
      onChoose: (one) => this.look(one && new Inquiry(one.code)),
      onFault: (words) => fill(this.said, failure({ title: words })),
    });
    const field = (id, more = {}) => h("input", { id: `case-${id}`, autocomplete: "off", maxlength: 60, ...more });
    this.name = field("name", { required: true });
    this.number = field("number", { maxlength: 30 });
    this.phone = field("phone", { maxlength: 20, inputMode: "tel" });
    this.bearer = field("bearer");
    this.by = h(
      "select",
      { id: "case-by", onchange: () => this.allowBearer() },
      ["self", "relative", "agent"].map((one) => h("option", { value: one }, t(`cases.by.${one}`))),
    );
    this.kiosk = h(
      "select",
      { id: "case-kiosk" },
      page.hall.case_printers.map((one) => h("option", { value: one }, page.hall.kiosk_names[one] || one)),
      h("option", { value: "" }, t("takeFor.noPaper")),
    );
    this.bearerLine = h("p.field", { hidden: true }, h("label", { for: "case-bearer" }, t("cases.bearer")), this.bearer);
    const line = (input, words) => h("p.field", null, h("label", { for: input.id }, t(words)), input);
    this.element = h(
      "form.opening",
      { onsubmit: (event) => this.send(event), "aria-label": t("cases.new") },
      h("h2", null, t("cases.new"), ticket ? h("span.mark", null, ` ${ticket.number}`) : null),
      agency ? h("p", { lang: "zh-Hans" }, h("b", null, agency.item_name), " ", t("cases.ofAgency", { number: agency.number })) : [line(this.search.field, "cases.item"), this.search.hits],
      this.stage,
      agency ? null : h("div.who", null, line(this.name, "cases.name"), line(this.number, "cases.number"), line(this.phone, "cases.phone"), line(this.by, "cases.who"), this.bearerLine),
      line(this.kiosk, "cases.paperAt"),
      this.said,
      h("div.row", null, this.go, h("button.button.quiet", { type: "button", onclick: () => page.leave() }, t("dialog.cancel"))),
    );
  }

  begin() {
    if (this.agency) {
      this.look(new Inquiry(this.agency.item, this.agency.situations));
      return;
    }
    this.search.field.focus();
    if (!this.ticket || !this.brought || !this.brought.item) return;
    this.search.field.value = this.brought.item_name || "";
    this.look(new Inquiry(this.brought.item, this.brought.situations));
  }

  allowBearer() {
    this.bearerLine.hidden = this.by.value === "self";
    this.bearer.required = this.by.value !== "self";
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
    if (question) {
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
    // One of an any-of group is enough, and materials that need not be brought are not required.
    this.rows = paperRows(
      groups.flatMap((group) => list[group].flatMap((entry) => entry.choices.map((one, index) => ({ ...one, asked: group !== "spare" && index === 0 })))),
    );
    fill(
      this.stage,
      h("div.row", null, h("h3", null, t("cases.papers")), h("button.button.small", { type: "button", onclick: () => this.all() }, t("cases.all"))),
      this.rows.element,
    );
    if (this.agency) this.go.focus();
    else this.name.focus();
  }

  all() {
    if (this.rows) this.rows.all();
    this.go.focus();
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
      const opened = await this.press.post("/v1/cases", {
        item: this.inquiry.code,
        situations: this.inquiry.answers,
        ...(this.ticket ? { ticket: this.ticket.id } : {}),
        ...(this.agency
          ? { agency: this.agency.id }
          : {
            applicant: { name: this.name.value.trim(), number: text(this.number), phone: text(this.phone), bearer: this.by.value === "self" ? undefined : text(this.bearer) },
            by: /** @type {"self" | "relative" | "agent"} */ (this.by.value),
          }),
        papers: this.rows.papers(),
        ...(this.kiosk.value ? { kiosk: this.kiosk.value } : {}),
      });
      if (opened) await this.page.choose(opened.id);
    } catch (problem) {
      fill(this.said, failure(problem));
    }
  }
}

import { get } from "../shared/api.js";
import { byID, fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { t } from "../shared/words.js";
import { key, link, mainLink, openSheet, sheetBar } from "./sheet.js";

const page = byID("page");
const figures = /** @type {const} */ (["decided", "trips", "avoidable", "corrected", "prepared", "prepared_straight", "unprepared_straight"]);

/** 办件月报: how often residents had to come, what was missing, and whether a one-time notice helped. No person is in it. */
class CaseMonthPage {
  /**
   * @param {API.Hall} hall
   * @param {API.Session} session
   */
  constructor(hall, session) {
    this.hall = hall;
    this.session = session;
    /** @type {API.CaseMonth | null} */
    this.shown = null;
    /** @type {any} */
    this.said = null;
  }

  /** @param {string} [month] this one when left out */
  async load(month) {
    try {
      this.shown = await (month ? get(`/v1/case-months?month=${month}`) : get("/v1/case-months"));
      this.said = null;
    } catch (problem) {
      this.said = failure(problem);
    }
    this.draw();
  }

  /** @param {number} by months */
  turn(by) {
    const [year, month] = this.shown ? this.shown.month.split("-").map(Number) : [2026, 1];
    return this.load(new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 7));
  }

  draw() {
    const { shown } = this;
    const month = shown ? shown.month : "";
    document.title = `${t("caseMonth.title")} ${month} ${this.hall.hall.name}`;
    fill(
      page,
      h(
        "div.case-month",
        null,
        sheetBar(
          this.hall,
          `${t("caseMonth.title")} ${month}`,
          [
            key(t("attendance.before"), () => this.turn(-1)),
            key(t("attendance.after"), () => this.turn(1)),
            link(`/v1/case-months.csv?month=${month}`, t("attendance.csv"), { download: "" }),
          ],
          [mainLink(this.session)],
        ),
        h(
          "main",
          { "aria-label": t("caseMonth.title") },
          this.said ? h("div.said", { role: "alert" }, this.said) : null,
          shown && !shown.total.decided && !shown.causes.length ? h("p.hint", null, t("caseMonth.none")) : null,
          shown && shown.total.decided ? this.total(shown.total) : null,
          shown && shown.items.length ? this.items(shown.items) : null,
          shown && shown.few ? h("p.hint", null, t("caseMonth.few", { count: shown.few })) : null,
          shown && shown.causes.length ? this.causes(shown.causes) : null,
          h("p.hint", null, t("caseMonth.how")),
        ),
      ),
    );
  }

  /** A figure of a month; a share of too few cases is not shown. */
  figure(one, name) {
    if (one[name] === null) return t("today.none");
    return name.endsWith("_straight") ? `${one[name]} %` : String(one[name]);
  }

  /** @param {API.CaseMonth["total"]} total */
  total(total) {
    return h("dl", { "aria-label": t("caseMonth.total") }, figures.map((name) => h("div", null, h("dt", null, t(`caseMonth.${name}`)), h("dd", null, this.figure(total, name)))));
  }

  /** @param {API.CaseMonth["items"]} items */
  items(items) {
    return h(
      "table",
      { "aria-label": t("caseMonth.items") },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("caseMonth.item")), figures.map((name) => h("th.figure", { scope: "col" }, t(`caseMonth.${name}`))))),
      h("tbody", null, items.map((one) => h("tr", null, h("th", { scope: "row", lang: "zh-Hans" }, one.item_name), figures.map((name) => h("td.figure", null, this.figure(one, name)))))),
    );
  }

  /** @param {API.CaseMonth["causes"]} causes */
  causes(causes) {
    return h(
      "section",
      null,
      h("h2", null, t("caseMonth.causes")),
      h(
        "table",
        null,
        h("thead", null, h("tr", null, ["item", "material", "reason", "count", "listed"].map((name) => h("th", { scope: "col" }, t(`caseMonth.${name}`))))),
        h(
          "tbody",
          { lang: "zh-Hans" },
          causes.map((one) =>
            h(
              "tr",
              null,
              h("td", null, one.item_name),
              h("td", null, one.material || t("cases.outside")),
              h("td", null, one.reason_word),
              h("td.figure", null, String(one.count)),
              h("td", null, t(one.listed ? "caseMonth.listed.yes" : "caseMonth.listed.no")),
            ),
          ),
        ),
      ),
    );
  }
}

await openSheet({
  elsewhere: "/manage/",
  may: (session) => session.role === "coordinator",
  open: (hall, session) => new CaseMonthPage(hall, session).load(),
});

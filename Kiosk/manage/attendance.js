import { get } from "../shared/api.js";
import { timeOfDay } from "../shared/clock.js";
import { openDialog } from "../shared/dialog.js";
import { byID, fill, h } from "../shared/dom.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { key, link, mainLink, openSheet, sheetBar } from "./sheet.js";

const page = byID("page");
const kinds = ["leave", "fieldwork", "meeting", "training", "substitute", "clock"];
/** @type {(keyof API.AttendanceSheet["people"][number]["totals"])[]} */
const figures = ["planned", "present", "absent", "late", "late_minutes", "early", "early_minutes", "away_minutes", "clock_doubtful", "unplanned", "noted"];
/** Figures that somebody has to look at. */
const notable = new Set(["absent", "late", "early", "clock_doubtful"]);

/** A month of attendance (考勤): of everybody for a coordinator, of oneself for the others. */
class AttendancePage {
  /**
   * @param {API.Hall} hall
   * @param {API.Session} session
   */
  constructor(hall, session) {
    this.hall = hall;
    this.session = session;
    this.press = new Press({ onChange: () => {} });
    this.month = "";
    /** @type {string | null} the badge whose sessions are shown */
    this.shown = session.role === "coordinator" ? null : session.badge;
    /** @type {API.AttendanceSheet | null} */
    this.sheet = null;
    this.said = "";
  }

  get mayNote() {
    return this.session.role === "coordinator";
  }

  async load(month = this.month) {
    try {
      this.sheet = await (month ? get(`/v1/attendance?month=${month}`) : get("/v1/attendance"));
      this.month = this.sheet.month;
      this.said = "";
    } catch (problem) {
      this.said = `${problem.title} ${problem.detail}`;
    }
    this.draw();
  }

  /** @param {number} by months */
  turn(by) {
    const [year, month] = this.month.split("-").map(Number);
    const next = new Date(Date.UTC(year, month - 1 + by, 1));
    return this.load(next.toISOString().slice(0, 7));
  }

  draw() {
    document.title = `${t("attendance.title")} ${this.month} ${this.hall.hall.name}`;
    const people = this.sheet ? this.sheet.people : [];
    const person = people.find((one) => one.badge === this.shown);
    fill(
      page,
      h(
        "div.attendance",
        null,
        this.bar(),
        h(
          "main",
          { "aria-label": t("attendance.title") },
          this.said ? h("p.said", { role: "alert" }, this.said) : null,
          this.sheet && !this.sheet.reaches_back_to ? h("p.hint", null, t("attendance.empty")) : null,
          people.length ? this.people(people) : null,
          person ? this.sessions(person) : null,
          this.sheet && this.sheet.inspections.length ? this.inspections(this.sheet.inspections) : null,
          this.sheet ? h("p.hint", null, t("attendance.how", { minutes: this.sheet.grace_minutes })) : null,
        ),
      ),
    );
  }

  bar() {
    return sheetBar(
      this.hall,
      `${t("attendance.title")} ${this.month}`,
      [
        key(t("attendance.before"), () => this.turn(-1)),
        key(t("attendance.after"), () => this.turn(1)),
        link(`/v1/attendance.csv?month=${this.month}`, t("attendance.csv"), { download: "" }),
        this.mayNote ? key(t("attendance.inspect"), () => this.inspect()) : null,
      ],
      [this.mayNote ? link("/manage/duty.html", t("duty.title")) : null, mainLink(this.session)],
    );
  }

  /** @param {API.AttendanceSheet["people"]} people */
  people(people) {
    const name = (one) => [h("span", { lang: "zh-Hans" }, one.name), " ", h("small", null, one.badge)];
    return h(
      "table.people",
      { "aria-label": t("attendance.people") },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("attendance.who")), figures.map((one) => h("th.figure", { scope: "col" }, t(`attendance.${one}`))))),
      h(
        "tbody",
        null,
        people.map((one) =>
          h(
            "tr",
            null,
            h("th", { scope: "row" }, h("button.link", { type: "button", onclick: () => this.show(one.badge) }, name(one))),
            figures.map((figure) => h(`td.figure${notable.has(figure) && one.totals[figure] ? ".some" : ""}`, null, String(one.totals[figure]))),
          ),
        ),
      ),
    );
  }

  show(badge) {
    this.shown = this.shown === badge && this.mayNote ? null : badge;
    this.draw();
  }

  /** @param {API.AttendanceSheet["people"][number]} person */
  sessions(person) {
    const heads = ["date", "session", "verdict", "arrived", "left", "late_minutes", "early_minutes", "away_minutes", "notes"];
    const time = (text) => (text ? timeOfDay(Date.parse(text)) : t("today.none"));
    const isNumber = (one) => one.endsWith("_minutes");
    return h(
      "section.sessions-of",
      null,
      h("h2", null, h("span", { lang: "zh-Hans" }, person.name), ` ${person.badge}`),
      h(
        "table",
        null,
        h("thead", null, h("tr", null, heads.map((one) => h(`th${isNumber(one) ? ".figure" : ""}`, { scope: "col" }, t(`attendance.${one}`))), this.mayNote ? h("th.act", null, "") : null)),
        h(
          "tbody",
          null,
          person.sessions.map((one) =>
            h(
              `tr.${one.verdict}${one.late ? ".late" : ""}`,
              null,
              h("td", null, one.date),
              h("td", null, `${time(one.from)}–${time(one.to)}`),
              h("td.verdict", null, t(`attendance.verdict.${one.verdict === "present" && one.late ? "late" : one.verdict}`)),
              h("td", null, one.arrived_at ? time(one.arrived_at) : one.verdict === "present" ? t("attendance.stayed") : t("today.none")),
              h("td", null, one.left_at ? time(one.left_at) : t("today.none")),
              h("td.figure", null, String(one.late_minutes)),
              h("td.figure", null, String(one.early_minutes)),
              h("td.figure", null, String(one.away_minutes)),
              h("td.notes", null, one.notes.map((note) => this.noteWords(note)).join(t("list.comma"))),
              this.mayNote ? h("td.act", null, h("button.link", { type: "button", onclick: () => this.note(person, one) }, t("attendance.note"))) : null,
            ),
          ),
        ),
      ),
    );
  }

  noteWords(note) {
    const whom = note.substituted ? ` ${note.substituted}` : "";
    return `${t(`attendance.kind.${note.kind}`)}${whom}${note.reason ? `: ${note.reason}` : ""}`;
  }

  /** @param {API.AttendanceSheet["inspections"]} inspections */
  inspections(inspections) {
    return h(
      "section",
      null,
      h("h2", null, t("attendance.inspections")),
      h(
        "ul",
        null,
        inspections.map((one) =>
          h("li", null, `${one.at.slice(0, 10)} ${one.badge || t("attendance.window", { number: one.window })} ${t(`inspection.${one.kind}`)}: `, h("span", { lang: "zh-Hans" }, one.text)),
        ),
      ),
    );
  }

  /** A note beside the minutes; it changes none. */
  note(person, one) {
    const kind = h("select", { id: "note-kind" }, kinds.map((word) => h("option", { value: word }, t(`attendance.kind.${word}`))));
    const whom = h("input", { id: "note-whom", maxlength: 16, autocomplete: "off" });
    const reason = h("input", { id: "note-reason", maxlength: 60, autocomplete: "off" });
    this.form(t("attendance.noteOf", { who: person.badge, date: one.date }), [["note-kind", "attendance.kind", kind], ["note-whom", "attendance.whom", whom], ["note-reason", "attendance.reason", reason]], () =>
      this.press.post("/v1/attendance/notes", {
        badge: person.badge,
        date: one.date,
        session: one.session,
        kind: kind.value,
        ...(kind.value === "substitute" ? { substituted: whom.value.trim() } : {}),
        ...(reason.value.trim() ? { reason: reason.value.trim() } : {}),
      }),
    );
  }

  inspect() {
    const words = ["no_badge", "away", "phone", "dress", "tidy", "other"];
    const kind = h("select", { id: "seen-kind" }, words.map((word) => h("option", { value: word }, t(`inspection.${word}`))));
    const badge = h("input", { id: "seen-badge", maxlength: 16, autocomplete: "off" });
    const number = h("input", { id: "seen-window", type: "number", min: 1, max: 99 });
    const text = h("input", { id: "seen-text", maxlength: 100, autocomplete: "off" });
    this.form(t("attendance.inspect"), [["seen-kind", "attendance.kind", kind], ["seen-badge", "attendance.badge", badge], ["seen-window", "attendance.atWindow", number], ["seen-text", "attendance.text", text]], () =>
      this.press.post("/v1/attendance/inspections", {
        kind: kind.value,
        text: text.value.trim(),
        ...(badge.value.trim() ? { badge: badge.value.trim() } : {}),
        ...(number.value ? { window: Number(number.value) } : {}),
      }),
    );
  }

  /**
   * @param {string} title
   * @param {[string, string, HTMLElement][]} rows
   * @param {() => Promise<any>} send
   */
  form(title, rows, send) {
    const said = h("p.said", { role: "alert" });
    const submit = async (event) => {
      event.preventDefault();
      try {
        await send();
        close();
        await this.load();
      } catch (problem) {
        said.textContent = `${problem.title} ${problem.detail}`;
      }
    };
    const close = openDialog({
      title,
      onEscape: () => close(),
      body: h(
        "form.fields",
        { onsubmit: submit },
        rows.map(([id, label, input]) => h("p.inline", null, h("label", { for: id }, t(label)), input)),
        said,
        h("div.row", null, h("button.button.main", { type: "submit" }, t("attendance.save")), h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))),
      ),
    });
  }
}

await openSheet({ elsewhere: "/manage/", open: (hall, session) => new AttendancePage(hall, session).load() });

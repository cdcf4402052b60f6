import { get } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { byID, fill, h } from "../shared/dom.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { key, link, openSheet, sheetBar } from "./sheet.js";

/** @typedef {API.DutySheet["days"][number]} DutyDay */
/** @typedef {API.DutySheet["people"][number]} DutyPerson */

const page = byID("page");
/** @type {Record<string, [number, number]>} people down and days across */
const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** The text of a file as WPS or Excel saves it, in UTF-8 or in the national encoding. */
async function textOf(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** A week of duty plans (值班表): who is to work at which window and which sessions. */
class DutyPage {
  /** @param {API.Hall} hall */
  constructor(hall) {
    this.hall = hall;
    this.press = new Press({ onChange: () => {} });
    /** @type {API.DutySheet | null} */
    this.sheet = null;
    this.said = "";
  }

  /** @param {string} [date] any day of the week; this week without one */
  async load(date) {
    try {
      this.sheet = await (date ? get(`/v1/attendance/plans?date=${date}`) : get("/v1/attendance/plans"));
      this.said = "";
    } catch (problem) {
      this.said = `${problem.title} ${problem.detail}`;
    }
    this.draw();
  }

  get first() {
    return this.sheet ? this.sheet.days[0].date : undefined;
  }

  /** @param {number} weeks */
  turn(weeks) {
    const first = this.first;
    if (!first) return this.load();
    return this.load(new Date(Date.parse(`${first}T00:00:00Z`) + weeks * 7 * 86_400_000).toISOString().slice(0, 10));
  }

  draw() {
    const { sheet } = this;
    document.title = `${t("duty.title")} ${this.hall.hall.name}`;
    fill(
      page,
      h(
        "div.attendance.duty",
        null,
        this.bar(),
        h(
          "main",
          { "aria-label": t("duty.title") },
          this.said ? h("p.said", { role: "alert" }, this.said) : null,
          sheet ? this.table(sheet) : null,
          h("p.hint", null, t("duty.how")),
        ),
      ),
    );
  }

  bar() {
    return sheetBar(
      this.hall,
      `${t("duty.title")} ${this.first || ""}`,
      [
        key(t("duty.before"), () => this.turn(-1)),
        key(t("duty.now"), () => this.load()),
        key(t("duty.after"), () => this.turn(1)),
        key(t("duty.import"), () => this.importTable()),
      ],
      [link("/manage/attendance.html", t("attendance.title")), link("/manage/", t("today.title"))],
    );
  }

  /** @param {API.DutySheet} sheet */
  table(sheet) {
    const head = (day) =>
      h(
        `th${day.date === sheet.today ? ".today" : ""}${day.works ? "" : ".rest"}`,
        { scope: "col" },
        t(`duty.weekday.${day.weekday}`),
        h("small", null, day.works ? day.date.slice(5) : `${day.date.slice(5)} ${t("duty.rest")}`),
      );
    return h(
      "table.people",
      { "aria-label": t("duty.title"), onkeydown: (event) => this.move(event) },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("attendance.who")), sheet.days.map(head))),
      h(
        "tbody",
        null,
        sheet.people.map((person, row) =>
          h(
            "tr",
            null,
            h("th", { scope: "row" }, h("span", { lang: "zh-Hans" }, person.name), " ", h("small", null, person.badge)),
            sheet.days.map((day, column) => this.cell(person, day, row, column)),
          ),
        ),
      ),
    );
  }

  /**
   * @param {DutyPerson} person
   * @param {DutyDay} day
   * @param {number} row
   * @param {number} column
   */
  cell(person, day, row, column) {
    const plan = person.plans.find((one) => one.date === day.date);
    const words = plan ? this.planWords(plan, day) : [t("duty.none")];
    return h(
      `td${day.works ? "" : ".rest"}`,
      null,
      h(
        `button.cell${plan ? ".planned" : ""}`,
        {
          type: "button",
          "data-at": `${row} ${column}`,
          "aria-label": `${person.badge} ${day.date} ${words.join(" ")}`,
          onclick: () => this.plan(person, day, row, column),
        },
        words.map((one, index) => h(index ? "span" : "b", null, one)),
      ),
    );
  }

  planWords(plan, day) {
    if (!plan.sessions.length) return [t("duty.off")];
    const where = plan.window === null ? t("duty.noWindow") : t("attendance.window", { number: plan.window });
    const isWhole = plan.sessions.length >= Math.max(1, day.sessions.length);
    return [where, isWhole ? t("duty.whole") : plan.sessions.map((one) => this.sessionWords(one, day)).join(t("list.comma"))];
  }

  sessionWords(number, day) {
    const session = day.sessions[number - 1];
    return session ? `${session.from}–${session.to}` : t("duty.session", { number });
  }

  /** The arrows go from day to day and from one to the next. */
  move(event) {
    const by = moves[event.key];
    const at = event.target instanceof HTMLElement && event.target.dataset.at;
    if (!by || !at) return;
    const [row, column] = at.split(" ").map(Number);
    if (this.focus(row + by[0], column + by[1])) event.preventDefault();
  }

  focus(row, column) {
    const cell = page.querySelector(`[data-at="${row} ${column}"]`);
    if (cell instanceof HTMLElement) cell.focus();
    return Boolean(cell);
  }

  /**
   * @param {DutyPerson} person
   * @param {DutyDay} day
   * @param {number} row
   * @param {number} column
   */
  plan(person, day, row, column) {
    const plan = person.plans.find((one) => one.date === day.date);
    const windows = this.sheet ? this.sheet.windows : [];
    const choice = h(
      "select",
      { id: "duty-window" },
      h("option", { value: "" }, t("duty.noWindow")),
      windows.map((one) => h("option", { value: String(one.number), selected: (plan && plan.window === one.number) || null }, `${t("attendance.window", { number: one.number })} ${one.name}`)),
    );
    const numbers = day.sessions.length ? day.sessions.map((_, index) => index + 1) : [1];
    const boxes = numbers.map((number) =>
      h("input", { type: "checkbox", id: `duty-session-${number}`, value: String(number), checked: (plan ? plan.sessions.includes(number) : true) || null }),
    );
    const send = (sessions) =>
      this.press.post("/v1/attendance/plans", {
        badge: person.badge,
        date: day.date,
        sessions,
        ...(choice.value && sessions.length ? { window: Number(choice.value) } : {}),
      });
    this.form(
      t("duty.of", { who: person.badge, date: day.date }),
      [
        h("p.inline", null, h("label", { for: "duty-window" }, t("attendance.atWindow")), choice),
        boxes.map((box, index) => h("p.inline", null, box, h("label", { for: box.id }, this.sessionWords(numbers[index], day)))),
        h("p.hint", null, t("duty.offHint")),
      ],
      (what) =>
        what === "withdraw"
          ? this.press.post("/v1/attendance/plans/withdraw", { badge: person.badge, date: day.date })
          : send(boxes.filter((box) => box.checked).map((box) => Number(box.value))),
      () => this.focus(row, column),
      "",
      plan ? h("button.button.quiet", { type: "submit", value: "withdraw" }, t("duty.withdraw")) : null,
    );
  }

  importTable() {
    const text = h("textarea", { id: "duty-table", rows: 10, spellcheck: "false" });
    const file = h("input", {
      type: "file",
      id: "duty-file",
      accept: ".csv,.txt,text/csv,text/plain",
      onchange: async () => {
        if (file.files && file.files[0]) text.value = await textOf(file.files[0]);
      },
    });
    this.form(
      t("duty.import"),
      [
        h("p.hint", null, t("duty.import.how")),
        h("p.inline", null, h("label", { for: "duty-file" }, t("duty.file")), file),
        h("p", null, h("label", { for: "duty-table" }, t("duty.table"))),
        text,
      ],
      () => this.press.post("/v1/attendance/plans/table", { text: text.value }),
      () => {},
      "wide",
    );
  }

  /**
   * @param {string} title
   * @param {any[]} rows
   * @param {(what: string) => Promise<any>} send told the value of the key that was pressed
   * @param {() => void} after
   * @param {string} [className]
   * @param {HTMLElement | null} [other] another key, behind the one that Enter presses
   */
  form(title, rows, send, after, className = "", other = null) {
    const said = h("p.said", { role: "alert" });
    const submit = async (event) => {
      event.preventDefault();
      said.textContent = "";
      try {
        await send(event.submitter instanceof HTMLButtonElement ? event.submitter.value : "");
        close();
        await this.load(this.first);
        after();
      } catch (problem) {
        said.textContent = `${problem.title}\n${problem.detail}`;
        // A long list of faults scrolls, also by keyboard.
        said.tabIndex = 0;
      }
    };
    const close = openDialog({
      title,
      className,
      onEscape: () => close(),
      body: h(
        "form.fields",
        { onsubmit: submit },
        rows,
        said,
        h("div.row", null, h("button.button.main", { type: "submit" }, t("duty.save")), other, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))),
      ),
    });
  }
}

// Anybody but a coordinator is sent to /manage/, which shows the sign-in or the way to the right page.
await openSheet({ elsewhere: "/manage/", may: (session) => session.role === "coordinator", open: (hall) => new DutyPage(hall).load() });

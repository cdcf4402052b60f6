import { get } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { byID, fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { Away } from "../manage/away.js";
import { key, mainLink, openSheet, sheetBar } from "../manage/sheet.js";
import { itemSearch } from "./itemsearch.js";

const page = byID("page");
const answers = /** @type {const} */ (["told", "passed_on", "asked_superior", "elsewhere"]);

/** 我的首问: the open transfers, tasks and cases of the member who was asked first, and a form for a question without a number. */
class FirstAskedPage {
  /**
   * @param {API.Hall} hall
   * @param {API.Session} session
   * @param {boolean} isMoved whether the page came from another machine
   */
  constructor(hall, session, isMoved) {
    this.hall = hall;
    this.session = session;
    this.press = new Press({ onChange: () => {} });
    /** @type {API.FirstAsked | null} */
    this.open = null;
    this.said = h("p.said", { role: "alert" });
    this.left = h("section", { "aria-label": t("firstAsked.open") });
    this.right = h("section", { "aria-label": t("firstAsked.note") });
    this.away = new Away({
      isMoved,
      onChange: (data) => (data.consults_changed || data.cases_changed || data.ticket) && this.load(),
      fragment: () => "",
    });
  }

  async start() {
    document.title = `${t("firstAsked.title")} ${this.hall.hall.name}`;
    const isCoordinator = this.session.role === "coordinator";
    fill(
      page,
      h(
        "div.cases.first-asked",
        null,
        sheetBar(this.hall, t("firstAsked.title"), isCoordinator ? [key(t("firstAsked.month"), () => this.month())] : [], [mainLink(this.session)]),
        this.away.element,
        h("main", null, this.left, this.right),
      ),
    );
    this.form();
    await this.load();
    this.away.start();
  }

  async load() {
    try {
      this.open = await get("/v1/first-asked");
      fill(this.said);
    } catch (problem) {
      fill(this.said, failure(problem));
    }
    this.draw();
  }

  draw() {
    const { open } = this;
    if (!open) {
      fill(this.left, this.said);
      return;
    }
    const none = !open.transfers.length && !open.tasks.length && !open.cases.length;
    fill(
      this.left,
      this.said,
      none ? h("p.hint", { role: "status" }, t("firstAsked.none")) : null,
      this.table("tasks", ["what", "to", "due", "who", "act"], open.tasks.map((task) => this.task(task))),
      this.table(
        "transfers",
        ["number", "lane", "age"],
        open.transfers.map((one) => [h("th", { scope: "row" }, one.number), h("td", null, one.lane), h(one.minutes >= 30 ? "td.late" : "td", null, t("firstAsked.minutes", { count: one.minutes }))]),
      ),
      this.table(
        "cases",
        ["number", "stage", "age"],
        open.cases.map((one) => [
          h("th", { scope: "row" }, one.number),
          h("td", { lang: "zh-Hans" }, one.stage_word),
          h("td", null, t("firstAsked.days", { count: one.days })),
        ]),
      ),
    );
  }

  /**
   * @param {string} name
   * @param {string[]} heads
   * @param {any[][]} rows
   */
  table(name, heads, rows) {
    if (!rows.length) return null;
    return h(
      "section",
      null,
      h("h2", null, t(`firstAsked.${name}`)),
      h(
        "table",
        { "aria-label": t(`firstAsked.${name}`) },
        h("thead", null, h("tr", null, heads.map((one) => h("th", { scope: "col" }, t(`firstAsked.head.${one}`))))),
        h("tbody", null, rows.map((cells) => h("tr", null, cells))),
      ),
    );
  }

  /** @param {API.FirstAsked["tasks"][number]} task */
  task(task) {
    const may = this.session.role === "coordinator" || task.responsible === this.session.badge;
    return [
      h("th", { scope: "row", lang: "zh-Hans" }, [task.item_name, task.topic].filter(Boolean).join(" ")),
      h("td", { lang: "zh-Hans" }, task.to),
      h(task.late ? "td.late" : "td", null, task.due, task.late ? ` ${t("firstAsked.late")}` : ""),
      h("td", null, task.responsible === task.first_asked ? task.responsible : `${task.first_asked} → ${task.responsible}`),
      h(
        "td",
        null,
        may ? h("button.button.small", { type: "button", onclick: () => this.close(task) }, t("firstAsked.close")) : null,
        this.session.role === "coordinator" ? h("button.button.small.quiet", { type: "button", onclick: () => this.reassign(task) }, t("firstAsked.reassign")) : null,
      ),
    ];
  }

  /**
   * The form for somebody who asks without a number.
   *
   * @param {HTMLElement | null} [word] of the one before
   */
  form(word = null) {
    /** @type {string | null} */
    let item = null;
    const said = h("p.said", { role: "alert" });
    const search = itemSearch({
      id: "consult-item",
      most: this.hall.shown.suggestions,
      onChoose: (one) => (item = one ? one.code : null),
      onFault: (words) => fill(said, failure({ title: words })),
    });
    const topic = h("input", { id: "consult-topic", maxlength: 60, autocomplete: "off" });
    const to = h("input", { id: "consult-to", maxlength: 40, autocomplete: "off" });
    const due = h("input", { id: "consult-due", type: "date" });
    const answer = h(
      "select",
      { id: "consult-answer", onchange: () => show() },
      answers.map((one) => h("option", { value: one }, t(`firstAsked.answer.${one}`))),
    );
    const line = (input, words) => h("p.field", null, h("label", { for: input.id }, t(words)), input);
    const passing = h("div.passing", { hidden: true }, line(to, "firstAsked.to"), line(due, "firstAsked.due"));
    const show = () => {
      passing.hidden = !["passed_on", "asked_superior"].includes(answer.value);
      to.required = !passing.hidden;
    };
    const submit = async (event) => {
      event.preventDefault();
      if (this.press.busy) return;
      fill(said);
      const text = (input) => input.value.trim() || undefined;
      try {
        const noted = await this.press.post("/v1/consults", {
          item: item || undefined,
          topic: text(topic),
          answer: /** @type {(typeof answers)[number]} */ (answer.value),
          ...(passing.hidden ? {} : { to: text(to), due: text(due) }),
        });
        if (!noted) return;
        this.form(h("p", { role: "status" }, t("firstAsked.noted")));
        await this.load();
      } catch (problem) {
        fill(said, failure(problem));
      }
    };
    fill(
      this.right,
      h(
        "form",
        { onsubmit: submit, "aria-label": t("firstAsked.note") },
        h("h2", null, t("firstAsked.note")),
        h("p.hint", null, t("firstAsked.note.hint")),
        line(search.field, "cases.item"),
        search.hits,
        line(topic, "firstAsked.topic"),
        line(answer, "firstAsked.answer"),
        passing,
        said,
        word,
        h("div.row", null, h("button.button.main", { type: "submit" }, t("firstAsked.save"))),
      ),
    );
  }

  /**
   * A step of a task with its fields.
   *
   * @param {string} title
   * @param {HTMLInputElement[]} inputs each with its label in `data-label`
   * @param {() => Promise<any>} act
   */
  dialog(title, inputs, act) {
    const said = h("p.said", { role: "alert" });
    const submit = async (event) => {
      event.preventDefault();
      try {
        if (!(await act())) return;
        close();
        await this.load();
      } catch (problem) {
        fill(said, failure(problem));
      }
    };
    const close = openDialog({
      title,
      onEscape: () => close(),
      focusFirst: inputs[0],
      body: h(
        "form",
        { onsubmit: submit },
        inputs.map((input) => h("p.field", null, h("label", { for: input.id }, t(input.dataset.label || "")), input)),
        said,
        h("div.row", null, h("button.button.main", { type: "submit" }, t("firstAsked.save")), h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))),
      ),
    });
  }

  close(task) {
    const result = h("input", { id: "task-result", maxlength: 100, required: true, autocomplete: "off", "data-label": "firstAsked.result" });
    this.dialog(t("firstAsked.close"), [result], () => this.press.post(`/v1/consults/${task.id}/close`, { result: result.value.trim() }));
  }

  reassign(task) {
    const to = h("input", { id: "task-to", maxlength: 16, required: true, autocomplete: "off", "data-label": "firstAsked.badge" });
    const reason = h("input", { id: "task-reason", maxlength: 60, required: true, autocomplete: "off", "data-label": "firstAsked.reason" });
    this.dialog(t("firstAsked.reassign"), [to, reason], () =>
      this.press.post(`/v1/consults/${task.id}/reassign`, { to: to.value.trim(), reason: reason.value.trim() }),
    );
  }

  async month() {
    const columns = /** @type {const} */ (["asked", "tasks", "closed", "closed_same_day", "closed_late", "open_over_a_day"]);
    let body;
    try {
      const month = await get("/v1/first-asked/months");
      body = month.badges.length
        ? h(
          "table",
          null,
          h("thead", null, h("tr", null, h("th", { scope: "col" }, t("firstAsked.badge")), columns.map((one) => h("th", { scope: "col" }, t(`firstAsked.month.${one}`))))),
          h("tbody", null, month.badges.map((one) => h("tr", null, h("th", { scope: "row" }, one.badge), columns.map((name) => h("td", null, String(one[name])))))),
        )
        : h("p.hint", null, t("firstAsked.month.none"));
    } catch (problem) {
      body = failure(problem);
    }
    const close = openDialog({
      title: t("firstAsked.month"),
      className: "wide",
      onEscape: () => close(),
      body,
      buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.close"))],
    });
  }
}

await openSheet({
  elsewhere: "/window/",
  may: (session) => ["clerk", "coordinator", "agent"].includes(session.role),
  open: (hall, session, isMoved) => new FirstAskedPage(hall, session, isMoved).start(),
});

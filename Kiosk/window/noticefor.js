import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { factsOf, Inquiry } from "../shared/inquiry.js";
import { IssuedNotice } from "../shared/issued.js";
import { Press } from "../shared/press.js";
import { dataLanguage, t } from "../shared/words.js";
import { itemSearch } from "./itemsearch.js";
import { kioskName } from "./kiosks.js";
import { questionKeys } from "./questions.js";

/**
 * A material's name with its necessity and its substitutes.
 *
 * @param {API.ChecklistEntry} entry
 */
function named(entry) {
  const marks = new Set();
  for (const one of entry.choices) {
    marks.add(one.necessity);
    if (one.behind) marks.add(t(`item.behind.${one.behind}`));
  }
  return `${entry.name}（${Array.from(marks).join("，")}）`;
}

/** The state of the slip in words for the clerk. */
function paperWords({ paper }) {
  return t(`noticeFor.${paper === "out" || paper === "coming" ? paper : "failed"}`);
}

/**
 * 打印告知单 for a resident at the window: the item (`chosen`, or found by typing), the answers to its questions, and the slip with its stub.
 *
 * @param {Pages.Console} console
 * @param {import("./itemsearch.js").Hit} [chosen]
 */
export function noticeForDialog(console, chosen) {
  new NoticeDialog(console).open(chosen || null);
}

class NoticeDialog {
  /** @param {Pages.Console} console */
  constructor(console) {
    this.console = console;
    this.ticket = console.at.ticket;
    /**
     * The case of the item that was chosen; null before.
     *
     * @type {Inquiry | null}
     */
    this.inquiry = null;
    /**
     * What was issued; null before.
     *
     * @type {IssuedNotice | null}
     */
    this.issued = null;
    this.close = () => {};
    this.stopListening = () => {};
    this.press = new Press({ onChange: () => this.allow() });
    this.trouble = h("p.said", { role: "alert" });
    this.state = h("div.case", { "aria-live": "polite" });
    this.result = h("div.result", { role: "status" });
    this.go = h("button.button.main", { type: "submit", disabled: true }, t("noticeFor.go"));
    this.kiosk = h(
      "select",
      { id: "notice-kiosk" },
      (console.store.state.kiosks || []).map((one) => h("option", { value: one }, kioskName(console, one))),
    );
    this.search = itemSearch({
      id: "notice-query",
      most: console.store.state.shown.suggestions,
      onChoose: (one) => this.look(one && new Inquiry(one.code)),
      onFault: (words) => this.complain(words),
    });
    this.cancel = h("button.button.quiet", { type: "button", onclick: () => this.leave() }, t("dialog.cancel"));
    this.form = h(
      "form.takefor",
      { onsubmit: (event) => this.print(event) },
      h("p.field", null, h("label", { for: "notice-query" }, t("noticeFor.item")), this.search.field),
      this.search.hits,
      this.state,
      h("p.field", null, h("label", { for: "notice-kiosk" }, t("noticeFor.paper")), this.kiosk),
      this.trouble,
      this.go,
    );
  }

  /** @param {import("./itemsearch.js").Hit | null} chosen */
  open(chosen) {
    if (this.ticket) this.search.offer(this.ticket.items);
    this.stopListening = this.console.store.listen((name, data) => this.heard(data));
    if (chosen) {
      this.search.field.value = chosen.name;
      this.look(new Inquiry(chosen.code));
    }
    this.close = openDialog({
      title: t("bar.noticeFor"),
      body: h("div", null, this.form, this.result),
      buttons: [this.cancel],
      onEscape: () => this.leave(),
      focusFirst: this.search.field,
    });
  }

  leave() {
    this.stopListening();
    this.close();
  }

  complain(words) {
    this.trouble.textContent = words;
  }

  /** Whether the notice can be printed now. */
  allow() {
    const { inquiry } = this;
    this.go.disabled = !inquiry || !inquiry.isSettled || !this.kiosk.value || this.press.busy;
  }

  /**
   * Continues an inquiry: requests what follows from its answers, and shows it.
   *
   * @param {Inquiry | null} inquiry
   */
  async look(inquiry) {
    this.inquiry = inquiry;
    this.complain("");
    this.allow();
    try {
      if (inquiry) await inquiry.look();
    } catch (problem) {
      if (inquiry === this.inquiry) this.complain(`${problem.title} ${problem.detail}`);
    }
    if (inquiry === this.inquiry) this.show();
  }

  answer(keys) {
    if (this.inquiry) this.look(this.inquiry.with(keys));
  }

  show() {
    const { inquiry, state, go } = this;
    this.allow();
    if (!inquiry || !inquiry.list) {
      fill(state);
      return;
    }
    const back = inquiry.before
      ? h("button.button.small.quiet", { type: "button", onclick: () => this.look(inquiry.before) }, t("noticeFor.back"))
      : null;
    fill(state, inquiry.question ? this.question(inquiry.question) : this.materials(inquiry.list), back);
    const first = state.querySelector("button");
    if (inquiry.question && first) first.focus();
    else if (!go.disabled) go.focus();
  }

  /** @param {API.Question} asked */
  question(asked) {
    return h("fieldset.ask", null, h("legend", null, asked.ask || t("question.which")), questionKeys(asked, (keys) => this.answer(keys)));
  }

  /** @param {API.Checklist} list */
  materials(list) {
    const line = (key, entries) => {
      const names = entries.map(named).join("、");
      return names ? h("p", { lang: dataLanguage() }, t(key, { names })) : null;
    };
    const lines = [
      line("noticeFor.list", list.bring),
      line("noticeFor.fill", list.fill),
      line("noticeFor.spare", list.spare),
    ].filter(Boolean);
    return [
      lines.length ? lines : h("p", null, t("noticeFor.nothing")),
      h("ul.told", { lang: dataLanguage() }, factsOf(list.told).map((words) => h("li", null, words))),
    ];
  }

  async print(event) {
    event.preventDefault();
    if (this.go.disabled || !this.inquiry) return;
    this.complain("");
    /** @type {API.Body<"POST", "/v1/notices">} */
    const body = { ...this.inquiry.wish, kiosk: this.kiosk.value };
    if (this.ticket && this.ticket.id) body.ticket = this.ticket.id;
    try {
      const notice = await this.press.post("/v1/notices", body);
      if (notice) this.done(new IssuedNotice(notice));
    } catch (problem) {
      this.complain(`${problem.title} ${problem.detail}`);
    }
  }

  /** @param {IssuedNotice} issued */
  async done(issued) {
    this.issued = issued;
    this.form.hidden = true;
    this.tell();
    this.cancel.textContent = t("dialog.close");
    this.cancel.focus();
    // The event about the slip's outcome may have come before the answer with the notice's id, so it is requested once.
    if (await issued.catchUp()) this.tell();
  }

  tell() {
    const { issued } = this;
    if (!issued) return;
    const { notice } = issued;
    fill(
      this.result,
      h("p", null, t("noticeFor.number", { number: notice.number })),
      h("p.paper", null, paperWords(issued)),
      h("a.button.small.quiet", { href: notice.url, target: "_blank", rel: "noopener" }, t("noticeFor.look")),
    );
  }

  heard(data) {
    if (this.issued && this.issued.heard(data)) this.tell();
  }
}

import { get } from "../shared/api.js";
import { byID, fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Press } from "../shared/press.js";
import { watchScans } from "../shared/scanner.js";
import { t } from "../shared/words.js";
import { Away } from "../manage/away.js";
import { key, mainLink, openSheet, sheetBar } from "../manage/sheet.js";
import { CaseOpening } from "./caseopen.js";
import { findDialog } from "./caseperson.js";
import { caseView, dueWords } from "./caseview.js";
import { handoverDialog, tripView } from "./handover.js";

const page = byID("page");
const lists = /** @type {const} */ (["mine", "alarms", "near_due", "overdue", "correcting", "ready", "unclaimed", "first_asked", "open"]);

/** 办件: the lists of open cases, one case in full, and the papers for a new one. */
export class CasesPage {
  /**
   * @param {API.Hall} hall
   * @param {API.Session} session
   * @param {boolean} isMoved whether the page came from another machine
   */
  constructor(hall, session, isMoved) {
    this.hall = hall;
    this.session = session;
    /** @type {(typeof lists)[number] | null} null while a search is shown */
    this.list = "mine";
    /** @type {Pages.CaseOfList[]} */
    this.cases = [];
    /** @type {Pages.CaseWhole | null} */
    this.shown = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.again = undefined;
    this.said = h("p.said", { role: "alert" });
    this.press = new Press();
    this.left = h("section", { "aria-label": t("cases.lists") });
    this.right = h("section", { "aria-label": t("cases.title") });
    this.away = new Away({
      isMoved,
      onChange: (data) => data.cases_changed && this.load(),
      fragment: () => (this.shown ? `#case=${this.shown.id}` : this.list ? `#list=${this.list}` : ""),
    });
  }

  async start() {
    document.title = `${t("cases.title")} ${this.hall.hall.name}`;
    fill(
      page,
      h(
        "div.cases",
        null,
        sheetBar(this.hall, t("cases.title"), [key(t("cases.new"), () => this.begin()), key(t("cases.find"), () => findDialog(this)), key(t("handover.title"), () => handoverDialog(this))], [mainLink(this.session)]),
        this.away.element,
        h("main", null, this.left, this.right),
      ),
    );
    this.leave();
    watchScans((text) => this.heard(text));
    const wanted = new URLSearchParams(location.hash.slice(1));
    const [ticket, list, shown] = [wanted.get("ticket"), lists.find((one) => one === wanted.get("list")), wanted.get("case")];
    await this.load();
    this.away.start();
    if (list) await this.turn(list);
    if (shown) await this.choose(shown);
    if (ticket) await this.beginFor(ticket);
  }

  async load() {
    if (!this.list) return this.draw();
    try {
      ({ cases: this.cases } = await get(`/v1/cases?list=${this.list}`));
      fill(this.said);
    } catch (problem) {
      fill(this.said, failure(problem));
    }
    this.draw();
  }

  draw() {
    const tab = (name) =>
      h("button.button.small", { type: "button", "aria-pressed": String(name === this.list), onclick: () => this.turn(name) }, t(`cases.list.${name}`));
    fill(
      this.left,
      h("div.tabs", { role: "group", "aria-label": t("cases.lists") }, lists.map(tab)),
      this.said,
      this.cases.length ? this.table() : h("p.hint", null, t("cases.none")),
    );
  }

  table() {
    const row = (one) =>
      h(
        this.shown && this.shown.id === one.id ? "tr.chosen" : "tr",
        null,
        h("th", { scope: "row" }, h("button.link", { type: "button", onclick: () => this.choose(one.id) }, one.number)),
        // A list stays on the screen where the next resident may see it.
        h("td", { lang: "zh-Hans" }, one.sensitive ? t("cases.sensitive") : one.item_name),
        h("td", null, one.stage_word),
        h("td", null, dueWords(one), one.alarms.length ? h("span.late", null, ` ${one.alarms.map((alarm) => t(`cases.alarm.${alarm}`)).join(t("list.comma"))}`) : null),
      );
    return h(
      "table",
      { "aria-label": this.list ? t(`cases.list.${this.list}`) : t("cases.find") },
      h("thead", null, h("tr", null, ["number", "item", "stage", "due"].map((word) => h("th", { scope: "col" }, t(`cases.${word}.head`))))),
      h("tbody", null, this.cases.map(row)),
    );
  }

  turn(name) {
    this.list = name;
    return this.load();
  }

  /** @param {string} id */
  async choose(id) {
    try {
      const code = encodeURIComponent(id);
      // A case that ended long ago is in the journal only.
      const found = await get(`/v1/cases/${code}`).catch((problem) => {
        if (problem.code !== "unknown_case") throw problem;
        return get(`/v1/ended-cases/${code}`);
      });
      this.shown = "steps" in found ? /** @type {Pages.CaseWhole} */ (found) : null;
    } catch (problem) {
      fill(this.right, h("p.said", { role: "alert" }, failure(problem)));
      return;
    }
    this.show();
    const title = this.right.querySelector("h2");
    if (title instanceof HTMLElement) title.focus();
    await this.load();
  }

  show() {
    const { shown } = this;
    if (!shown) return;
    fill(this.right, caseView(this, shown));
    const isComing = shown.slips.some(({ slip }) => slip && ["queued", "printing"].includes(slip.state));
    clearTimeout(this.again);
    // Reloaded until the outcome of the print is known, and while a step can be taken back.
    if (isComing || shown.steps.includes("undo-accept")) this.again = setTimeout(() => this.lookAgain(shown.id), 2000);
  }

  /** @param {string} id */
  async lookAgain(id) {
    try {
      const found = await get(`/v1/cases/${id}`);
      if (!this.shown || this.shown.id !== id || !("steps" in found)) return;
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.step : undefined;
      this.shown = /** @type {Pages.CaseWhole} */ (found);
      this.show();
      const step = focused && this.right.querySelector(`[data-step="${focused}"]`);
      if (step instanceof HTMLElement) step.focus();
    } catch {
      // The next request shows what is wrong.
    }
  }

  /** 撤销受理 without a dialog, because it is possible for seconds only. @param {Pages.CaseWhole} one */
  async undoAccept(one) {
    try {
      await this.press.post(`/v1/cases/${one.id}/undo-accept`);
    } catch (problem) {
      fill(this.said, failure(problem));
    }
    await this.choose(one.id);
  }

  /** @param {{ ticket?: API.Ticket, brought?: API.Brought, agency?: API.Agency }} [known] the resident at the window, or what an agent brings */
  begin(known = {}) {
    this.shown = null;
    const opening = new CaseOpening(this, known);
    fill(this.right, opening.element);
    this.draw();
    opening.begin();
  }

  /** Begins with the ticket at the window: opens the trip or the case that its resident brought, else a new case. @param {string} id */
  async beginFor(id) {
    history.replaceState(null, "", location.pathname + location.search);
    try {
      const ticket = await get(`/v1/tickets/${encodeURIComponent(id)}`);
      const brought = await get(`/v1/tickets/${encodeURIComponent(id)}/brought`);
      if (brought.batch) await this.openTrip(brought.batch, ticket);
      else if (brought.case) await this.choose(brought.case);
      else this.begin({ ticket, brought });
    } catch {
      this.begin();
    }
  }

  /** Shows the result of a search instead of a list. @param {Pages.CaseOfList[]} cases */
  found(cases) {
    this.cases = cases;
    this.list = null;
    this.draw();
    if (cases.length === 1) this.choose(cases[0].id);
  }

  leave() {
    this.shown = null;
    fill(this.right, h("p.hint", null, t("cases.choose")));
  }

  /** A scanned receipt or notice opens its case. @param {string | null} text */
  heard(text) {
    const code = text && /([0-9A-HJKMNP-TV-Z]{12})\s*$/i.exec(text.trim());
    if (code) this.open(code[1].toUpperCase());
  }

  /** An agent's authority begins the town's case, unless it has one already. @param {string} id */
  async open(id) {
    const agency = await get(`/v1/agency/${id}`).catch(() => null);
    if (agency && !agency.town_case) this.begin({ agency });
    else if (agency || !(await this.openTrip(id))) await this.choose(agency ? agency.town_case : id);
  }

  /**
   * What an agent carries on a trip: each begins a case here.
   *
   * @param {string} id
   * @param {API.Ticket | null} [ticket] the trip's number, where it stands at a window
   */
  async openTrip(id, ticket = null) {
    const trip = await get(`/v1/agency/batches/${encodeURIComponent(id)}`).catch(() => null);
    if (!trip) return false;
    this.shown = null;
    this.draw();
    fill(this.right, tripView(this, trip, ticket));
    return true;
  }
}

await openSheet({
  elsewhere: "/window/",
  may: (session) => ["clerk", "coordinator", "agent"].includes(session.role),
  open: (hall, session, isMoved) => new CasesPage(hall, session, isMoved).start(),
});

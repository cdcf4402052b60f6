import { get } from "../shared/api.js";
import { byID, fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Press } from "../shared/press.js";
import { watchScans } from "../shared/scanner.js";
import { t } from "../shared/words.js";
import { Away } from "../manage/away.js";
import { key, mainLink, openSheet, sheetBar } from "../manage/sheet.js";
import { AgencyOpening } from "./agencyopen.js";
import { agencyView, dutyWords, monthsView } from "./agencyview.js";

const page = byID("page");

/** The page of an agent (代办件): the lists of cases, one case in full, a new authority, and the trip to the town. */
export class AgencyPage {
  /**
   * @param {API.Hall} hall
   * @param {API.Session} session
   * @param {boolean} isMoved whether the page came from another machine
   */
  constructor(hall, session, isMoved) {
    this.hall = hall;
    this.session = session;
    this.isAgent = session.role === "agent";
    /** @type {readonly ("mine" | "open" | "late" | "ask" | "originals" | "ended")[]} */
    this.lists = this.isAgent ? ["mine", "late", "ask", "originals", "ended"] : ["open", "late", "ask", "originals", "ended"];
    this.list = this.lists.find((one) => location.hash === `#list=${one}`) || this.lists[0];
    /** @type {API.Agency[]} */
    this.cases = [];
    /** @type {API.Agency | null} */
    this.shown = null;
    /** @type {Set<string>} */
    this.trip = new Set();
    this.press = new Press({ onChange: () => this.draw() });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.again = undefined;
    this.said = h("p.said", { role: "alert" });
    this.left = h("section", { "aria-label": t("agency.lists") });
    this.right = h("section", { "aria-label": t("agency.title") });
    this.away = new Away({
      isMoved,
      onChange: (data) => data.cases_changed && this.load(),
      fragment: () => (this.shown ? `#case=${this.shown.id}` : `#list=${this.list}`),
    });
  }

  async start() {
    document.title = `${t("agency.title")} ${this.hall.hall.name}`;
    const keys = [this.isAgent ? key(t("agency.new"), () => this.begin()) : null, key(t("agency.months"), () => this.months())];
    fill(page, h("div.cases.agency", null, sheetBar(this.hall, t("agency.title"), keys, [mainLink(this.session)]), this.away.element, h("main", null, this.left, this.right)));
    this.leave();
    watchScans((text) => this.heard(text));
    const shown = new URLSearchParams(location.hash.slice(1)).get("case");
    await this.load();
    this.away.start();
    if (shown) await this.choose(shown);
  }

  async load() {
    try {
      ({ agency: this.cases } = await get(`/v1/agency?list=${this.list}`));
      fill(this.said);
    } catch (problem) {
      fill(this.said, failure(problem));
    }
    this.draw();
  }

  draw() {
    const tab = (name) =>
      h("button.button.small", { type: "button", "aria-pressed": String(name === this.list), onclick: () => this.turn(name) }, t(`agency.list.${name}`));
    fill(
      this.left,
      h("div.tabs", { role: "group", "aria-label": t("agency.lists") }, this.lists.map(tab)),
      this.said,
      this.cases.length ? this.table() : h("p.hint", null, t("cases.none")),
      this.tripKeys(),
    );
  }

  /** Whether it may go with the next trip. @param {API.Agency} one */
  mayGo(one) {
    return this.isAgent && one.agent === this.session.badge && one.stage === "taken" && one.missing.length === 0;
  }

  table() {
    const box = (one) =>
      this.mayGo(one)
        ? h("input.box", { type: "checkbox", "aria-label": t("agency.trip.with", { number: one.number }), checked: this.trip.has(one.id) || null, onchange: (event) => this.pack(one.id, event.target.checked) })
        : null;
    const row = (one) =>
      h(
        this.shown && this.shown.id === one.id ? "tr.chosen" : "tr",
        null,
        this.isAgent ? h("td", null, box(one)) : null,
        h("th", { scope: "row" }, h("button.link", { type: "button", onclick: () => this.choose(one.id) }, one.number)),
        h("td", { lang: "zh-Hans" }, one.sensitive ? t("cases.sensitive") : one.item_name),
        h("td", null, one.stage_word, this.isAgent && this.list !== "ask" ? null : ` ${one.agent}`),
        h("td", null, this.list === "originals" ? originalsWords(one) : dutyWords(one)),
      );
    const heads = [...(this.isAgent ? ["trip"] : []), "number", "item", "stage", this.list === "originals" ? "originals" : "due"];
    return h(
      "table",
      { "aria-label": t(`agency.list.${this.list}`) },
      h("thead", null, h("tr", null, heads.map((word) => h("th", { scope: "col" }, t(`agency.${word}.head`))))),
      h("tbody", null, this.cases.map(row)),
    );
  }

  tripKeys() {
    const here = this.cases.filter((one) => this.mayGo(one));
    if (!here.length) return null;
    const chosen = here.filter((one) => this.trip.has(one.id));
    const printers = this.hall.printing_kiosks;
    return h(
      "div.trip",
      null,
      h("button.button.small.main", { type: "button", disabled: chosen.length === 0 || this.press.busy || null, onclick: () => this.setOut(chosen, printers[0]) }, t("agency.trip.go", { count: chosen.length })),
      h("span.hint", null, t("agency.trip.hint")),
    );
  }

  /**
   * @param {string} id
   * @param {boolean} isIn
   */
  pack(id, isIn) {
    if (isIn) this.trip.add(id);
    else this.trip.delete(id);
    this.draw();
  }

  /**
   * @param {API.Agency[]} chosen
   * @param {string | undefined} kiosk
   */
  async setOut(chosen, kiosk) {
    try {
      await this.press.post("/v1/agency/batches", { agency: chosen.map((one) => one.id), ...(kiosk ? { kiosk } : {}) });
      this.trip.clear();
      await this.load();
      if (chosen.length === 1) await this.choose(chosen[0].id);
    } catch (problem) {
      fill(this.said, failure(problem));
    }
  }

  turn(name) {
    this.list = name;
    return this.load();
  }

  /** @param {string} id */
  async choose(id) {
    try {
      this.shown = await get(`/v1/agency/${encodeURIComponent(id)}`);
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
    fill(this.right, agencyView(this, shown));
    const isComing = [shown.slip, shown.end_slip, shown.renewal_slip].some((slip) => slip && ["queued", "printing"].includes(slip.state));
    clearTimeout(this.again);
    // Reloaded until the outcome of the print is known.
    if (isComing) this.again = setTimeout(() => this.lookAgain(shown.id), 2000);
  }

  /** @param {string} id */
  async lookAgain(id) {
    try {
      const found = await get(`/v1/agency/${id}`);
      if (!this.shown || this.shown.id !== id) return;
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.step : undefined;
      this.shown = found;
      this.show();
      const step = focused && this.right.querySelector(`[data-step="${focused}"]`);
      if (step instanceof HTMLElement) step.focus();
    } catch {
      // The next request shows what is wrong.
    }
  }

  /** @param {{ number: string, code: string } | null} [paper] of a station without network */
  begin(paper = null) {
    this.shown = null;
    const opening = new AgencyOpening(this, paper);
    fill(this.right, opening.element);
    this.draw();
    opening.begin();
  }

  async months() {
    this.shown = null;
    try {
      const { months } = await get("/v1/agency/months");
      fill(this.right, monthsView(months));
    } catch (problem) {
      fill(this.right, h("p.said", { role: "alert" }, failure(problem)));
    }
    this.draw();
  }

  leave() {
    this.shown = null;
    fill(this.right, h("p.hint", null, t(this.isAgent ? "agency.choose" : "agency.choose.coordinator")));
  }

  /**
   * A scanned authority opens its agency case; one that a station without network has printed begins the case here.
   *
   * @param {string | null} text
   */
  async heard(text) {
    const code = text && /([0-9A-HJKMNP-TV-Z]{12})\s*$/i.exec(text.trim());
    if (!code) return;
    const id = code[1].toUpperCase();
    const number = /DB-\d{9,12}-\d{8}-\d{4,}/.exec(text);
    if (number && this.isAgent) {
      const known = await get(`/v1/agency/${id}`).catch(() => null);
      if (!known) {
        this.begin({ number: number[0], code: id });
        return;
      }
    }
    await this.choose(id);
  }
}

/** @param {API.Agency} one */
function originalsWords(one) {
  const open = one.originals.filter((held) => held.holder === "with_agent" || held.holder === "with_town");
  const late = open.some((held) => held.late);
  return h(late ? "span.late" : "span", { lang: "zh-Hans" }, open.map((held) => `${held.name} ${held.count}`).join("、"));
}

await openSheet({
  elsewhere: "/window/",
  may: (session) => ["coordinator", "agent"].includes(session.role),
  open: (hall, session, isMoved) => new AgencyPage(hall, session, isMoved).start(),
});

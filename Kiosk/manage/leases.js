import { get } from "../shared/api.js";
import { timeOfDay } from "../shared/clock.js";
import { byID, fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Feed } from "../shared/feed.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { mainLink, openSheet, sheetBar } from "./sheet.js";

const page = byID("page");

/** 应急号: numbers for the time without the hall's journal, the list for calling by voice, and what is entered from paper. */
class LeasesPage {
  /**
   * @param {API.Hall} hall
   * @param {API.Session} session
   */
  constructor(hall, session) {
    this.hall = hall;
    this.session = session;
    this.press = new Press({ onChange: () => {} });
    this.said = h("p.said", { role: "alert" });
    this.list = h("section.list", { "aria-label": t("leases.list") });
    this.look = h("section", { "aria-label": t("leases.look") });
    this.slips = h("section", { "aria-label": t("leases.slips") });
    this.sheet = h("div.sheet");
    this.root = h("div.leases");
    this.feed = new Feed("/v1/feed", {
      onEvent: (name, data) => data && (data.leases_changed || data.ticket) && this.load(),
      onState: (state) => state === "refused" && location.replace("/window/"),
    });
  }

  async start() {
    document.title = `${t("leases.title")} ${this.hall.hall.name}`;
    fill(
      this.root,
      sheetBar(this.hall, t("leases.title"), [], [mainLink(this.session)]),
      h("main", null, this.list, h("section.entry", null, this.said, this.look, this.paper(), this.voice(), this.slips), this.sheet),
    );
    fill(page, this.root);
    globalThis.addEventListener("afterprint", () => this.root.classList.remove("slips"));
    await this.load();
    this.feed.start();
  }

  async load() {
    try {
      const [queue, leases] = await Promise.all([get("/v1/queue"), get("/v1/leases")]);
      this.drawList(queue);
      this.drawLook(leases);
      this.drawSlips(leases);
      fill(this.said);
    } catch (problem) {
      fill(this.said, failure(problem));
    }
  }

  /**
   * The waiting numbers, for windows that have to call by voice, with the time of the list.
   *
   * @param {API.Queue} queue
   */
  drawList(queue) {
    const waiting = queue.tickets.filter((one) => one.state === "waiting");
    fill(
      this.list,
      h("h2", null, t("leases.list")),
      h("p.hint", null, t("leases.list.at", { time: timeOfDay(Date.parse(queue.at || "")), count: waiting.length })),
      h(
        "table",
        { "aria-label": t("leases.list") },
        h("thead", null, h("tr", null, ["number", "since", "mark", "served", "missing"].map((one) => h("th", { scope: "col" }, t(`leases.head.${one}`))))),
        h(
          "tbody",
          null,
          waiting.map((one) =>
            h(
              "tr",
              null,
              h("th", { scope: "row" }, one.number),
              h("td", null, timeOfDay(Date.parse(one.issued_at))),
              h("td", null, [one.priority ? t("leases.priority") : "", one.leased ? t("leases.leased") : ""].filter(Boolean).join(" ")),
              h("td.blank"),
              h("td.blank"),
            ),
          ),
        ),
      ),
    );
  }

  /** @param {API.Leases} leases */
  drawLook(leases) {
    const lines = [
      ...leases.incidents.map((one) => t(`leases.incident.${one.reason}`, { number: one.number })),
      ...leases.ended.map((one) => t(`leases.ended.${one.why}`, { number: one.number, other: one.instead_of || "" })),
    ];
    fill(
      this.look,
      leases.pending.length ? h("p.hint", { role: "status" }, t("leases.pending", { numbers: leases.pending.join(" ") })) : null,
      lines.map((words) => h("p.fault", { role: "status" }, words)),
    );
  }

  /** @param {API.Leases} leases */
  drawSlips(leases) {
    const lane = h("select", { id: "slips-lane" }, this.hall.lanes.map((one) => h("option", { value: one.letter }, `${one.letter} ${one.name}`)));
    const bundles = leases.out.filter((one) => one.kiosk === null);
    fill(
      this.slips,
      h(
        "form",
        { "aria-label": t("leases.slips"), onsubmit: (event) => this.send(event, this.said, () => this.press.post("/v1/leases/slips", { lane: lane.value }), () => {}) },
        h("h2", null, t("leases.slips")),
        h("p.hint", null, t("leases.slips.hint")),
        h("p.field", null, h("label", { for: lane.id }, t("leases.lane")), lane),
        h("div.row", null, h("button.button", { type: "submit" }, t("leases.slips.lease"))),
      ),
      bundles.map((one) =>
        h(
          "p",
          null,
          `${one.lane}${one.from}–${one.lane}${one.through} `,
          h("button.button.small", { type: "button", onclick: () => this.print(one) }, t("leases.slips.print")),
        ),
      ),
    );
  }

  /** @param {API.Leases["out"][number]} bundle */
  print(bundle) {
    const numbers = Array.from({ length: bundle.through - bundle.from + 1 }, (_, index) => `${bundle.lane}${bundle.from + index}`);
    fill(
      this.sheet,
      numbers.map((number) =>
        h("div.slip", null, h("span", null, this.hall.hall.name), h("b", null, number), h("span", null, t("leases.slip.words")), h("br"), h("span", null, t("leases.slip.blanks"))),
      ),
    );
    this.root.classList.add("slips");
    globalThis.print();
  }

  /** 补录: a slip that was given by hand. */
  paper() {
    const number = h("input", { id: "paper-number", required: true, maxlength: 5, autocomplete: "off", placeholder: "A9051" });
    const time = h("input", { id: "paper-time", type: "time" });
    const done = h("select", { id: "paper-done" }, ["waits", "served", "missing"].map((one) => h("option", { value: one }, t(`leases.done.${one}`))));
    return this.form("leases.paper", [[number, "leases.number"], [time, "leases.time"], [done, "leases.done"]], () =>
      this.press.post("/v1/leases/tickets", {
        number: number.value.trim().toUpperCase(),
        given_at: time.value || undefined,
        done: done.value === "waits" ? undefined : /** @type {"served" | "missing"} */ (done.value),
      }),
    );
  }

  /** 补录: a number that was called by voice. */
  voice() {
    const number = h("input", { id: "voice-number", required: true, maxlength: 5, autocomplete: "off", placeholder: "A042" });
    const done = h("select", { id: "voice-done" }, ["served", "missing"].map((one) => h("option", { value: one }, t(`leases.done.${one}`))));
    return this.form("leases.voice", [[number, "leases.number"], [done, "leases.done"]], () =>
      this.press.post("/v1/leases/by-hand", {
        number: number.value.trim().toUpperCase(),
        done: /** @type {"served" | "missing"} */ (done.value),
      }),
    );
  }

  /**
   * @param {string} name
   * @param {[HTMLInputElement | HTMLSelectElement, string][]} fields
   * @param {() => Promise<API.Ticket | null>} act
   */
  form(name, fields, act) {
    const said = h("p.said", { role: "alert" });
    const word = h("p", { role: "status" });
    const [first] = fields[0];
    const entered = (ticket) => {
      fill(word, t("leases.entered", { number: ticket.number }));
      first.value = "";
      first.focus();
    };
    return h(
      "form",
      { "aria-label": t(name), onsubmit: (event) => this.send(event, said, act, entered) },
      h("h2", null, t(name)),
      h("p.hint", null, t(`${name}.hint`)),
      fields.map(([input, words]) => h("p.field", null, h("label", { for: input.id }, t(words)), input)),
      said,
      word,
      h("div.row", null, h("button.button.main", { type: "submit" }, t("leases.enter"))),
    );
  }

  async send(event, said, act, then) {
    event.preventDefault();
    if (this.press.busy) return;
    fill(said);
    try {
      const answer = await act();
      if (!answer) return;
      then(answer);
      await this.load();
    } catch (problem) {
      fill(said, failure(problem));
    }
  }
}

await openSheet({
  elsewhere: "/window/",
  may: (session) => session.role === "coordinator",
  open: (hall, session) => new LeasesPage(hall, session).start(),
});

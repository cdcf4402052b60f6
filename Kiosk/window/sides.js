import { waitWords } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";
import { kioskName } from "./kiosks.js";
import { lacksSlip, reprintButton, slipMark } from "./paper.js";
import { living, marks } from "./present.js";
import { callByName, priorityButton } from "./priority.js";
import { ownTransfers, reasonWords, whereWords } from "./transfer.js";
import { waitMark } from "./waits.js";

const columns = ["lane", "waiting", "longest", "windows"];

/** Why kiosks give no numbers of a lane, beside its name: a coordinator paused it, or its windows can serve nobody more today. */
function laneMark(lane) {
  if (lane.paused) return h("span.mark.now", { title: lane.paused }, t("lane.paused.mark"));
  return lane.stopped ? h("span.mark.now", null, t("lane.stopped")) : null;
}

/** The right half: the rings, the lanes, and the lists of suspended, missed and transferred tickets. */
export class Sides {
  /** @param {Pages.Console} console */
  constructor(console, parts = ["rings", "lanes", "tickets"]) {
    this.console = console;
    this.parts = parts.map((name) => this[name]());
    this.element = h("aside.sides", { "aria-label": t("sides.label") }, this.parts);
    this.refresh();
  }

  refresh() {
    for (const part of this.parts) part.update();
  }

  state() {
    return this.console.store.state;
  }

  rings() {
    const { console } = this;
    return living(
      "section.rings",
      { "aria-live": "assertive" },
      () => JSON.stringify(this.state().help),
      () =>
        this.state().help.map((one) =>
          h(
            "p.banner.now",
            null,
            icon("bell"),
            h("span.grow", null, () =>
              t("help.ring", { kiosk: kioskName(console, one.kiosk), since: waitWords(console.store.now() - Date.parse(one.asked_at)) }),
            ),
            h(
              "button.button",
              { type: "button", onclick: () => console.act(`help-${one.id}`, `/v1/help/${one.id}/answer`) },
              t("help.go"),
            ),
          ),
        ),
    );
  }

  lanes() {
    const { console } = this;
    const since = (moment) => waitWords(console.store.now() - Date.parse(moment));
    const cell = (words, className = "td") => h(className, null, words);
    return living(
      "section.card.lanes",
      { "aria-label": t("lanes.title") },
      () => JSON.stringify([this.state().lanes, console.at.window.lanes]),
      () =>
        h(
          "table",
          null,
          h("caption.unseen", null, t("lanes.title")),
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              columns.map((name) => h("th", { scope: "col" }, t(`lanes.${name}`))),
            ),
          ),
          h(
            "tbody",
            null,
            this.state().lanes.map((one) =>
              h(
                `tr${console.at.window.lanes.includes(one.letter) ? ".mine" : ""}`,
                null,
                h("th", { scope: "row" }, h("b", null, one.letter), ` ${one.name} `, laneMark(one)),
                cell(String(one.waiting), "td.count"),
                h(
                  "td",
                  { class: () => waitMark(console, one) },
                  () => (one.longest_wait_since ? since(one.longest_wait_since) : t("lanes.none")),
                  () => (waitMark(console, one) === "red" ? t("lanes.over") : ""),
                ),
                cell(one.windows.join(t("list.comma"))),
              ),
            ),
          ),
        ),
    );
  }

  tickets() {
    const { console } = this;
    const of = (list) => this.state().tickets.filter((one) => one.list === list);
    const lanes = () => {
      const mine = console.at.window.lanes;
      return this.state().lanes.filter((one) => mine.length === 0 || mine.includes(one.letter));
    };
    const waiting = () => {
      const all = of("waiting");
      return lanes().flatMap(({ letter }) => all.filter((one) => one.lane === letter));
    };
    const own = () => of("own").filter((one) => one.own_window === console.session.window);
    const count = () => lanes().reduce((sum, one) => sum + one.waiting, 0);
    const may = (verb) => console.allows(verb);
    return living(
      "section.lists",
      {},
      () =>
        JSON.stringify([
          of("suspended"),
          of("missed"),
          own(),
          ownTransfers(console),
          waiting(),
          count(),
          this.state().tickets.filter((one) => lacksSlip(console, one)).map((one) => one.id),
          console.opened,
          may("resume"),
          may("calls"),
          console.session.window,
        ]),
      () => [
        this.list("suspended", of("suspended"), (one) => this.step("resume", one, may("resume"))),
        this.transfers(),
        own().length ? this.list("own", own(), (one) => this.step("calls", one, may("calls"))) : null,
        this.list("missed", of("missed"), (one) => [this.checkIn(one), this.step("calls", one, may("calls"))]),
        this.list(
          "waiting",
          waiting(),
          (one) => [priorityButton(console, one), this.step("calls", one, may("calls"))],
          count(),
          `.beside-${2 + [ownTransfers(console), own()].filter((more) => more.length).length}`,
        ),
      ],
    );
  }

  /**
   * A list: as many rows as the hall says, and the count of all.
   *
   * @param {"suspended" | "missed" | "own" | "waiting"} name
   * @param {API.Ticket[]} tickets
   * @param {(ticket: API.Ticket) => any} buttons
   * @param {number} [count]
   * @param {string} [side] a class for the side on which it stands
   */
  list(name, tickets, buttons, count = tickets.length, side = "") {
    const { list_rows: rows } = this.state().shown;
    return h(
      `section.card.list.${name}${side}`,
      { "aria-labelledby": `list-${name}` },
      h("h2", { id: `list-${name}` }, t(`list.${name}`), h("span.count", null, String(count))),
      tickets.length
        ? h(
            "ul",
            { tabindex: "0", "aria-labelledby": `list-${name}` },
            tickets.slice(0, rows).map((one) =>
              h(
                "li",
                null,
                h("b.number", null, one.number),
                h(
                  `span.what${one.items.length || marks(one).length ? "" : ".none"}`,
                  null,
                  marks(one),
                  " ",
                  one.items.map((item) => item.name).join("、"),
                ),
                slipMark(this.console, one),
                reprintButton(this.console, one),
                this.console.session.window === null ? null : buttons(one),
              ),
            ),
          )
        : h("p.hint", null, t(`list.${name}.none`)),
    );
  }

  /** 转号未接: tickets that were sent on and have not arrived; nothing while there are none. */
  transfers() {
    const all = ownTransfers(this.console);
    if (!all.length) return null;
    return h(
      "section.card.list.transfers",
      { "aria-labelledby": "list-transfers" },
      h("h2", { id: "list-transfers" }, t("list.transfers"), h("span.count", null, String(all.length))),
      h(
        "ul",
        { tabindex: "0", "aria-labelledby": "list-transfers" },
        all.map((one) =>
          h(
            "li",
            null,
            h("b.number", null, one.number),
            h(
              "span.what",
              null,
              one.transfer ? `${whereWords(one.transfer)} · ${reasonWords(one.transfer)} · ${t(`ticket.state.${one.state}`)}` : "",
            ),
          ),
        ),
      ),
    );
  }

  /**
   * 回呼 of a suspended ticket, or calling one by name.
   *
   * @param {"resume" | "calls"} verb
   * @param {API.Ticket} ticket
   * @param {boolean} possible
   */
  step(verb, ticket, possible) {
    const { console } = this;
    return h(
      "button.button.small",
      {
        type: "button",
        disabled: possible ? null : true,
        "aria-label": t(`list.${verb}.spoken`, { number: ticket.number }),
        onclick: () =>
          verb === "calls"
            ? callByName(console, ticket)
            : console.act(verb, `/v1/windows/${console.session.window}/${verb}`, { ticket: ticket.id }),
      },
      t(`list.${verb}`),
    );
  }

  /** @param {API.Ticket} ticket */
  checkIn(ticket) {
    const { console } = this;
    return h(
      "button.button.small",
      {
        type: "button",
        "aria-label": t("list.checkIn.spoken", { number: ticket.number }),
        onclick: () => console.act("check-in", `/v1/tickets/${ticket.id}/check-in`),
      },
      t("list.checkIn"),
    );
  }
}

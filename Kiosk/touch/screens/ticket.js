import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { stopsWords } from "../../shared/stops.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { heading, tile, windowWords } from "./parts.js";

/** Milliseconds after which a resident is told not to wait for a slip whose outcome is still unknown. */
const slipPatience = 12_000;
/** Milliseconds after which the state of a slip is requested once if no event about it has come. */
const slipLook = 3_000;

/**
 * The state of the slip, as far as it matters to its resident: `asked` when only the resident can tell whether it came out, `slow`
 * while nobody can tell yet, `away` while the printer is known not to print.
 *
 * @param {API.Slip} slip
 */
export function paperState(slip, patienceEnded, prints = true) {
  if (!slip) return "none";
  if (slip.paper !== "coming") return slip.paper;
  if (!prints) return "away";
  return patienceEnded ? "slow" : "coming";
}

/** The picture beside the words about the paper. */
export function paperIcon(paper) {
  if (paper === "asked") return "question";
  return paper === "out" || paper === "coming" || paper === "leased" ? "print" : "warn";
}

/**
 * 约 15–25 分钟; from 0 on only the end is told, and 0 to 0 is a free window.
 *
 * @param {{ from: number, to: number }} minutes
 */
function waitWords({ from, to }) {
  if (to === 0) return t("ticket.free");
  return from === 0 ? t("ticket.within", { minutes: to }) : t("ticket.wait", { minutes: `${from}–${to}` });
}

/** @param {API.Ticket} mine */
const isCalled = (mine) => mine.state === "called" || mine.state === "serving";

/** Whether the slip comes out, as far as is known. */
const comes = (paper) => paper === "out" || paper === "coming" || paper === "leased";

/** @param {API.Ticket} mine */
function positionWords(mine) {
  if (isCalled(mine) && mine.window) return t("ticket.called", { window: mine.window });
  if (mine.leased) return t("ticket.leased");
  const words = mine.ahead === 0 ? t("ticket.next") : t("ticket.ahead", { count: mine.ahead });
  return mine.wait_minutes && !isCalled(mine) ? words + t("ticket.comma") : words;
}

/** @param {API.Ticket} mine */
function minuteWords(mine) {
  return isCalled(mine) || mine.leased || !mine.wait_minutes ? "" : waitWords(mine.wait_minutes);
}

/**
 * The words beside the estimate: a break that it does not contain, and the hall's promise.
 *
 * @param {API.Ticket} mine
 * @param {number | null | undefined} promised
 */
function besideWords(mine, promised) {
  if (isCalled(mine)) return "";
  if (mine.leased) return t("ticket.leased.rule");
  return [
    mine.wait_break ? t("ticket.rest", mine.wait_break) : "",
    promised ? t("promise.told", { minutes: promised }) : "",
  ].filter(Boolean).join("　");
}

/**
 * The buttons, by the state of the slip.
 *
 * @param {Pages.App} app
 * @param {string} paper
 * @param {{ acknowledge: () => void, reprint: () => void }} acts
 */
function presses(app, paper, { acknowledge, reprint }) {
  if (comes(paper)) {
    return [
      tile(
        { name: "check", title: t("ticket.done"), line: t("ticket.done.line"), main: true, act: () => app.reset() },
      ),
      app.cards.agent
        ? tile({ name: "person", title: t("agent.next"), line: t("agent.next.line"), act: () => app.replace("agent") })
        : null,
    ];
  }
  const asked = paper === "asked";
  // Where nothing can be printed no button offers it.
  const mayAsk = app.hasPrinter && (asked || paper === "failed");
  return [
    tile(
      {
        name: "check",
        title: t(asked ? "ticket.got" : "ticket.remembered"),
        line: t(asked ? "ticket.got.line" : "ticket.remembered.line"),
        main: true,
        act: acknowledge,
      },
    ),
    // While a slip is being printed no other one can be requested.
    mayAsk ? tile({ name: "print", title: t(asked ? "ticket.notGot" : "ticket.reprint"), act: reprint }) : null,
    tile({ name: "bell", title: t("ticket.staff"), act: () => app.callHelp() }),
  ];
}

/**
 * The number, as large as the screen allows. It stays on the screen when no slip comes out.
 *
 * @param {Pages.App} app
 * @param {{ ticket: API.Ticket, hasNoCopy?: boolean }} values `hasNoCopy` once a copy was requested that cannot be made
 */
export function ticket(app, values) {
  let mine = values.ticket;
  let noted = false;
  let patienceEnded = false;
  let timer = setTimeout(lookAgain, slipLook);

  /** The event about the slip's outcome may have come before the answer that opened this screen, so it is requested once. */
  function lookAgain() {
    timer = setTimeout(giveUp, slipPatience - slipLook);
    if (paper() === "coming" || paper() === "away") catchUp();
  }

  function giveUp() {
    patienceEnded = true;
    app.refresh();
  }

  // 应急号: the hall's journal has no record of its slip, so the words have to be true whether it comes out or not.
  const paper = () => (mine.leased && !mine.slip && app.hasPrinter ? "leased" : paperState(mine.slip, patienceEnded, app.hasPrinter));
  const called = () => isCalled(mine);
  const beside = () => besideWords(mine, app.hall.day && app.hall.day.promised_wait_minutes);

  async function acknowledge() {
    // Without a printer there is no slip whose outcome could be reported.
    if (noted || !mine.slip) {
      app.reset();
      return;
    }
    const seen = await app.during((press) => press.post(`/v1/tickets/${mine.id}/acknowledge`), acknowledge);
    if (seen) {
      noted = true;
      app.reset();
    }
  }

  async function reprint() {
    const again = await app.during((press) => press.post(`/v1/tickets/${mine.id}/reprint`, app.withKiosk({})), reprint, null, () => {
      values.hasNoCopy = true;
      app.refresh();
    });
    if (!again || again.is !== "ticket") return;
    mine = again;
    values.hasNoCopy = false;
    patienceEnded = false;
    clearTimeout(timer);
    timer = setTimeout(lookAgain, slipLook);
    app.refresh();
  }

  async function catchUp() {
    try {
      mine = await get(`/v1/tickets/${mine.id}`);
      app.refresh();
    } catch {
      // The number on the screen is still valid, and the banner already says that the connection is down.
    }
  }

  return {
    // The buttons stay where they are while the slip is printed; only the words change.
    key: () => JSON.stringify([comes(paper()) || paper(), mine.number, called(), app.hasPrinter]),
    left: () => clearTimeout(timer),
    reconnected: catchUp,
    heard: (name, data) => {
      if (!data.ticket || data.ticket.id !== mine.id) return;
      mine = { ...mine, ...data.ticket };
      // 过号 while the number is still shown: the next screen offers 报到.
      if (mine.state === "missed") app.replace("progress", { ticket: mine });
    },
    build: () =>
      h(
        "div.layout",
        { class: () => `layout paper-${paper()}` },
        h(
          "div.head",
          null,
          h("p.yours", null, t("ticket.yours")),
          heading(
            mine.number,
            { class: "number", "data-figures": mine.number.length, "aria-label": t("ticket.spoken", { number: mine.number.split("").join(" ") }) },
          ),
          // Two pieces, neither of which is broken across lines.
          h(called() ? "p.position.now" : "p.position", null, h("span", null, () => positionWords(mine)), h("span", null, () => minuteWords(mine))),
          called() ? null : h("p.windows", null, t("ticket.listen", { windows: windowWords(mine.windows) })),
          called() || !mine.stops.length ? null : h("p.hint.stops", null, t("stops.next", { stops: stopsWords(mine.stops) })),
          h("p.hint.beside", { hidden: () => !beside() || null }, beside),
        ),
        h(
          "div.press",
          null,
          h(
            "p.slip",
            { role: "status" },
            icon(paperIcon(paper())),
            h("span", null, () => t(values.hasNoCopy ? "reprint.none" : `ticket.paper.${paper()}`)),
          ),
          h("div.tiles", null, presses(app, paper(), { acknowledge, reprint })),
        ),
      ),
  };
}

import { lostWords } from "../shared/certificate.js";
import { comingWords, dateWords, hallClock, hoursWords, timeOfDay } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";

/** How the lanes stand, from large letters to small ones: the first in which all of them are seen. */
const lanesLooks = ["", "many", "many small", "many smallest"];
/** More lanes than this stand in two columns at once. */
const manyLanes = 4;
/** Calls listed under the one that stands large. */
const listed = 6;

/** Rows of a list that can change: drawn anew when what it shows changes. */
function rows(tag, attributes, key, build) {
  const element = h(tag, attributes);
  let shown = null;
  return [
    element,
    () => {
      const now = key();
      if (now === shown) return;
      shown = now;
      element.replaceChildren(...build());
    },
  ];
}

/** When the hall opens again, where the server says so. */
export function openingWords(calls) {
  const coming = calls.day && calls.day.next_opening ? comingWords(calls.day.next_opening, calls.now()) : "";
  return coming ? t("board.opens", { when: coming }) : "";
}

/** What stands between the call and its window: an arrow while the hall waits, then what became of it. */
function standing(call) {
  return call.state === "called" ? icon("arrow") : h("span.became", null, t(`board.call.${call.state}`));
}

/** What stands beside a lane: why no numbers are given, if none are, and how many wait. */
function countWords(lane) {
  const why = lane.paused ? "lane.paused.mark" : lane.stopped ? "board.stopped" : "";
  return [why ? h("small", null, t(why)) : null, t("board.waiting", { count: lane.waiting })];
}

/**
 * The upper part: hall and time, and the call of now or a welcome.
 *
 * @param {import("./main.js").Board} board
 * @param {() => import("./main.js").Board["calls"]["newest"]} large
 * @param {() => string} dayState
 */
function nowSection(board, large, dayState) {
  const { calls, player, voice } = board;
  return h(
    "section.now.night",
    { "aria-live": "assertive", class: () => `now night${player.flashes ? " fresh" : ""}` },
    h("h1.unseen", null, t("board.title")),
    h(
      "div.top",
      null,
      h("p.hall-name", null, () => calls.hall.name),
      h("p.wanted", { hidden: () => !calls.helpWaiting || null }, icon("bell"), h("span", null, t("board.help"))),
      h(
        "button.button.sound",
        { type: "button", hidden: () => !voice || voice.allowed || null, onclick: () => voice?.allow() },
        icon("muted"),
        h("span", null, t("board.silent")),
      ),
      h("p.when", null, () => dateWords(hallClock.shown()), "  ", h("time", null, () => timeOfDay(hallClock.shown()))),
    ),
    h(
      "p.call",
      { hidden: () => !large() || null },
      h("span.please", null, () => t(large()?.state === "serving" ? "board.call.serving" : "board.please")),
      h("b.number", null, () => large()?.number),
      icon("arrow"),
      h("b.to", null, () => (large() ? t("board.window", { number: large()?.window }) : "")),
    ),
    h(
      "div.welcome",
      { hidden: () => Boolean(large()) || null },
      h("p", null, () => (calls.ready ? t(`board.day.${dayState()}`) : t("window.connecting"))),
      h("p.opens", null, () => openingWords(calls)),
    ),
  );
}

/**
 * The numbers that were missed, the newest first: where there are many, the oldest are left out.
 *
 * @param {import("./main.js").Board["calls"]} calls
 */
const missedNumbers = (calls) =>
  rows(
    "p.missed",
    {},
    () => JSON.stringify(calls.missed),
    () => [
      h("span", null, t("board.missed")),
      ...(calls.missed.length
        ? [...calls.missed.slice().reverse().map((number) => h("b", null, number)), h("span", null, t("board.missed.do"))]
        : [h("span", null, t("board.missed.none"))]),
    ],
  );

/**
 * The hall's hours, and whom to telephone.
 *
 * @param {import("./main.js").Board["calls"]} calls
 */
const footer = (calls) =>
  h(
    "footer.line",
    null,
    h("span", null, () => hoursWords(calls.hall, calls.day)),
    h(
      "span",
      null,
      () => t("board.phones", { consult: calls.hall.consult_phone, supervise: calls.hall.supervise_phone }),
    ),
  );

/**
 * The hall's large screen: the call of now above, what else people want to know below.
 *
 * @param {import("./main.js").Board} board
 */
export function hallBoard(board) {
  const { calls, player } = board;
  /** The call that is shown large: the one that is being played, so that the same number is seen and heard. */
  const large = () => (player.call && calls.standing(player.call)) || calls.newest;
  const others = () => {
    const shown = large();
    return calls.calls.filter((one) => !shown || one.number !== shown.number).slice(0, listed);
  };
  const [list, drawList] = rows(
    "ol.recent",
    { "aria-label": t("board.recent") },
    () => JSON.stringify(others()),
    () =>
      others().map((call) =>
        h(
          "li",
          { "data-state": call.state },
          h("b", null, call.number),
          standing(call),
          h("span.to", null, t("board.window", { number: call.window })),
        ),
      ),
  );
  const [lanes, drawLanes] = rows(
    "ul.lanes",
    { "aria-label": t("board.lanes") },
    () => JSON.stringify(calls.lanes),
    () =>
      calls.lanes.map((lane) =>
        h(
          "li",
          null,
          h("span.name", null, h("b", null, lane.letter), ` ${lane.name}`),
          h("span.count", null, countWords(lane)),
        ),
      ),
  );
  const [missed, drawMissed] = missedNumbers(calls);
  // An attribute without a value: it exists to be called on every refresh.
  const draw = () => {
    drawList();
    drawLanes();
    drawMissed();
    return null;
  };
  let look = "";
  let room = "";
  // The lists below the lanes take their room, and so does the banner of a board without a connection. No lane is hidden for them.
  board.onChange = () => {
    const now = `${lanes.clientWidth}x${lanes.clientHeight} ${calls.lanes.length}`;
    if (now === room) return;
    room = now;
    const from = calls.lanes.length > manyLanes ? 1 : 0;
    for (const one of lanesLooks.slice(from)) {
      if (one !== look) lanes.className = `lanes ${one}`;
      look = one;
      if (lanes.scrollHeight <= lanes.clientHeight + 1) return;
    }
  };
  const dayState = () => (calls.day ? calls.day.state : "open");

  return h(
    "main.board",
    { "data-drawn": draw, class: () => (isTroubled(board) ? "board troubled" : "board") },
    stale(board),
    nowSection(board, large, dayState),
    h(
      "section.below",
      null,
      h("div.panel", null, h("h2", null, t("board.recent")), list),
      h(
        "div.panel",
        null,
        h("h2", null, t("board.lanes")),
        lanes,
        h(
          "p.told",
          { hidden: () => dayState() === "open" || !large() || null },
          () => [t(`board.day.${dayState()}`), openingWords(calls)].filter(Boolean).join("　"),
        ),
        h(
          "p.told.promise",
          { hidden: () => !(calls.day && calls.day.promised_wait_minutes) || null },
          () => t("promise.told", { minutes: calls.day ? calls.day.promised_wait_minutes : 0 }),
        ),
        h(
          "p.told.paused",
          { hidden: () => calls.paused.length === 0 || null },
          () => t("board.paused", { numbers: calls.paused.join("、") }),
        ),
        missed,
      ),
    ),
    footer(calls),
  );
}

/** Whether what it shows may be old. @param {import("./main.js").Board} board */
const isTroubled = (board) => Boolean(board.stale) || board.isUseless;

/** @param {import("./main.js").Board} board */
export function stale(board) {
  return h(
    "p.banner.stale",
    { role: "status", hidden: () => !isTroubled(board) || null },
    icon("warn"),
    h(
      "span",
      null,
      h("span.lost", null, () => (board.stale ? lostWords(board.stale) : board.isUseless ? t("board.useless") : "")),
      h("small.going", null, () => board.elsewhere.words("board")),
    ),
  );
}

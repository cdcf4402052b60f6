import { dateWords, hallClock, timeOfDay } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";

/** More lanes than this stand in two columns. */
const manyLanes = 4;

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

/** The hall's large screen: the last call above, what else people want to know below. */
export function hallBoard(board) {
  const { calls, voice } = board;
  const [list, drawList] = rows(
    "ol.recent",
    { "aria-label": t("board.recent") },
    () => JSON.stringify(calls.calls.slice(1)),
    () =>
      calls.calls.slice(1).map((call) =>
        h(
          "li",
          null,
          h("b", null, call.number),
          icon("arrow"),
          h("span", null, t("board.window", { number: call.window })),
        ),
      ),
  );
  const [lanes, drawLanes] = rows(
    "ul.lanes",
    { "aria-label": t("board.lanes"), class: () => `lanes${calls.lanes.length > manyLanes ? " many" : ""}` },
    () => JSON.stringify(calls.lanes),
    () =>
      calls.lanes.map((lane) =>
        h(
          "li",
          null,
          h("span", null, h("b", null, lane.letter), ` ${lane.name}`),
          h("span", null, t("board.waiting", { count: lane.waiting })),
        ),
      ),
  );
  const [missed, drawMissed] = rows(
    "p.missed",
    {},
    () => JSON.stringify(calls.missed),
    () => [
      h("span", null, t("board.missed")),
      ...(calls.missed.length
        ? [h("b", null, calls.missed.slice(-12).join("  ")), h("span", null, t("board.missed.do"))]
        : [h("span", null, t("board.missed.none"))]),
    ],
  );
  // A live attribute without a value: asked on every refresh, and that is its purpose.
  const draw = () => {
    drawList();
    drawLanes();
    drawMissed();
    return null;
  };

  return h(
    "main.board",
    { "data-drawn": draw },
    stale(board),
    h(
      "section.now.night",
      { "aria-live": "assertive", class: () => `now night${calls.isFresh(calls.last) ? " fresh" : ""}` },
      h("h1.unseen", null, t("board.title")),
      h(
        "div.top",
        null,
        h("p", null, () => calls.hall.name),
        h(
          "button.button.sound",
          { type: "button", hidden: () => voice.allowed || null, onclick: () => voice.allow() },
          icon("muted"),
          h("span", null, t("board.silent")),
        ),
        h("p.when", null, () => dateWords(hallClock.shown()), "  ", h("time", null, () => timeOfDay(hallClock.shown()))),
      ),
      h(
        "p.call",
        { hidden: () => !calls.last || null },
        h("span.please", null, t("board.please")),
        h("b.number", null, () => (calls.last ? calls.last.number : "")),
        icon("arrow"),
        h("b.to", null, () => (calls.last ? t("board.window", { number: calls.last.window }) : "")),
      ),
      h(
        "p.welcome",
        { hidden: () => Boolean(calls.last) || null },
        () => (calls.ready ? t("board.welcome") : t("window.connecting")),
      ),
    ),
    h(
      "section.below",
      null,
      h("div.panel", null, h("h2", null, t("board.recent")), list),
      h("div.panel", null, h("h2", null, t("board.lanes")), lanes, missed),
    ),
    h(
      "footer.line",
      null,
      h("span", null, () => t("closed.hours", { hours: calls.hall.hours })),
      h(
        "span",
        null,
        () => t("board.phones", { consult: calls.hall.consult_phone, supervise: calls.hall.supervise_phone }),
      ),
    ),
  );
}

export function stale(board) {
  return h(
    "p.banner.stale",
    { role: "status", hidden: () => !board.stale || null },
    icon("warn"),
    h("span", null, () => (board.stale ? t("stale", { seconds: Math.floor(board.stale / 1000) }) : "")),
  );
}

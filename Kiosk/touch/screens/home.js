import { hoursWords } from "../../shared/clock.js";
import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { aheadWords, chooseItem, closedWords, fullWords, heading, stoppedAmong, stoppedTile, tile } from "./parts.js";
import { station } from "./station.js";

// Where one touch takes a number it joins the general lane; elsewhere any department may be meant.
const counters = (/** @type {Pages.App} */ app) =>
  app.hall.lanes.filter((one) => (app.isUndivided ? one.letter === app.hall.general_lane : one !== app.pickupLane));
const takes = (/** @type {Pages.App} */ app) => counters(app).some((one) => one.accepting);

/** @param {Pages.App} app */
function greeting(app) {
  const steps = ["take", "listen", "serve"].map((name, index) =>
    h(
      "li",
      null,
      h("span.count", { "aria-hidden": "true" }, String(index + 1)),
      h("span", null, name === "take" ? app.paperWords("home.step.take") : t(`home.step.${name}`)),
    ),
  );
  return h(
    "section.greeting",
    null,
    heading(t(app.isOpen ? "home.title" : "home.title.closed")),
    app.isOpen ? h("ol.steps", null, steps) : null,
    app.cards.hasCardReader && app.isOpen
      ? h("p.reader", null, icon("card"), h("span", null, t(app.cards.hasScanner ? "home.cards" : "home.card")))
      : null,
    h("p.hours", null, icon("clock"), h("span", null, () => hoursWords(app.hall.hall, app.hall.day))),
  );
}

/** @param {Pages.App} app */
function closedPanel(app) {
  const words = closedWords(app);
  return h(
    "section.closed",
    { role: "status" },
    icon("clock"),
    h("div", null, h("h2", null, words.title), h("p", null, words.text)),
  );
}

/** @param {Pages.App} app */
function takeTile(app) {
  const full = !takes(app);
  const stop = stoppedAmong(counters(app));
  if (stop) return stoppedTile(app, stop, { title: t("home.take"), className: "take" });
  return tile({
    name: "ticket",
    title: t("home.take"),
    main: true,
    className: "take",
    disabled: full,
    line: full ? fullWords(counters(app)) : () => aheadWords(counters(app)),
    act: () => (app.isUndivided ? app.takeTicket({ items: [] }) : app.show("take")),
  });
}

/** @param {Pages.App} app */
function pickupTile(app) {
  const lane = app.pickupLane;
  if (!lane) return null;
  if (stoppedAmong([lane])) return stoppedTile(app, lane, { title: t("home.pickup"), className: "pickup" });
  return tile({
    name: "parcel",
    title: t("home.pickup"),
    className: "pickup",
    disabled: !lane.accepting,
    line: lane.accepting ? () => aheadWords([app.pickupLane || lane]) : fullWords([lane]),
    act: () => app.takeTicket({ items: [], lane: lane.letter }),
  });
}

/** @param {Pages.App} app */
function priorityTile(app) {
  if (!app.isOpen || !app.hall.overtaking) return null;
  const press = tile({
    name: app.needsPriority ? "check" : "person",
    title: t("home.priority"),
    className: app.needsPriority ? "chosen" : "",
    line: app.needsPriority ? t("home.priority.on") : null,
    // A toggle: no reason is asked for, and a number needs as many presses as before.
    act: () => {
      app.needsPriority = !app.needsPriority;
      app.refresh();
    },
  });
  press.setAttribute("aria-pressed", String(app.needsPriority));
  return press;
}

/**
 * The first screen: one touch to a number where any window takes any matter.
 *
 * @param {Pages.App} app
 */
export function home(app) {
  if (!app.hasQueue) return station(app);
  return {
    key: () =>
      JSON.stringify([
        app.needsPriority,
        app.hall.overtaking,
        app.hall.general_lane,
        app.hall.day,
        app.reconciling,
        app.hall.lanes.map((one) => [one.letter, one.accepting, one.paused, Boolean(one.stopped)]),
        app.hall.frequent,
        app.catalogue.length,
        app.bundles.length,
        app.cards.hasCardReader,
        app.cards.hasScanner,
        app.hasPrinter,
      ]),
    build: () =>
      h(
        "div.layout",
        null,
        greeting(app),
        h(
          "div.press",
          null,
          app.isOpen ? h("div.tiles", null, takeTile(app), pickupTile(app)) : closedPanel(app),
          chooseItem(app, { title: t("home.browse") }),
          h(
            "div.tiles.second",
            null,
            tile({ name: "search", title: t("home.search"), className: "search", act: () => app.show("search") }),
            tile({ name: "question", title: t("home.consult"), act: () => app.show("consult") }),
            priorityTile(app),
          ),
        ),
      ),
  };
}

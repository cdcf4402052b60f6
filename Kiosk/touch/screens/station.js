import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { dataLanguage, t } from "../../shared/words.js";
import { chooseItem, heading, itemLine, pager, tile } from "./parts.js";

const lists = ["service", "agency"];

function itemsOf(app, list) {
  return app.inLists(app.catalogue.filter((one) => one.directory === list));
}

/**
 * The data of a village's station; only called on its screens.
 *
 * @param {Pages.App} app
 */
function stationOf(app) {
  const found = app.hall.hall.station;
  if (!found) throw new Error("a town has no station");
  return found;
}

/**
 * 代办员: who does it here, with the phone.
 *
 * @param {Pages.App} app
 */
export function agents(app) {
  return h(
    "ul.agents",
    { lang: dataLanguage() },
    stationOf(app).agents.map((one) =>
      h("li", null, h("strong", null, one.name), " ", h("span.phone", null, one.phone)),
    ),
  );
}

/**
 * The first screen of a village's station: its two lists, and who carries matters to the town. No numbers here.
 *
 * @param {Pages.App} app
 */
export function station(app) {
  const here = stationOf(app);
  // Small panels have no room for the greeting; the buttons also say whom to go to.
  const named = () => here.agents.map((one) => `${one.name} ${one.phone}`).join("、");
  const list = (name, main) =>
    tile({
      name: main ? "hall" : "parcel",
      title: t(`station.${name}`),
      line: t(`station.${name}.line`, { count: itemsOf(app, name).length, town: here.town, agents: named() }),
      main,
      className: name,
      act: () => app.show("directory", { list: name }),
    });
  return {
    key: () => JSON.stringify([app.hall.hall.station, app.hall.frequent, app.catalogue.length]),
    build: () =>
      h(
        "div.layout",
        null,
        h(
          "section.greeting",
          null,
          heading(t("station.title")),
          h("p.hint", { lang: dataLanguage() }, t("station.site", { site: here.site })),
          h("div.agent", null, h("h2", null, t("station.agents")), agents(app)),
          h("p.hours", null, icon("clock"), h("span", null, () => t("closed.hours", { hours: app.hall.hall.hours }))),
        ),
        h(
          "div.press",
          null,
          h("div.tiles", null, lists.map((name, index) => list(name, index === 0))),
          chooseItem(app, { byDepartment: false }),
          h(
            "div.tiles.second",
            null,
            tile({ name: "search", title: t("home.search"), className: "search", act: () => app.show("search") }),
          ),
        ),
      ),
  };
}

/**
 * One of the two lists.
 *
 * @param {Pages.App} app
 */
export function directory(app, { list }) {
  return {
    key: () => JSON.stringify(itemsOf(app, list).map((one) => one.code)),
    build: () =>
      h(
        "div.layout",
        null,
        h(
          "div.head",
          null,
          heading(t(`station.${list}`)),
          h("p.hint", null, t("department.hint")),
          list === "agency" ? agents(app) : null,
        ),
        h(
          "div.press",
          null,
          pager(
            h(
              "ul.items",
              null,
              itemsOf(app, list).map((one) => itemLine(app, one)),
            ),
            t(`station.${list}`),
          ),
        ),
      ),
  };
}

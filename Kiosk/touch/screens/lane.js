import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { aheadWords, fullWords, heading, named, stoppedAmong, stoppedTile, tile, windowWords } from "./parts.js";
import { reservePress } from "./reserve.js";

/**
 * One department before the number is taken: how many wait, and where.
 *
 * @param {Pages.App} app
 */
export function lane(app, { letter }) {
  const gone = { letter, name: letter, waiting: 0, windows: [], open_windows: 0, accepting: false, paused: null, stopped: null };
  const here = () => app.hall.lanes.find((one) => one.letter === letter) || gone;
  return {
    key: () =>
      JSON.stringify([here().name, here().windows, here().accepting, here().paused, Boolean(here().stopped), app.isOpen, app.hasPrinter]),
    build: () =>
      h(
        "div.layout",
        null,
        h(
          "div.head",
          null,
          heading(named(here().name)),
          h("p.large", null, () => aheadWords([here()])),
          h("p.hint", null, windowWords(here().windows)),
        ),
        h(
          "div.press",
          null,
          app.isOpen && stoppedAmong([here()])
            ? stoppedTile(app, here(), { title: t("take.button") })
            : tile({
              name: "ticket",
              title: t("take.button"),
              main: true,
              disabled: !app.isOpen || !here().accepting,
              line: app.isOpen && here().accepting ? app.paperWords("take.line") : fullWords([here()]),
              act: () => app.takeTicket({ items: [], lane: letter }),
            }),
          reservePress(app, { items: [], lane: letter, name: here().name }),
          tile({ name: "list", title: t("home.browse"), line: app.paperWords("home.browse.line"), act: () => app.show("browse") }),
        ),
      ),
  };
}

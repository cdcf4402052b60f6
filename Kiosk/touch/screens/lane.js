import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { reservePress } from "./reserve.js";
import { heading, named, tile, windowWords } from "./parts.js";

/**
 * One department before the number is taken: how many wait, and where.
 *
 * @param {Pages.App} app
 */
export function lane(app, { letter }) {
  const here = () => app.hall.lanes.find((one) => one.letter === letter) || { name: letter, waiting: 0, windows: [], accepting: false };
  return {
    key: () => JSON.stringify([here().name, here().windows, here().accepting, app.isOpen, app.hasPrinter]),
    build: () =>
      h(
        "div.layout",
        null,
        h(
          "div.head",
          null,
          heading(named(here().name)),
          h("p.large", null, () => t("home.ahead", { count: here().waiting })),
          h("p.hint", null, windowWords(here().windows)),
        ),
        h(
          "div.press",
          null,
          tile({
            name: "ticket",
            title: t("take.button"),
            main: true,
            disabled: !app.isOpen || !here().accepting,
            line: app.isOpen && here().accepting ? app.paperWords("take.line") : t("home.full"),
            act: () => app.takeTicket({ items: [], lane: letter }),
          }),
          reservePress(app, { items: [], lane: letter, name: here().name }),
          tile({ name: "list", title: t("home.browse"), line: app.paperWords("home.browse.line"), act: () => app.show("browse") }),
        ),
      ),
  };
}

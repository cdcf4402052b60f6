import { h } from "../../shared/dom.js";
import { aheadWords, frequentItems, fullWords, heading, named, pager, stoppedAmong, stoppedTile, tile } from "./parts.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";

/**
 * 办事取号 where windows are divided among departments: which one, or straight to a frequent item.
 *
 * @param {Pages.App} app
 */
export function take(app) {
  const lanes = () => app.hall.lanes.filter((one) => one !== app.pickupLane);
  const now = (letter) => lanes().filter((one) => one.letter === letter);
  return {
    key: () =>
      JSON.stringify([lanes().map((one) => [one.letter, one.name, one.accepting, one.paused, Boolean(one.stopped)]), app.catalogue.length]),
    build: () =>
      h(
        "div.layout",
        null,
        h("div.head", null, heading(t("take.title")), h("p.hint", null, t("take.hint"))),
        h(
          "div.press",
          null,
          h(
            "button.button.find",
            { type: "button", onclick: () => app.show("search") },
            icon("search"),
            h("span", null, t("search.button")),
          ),
          pager(
            h(
              "div",
              null,
              h(
                "div.grid",
                null,
                lanes().map((one) =>
                  stoppedAmong([one])
                    ? stoppedTile(app, one, { title: named(one.name) })
                    : tile({
                      name: "ticket",
                      title: named(one.name),
                      disabled: !one.accepting,
                      line: one.accepting ? () => aheadWords(now(one.letter)) : fullWords([one]),
                      act: () => app.show("lane", { letter: one.letter }),
                    }),
                ),
              ),
              frequentItems(app, (code) => app.show("item", { code, taking: true })),
            ),
            t("take.title"),
          ),
        ),
      ),
  };
}

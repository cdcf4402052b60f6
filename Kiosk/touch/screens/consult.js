import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { closedWords, heading, tile } from "./parts.js";

/**
 * 我不清楚: calls somebody, or takes a number for a window that can answer.
 *
 * @param {Pages.App} app
 */
export function consult(app) {
  return {
    key: () => JSON.stringify([app.isOpen, app.hall.consult_item]),
    build: () => {
      const { consult_item: item } = app.hall;
      const phone = app.hall.hall.consult_phone;
      return h(
        "div.layout",
        null,
        h("div.head", null, heading(t("consult.title")), h("p.hint", null, t("consult.hint", { phone }))),
        h(
          "div.press",
          null,
          tile(
            {
              name: "bell",
              title: t("consult.help"),
              line: t("consult.help.line"),
              main: true,
              act: () => app.callHelp(),
            },
          ),
          !app.hasQueue ? null : tile({
            name: "ticket",
            title: t("consult.take"),
            line: app.isOpen ? t("consult.take.line") : closedWords(app).title,
            disabled: !app.isOpen,
            act: () => app.takeTicket({ items: item ? [item] : [] }),
          }),
          app.hasQueue
            ? tile({ name: "ticket", title: t("lost.button"), line: t("lost.button.line"), act: () => app.show("lost") })
            : null,
          tile(
            {
              name: "search",
              title: t("consult.search"),
              line: t("consult.search.line"),
              act: () => app.show("search"),
            },
          ),
        ),
      );
    },
  };
}

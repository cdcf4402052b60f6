import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { heading, tile } from "./parts.js";

/**
 * 小票丢了: the number stays valid. A card finds it. Without a card the resident rings for a clerk, who finds the number in the queue and
 * prints the slip again (补打).
 *
 * @param {Pages.App} app
 */
export function lost(app) {
  const rung = () => app.help && app.help.state !== "failed";
  return {
    key: () => JSON.stringify([app.cards.hasCardReader, Boolean(rung())]),
    build: () =>
      h(
        "div.layout",
        null,
        h(
          "div.head",
          null,
          heading(t("lost.title")),
          h("p.large", null, t("lost.text")),
          app.cards.hasCardReader ? h("p.large", null, t("lost.card")) : null,
        ),
        h(
          "div.press",
          null,
          tile({
            name: "bell",
            title: t("lost.ring"),
            line: t("lost.ring.line"),
            main: true,
            disabled: Boolean(rung()),
            act: () => app.callHelp(),
          }),
          app.cards.hasCardReader ? tile({ name: "card", title: t("lost.byCard"), act: () => app.show("idcard", {}) }) : null,
          tile({ name: "home", title: t("nav.home"), act: () => app.show("home") }),
        ),
      ),
  };
}

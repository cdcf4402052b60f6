import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { chooseItem, closedLine, heading, tile } from "./parts.js";

/**
 * 代办员 with the badge: takes numbers one after the other, each for somebody whose matter the agent carries.
 *
 * @param {Pages.App} app
 */
export function agent(app) {
  const { cards } = app;
  const carrying = () => cards.agent || { name: "", carries: 0 };

  function presses() {
    if (!app.isOpen) return [closedLine(app)];
    const next = () => (app.isUndivided ? app.takeTicket({ items: [] }) : app.show("take"));
    return [
      tile({ name: "ticket", title: t("agent.take"), line: t("agent.take.line"), main: true, act: next }),
      tile({ name: "check", title: t("agent.done"), act: () => app.reset() }),
    ];
  }

  return {
    key: () => JSON.stringify([cards.agent, app.isOpen]),
    build: () =>
      h(
        "div.layout",
        null,
        h(
          "div.head",
          null,
          heading(t("agent.hello", { name: carrying().name })),
          h("p.large", { role: "status" }, t(carrying().carries ? "agent.carries" : "agent.none", carrying())),
        ),
        h("div.press", null, h("div.tiles", null, presses()), chooseItem(app, { title: t("agent.item"), frequent: false })),
      ),
  };
}

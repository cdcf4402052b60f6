import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { closedLine, heading, tile, windowWords } from "./parts.js";

/**
 * An agent's trip (代办批次): one number for all that it carries to a lane.
 *
 * @param {Pages.App} app
 * @param {{ trip: API.Trip }} values
 */
export function trip(app, { trip: one }) {
  /** The trip's number in this lane: the one it has already, or a new one. @param {API.Trip["lanes"][number]} lane */
  async function take(lane) {
    if (!lane.ticket) {
      await app.takeTicket({ items: [], lane: lane.lane, batch: one.id });
      return;
    }
    const code = encodeURIComponent(lane.ticket);
    const ticket = await app.during(() => get(`/v1/tickets/${code}`));
    if (ticket) app.show("progress", { ticket });
  }

  const lanes = () =>
    one.lanes.map((lane, index) =>
      tile({
        name: "ticket",
        title: t(lane.ticket ? "trip.mine" : "trip.take", { lane: lane.name }),
        line: [t("trip.count", { count: lane.count }), ...(lane.windows.length ? [windowWords(lane.windows)] : [])].join(" · "),
        main: index === 0,
        act: () => take(lane),
      }));

  return {
    key: () => JSON.stringify([one.id, app.isOpen, app.hasQueue]),
    build: () =>
      h(
        "div.layout",
        null,
        h("div.head", null, heading(t("trip.title")), h("p.large", { role: "status" }, t(one.lanes.length ? "trip.line" : "trip.done", { count: one.count })), h("p.line", null, one.number)),
        h(
          "div.press",
          null,
          h(
            "div.tiles",
            null,
            !app.hasQueue || !one.lanes.length ? null : app.isOpen ? lanes() : closedLine(app),
            tile({ name: "check", title: t("progress.done"), main: !one.lanes.length, act: () => app.reset() }),
            tile({ name: "bell", title: t("ticket.staff"), act: () => app.callHelp() }),
          ),
        ),
      ),
  };
}

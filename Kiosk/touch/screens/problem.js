import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { closedWords, heading, tile } from "./parts.js";
import { stopped } from "./stopped.js";

/** Refusals of reservations, which are not explained by the hall being closed. */
const ofReservations = new Set([
  "slot_full", "slot_too_near", "unknown_slot", "date_not_offered", "already_reserved", "too_many_reservations",
  "unknown_reservation", "reservation_arrived", "reservation_lapsed", "reservation_cancelled_by_hall", "too_fast",
]);

/**
 * A refusal or a fault: what happened, what to do, whom to ask.
 *
 * @param {Pages.App} app
 */
export function problem(app, { refusal, again, wish }) {
  // The lane was stopped in the meantime: shows what can be done instead.
  if (refusal.code === "lane_stopped") return stopped(app, { letter: refusal.lane });
  const unreachable = refusal.code === "unreachable";
  // Then the hall can make neither a number nor a notice.
  const isDown = unreachable || refusal.status >= 500;

  async function look(id) {
    const ticket = await app.during(() => get(`/v1/tickets/${encodeURIComponent(id)}`), () => look(id));
    if (ticket) app.replace("progress", { ticket });
  }

  return {
    key: () => JSON.stringify([app.hall.day, app.reconciling, app.hasPrinter]),
    build: () => {
      const closed = app.isOpen || unreachable || ofReservations.has(refusal.code) ? null : closedWords(app);
      const title = closed ? closed.title : refusal.title;
      const text = closed ? closed.text : refusal.detail;
      return h(
        "div.layout",
        null,
        h("div.head.trouble", { role: "alert" }, icon("warn"), heading(title), text ? h("p.large", null, text) : null),
        h(
          "div.press",
          null,
          again && isDown
            ? tile({ name: "ticket", title: t("problem.again"), line: t("problem.again.line"), main: true, act: again })
            : null,
          refusal.ticket
            ? tile({ name: "ticket", title: t("card.mine"), main: true, act: () => look(refusal.ticket) })
            : null,
          refusal.insist && wish
            ? tile({
              name: "ticket",
              title: t("elsewhere.insist"),
              line: t("elsewhere.insist.line"),
              act: () => app.takeTicket({ ...wish, [refusal.insist]: true }),
            })
            : null,
          tile({ name: "bell", title: t("consult.help"), line: t("consult.help.line"), act: () => app.callHelp() }),
          tile(
            { name: "list", title: t("home.browse"), line: isDown ? t("problem.browse.line.list") : app.paperWords("problem.browse.line"), act: () => app.show("browse") },
          ),
        ),
      );
    },
  };
}

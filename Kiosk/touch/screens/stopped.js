import { comingWords, hallClock } from "../../shared/clock.js";
import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { heading, named, tile } from "./parts.js";
import { reservePress } from "./reserve.js";

/**
 * 号已发完: the lane's windows cannot serve more people until closing time. It offers the notice, a member of the staff who can still
 * take a number, or a reservation for another day.
 *
 * @param {Pages.App} app
 * @param {{ letter: string | null, isListed?: boolean, items?: string[] }} values the lane; whether the list of an item is a step back; and
 *   what the number was for
 */
export function stopped(app, { letter, isListed = false, items = [] }) {
  const lane = () => app.hall.lanes.find((one) => one.letter === letter);
  const isOver = () => Boolean(lane()?.accepting);
  const when = () => {
    const next = lane()?.stopped?.next_opening;
    return next ? t("stopped.coming", { when: comingWords(next, hallClock.shown()) }) : "";
  };

  return {
    key: () => JSON.stringify([isOver(), lane()?.name, app.hall.hall.consult_phone, app.hasPrinter]),
    build: () => {
      const { consult_phone: phone } = app.hall.hall;
      return h(
        "div.layout",
        null,
        h(
          "div.head",
          { role: "status" },
          heading(t(isOver() ? "stopped.over" : "stopped.title")),
          h("p.large", null, named(lane()?.name || "")),
          h("p.hours", null, icon("clock"), h("span", null, t("stopped.why"), when)),
        ),
        h(
          "div.press",
          null,
          isOver() ? tile({ name: "ticket", title: t("home.take"), main: true, act: () => app.back() }) : null,
          tile({
            name: "list",
            title: t(app.hasPrinter ? "stopped.notice" : "stopped.notice.none"),
            line: app.paperWords(isListed ? "stopped.notice.listed" : "home.browse.line"),
            main: !isOver(),
            act: () => (isListed ? app.back() : app.show("browse")),
          }),
          isOver() || !letter ? null : reservePress(app, { items, lane: letter, name: lane()?.name || "" }),
          tile({ name: "bell", title: t("consult.help"), line: t("stopped.help.line", { phone }), act: () => app.callHelp() }),
        ),
      );
    },
  };
}

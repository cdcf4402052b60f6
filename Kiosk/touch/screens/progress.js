import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { heading, tile, windowWords } from "./parts.js";

/**
 * A ticket that was issued before, by its slip or its holder's card: its state, and what can be done about it.
 *
 * @param {Pages.App} app
 * @param {{ ticket: API.Ticket, hasNoCopy?: boolean }} values `hasNoCopy` once a copy was requested that cannot be made
 */
export function progress(app, values) {
  let mine = values.ticket;

  const atWindow = () => mine.state === "called" || mine.state === "serving";

  function words() {
    if (atWindow() && mine.window) return t("ticket.called", { window: mine.window });
    // A machine that is cut off does not know how many stand ahead.
    if (mine.state === "waiting" && mine.leased && values.hasNoCopy) return t("ticket.leased");
    if (mine.state === "waiting") {
      return mine.ahead === 0 ? t("ticket.next") : t("ticket.ahead", { count: mine.ahead });
    }
    return t(`progress.${mine.state}`);
  }

  /** @param {"check-in" | "reprint"} verb */
  async function step(verb, body = {}) {
    const without = () => {
      values.hasNoCopy = true;
      app.refresh();
    };
    const changed = await app.during(
      (press) => press.post(`/v1/tickets/${mine.id}/${verb}`, body), () => step(verb, body), null, verb === "reprint" ? without : null);
    if (!changed || changed.is !== "ticket") return;
    mine = changed;
    if (verb === "reprint") app.replace("ticket", { ticket: changed });
    else app.refresh();
  }

  function presses() {
    const inQueue = mine.state === "waiting" || mine.state === "missed";
    return [
      mine.state === "missed"
        ? tile({
            name: "undo",
            title: t("progress.checkIn"),
            line: t("progress.checkIn.line"),
            main: true,
            act: () => step("check-in"),
          })
        : tile({ name: "check", title: t("progress.done"), main: true, act: () => app.reset() }),
      inQueue && app.hasPrinter
        ? tile({ name: "print", title: t("progress.reprint"), act: () => step("reprint", app.withKiosk({})) })
        : null,
      tile({ name: "bell", title: t("ticket.staff"), act: () => app.callHelp() }),
    ];
  }

  return {
    key: () => JSON.stringify([mine.state, mine.number, app.hasPrinter, values.hasNoCopy]),
    heard: (name, data) => {
      if (data.ticket && data.ticket.id === mine.id) mine = { ...mine, ...data.ticket };
    },
    build: () =>
      h(
        "div.layout.progress",
        null,
        h(
          "div.head",
          null,
          h("p.yours", null, t("ticket.yours")),
          heading(
            mine.number,
            { class: "number", "data-figures": mine.number.length, "aria-label": t("ticket.spoken", { number: mine.number.split("").join(" ") }) },
          ),
          h(atWindow() ? "p.position.now" : "p.position", { role: "status" }, words),
          mine.state === "waiting" ? h("p.windows", null, t("ticket.listen", { windows: windowWords(mine.windows) })) : null,
        ),
        h("div.press", null, values.hasNoCopy ? h("p.slip", { role: "alert" }, icon("warn"), h("span", null, t("reprint.none"))) : null, h("div.tiles", null, presses())),
      ),
  };
}

import { waitWords } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";
import { faultWords } from "./banner.js";
import { kioskName } from "./kiosks.js";
import { lacksSlip } from "./paper.js";
import { mainVerb, verbs } from "./verbs.js";

const shown = ["recall", "serve", "miss", "suspend"];

/** The console in 420 × 160 px, to stand beside a business system that fills the screen. */
export function stripView(desk) {
  if (desk.session.window === null) return h("main.stripe", null, h("h1", null, t("window.noWindow")));
  const line = () => {
    if (desk.stale) return t("strip.stale", { seconds: Math.floor(desk.stale / 1000) });
    if (desk.said) return desk.said.problem.title;
    const { help, faults } = desk.store.state;
    if (help.length && faults.length) {
      return t("strip.both", { help: t("strip.help", { kiosk: kioskName(desk, help[0].kiosk) }), fault: faultWords(desk, faults[0]) });
    }
    if (help.length) return t("strip.help", { kiosk: kioskName(desk, help[0].kiosk) });
    if (faults.length) return faultWords(desk, faults[0]);
    const { ticket } = desk.at;
    if (ticket) return ticket.items.length ? ticket.items.map((one) => one.name).join("、") : t("present.noItem");
    return desk.at.waiting > 0 ? t("present.idle.text") : t("present.nobody.text");
  };
  const urgent = () => Boolean(desk.stale || desk.said || desk.store.state.faults.length || desk.store.state.help.length);
  const number = () => {
    const { ticket, window } = desk.at;
    return ticket ? ticket.number : t(`window.state.${window.state}`);
  };
  const side = () => {
    const { ticket, window, waiting } = desk.at;
    if (!ticket) return t("strip.count", { count: waiting });
    const moment = window.state === "serving" ? ticket.serving_at : ticket.called_at;
    const since = moment ? waitWords(desk.store.now() - Date.parse(moment)) : "";
    return `${t(`window.state.${window.state}`)} ${since}`;
  };
  const small = (verb) =>
    h(
      "button.button",
      {
        type: "button",
        disabled: () => !desk.possible(verb) || null,
        "data-verb": verb.name,
        onclick: (event) => desk.clicked(event, verb),
      },
      t(`verb.${verb.name}`),
    );
  return h(
    "main.stripe",
    null,
    h(
      "div.stripe-top",
      null,
      h("h1.number", { "aria-live": "polite" }, number),
      h("span.mark.fault", { hidden: () => !(desk.at.ticket && lacksSlip(desk, desk.at.ticket)) || null }, t("mark.noSlip")),
      h(
        "p.side",
        null,
        h("span", null, side),
        h("span", null, () => (desk.at.ticket ? t("strip.count", { count: desk.at.waiting }) : "")),
      ),
      h(
        "button.button.undo",
        {
          type: "button",
          "data-verb": "undo",
          hidden: () => !(desk.at.undoLeft > 0) || null,
          onclick: () => desk.undo(),
        },
        icon("undo"),
        h("span", null, () => t("verb.undo", { seconds: Math.ceil(desk.at.undoLeft / 1000) })),
      ),
    ),
    h(
      "div.stripe-news",
      null,
      h("p.stripe-line", { role: "status", class: () => `stripe-line${urgent() ? " urgent" : ""}` }, line),
      h(
        "button.button.main.going",
        { type: "button", "data-verb": "help", hidden: () => !desk.store.state.help.length || null, onclick: () => desk.goToRing() },
        t("help.go"),
      ),
    ),
    h(
      "div.stripe-verbs",
      null,
      h(
        "button.button.main",
        {
          type: "button",
          "data-verb": "main",
          disabled: () => !desk.possible(mainVerb(desk.at)) || null,
          onclick: (event) => desk.clicked(event, mainVerb(desk.at)),
        },
        () => desk.mainWords,
      ),
      verbs.filter((verb) => shown.includes(verb.name)).map(small),
    ),
  );
}

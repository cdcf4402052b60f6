import { lostWords } from "../shared/certificate.js";
import { secondsLeft, waitWords } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";
import { faultWords } from "./banner.js";
import { kioskName } from "./kiosks.js";
import { moreDialog } from "./more.js";
import { lacksSlip } from "./paper.js";
import { mainVerb, undo, verbs } from "./verbs.js";

const shown = ["recall", "serve", "miss", "suspend"];

/**
 * The console in 420 × 160 px, to stand beside a business system that fills the screen.
 *
 * @param {Pages.Console} console
 */
export function stripView(console) {
  if (console.session.window === null) return h("main.stripe", null, h("h1", null, t("window.noWindow")));
  const line = () => {
    if (console.stale) return lostWords(console.stale, "strip.stale");
    if (console.said) return console.said.problem.title;
    const { help, faults } = console.store.state;
    if (help.length && faults.length) {
      return t("strip.both", { help: t("strip.help", { kiosk: kioskName(console, help[0].kiosk) }), fault: faultWords(console, faults[0]) });
    }
    if (help.length) return t("strip.help", { kiosk: kioskName(console, help[0].kiosk) });
    if (faults.length) return faultWords(console, faults[0]);
    const { ticket } = console.at;
    if (console.at.window.unnumbered_since) return t("present.unnumbered");
    if (ticket) return ticket.items.length ? ticket.items.map((one) => one.name).join("、") : t("present.noItem");
    return console.at.waiting > 0 ? t("present.idle.text") : t("present.nobody.text");
  };
  const urgent = () => Boolean(console.stale || console.said || console.store.state.faults.length || console.store.state.help.length);
  const number = () => {
    const { ticket, window } = console.at;
    return ticket ? ticket.number : t(`window.state.${window.state}`);
  };
  const side = () => {
    const { ticket, window, waiting } = console.at;
    if (!ticket) return t("strip.count", { count: waiting });
    const moment = window.state === "serving" ? ticket.serving_at : ticket.called_at;
    const since = moment ? waitWords(console.store.now() - Date.parse(moment)) : "";
    return `${t(`window.state.${window.state}`)} ${since}`;
  };
  const small = (verb) =>
    h(
      "button.button",
      {
        type: "button",
        disabled: () => !console.possible(verb) || null,
        "data-verb": verb.name,
        onclick: (event) => console.clicked(event, verb),
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
      h("span.mark.fault", { hidden: () => !(console.at.ticket && lacksSlip(console, console.at.ticket)) || null }, t("mark.noSlip")),
      h(
        "p.side",
        null,
        h("span", null, side),
        h("span", null, () => (console.at.ticket ? t("strip.count", { count: console.at.waiting }) : "")),
      ),
      h(
        "button.button.undo",
        {
          type: "button",
          "data-verb": "undo",
          hidden: () => !(console.at.undoLeft > 0) || null,
          disabled: () => !console.possible(undo) || null,
          onclick: () => console.undo(),
        },
        icon("undo"),
        h("span", null, () => t("verb.undo", { seconds: secondsLeft(console.at.undoLeft) })),
      ),
    ),
    h(
      "div.stripe-news",
      null,
      h("p.stripe-line", { role: "status", class: () => `stripe-line${urgent() ? " urgent" : ""}` }, line),
      h(
        "button.button.main.going",
        { type: "button", "data-verb": "help", hidden: () => !console.store.state.help.length || null, onclick: () => console.goToRing() },
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
          disabled: () => !console.possible(mainVerb(console.at)) || null,
          onclick: (event) => console.clicked(event, mainVerb(console.at)),
        },
        () => console.mainWords,
      ),
      verbs.filter((verb) => shown.includes(verb.name)).map(small),
      h("button.button.more", { type: "button", onclick: () => moreDialog(console) }, t("strip.more")),
    ),
  );
}

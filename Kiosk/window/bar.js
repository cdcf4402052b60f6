import { hallClock, timeOfDay } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { currentLanguage, t } from "../shared/words.js";
import { closeDay, openDay } from "./day.js";
import { noticeForDialog } from "./noticefor.js";
import { pauseDialog } from "./pause.js";
import { printersDialog } from "./printers.js";
import { reservationsDialog } from "./reservations.js";
import { secretDialog } from "./secret.js";
import { sessionsDialog } from "./sessions.js";
import { takeForDialog } from "./takefor.js";
import { nextView } from "./view.js";
import { whyDialog } from "./why.js";

/** The strip in a window of its own, of the size that it is made for. */
function openStrip() {
  const language = currentLanguage() === "en" ? "&lang=en" : "";
  globalThis.open(`/window/?strip${language}`, "yichuang-strip", "popup,width=420,height=160");
}

/**
 * The page of the cases, in a tab of its own; where a resident is at the window, with their number.
 *
 * @param {Pages.Console} console
 */
function openCases(console) {
  const ticket = console.session.window !== null && console.at.window.ticket_id;
  const language = currentLanguage() === "en" ? "?lang=en" : "";
  globalThis.open(`/window/cases.html${language}${ticket ? `#ticket=${ticket}` : ""}`, "yichuang-cases");
}

/** The page of the agents, in a tab of its own. */
function openAgency() {
  globalThis.open(`/window/agency.html${currentLanguage() === "en" ? "?lang=en" : ""}`, "yichuang-agency");
}

/** 我的首问: the page of questions that the member was asked first, in a tab of its own. */
function openFirstAsked() {
  globalThis.open(`/window/firstasked.html${currentLanguage() === "en" ? "?lang=en" : ""}`, "yichuang-first-asked");
}

/** The page of the day, in a tab of its own: the console stays where it is. */
function openToday() {
  globalThis.open("/manage/", "yichuang-today");
}

/**
 * The top line: the window, the member, and the buttons that are not part of a visit.
 *
 * @param {Pages.Console} console
 */
export function bar(console) {
  const { session } = console;
  const window = () => console.at.window;
  const button = (words, act, attributes = {}) =>
    h("button.button.quiet.small", { type: "button", onclick: act, ...attributes }, words);
  const unless = (possible) => () => !possible() || null;
  const dayIsOpen = () => console.store.state.day !== null && console.store.state.day.business_day !== null;
  const atWindow = session.window !== null;
  return h(
    "header.bar",
    null,
    h("p.where", null, icon("hall"), h("span", null, () => console.store.state.hall.name)),
    atWindow
      ? h(
        "p.window",
        null,
        h("b", null, t("window.name", { number: session.window })),
        h("span.mark", null, () => t(`window.state.${window().state}`)),
      )
      : h("p.window", null, h("b", null, t(console.isAgent ? "agent.role" : "window.noWindow"))),
    h(
      "button.button.quiet.small.who",
      {
        type: "button",
        title: t("bar.secret"),
        "aria-label": `${session.badge} ${session.name} ${t("bar.secret")}`,
        onclick: () => secretDialog(console),
      },
      icon("person"),
      h("span", null, `${session.badge} ${session.name}`),
    ),
    h("time.clock", null, () => timeOfDay(hallClock.shown())),
    h(
      "nav.tools",
      { "aria-label": t("bar.label") },
      console.isAgent ? null : button(t("bar.takeFor"), () => takeForDialog(console)),
      console.isAgent || !console.store.state.reservations ? null : button(t("bar.reservations"), () => reservationsDialog(console)),
      button(t("bar.noticeFor"), () => noticeForDialog(console)),
      button(t("bar.cases"), () => openCases(console)),
      button(t("bar.firstAsked"), openFirstAsked),
      console.isAgent || session.role === "coordinator" ? button(t("bar.agency"), openAgency) : null,
      button(t("bar.why"), () => whyDialog(console)),
      button(t("bar.printers"), () => printersDialog(console)),
      session.role === "coordinator"
        ? [
            button(t("bar.today"), openToday),
            button(t("bar.openDay"), () => openDay(), { hidden: () => dayIsOpen() || null }),
            button(t("bar.closeDay"), () => closeDay(), { hidden: () => !dayIsOpen() || null }),
            button(t("bar.sessions"), () => sessionsDialog(console)),
          ]
        : null,
      atWindow
        ? [
            button(t("bar.pause"), () => pauseDialog(console), { disabled: unless(() => console.allows("pause")) }),
            button(t("bar.close"), () => console.act("close", `/v1/windows/${session.window}/close`), {
              disabled: unless(() => console.allows("close")),
            }),
            button(t("bar.strip"), openStrip),
          ]
        : null,
      button(t("bar.size"), () => nextView("size")),
      button(t("bar.contrast"), () => nextView("contrast")),
      button(t("bar.signOut"), () => console.signOut()),
    ),
  );
}

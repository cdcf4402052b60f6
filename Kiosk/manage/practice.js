import { get } from "../shared/api.js";
import { timeOfDay } from "../shared/clock.js";
import { byID, fill, h } from "../shared/dom.js";
import { t } from "../shared/words.js";
import { mainLink, openSheet, sheetBar } from "./sheet.js";

const page = byID("page");
/** @type {(keyof API.TrainingReport["sessions"][number]["people"][number]["deeds"])[]} */
const deeds = ["taken", "priority", "checked_in", "called", "recalled", "served", "missed", "suspended", "resumed", "transferred", "finished", "abandoned", "undone", "notices", "paused"];

/** @param {API.TrainingReport["sessions"][number]["people"]} people */
function table(people) {
  return h(
    "table.people",
    null,
    h("thead", null, h("tr", null, h("th", { scope: "col" }, t("attendance.who")), deeds.map((one) => h("th.figure", { scope: "col" }, t(`practice.${one}`))))),
    h(
      "tbody",
      null,
      people.map((one) =>
        h(
          "tr",
          null,
          h("th", { scope: "row" }, h("span", { lang: "zh-Hans" }, one.name || ""), " ", h("small", null, one.badge)),
          deeds.map((deed) => h("td.figure", null, one.deeds[deed] ? String(one.deeds[deed]) : t("today.none"))),
        ),
      ),
    ),
  );
}

/** @param {API.TrainingReport["sessions"][number]} session */
function practised(session) {
  const time = (text) => timeOfDay(Date.parse(text));
  const end = session.ended_at ? time(session.ended_at) : t("practice.goesOn");
  return h(
    "section.sessions-of",
    null,
    h("h2", null, t("practice.session", { day: session.day, from: time(session.begun_at), to: end, count: session.issued })),
    session.people.length ? table(session.people) : h("p.hint", null, t("practice.nobody")),
  );
}

/**
 * @param {API.Hall} hall
 * @param {API.Session} session
 */
async function open(hall, session) {
  document.title = t("practice.title");
  try {
    const report = await get("/v1/training");
    fill(
      page,
      h(
        "div.attendance",
        null,
        sheetBar(hall, t("practice.title"), [], [mainLink(session)]),
        h("main", { "aria-label": t("practice.title") }, report.sessions.map(practised), h("p.hint", null, t("practice.how"))),
      ),
    );
  } catch (problem) {
    fill(page, h("main.connecting", null, h("h1", null, t("practice.title")), h("p.said", { role: "alert" }, `${problem.title} ${problem.detail}`)));
  }
}

await openSheet({ elsewhere: "/window/", open });

import { adviseStaff, get } from "../shared/api.js";
import { setZone, timeOfDay } from "../shared/clock.js";
import { byID, fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { currentLanguage, loadWords, setLanguage, t } from "../shared/words.js";
import { applyView } from "../window/view.js";

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

async function start() {
  const [hall, session] = await Promise.all([get("/v1/hall"), get("/v1/sessions/current").catch(() => null)]);
  setZone(hall.hall.zone);
  if (!session || session.change_secret) {
    // Signing in is the other page's.
    location.replace("/window/");
    return;
  }
  const other = currentLanguage() === "en" ? "zh-Hans" : "en";
  const link = (href, words, more = {}) => h("a.button.quiet.small", { href, ...more }, words);
  /** @type {API.TrainingReport} */
  const report = await get("/v1/training");
  document.title = t("practice.title");
  fill(
    page,
    h(
      "div.attendance",
      null,
      h(
        "header.bar",
        null,
        h("p.where", null, icon("hall"), h("span", null, hall.hall.name)),
        h("h1", null, t("practice.title")),
        h(
          "nav.tools",
          { "aria-label": t("bar.label") },
          h("button.button.quiet.small", { type: "button", onclick: () => globalThis.print() }, t("today.print")),
          link(session.role === "coordinator" ? "/manage/" : "/window/", t(session.role === "coordinator" ? "today.title" : "today.console")),
          link(`/manage/practice.html?lang=${other}`, t("today.language"), { lang: other, hreflang: other }),
        ),
      ),
      h("main", { "aria-label": t("practice.title") }, report.sessions.map(practised), h("p.hint", null, t("practice.how"))),
    ),
  );
}

adviseStaff();
await loadWords();
document.documentElement.dataset.words = "ready";
setLanguage(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh-Hans");
applyView();
try {
  await start();
} catch (problem) {
  fill(page, h("main.connecting", null, h("h1", null, t("practice.title")), h("p.said", { role: "alert" }, `${problem.title} ${problem.detail}`)));
}

import { get } from "../shared/api.js";
import { timeOfDay } from "../shared/clock.js";
import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { accountsPart } from "./accounts.js";

/**
 * 登录情况: who is signed in where, with a button that ends each session.
 *
 * @param {(problem: any) => void} refused called when this session has ended
 * @returns the element, and a function that reloads the list
 */
export function sessionsPart(refused) {
  const list = h("div.sessions", { role: "group", "aria-label": t("sessions.title") });
  const said = h("p.said", { role: "alert" });
  const press = new Press();

  function failed(problem) {
    if (problem.status === 401) return refused(problem);
    fill(said, failure(problem));
  }

  async function look() {
    try {
      const { sessions } = await get("/v1/sessions");
      fill(list, table(sessions, end));
    } catch (problem) {
      failed(problem);
    }
  }

  /** @param {API.OpenSession} session */
  async function end(session) {
    if (press.busy) return;
    fill(said);
    try {
      await press.send("DELETE", `/v1/sessions/${session.id}`);
    } catch (problem) {
      // A session that has ended meanwhile needs no error.
      if (problem.status !== 404) failed(problem);
    }
    await look();
  }

  return { element: h("div", null, list, said), look };
}

/**
 * 登录情况 and 账号 for a coordinator.
 *
 * @param {Pages.Console} console
 */
export function sessionsDialog(console) {
  const refused = (problem) => {
    close();
    console.refused(problem);
  };
  const [sessions, accounts] = [sessionsPart(refused), accountsPart(refused)];
  const close = openDialog({
    title: t("sessions.title"),
    className: "wide",
    body: h("div", null, sessions.element, h("h3", null, t("accounts.title")), accounts.element),
    onEscape: () => close(),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.close"))],
  });
  void sessions.look();
  void accounts.look();
}

/**
 * @param {API.OpenSession[]} sessions
 * @param {(session: API.OpenSession) => void} end
 */
function table(sessions, end) {
  const heads = ["who", "role", "window", "address", "since", "used"];
  return h(
    "table",
    null,
    h("thead", null, h("tr", null, heads.map((name) => h("th", { scope: "col" }, t(`sessions.${name}`))), h("td", null))),
    h("tbody", null, sessions.map((session) => row(session, end))),
  );
}

/**
 * @param {API.OpenSession} session
 * @param {(session: API.OpenSession) => void} end
 */
function row(session, end) {
  const time = (text) => timeOfDay(Date.parse(text));
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, `${session.badge} ${session.name}`),
    h("td", null, t(`sessions.role.${session.role}`)),
    h("td", null, session.window === null ? "—" : t("window.name", { number: session.window })),
    h("td", null, session.address || "—"),
    h("td", null, time(session.since)),
    h("td", null, time(session.used_at)),
    h(
      "td",
      null,
      session.own
        ? h("span.mark", null, t("sessions.own"))
        : h(
          "button.button.small",
          {
            type: "button",
            "aria-label": t("sessions.end.spoken", { who: `${session.badge} ${session.name}` }),
            onclick: () => end(session),
          },
          t("sessions.end"),
        ),
    ),
  );
}

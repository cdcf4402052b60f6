import { fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { accountsPart } from "./accounts.js";
import { auditPart } from "./audit.js";
import { faultsPart } from "./faults.js";
import { secretDialog } from "./secret.js";
import { sessionsPart } from "./sessions.js";
import { settingsPart } from "./settingshistory.js";

/** The pages of the three administrators; none of them has data of residents. */
const partsOf = {
  system_administrator: { "admin.faults": faultsPart, "admin.settings": settingsPart },
  security_administrator: { "sessions.title": sessionsPart, "accounts.title": accountsPart, "admin.settings": settingsPart },
  auditor: { "admin.audit": auditPart, "admin.settings": settingsPart },
};

/**
 * The page of an administrator (系统、安全、审计管理员).
 *
 * @param {HTMLElement} page
 * @param {object} context
 * @param {API.Hall} context.hall
 * @param {API.Session} context.session
 * @param {() => void} context.leave
 */
export function adminPage(page, { hall, session, leave }) {
  const press = new Press();
  const parts = Object.entries(partsOf[session.role]).map(([title, make]) => ({ title, ...make(leave) }));

  async function signOut() {
    try {
      await press.send("DELETE", "/v1/sessions/current");
    } finally {
      leave();
    }
  }

  const lookAgain = () => parts.forEach((part) => part.look());
  fill(
    page,
    h(
      "header.bar",
      null,
      h("p.where", null, icon("hall"), h("span", null, hall.hall.name)),
      h("p.window", null, h("b", null, t(`sessions.role.${session.role}`))),
      h("p", null, icon("person"), ` ${session.badge} ${session.name}`),
      h(
        "nav.tools",
        { "aria-label": t("bar.label") },
        h("button.button.quiet.small", { type: "button", onclick: lookAgain }, t("admin.again")),
        h("button.button.quiet.small", { type: "button", onclick: () => secretDialog({ refused: leave }) }, t("bar.secret")),
        h("button.button.quiet.small", { type: "button", onclick: signOut }, t("bar.signOut")),
      ),
    ),
    h(
      "main.admin",
      null,
      parts.map((part) => h("section.card", { "aria-label": t(part.title) }, h("h2", null, t(part.title)), part.element)),
    ),
  );
  document.title = t(`sessions.role.${session.role}`);
  lookAgain();
}

/** Whether this role has the page of an administrator. */
export const isAdministrator = (role) => role in partsOf;

import { get } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { t } from "../shared/words.js";
import { moment } from "./settingshistory.js";

/**
 * 安全日志: searched by days, event and badge, the newest lines first. Each search is itself a line of the log.
 *
 * @param {(problem: any) => void} refused called when this session has ended
 */
export function auditPart(refused) {
  const day = (id) => h("input", { id, type: "date" });
  const since = day("audit-since");
  const until = day("audit-until");
  const badge = h("input", { id: "audit-badge", maxlength: 16, autocomplete: "off" });
  const event = h("select", { id: "audit-event" }, h("option", { value: "" }, t("admin.audit.all")));
  const rows = h("tbody");
  const said = h("p.said", { role: "alert" });
  const older = h("button.button.quiet", { type: "button", hidden: true, onclick: () => read(true) }, t("admin.older"));
  const line = (input, label) => h("p.field", null, h("label", { for: input.id }, label), input);
  /** @type {string | null} */
  let next = null;

  async function read(more) {
    const query = new URLSearchParams();
    for (const [name, input] of Object.entries({ since, until, badge, event })) {
      if (input.value.trim()) query.set(name, input.value.trim());
    }
    if (more && next) query.set("before", next);
    fill(said);
    try {
      const page = await get(`/v1/audit?${query}`);
      if (event.children.length === 1) event.append(...page.events.map((one) => h("option", { value: one.code }, one.words)));
      if (!more) fill(rows);
      rows.append(...page.lines.map((one) => h("tr", null, h("td", null, moment(one.at)), h("td", null, one.words))));
      if (!rows.children.length) fill(said, h("span", null, t("admin.audit.none")));
      next = page.next;
      older.hidden = next === null;
    } catch (problem) {
      if (problem.status === 401) refused(problem);
      else fill(said, failure(problem));
    }
  }

  function search(press) {
    press.preventDefault();
    void read(false);
  }

  const element = h(
    "div",
    null,
    h(
      "form.audit",
      { onsubmit: search },
      line(since, t("admin.since")),
      line(until, t("admin.until")),
      line(event, t("admin.event")),
      line(badge, t("signin.badge")),
      h("button.button.main", { type: "submit" }, t("admin.find")),
    ),
    said,
    h("div.sessions", null, h("table.log", null, rows)),
    older,
  );
  return { element, look: () => read(false) };
}

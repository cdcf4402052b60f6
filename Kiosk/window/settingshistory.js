import { get } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";

/**
 * 配置变更: every configuration that was in force, with who applied it, when, and what it changed.
 *
 * @param {(problem: any) => void} refused called when this session has ended
 */
export function settingsPart(refused) {
  const list = h("div.history", { role: "group", "aria-label": t("admin.settings") });

  const failed = (problem, region) =>
    problem.status === 401
      ? refused(problem)
      : fill(region, h("p.said", { role: "alert" }, icon("warn"), h("span", null, problem.title)));

  async function look() {
    try {
      const { entries } = await get("/v1/settings/history");
      fill(list, entries.length ? entries.map(row) : h("p.hint", null, t("admin.settings.none")));
    } catch (problem) {
      failed(problem, list);
    }
  }

  /** @param {API.SettingsEntry} entry */
  function row(entry) {
    const lines = h("pre");
    const by = entry.by === "start" || entry.by === "signal" || entry.by === "operator" ? t(`admin.by.${entry.by}`) : entry.by;
    async function open(event) {
      if (!event.target.open || lines.textContent) return;
      try {
        const { difference } = await get(`/v1/settings/history/${entry.number}`);
        lines.textContent = difference.join("\n");
      } catch (problem) {
        failed(problem, lines);
      }
    }
    return h(
      "details",
      { ontoggle: open },
      h("summary", null, `${entry.number} · ${moment(entry.at)} · ${by} · ${entry.sections.join("、") || t("admin.settings.whole")}`),
      lines,
    );
  }

  return { element: list, look };
}

/** 2026-11-23 09:00:00, in the hall's own time as it was written. */
export const moment = (text) => text.slice(0, 19).replace("T", " ");

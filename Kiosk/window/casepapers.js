import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** @typedef {{ material: string, originals: number, copies: number, seen: boolean, electronic: boolean }} Paper */
/** @typedef {{ element: HTMLElement, all: () => void, papers: () => Paper[] }} PaperRows */

/** The counts that the list asks for of one material. */
function needed({ originals, copies }) {
  const parts = [originals ? t("cases.originals", { count: originals }) : "", copies ? t("cases.copies", { count: copies }) : ""].filter(Boolean);
  return parts.join(" ") || t("cases.one");
}

/**
 * A line for each material with the counts that were received. Enter goes to the next line.
 *
 * @param {{ name: string, originals: number, copies: number, shared?: boolean, necessity?: string, asked?: boolean }[]} materials
 * @returns {PaperRows}
 */
export function paperRows(materials) {
  const rows = materials.map((one, index) => {
    const count = (kind) => h("input", { type: "number", min: 0, max: 50, value: "0", "aria-label": `${one.name} ${t(`cases.${kind}.column`)}`, "data-row": String(index) });
    const box = (kind) => h("input", { type: "checkbox", "aria-label": `${one.name} ${t(`cases.${kind}.column`)}` });
    return { one, originals: count("originals"), copies: count("copies"), seen: box("seen"), electronic: box("electronic") };
  });

  /** Enter goes to the next line's count, and from the last one out of the table. */
  function down(event) {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || event.target.dataset.row === undefined) return;
    const next = rows[Number(event.target.dataset.row) + 1];
    if (!next) return;
    event.preventDefault();
    const kind = rows[Number(event.target.dataset.row)].originals === event.target ? "originals" : "copies";
    next[kind].focus();
    next[kind].select();
  }

  const element = h(
    "table.papers",
    { onkeydown: down },
    h(
      "thead",
      null,
      h("tr", null, ["material", "needed", "originals", "copies", "seen", "electronic"].map((one) => h("th", { scope: "col" }, t(`cases.${one}.column`)))),
    ),
    h(
      "tbody",
      null,
      rows.map(({ one, originals, copies, seen, electronic }) =>
        h(
          "tr",
          null,
          h("th", { scope: "row", lang: "zh-Hans" }, one.name, one.necessity ? h("small", null, ` ${one.necessity}`) : null, one.shared ? h("small", null, ` ${t("cases.shared")}`) : null),
          h("td", null, needed(one)),
          h("td", null, originals),
          h("td", null, copies),
          h("td", null, seen),
          h("td", null, electronic),
        ),
      ),
    ),
  );

  return {
    element,
    /** Fills in what the list asks for: where it wants copies the original is compared and given back at once. */
    all() {
      for (const { one, originals, copies, seen } of rows) {
        if (one.shared || one.asked === false) continue;
        copies.value = String(one.copies);
        originals.value = one.copies ? "0" : String(Math.max(1, one.originals));
        seen.checked = one.copies > 0 && one.originals > 0;
      }
    },
    papers: () =>
      rows
        .map(({ one, originals, copies, seen, electronic }) => ({
          material: one.name,
          originals: Number(originals.value) || 0,
          copies: Number(copies.value) || 0,
          seen: seen.checked,
          electronic: electronic.checked,
        }))
        .filter((one) => one.originals || one.copies || one.seen || one.electronic),
  };
}

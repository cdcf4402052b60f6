import { focusedElement, h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { factsOf, groups } from "../../shared/inquiry.js";
import { dataLanguage, t } from "../../shared/words.js";
import { elsewhereNote } from "./elsewhere.js";
import { reservePress } from "./reserve.js";
import { heading, itemTitle, named, pager, takePress, tile } from "./parts.js";

const small = window.matchMedia("(orientation: landscape) and (max-height: 900px)");
const needs = { 必要: "item.need.must", 容缺后补: "item.need.later", 非必要: "item.need.ifAny" };

/**
 * The number of copies of a material, in words.
 *
 * @param {API.ChecklistEntry["choices"][number]} material
 */
export function copies(material) {
  const most = Math.max(material.originals, material.copies, 1);
  if (material.kind === "form") return t("copies.form", { count: most });
  if (material.kind === "original_or_copy") return t("copies.either", { count: most });
  return [
    material.originals > 0 ? t("copies.original", { count: material.originals }) : "",
    material.copies > 0 ? t("copies.copy", { count: material.copies }) : "",
  ].filter(Boolean).join(" ");
}

/**
 * The words behind a material's name: substitutes, and how necessary it is.
 *
 * @param {API.ChecklistEntry["choices"][number]} material
 */
export function marksOf(material) {
  return [
    material.behind ? h("span.mark", null, t(`item.behind.${material.behind}`)) : null,
    h("span.mark.need", null, t(needs[material.necessity])),
  ];
}

/**
 * The details of a material: when it is needed, which kind, from where, whether it may be handed in later.
 *
 * @param {API.ChecklistEntry["choices"][number]} material
 */
export function notes(material) {
  const list = [];
  const data = (text) => list.push(h("span", { lang: dataLanguage() }, text));
  const word = (key, values) => list.push(h("span", null, t(key, values)));
  if (material.only_when) word("item.when", { label: material.only_when });
  if (material.any_of.length) word("item.anyOf", { list: material.any_of.join("；") });
  if (material.source) word("item.source", { source: material.source });
  if (material.form) data(material.form);
  if (material.obtain) word("item.obtain", { way: material.obtain });
  if (material.standard) data(material.standard);
  if (material.note) data(material.note);
  return list;
}

/**
 * For a page in another language: the item's official Chinese name, and a hint that list and notice are in Chinese only.
 *
 * @param {API.Item} known
 */
function chineseToo(known) {
  if (!dataLanguage()) return null;
  return h("p.hint", null, known.name_en ? named(known.name) : null, " ", t("item.chineseOnly"));
}

function choiceLine(one) {
  return h("span.one", null, named(one.name), " ", h("span.copies", null, copies(one)), marksOf(one), notes(one));
}

/**
 * The answers in words, then what the item is.
 *
 * @param {API.Item} known
 * @param {string[]} answers
 */
function facts(known, answers) {
  const labels = known.situations.filter((one) => answers.includes(one.key)).map((one) => one.label);
  const lines = [labels.join("；"), ...factsOf(known.told)];
  return h("ul.facts", { lang: dataLanguage() }, lines.filter(Boolean).map((text) => h("li", null, text)));
}

/**
 * Marks all materials as had (有), or removes all marks.
 *
 * @param {import("../../shared/inquiry.js").Inquiry} inquiry
 * @param {(change: () => void) => void} mark
 */
function allPress(inquiry, mark) {
  return h(
    "button.button.all",
    { type: "button", "aria-pressed": String(inquiry.isComplete), "data-mark": "all", onclick: () => mark(() => inquiry.markAll()) },
    inquiry.isComplete ? icon("check") : null,
    h("span", null, t("mark.all")),
  );
}

/**
 * The checklist for these answers, with the marks of what is missing, and the two buttons: a notice, a number.
 *
 * @param {Pages.App} app
 * @param {{ item: API.Item, inquiry: import("../../shared/inquiry.js").Inquiry, list: API.Checklist }} values
 */
export function checklist(app, values) {
  const known = values.item;
  const { inquiry, list } = values;
  const { marks, answers } = inquiry;
  const missing = () => inquiry.marked("missing").length;

  function mark(change) {
    change();
    const before = focusedElement()?.dataset.mark;
    app.rebuild();
    const again = before && document.querySelector(`[data-mark="${before}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }

  function marker(index, kind) {
    return h(
      `button.button.mark-${kind}`,
      {
        type: "button",
        "aria-pressed": String(marks[index] === kind),
        "aria-label": t(`mark.${kind}.of`, { name: list.bring[index].name }),
        "data-mark": `${kind}-${index}`,
        "data-repeats": true,
        onclick: () => mark(() => inquiry.mark(index, kind)),
      },
      t(`mark.${kind}`),
    );
  }

  function line(group, entry, index) {
    const single = entry.choices.length === 1;
    const one = entry.choices[0];
    const marked = group === "bring" ? marks[index] : undefined;
    return h(
      marked ? `li.is-${marked}` : "li",
      null,
      h(
        "span.what",
        null,
        h("span.name", null, named(entry.name, "strong"), single ? marksOf(one) : null),
        single
          ? h("small", null, notes(one))
          : h("small", null, h("span", null, t("item.oneOf")), entry.choices.map(choiceLine)),
      ),
      single ? h("span.copies", null, copies(one)) : null,
      group === "bring"
        ? h("span.marks", { role: "group" }, marker(index, "have"), marker(index, "missing"))
        : null,
    );
  }

  const groupLine = (group) => `item.group.${group}.line${app.hasQueue || group === "bring" ? "" : ".station"}`;

  function materials() {
    if (groups.every((group) => !list[group].length)) return h("p.hint", null, t("item.nothing"));
    return groups.map((group) => {
      if (!list[group].length) return null;
      return h(
        `section.group-${group}`,
        null,
        h("h2", null, t(`item.group.${group}`), h("small", null, t(groupLine(group)))),
        h("ul", null, list[group].map((entry, index) => line(group, entry, index))),
      );
    });
  }

  const printLine = () => {
    if (!app.hasPrinter) return t("item.print.line.none");
    return missing() ? t("item.print.missing", { count: missing() }) : t("item.print.line");
  };

  // In the largest letters the facts are part of the paged list: on a small panel, and where the hours of a closed hall need room.
  const tight = app.settings.size === "extra" && (small.matches || !app.isOpen);
  return h(
    "div.layout",
    null,
    h("div.head", null, heading(itemTitle(known)), chineseToo(known), tight ? null : facts(known, answers)),
    pager(h("div.materials", null, tight ? facts(known, answers) : null, elsewhereNote(known.elsewhere, true), materials()), t("item.bring")),
    h(
      "div.press",
      null,
      list.bring.length ? allPress(inquiry, mark) : null,
      h(
        "div.tiles",
        null,
        tile({
          name: app.hasPrinter ? "print" : "list",
          title: app.paperWords("item.print"),
          line: printLine(),
          main: missing() > 0 || known.elsewhere !== null,
          className: "print",
          act: () => app.printNotice(known.code, answers, { have: inquiry.marked("have"), missing: inquiry.marked("missing") }, { item: known, inquiry }),
        }),
        takePress(app, known, missing() ? "item.take.missing" : "item.take.line", !missing()),
        known.elsewhere ? null : reservePress(app, { items: [known.code], lane: known.lane || undefined, name: known.name }),
      ),
    ),
  );
}

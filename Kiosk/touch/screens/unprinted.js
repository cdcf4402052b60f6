import { h } from "../../shared/dom.js";
import { factsOf, groups } from "../../shared/inquiry.js";
import { dataLanguage, t } from "../../shared/words.js";
import { copies, marksOf, notes } from "./checklist.js";
import { heading, itemTitle, named, pager, takePress, tile } from "./parts.js";

/**
 * Shown where no notice can be made, as at a kiosk whose machine is cut off: the checklist with what the resident lacks, and where a
 * notice with a number can be had.
 *
 * @param {Pages.App} app
 * @param {{ item: API.Item, inquiry: import("../../shared/inquiry.js").Inquiry, again: () => void }} values
 */
export function unprinted(app, { item, inquiry, again }) {
  const list = /** @type {API.Checklist} */ (inquiry.list);

  function material(one) {
    return h("span.one", null, named(one.name), " ", h("span.copies", null, copies(one)), marksOf(one), notes(one));
  }

  function line(group, entry, index) {
    const [one] = entry.choices;
    const single = entry.choices.length === 1;
    const isMissing = group === "bring" && inquiry.marks[index] === "missing";
    return h(
      isMissing ? "li.is-missing" : "li",
      null,
      h(
        "span.what",
        null,
        h("span.name", null, named(entry.name, "strong"), single ? marksOf(one) : null, isMissing ? h("span.mark.lacks", null, t("mark.missing")) : null),
        h("small", null, single ? notes(one) : [h("span", null, t("item.oneOf")), entry.choices.map(material)]),
      ),
      single ? h("span.copies", null, copies(one)) : null,
    );
  }

  function materials() {
    if (groups.every((group) => !list[group].length)) return h("p.hint", null, t("item.nothing"));
    return groups.map((group) =>
      list[group].length
        ? h(`section.group-${group}`, null, h("h2", null, t(`item.group.${group}`)), h("ul", null, list[group].map((entry, index) => line(group, entry, index))))
        : null,
    );
  }

  // In the largest letters the explanation is part of the paged list, as the facts of a checklist are.
  const isTight = () => app.settings.size === "extra";
  const text = () => h("p.large", null, t("unprinted.text"));
  const facts = factsOf(item.told).filter(Boolean);
  return {
    key: () => JSON.stringify([app.isOpen, app.hasPrinter, app.hall.day, app.settings.size]),
    build: () =>
      h(
        "div.layout.unprinted",
        null,
        h("div.head", { role: "alert" }, heading(t(app.hasPrinter ? "unprinted.title" : "unprinted.title.none")), isTight() ? null : text()),
        pager(
          h(
            "div.materials",
            null,
            isTight() ? text() : null,
            h("p", null, h("strong", null, itemTitle(item))),
            materials(),
            facts.length ? h("ul.facts", { lang: dataLanguage() }, facts.map((fact) => h("li", null, fact))) : null,
          ),
          t("item.bring"),
        ),
        h(
          "div.press",
          null,
          h(
            "div.tiles",
            null,
            tile({ name: app.hasPrinter ? "print" : "list", title: t("problem.again"), act: again }),
            takePress(app, item, inquiry.marked("missing").length ? "item.take.missing" : "item.take.line", false),
          ),
        ),
      ),
  };
}

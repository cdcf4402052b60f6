import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { dataLanguage, t } from "../../shared/words.js";

/**
 * The title of what this hall does not do.
 *
 * @param {NonNullable<API.Elsewhere>} elsewhere
 */
export function elsewhereTitle(elsewhere) {
  return t(`elsewhere.${elsewhere.kind}`);
}

function office(one) {
  return h(
    "li",
    { lang: dataLanguage() },
    h("strong", null, one.name),
    h("span", null, [one.address, one.hours].filter(Boolean).join("；")),
    one.phone ? h("span.phone", null, one.phone) : null,
  );
}

/**
 * Where the item is done instead, shown before any number; nothing for an item that this hall does.
 *
 * @param {API.Elsewhere} elsewhere
 */
export function elsewhereNote(elsewhere, whole = false) {
  if (!elsewhere) return null;
  const shown = whole ? elsewhere.places : elsewhere.places.slice(0, 1);
  const more = elsewhere.places.length - shown.length;
  return h(
    "section.elsewhere",
    { role: "note" },
    icon("arrow"),
    h(
      "div",
      null,
      h("strong", null, elsewhereTitle(elsewhere)),
      elsewhere.reason ? h("p", { lang: dataLanguage() }, elsewhere.reason) : null,
      shown.length ? h("ul", null, shown.map(office)) : h("p", null, t("elsewhere.ask")),
      more > 0 ? h("p", null, t("elsewhere.more", { count: more })) : null,
    ),
  );
}

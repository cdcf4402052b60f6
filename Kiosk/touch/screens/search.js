import { fill, h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { longestQuery } from "../finder.js";
import { keyboard } from "../keyboard.js";
import { chip, departmentTitle, heading, itemTitle, pager } from "./parts.js";

/**
 * Search by initials, full pinyin or Chinese, as one types.
 *
 * @param {Pages.App} app
 */
export function search(app) {
  let query = "";

  const field = h("input.query", {
    type: "text",
    id: "query",
    inputmode: "none",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: longestQuery,
    placeholder: t("search.placeholder"),
    "aria-label": t("search.title"),
    oninput: () => typed(field.value),
  });
  const results = h("ul.items", null);
  const said = h("p.hint", { role: "status" }, t("search.hint"));

  function typed(text) {
    query = text.slice(0, longestQuery);
    if (field.value !== query) field.value = query;
    app.refresh();
    if (!query.trim()) {
      fill(results);
      said.textContent = t("search.hint");
    } else if (app.finder) {
      show(app.finder.find(query));
    } else {
      said.textContent = t("search.failed");
    }
    app.arrange();
  }

  function show(codes) {
    const count = codes.length;
    // More hits than are shown are narrowed by typing further.
    const { search_hits: most } = app.hall.shown;
    if (!count) said.textContent = t("search.nothing");
    else said.textContent = count > most ? t("search.many", { count, most }) : t("search.found", { count });
    const items = codes.slice(0, most).map((code) => app.known.get(code)).filter(Boolean);
    fill(
      results,
      items.map((one) => h("li", null, chip(itemTitle(one), () => app.show("item", { code: one.code }), departmentTitle(app, one.department, "small")))),
    );
  }

  return {
    left: () => {
      field.value = "";
    },
    shown: () => field.focus({ preventScroll: true }),
    build: () => {
      const keys = keyboard({
        letter: (letter) => typed(query + letter),
        erase: () => typed(query.slice(0, -1)),
        clear: () => typed(""),
      });
      const hits = pager(h("div", null, results), t("search.results"));
      return h(
        "div.layout",
        null,
        h("div.head", null, heading(t("search.title")), said),
        h("div.field", null, icon("search"), field),
        hits,
        // Hidden while somebody types, who is then looking for something else.
        h(
          "button.button.quiet.old-notice",
          { type: "button", hidden: () => query.trim() !== "", onclick: () => app.show("noticeCode") },
          icon("list"),
          h("span", null, t("oldNotice.button")),
        ),
        keys,
      );
    },
  };
}

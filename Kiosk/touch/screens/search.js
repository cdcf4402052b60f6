import { get } from "../../shared/api.js";
import { fill, h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { keyboard } from "../keyboard.js";
import { chip, heading, pager } from "./parts.js";

/** Milliseconds of rest between a key and the question to the server. */
const rest = 120;
/** Letters that one search may have; the longest name of an item has fewer. */
const longest = 40;

/** Search by initials, full pinyin or Chinese, as one types. */
export function search(app) {
  let query = "";
  let timer = null;
  let controller = null;

  const field = h("input.query", {
    type: "text",
    id: "query",
    inputmode: "none",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: longest,
    placeholder: t("search.placeholder"),
    "aria-label": t("search.title"),
    oninput: () => typed(field.value),
  });
  const results = h("ul.items", null);
  const said = h("p.hint", { role: "status" }, t("search.hint"));

  function typed(text) {
    query = text.slice(0, longest);
    if (field.value !== query) field.value = query;
    clearTimeout(timer);
    if (controller) controller.abort();
    if (!query.trim()) {
      fill(results);
      said.textContent = t("search.hint");
      return;
    }
    timer = setTimeout(find, rest);
  }

  async function find() {
    const asked = new AbortController();
    controller = asked;
    try {
      const answer = await get(`/v1/items?q=${encodeURIComponent(query.trim())}`, { signal: asked.signal });
      if (!asked.signal.aborted) show(answer.items);
    } catch {
      if (!asked.signal.aborted) said.textContent = t("search.failed");
    }
  }

  function show(items) {
    said.textContent = items.length ? t("search.found", { count: items.length }) : t("search.nothing");
    fill(
      results,
      items.map((one) => h("li", null, chip(one.name, () => app.show("item", { code: one.code }), one.department))),
    );
  }

  return {
    left: () => {
      clearTimeout(timer);
      if (controller) controller.abort();
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
        hits,
        h("div.press", null, h("div.field", null, icon("search"), field), keys),
      );
    },
  };
}

import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { departmentTitle, departments, frequentItems, heading, pager } from "./parts.js";

/**
 * 先看要带什么: the departments, the frequent items and the search.
 *
 * @param {Pages.App} app
 */
export function browse(app) {
  return {
    key: () => JSON.stringify([departments(app), app.hall.frequent]),
    build: () =>
      h(
        "div.layout",
        null,
        h("div.head", null, heading(t("browse.title")), h("p.hint", null, t("browse.hint"))),
        h(
          "div.press",
          null,
          h(
            "button.button.main.find",
            { type: "button", onclick: () => app.show("search") },
            icon("search"),
            h("span", null, t("search.button")),
          ),
          pager(
            h(
              "div",
              null,
              h(
                "div.grid.departments",
                null,
                departments(app).map(([name, count]) =>
                  h(
                    "button.button.chip",
                    { type: "button", onclick: () => app.show("department", { name }) },
                    departmentTitle(app, name),
                    h("small", null, t("browse.count", { count })),
                  ),
                ),
              ),
              frequentItems(app, (code) => app.show("item", { code })),
            ),
            t("browse.title"),
          ),
        ),
      ),
  };
}

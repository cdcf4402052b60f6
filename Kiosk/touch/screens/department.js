import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { departmentTitle, heading, itemLine, pager } from "./parts.js";

/**
 * The items of one department.
 *
 * @param {Pages.App} app
 */
export function department(app, { name }) {
  const items = () => app.inLists(app.catalogue.filter((one) => one.department === name));
  return {
    key: () => JSON.stringify(items().map((one) => one.code)),
    build: () =>
      h(
        "div.layout",
        null,
        h("div.head", null, heading(departmentTitle(app, name)), h("p.hint", null, t("department.hint"))),
        h(
          "div.press",
          null,
          pager(
            h(
              "ul.items",
              null,
              items().map((one) => itemLine(app, one)),
            ),
            name,
          ),
        ),
      ),
  };
}

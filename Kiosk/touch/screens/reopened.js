import { dateWords } from "../../shared/clock.js";
import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { groups } from "../../shared/inquiry.js";
import { dataLanguage, t } from "../../shared/words.js";
import { heading, named, pager, tile } from "./parts.js";

/**
 * An earlier notice: its list as it was printed, what has changed since, and a new one to print.
 *
 * @param {Pages.App} app
 * @param {{ notice: API.Notice, there: boolean }} values
 */
export function reopened(app, { notice, there }) {
  const lines = notice.lines || [];
  const changes = notice.changes || [];
  const differs = changes.length > 0;

  function verdict() {
    if (!there) return t("oldNotice.gone");
    if (!notice.lines) return t("oldNotice.unknown");
    return t(differs ? "oldNotice.changed" : "oldNotice.same");
  }

  function line(one) {
    return h(
      one.since ? `li.since-${one.since}` : "li",
      null,
      h(
        "span.what",
        null,
        h("span.name", null, named(one.name, "strong"), one.since ? h("span.mark", null, t(`oldNotice.${one.since}.mark`)) : null),
      ),
      h("span.copies", { lang: dataLanguage() }, one.copies),
    );
  }

  function list() {
    return groups.map((group) => {
      const mine = lines.filter((one) => one.group === group);
      if (!mine.length) return null;
      return h(`section.group-${group}`, null, h("h2", null, t(`item.group.${group}`)), h("ul", null, mine.map(line)));
    });
  }

  /** Opens the item with the old answers; where the questions have changed so that they are not enough, it asks again. */
  const show = () =>
    app.show("item", notice.answers_hold ? { code: notice.item, answers: notice.situations } : { code: notice.item });
  const print = () => (notice.answers_hold ? app.printNotice(notice.item, notice.situations) : show());

  return {
    key: () => JSON.stringify([there, app.hasPrinter]),
    build: () =>
      h(
        "div.layout",
        null,
        h(
          "div.head",
          null,
          heading(named(notice.item_name || app.itemName(notice.item))),
          h("p.hint", null, t("oldNotice.printed", { day: dateWords(Date.parse(notice.issued_at)), number: notice.number })),
          h(
            differs || !there ? "p.verdict.differs" : "p.verdict",
            { role: "status" },
            icon(differs || !there ? "bell" : "check"),
            h("strong", null, verdict()),
          ),
        ),
        pager(
          h(
            "div.materials",
            null,
            differs
              ? h(
                "section.changes",
                null,
                h("h2", null, t("oldNotice.changes")),
                h("ul", { lang: dataLanguage() }, changes.map((words) => h("li", null, words))),
              )
              : null,
            list(),
          ),
          t("oldNotice.list"),
        ),
        h(
          "div.press",
          null,
          h(
            "div.tiles",
            null,
            there
              ? tile({
                name: app.hasPrinter ? "print" : "list",
                title: app.paperWords("oldNotice.print"),
                line: app.paperWords("oldNotice.print.line"),
                main: differs,
                className: "print",
                act: print,
              })
              : tile({ name: "search", title: t("home.search"), main: true, act: () => app.show("search") }),
            there ? tile({ name: "list", title: t("oldNotice.show"), main: !differs, act: show }) : null,
          ),
        ),
      ),
  };
}

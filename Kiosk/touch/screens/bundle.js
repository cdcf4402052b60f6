import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { groups } from "../../shared/inquiry.js";
import { t } from "../../shared/words.js";
import { copies, marksOf, notes } from "./checklist.js";
import { chip, closedLine, heading, named, pager, tile, windowWords } from "./parts.js";

/**
 * 一件事一次办: the bundles of the catalogue.
 *
 * @param {Pages.App} app
 */
export function bundles(app) {
  return {
    key: () => JSON.stringify(app.bundles.map((one) => one.code)),
    build: () =>
      h(
        "div.layout",
        null,
        h("div.head", null, heading(t("bundles.title")), h("p.hint", null, t("bundles.hint"))),
        h(
          "div.press",
          null,
          pager(
            h("div.chips.bundles", null, app.bundles.map((one) => chip(one.name, () => app.show("bundle", { code: one.code, name: one.name })))),
            t("bundles.title"),
          ),
        ),
      ),
  };
}

/**
 * One bundle: which lanes its number visits, and one list for all its items.
 *
 * @param {Pages.App} app
 * @param {{ code: string, name: string, bundle?: API.Bundle }} values
 */
export function bundle(app, values) {
  let failed = false;
  const controller = new AbortController();
  if (!values.bundle) load();

  async function load() {
    failed = false;
    try {
      values.bundle = await get(`/v1/bundles/${encodeURIComponent(values.code)}`, { signal: controller.signal });
    } catch {
      if (controller.signal.aborted) return;
      failed = true;
    }
    app.refresh();
    app.lead();
  }

  const material = (one) => h("span.one", null, named(one.name), " ", h("span.copies", null, copies(one)), marksOf(one), notes(one));

  /** @param {API.ChecklistEntry} entry */
  function line(entry) {
    const [one] = entry.choices;
    const single = entry.choices.length === 1;
    return h(
      "li",
      null,
      h(
        "span.what",
        null,
        h("span.name", null, named(entry.name, "strong"), single ? marksOf(one) : null),
        h("small", null, single ? notes(one) : [h("span", null, t("item.oneOf")), entry.choices.map(material)]),
      ),
      single ? h("span.copies", null, copies(one)) : null,
    );
  }

  /** @param {API.Bundle} known */
  function materials(known) {
    if (groups.every((group) => !known[group].length)) return h("p.hint", null, t("item.nothing"));
    return groups.map((group) =>
      known[group].length
        ? h(`section.group-${group}`, null, h("h2", null, t(`item.group.${group}`)), h("ul", null, known[group].map(line)))
        : null,
    );
  }

  /** @param {API.Bundle} known */
  function press(known) {
    if (!app.hasQueue) return null;
    if (!app.isOpen) return closedLine(app);
    const here = known.items.filter((one) => one.elsewhere === null);
    return tile({
      name: "ticket",
      title: t("bundle.take"),
      line: t("bundle.take.line", { count: here.length }),
      main: true,
      disabled: here.length === 0,
      act: () => app.takeTicket({ items: here.map((one) => one.code) }),
    });
  }

  /** @param {API.Bundle} known */
  function way(known) {
    return known.lanes.map((one) => `${one.letter} ${one.name}（${windowWords(one.windows)}）`).join(" → ");
  }

  return {
    key: () => JSON.stringify([Boolean(values.bundle), failed, app.isOpen]),
    left: () => controller.abort(),
    build: () => {
      const known = values.bundle;
      if (!known) {
        return h(
          "div.layout",
          null,
          h("div.head", null, heading(named(values.name)), h("p.large", { role: "status" }, t(failed ? "item.failed" : "item.loading"))),
          h("div.press", null, failed ? tile({ name: "list", title: t("problem.again"), main: true, act: load }) : null),
        );
      }
      return h(
        "div.layout",
        null,
        h(
          "div.head",
          null,
          heading(named(known.name)),
          h("p.hint", null, t("bundle.items", { items: known.items.map((one) => one.name).join("、") })),
          known.lanes.length ? h("p.hint", null, t("bundle.way", { way: way(known) })) : null,
        ),
        pager(h("div.materials", null, materials(known)), t("item.bring")),
        h("div.press", null, h("div.tiles", null, press(known))),
      );
    },
  };
}

import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { dataLanguage, t } from "../../shared/words.js";
import { closedWords, heading, named, pager, tile, windowWords } from "./parts.js";

const groups = ["bring", "fill", "spare"];

const small = window.matchMedia("(orientation: landscape) and (max-height: 900px)");
/** As many situations as stand beside the two presses on a small panel. */
const fewSituations = 4;

/** In which of the notice's three groups a material stands: 必带, 现场填写, 可不带. */
export function groupOf(material) {
  if (material.kind === "form") return "fill";
  return material.electronic ? "spare" : "bring";
}

/** An item: what to bring, and the two presses that follow from knowing it. */
export function item(app, { code }) {
  let known = null;
  let failed = false;
  const chosen = new Set();
  const controller = new AbortController();

  load();

  async function load() {
    failed = false;
    try {
      known = await get(`/v1/items/${encodeURIComponent(code)}`, { signal: controller.signal });
    } catch {
      if (controller.signal.aborted) return;
      failed = true;
    }
    app.refresh();
  }

  const needed = (material) => !material.when || chosen.size === 0 || chosen.has(material.when);

  function situationLabel(key) {
    const found = known.situations.find((one) => one.key === key);
    return found ? found.label : "";
  }

  function copies(material) {
    const parts = [];
    if (material.kind === "form") return t("copies.form", { count: Math.max(material.originals, material.copies, 1) });
    if (material.kind === "original_or_copy") return t(
      "copies.either",
      { count: Math.max(material.originals, material.copies, 1) },
    );
    if (material.originals > 0) parts.push(t("copies.original", { count: material.originals }));
    if (material.copies > 0) parts.push(t("copies.copy", { count: material.copies }));
    return parts.join(" ");
  }

  function line(material) {
    const notes = [];
    if (material.when && chosen.size === 0) notes.push(t("item.when", { label: situationLabel(material.when) }));
    else if (!material.required && !material.when) notes.push(t("item.ifAny"));
    if (material.any_of && material.any_of.length) notes.push(t("item.anyOf", { list: material.any_of.join("；") }));
    if (material.note) notes.push(material.note);
    return h(
      "li",
      null,
      h("span.box-mark", { "aria-hidden": "true" }, ""),
      h(
        "span.what",
        null,
        named(material.name, "strong"),
        notes.length ? h("small", { lang: dataLanguage() }, notes.join("；")) : null,
      ),
      h("span.copies", null, copies(material)),
    );
  }

  function materials() {
    const shown = known.materials.filter(needed);
    if (!shown.length) return h("p.hint", null, t("item.nothing"));
    return h(
      "div.materials",
      null,
      groups.map((group) => {
        const here = shown.filter((material) => groupOf(material) === group);
        if (!here.length) return null;
        return h(
          `section.group-${group}`,
          null,
          h("h2", null, t(`item.group.${group}`), h("small", null, t(`item.group.${group}.line`))),
          h("ul", null, here.map(line)),
        );
      }),
    );
  }

  function situations() {
    if (!known.situations.length) return null;
    const choose = (key) => {
      if (chosen.has(key)) chosen.delete(key);
      else chosen.add(key);
      app.rebuild();
      const again = document.querySelector(`[data-situation="${CSS.escape(key)}"]`);
      if (again) again.focus({ preventScroll: true });
    };
    return h(
      "fieldset.situations",
      null,
      h("legend", null, t("item.situations")),
      h(
        "div.chips",
        null,
        known.situations.map((one) =>
          h(
            "button.button.chip",
            {
              type: "button",
              "aria-pressed": String(chosen.has(one.key)),
              "data-situation": one.key,
              "data-repeats": true,
              onclick: () => choose(one.key),
            },
            chosen.has(one.key) ? icon("check") : null,
            named(one.label),
          ),
        ),
      ),
    );
  }

  function facts() {
    const list = [];
    if (known.promise) list.push(t("item.promise", { limit: known.promise }));
    if (known.fee) list.push(known.fee);
    if (app.hall.mode !== "undifferentiated" || known.police_only) list.push(windowWords(known.windows));
    return h("ul.facts", { lang: dataLanguage() }, list.filter(Boolean).map((text) => h("li", null, text)));
  }

  function takePress() {
    if (!app.isOpen) {
      const words = closedWords(app);
      return h("p.closed-line", null, icon("clock"), h("span", null, h("strong", null, words.title), " ", words.text));
    }
    const lane = app.hall.lanes.find((one) => one.letter === known.lane);
    const full = lane && !lane.accepting;
    return tile({
      name: "ticket",
      title: t("take.button"),
      line: full ? t("home.full") : t("item.take.line"),
      disabled: full,
      main: true,
      act: () => app.takeTicket({ items: [code] }),
    });
  }

  /** On a small panel a long list of situations stands above the materials and turns with them. */
  function inList() {
    return small.matches && (known.situations.length > fewSituations || app.settings.size === "extra");
  }

  function ready() {
    return h(
      "div.layout",
      null,
      h("div.head", null, heading(named(known.name)), facts()),
      pager(h("div", null, inList() ? situations() : null, materials()), t("item.bring")),
      h(
        "div.press",
        null,
        inList() ? null : situations(),
        h(
          "div.tiles",
          null,
          tile({
            name: "print",
            title: t("item.print"),
            line: app.hasPrinter ? t("item.print.line") : t("item.print.none"),
            act: () => app.printNotice(code, Array.from(chosen)),
          }),
          takePress(),
        ),
      ),
    );
  }

  function waiting() {
    return h(
      "div.layout",
      null,
      h(
        "div.head",
        null,
        heading(named(app.itemName(code))),
        h("p.large", { role: "status" }, t(failed ? "item.failed" : "item.loading")),
      ),
      h("div.press", null, failed ? tile({ name: "list", title: t("problem.again"), main: true, act: load }) : null),
    );
  }

  return {
    key: () => JSON.stringify(
      [
        known !== null,
        failed,
        app.hall.day,
        app.hasPrinter,
        known && app.hall.lanes.find((one) => one.letter === known.lane)?.accepting,
      ],
    ),
    left: () => controller.abort(),
    build: () => (known ? ready() : waiting()),
  };
}

import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { Inquiry } from "../../shared/inquiry.js";
import { t } from "../../shared/words.js";
import { checklist } from "./checklist.js";
import { heading, named, tile } from "./parts.js";
import { question } from "./question.js";

/**
 * An item: what is to be asked of the resident's case, a question a screen, and then what to bring.
 *
 * `values` is what going back returns to: `{code, answers, item, inquiry, taking}`; `taking` when it was opened on the way to
 * a number, which is then to be had without an answer.
 */
export function item(app, values) {
  values.inquiry = values.inquiry || new Inquiry(values.code, values.answers);
  const { inquiry } = values;
  let failed = false;
  const controller = new AbortController();

  if (!inquiry.list || !values.item) load();

  async function load() {
    failed = false;
    const { signal } = controller;
    try {
      const path = `/v1/items/${encodeURIComponent(inquiry.code)}`;
      [values.item] = await Promise.all([get(path, { signal }), inquiry.look({ signal })]);
    } catch {
      if (signal.aborted) return;
      failed = true;
    }
    app.refresh();
    app.lead();
  }

  /** Goes on with the answers to one question; the screen changes once the hall has said what follows. */
  async function answer(keys) {
    const { code, item: known, taking } = values;
    const next = inquiry.with(keys);
    const go = async () => {
      if (await app.during(() => next.look(), go)) app.show("item", { code, item: known, inquiry: next, taking });
    };
    await go();
  }

  function waiting() {
    return h(
      "div.layout",
      null,
      h(
        "div.head",
        null,
        heading(named(app.itemName(values.code))),
        h("p.large", { role: "status" }, t(failed ? "item.failed" : "item.loading")),
      ),
      h("div.press", null, failed ? tile({ name: "list", title: t("problem.again"), main: true, act: load }) : null),
    );
  }

  const isKnown = () => Boolean(inquiry.list && values.item);
  const lane = () => values.item && app.hall.lanes.find((one) => one.letter === values.item.lane);
  return {
    key: () =>
      JSON.stringify([isKnown(), failed, app.hall.day, app.hasPrinter, lane() && lane().accepting]),
    left: () => controller.abort(),
    build: () => {
      if (!isKnown()) return waiting();
      return inquiry.question ? question(app, values, answer) : checklist(app, values);
    },
  };
}

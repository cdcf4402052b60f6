import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { Inquiry } from "../../shared/inquiry.js";
import { t } from "../../shared/words.js";
import { checklist } from "./checklist.js";
import { heading, named, tile } from "./parts.js";
import { question } from "./question.js";

/**
 * An item: the questions of the resident's case, one a screen, and then the checklist.
 *
 * `values` is restored by 返回: `{code, answers, item, inquiry, taking}`. `taking` is set when it was opened on the way to a number,
 * which can then be taken without answers.
 *
 * @param {Pages.App} app
 * @param {{ code: string, answers?: string[], item?: API.Item, inquiry?: Inquiry, taking?: boolean }} values
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
      const whole = get(`/v1/items/${encodeURIComponent(inquiry.code)}`, { signal });
      [values.item] = await Promise.all([whole, inquiry.look({ signal })]);
    } catch {
      if (signal.aborted) return;
      failed = true;
    }
    app.refresh();
    app.lead();
  }

  /** Adds the answers to one question; the screen changes once the hall's answer has come. */
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
  const lane = () => {
    const { item: known } = values;
    return known && app.hall.lanes.find((one) => one.letter === known.lane);
  };
  return {
    key: () =>
      JSON.stringify([isKnown(), failed, app.hall.day, app.hasPrinter, lane()?.accepting]),
    left: () => controller.abort(),
    build: () => {
      const { item: known, taking } = values;
      const { list } = inquiry;
      if (!list || !known) return waiting();
      if (list.question) return question(app, { item: known, question: list.question, taking }, answer);
      return checklist(app, { item: known, inquiry, list });
    },
  };
}

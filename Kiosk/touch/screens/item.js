import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { checklist } from "./checklist.js";
import { heading, named, tile } from "./parts.js";
import { question } from "./question.js";

/** The list for these answers and what to ask next, as the hall works it out. */
function listPath(code, answers) {
  return `/v1/items/${encodeURIComponent(code)}/checklist?answers=${encodeURIComponent(answers.join(","))}`;
}

/**
 * An item: what is to be asked of the resident's case, a question a screen, and then what to bring.
 *
 * `values` is what going back returns to: `{code, answers, item, list, marks, taking}`; `taking` when it was opened on the way to
 * a number, which is then to be had without an answer.
 */
export function item(app, values) {
  values.answers = values.answers || [];
  let failed = false;
  const controller = new AbortController();

  if (!values.list) load();

  async function load() {
    failed = false;
    const { signal } = controller;
    const { code, answers } = values;
    try {
      const [known, list] = await Promise.all([
        get(`/v1/items/${encodeURIComponent(code)}`, { signal }),
        get(listPath(code, answers), { signal }),
      ]);
      values.item = known;
      values.list = list;
    } catch {
      if (signal.aborted) return;
      failed = true;
    }
    app.refresh();
    app.lead();
  }

  /** Goes on with the answers to one question; the screen changes once the hall has said what follows. */
  async function answer(keys) {
    const { code } = values;
    const answers = values.answers.concat(keys);
    const go = async () => {
      const list = await app.during(() => get(listPath(code, answers)), go);
      if (list) app.show("item", { code, answers, item: values.item, list, taking: values.taking });
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

  const lane = () => values.item && app.hall.lanes.find((one) => one.letter === values.item.lane);
  return {
    key: () =>
      JSON.stringify([Boolean(values.list), failed, app.hall.day, app.hasPrinter, lane() && lane().accepting]),
    left: () => controller.abort(),
    build: () => {
      if (!values.list) return waiting();
      return values.list.question ? question(app, values, answer) : checklist(app, values);
    },
  };
}

import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { Marking } from "../../shared/inquiry.js";
import { t } from "../../shared/words.js";
import { elsewhereNote } from "./elsewhere.js";
import { heading, itemTitle, named, pager, takePress } from "./parts.js";

/**
 * One question about the resident's case, its answers as large as the screen allows.
 *
 * @param {Pages.App} app
 * @param {{ item: API.Item, question: API.Question, taking?: boolean }} values
 * @param {(keys: string[]) => void} answer
 */
export function question(app, values, answer) {
  const asked = values.question;
  const together = asked.choose === "any";
  // Of a few answers of which several may hold every combination is a button of its own.
  const few = together && !asked.one_by_one;

  const press = (title, note, act, attributes = {}) =>
    h(
      "button.button.answer",
      { type: "button", onclick: act, ...attributes },
      h("span.title", null, title),
      note ? h("span.line", null, note) : null,
    );

  const each = (one) => press(named(one.label), few ? t("question.only") : null, () => answer([one.key]));
  const none = () => press(t("question.none"), null, () => answer(asked.none ? [asked.none] : []));

  /** Several answers may hold: they are marked one by one, then 继续. */
  function marked() {
    const marking = new Marking();
    const go = h(
      "button.button.main.answer.go",
      { type: "button", disabled: true, onclick: () => answer(marking.keys) },
      h("span.title", null, t("question.go")),
    );
    const mark = (one) => {
      const button = press(
        named(one.label),
        null,
        () => {
          button.setAttribute("aria-pressed", String(marking.toggle(one.key)));
          go.disabled = marking.isEmpty;
        },
        { "aria-pressed": "false", "data-repeats": true },
      );
      button.prepend(icon("check"));
      return button;
    };
    return [asked.answers.map(mark), none(), go];
  }

  function answers() {
    if (!together) return asked.answers.map(each);
    if (!few) return marked();
    const all = () => answer(asked.answers.map((one) => one.key));
    return [
      asked.answers.map(each),
      asked.answers.length > 1 ? press(t("question.both"), null, all) : null,
      none(),
    ];
  }

  return h(
    "div.layout.asking",
    null,
    h(
      "div.head",
      null,
      h("p.hint", null, itemTitle(values.item)),
      heading(asked.ask ? named(asked.ask) : t("question.which")),
      together && !few ? h("p.hint", null, t("question.several")) : null,
      elsewhereNote(values.item.elsewhere),
    ),
    h(
      "div.press",
      null,
      pager(
        h("div.answers", { role: "group", "aria-label": t("question.answers") }, answers()),
        t("question.answers"),
      ),
      values.taking ? takePress(app, values.item, "question.take", false) : null,
    ),
  );
}

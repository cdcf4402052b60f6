import { h } from "../shared/dom.js";
import { Marking } from "../shared/inquiry.js";
import { dataLanguage, t } from "../shared/words.js";

/**
 * The answers to one question of an item, as buttons. Where several may hold they are marked one by one, and another button continues.
 *
 * @param {API.Question} asked
 * @param {(keys: string[]) => void} answer
 */
export function questionKeys(asked, answer) {
  const key = (label, act, more = {}) => h("button.button.small", { type: "button", onclick: act, ...more }, label);
  const data = { lang: dataLanguage() };
  if (asked.choose !== "any") return asked.answers.map((one) => key(one.label, () => answer([one.key]), data));
  const marking = new Marking();
  const mark = (event, one) => {
    event.currentTarget.setAttribute("aria-pressed", String(marking.toggle(one)));
    next.disabled = marking.isEmpty;
  };
  const next = h("button.button.small.main", { type: "button", disabled: true, onclick: () => answer(marking.keys) }, t("noticeFor.next"));
  return [
    asked.answers.map((one) => key(one.label, (event) => mark(event, one.key), { "aria-pressed": "false", ...data })),
    key(t("noticeFor.none"), () => answer(asked.none === null ? [] : [asked.none])),
    next,
  ];
}

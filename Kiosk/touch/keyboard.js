import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";

/** In the order of the alphabet, which those who never typed know too; each key as large as every other. */
const letters = ["ABCDEFG", "HIJKLMN", "OPQRSTU", "VWXYZ<>"];
/** Characters of a code on a slip, a telephone's digits beside the letters: no I, L, O and U, so that nothing is taken for 1 or 0. */
const codes = ["123ABCDEF", "456GHJKMN", "789PQRSTV", "<0>WXYZ"];

/** The keyboard on the screen: pinyin, or with `code` the characters of a slip's code. A key acts on its press; nothing depends on how fast one types. */
export function keyboard({ letter, erase, clear, code = false }) {
  const key = (content, label, act, className = "") =>
    h(
      `button.button.key${className}`,
      { type: "button", "aria-label": label, "data-repeats": true, onclick: act },
      content,
    );
  const special = {
    "<": () => key(t("keyboard.clear"), t("keyboard.clear"), clear, ".word"),
    ">": () => key(icon("delete"), t("keyboard.erase"), erase),
  };
  const rows = code ? codes : letters;
  return h(
    code ? "div.keyboard.codes" : "div.keyboard",
    { role: "group", "aria-label": t("keyboard.label") },
    rows.join("").split("").map((one) => (special[one] ? special[one]() : key(one, one, () => letter(one.toLowerCase())))),
  );
}

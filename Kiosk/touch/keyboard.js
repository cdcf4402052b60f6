import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";

const rows = ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

/** The pinyin keyboard on the screen. A key acts on its press; nothing depends on how fast one types. */
export function keyboard({ letter, erase, clear, digits = false }) {
  const key = (content, label, act, className = "") =>
    h(
      `button.button.key${className}`,
      { type: "button", "aria-label": label, "data-repeats": true, onclick: act },
      content,
    );
  return h(
    "div.keyboard",
    { role: "group", "aria-label": t("keyboard.label") },
    (digits ? ["1234567890", ...rows] : rows).map((row, place, all) =>
      h(
        "div.keys",
        null,
        row.split("").map((one) => key(one, one, () => letter(one.toLowerCase()))),
        place === all.length - 1 ? key(icon("delete"), t("keyboard.erase"), erase, ".wide") : null,
        place === all.length - 1 ? key(t("keyboard.clear"), t("keyboard.clear"), clear, ".wide") : null,
      ),
    ),
  );
}

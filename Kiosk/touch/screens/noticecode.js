import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { checkIn } from "../checkin.js";
import { keyboard } from "../keyboard.js";
import { heading, tile } from "./parts.js";

/** Characters of a code. */
const length = 12;

/** The typed text in capitals without other characters. The hall reads letters that look like 1 or 0 as these digits. */
function cleaned(text) {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, length);
}

/** Three groups of four, as on the paper. */
function grouped(code) {
  return (code.match(/.{1,4}/g) || []).join("-");
}

/**
 * Entry of the code of an old notice, or of a reservation, by keyboard: where the scanner cannot read it, or there is no scanner.
 *
 * @param {Pages.App} app
 */
export function noticeCode(app) {
  let code = "";
  const field = h("input.query", {
    type: "text",
    id: "notice-code",
    inputmode: "none",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: length + 2,
    placeholder: t("oldNotice.placeholder"),
    "aria-label": t("oldNotice.title"),
    oninput: () => typed(field.value),
    onkeydown: (event) => {
      if (event.key === "Enter") look();
    },
  });
  const go = tile({ name: "list", title: t("oldNotice.look"), main: true, act: look, disabled: true });

  function typed(text) {
    code = cleaned(text);
    field.value = grouped(code);
    go.disabled = code.length < length;
  }

  /** A reservation's code is turned into its number; any other is treated as a notice's. */
  async function look() {
    if (code.length !== length) return;
    const meaning = await app.during((press) => press.post("/v1/codes", { text: code }), look);
    if (!meaning) return;
    if (meaning.is === "reservation") await checkIn(app, meaning.id);
    else await app.openNotice(code);
  }

  return {
    left: () => {
      field.value = "";
    },
    shown: () => field.focus({ preventScroll: true }),
    build: () =>
      h(
        "div.layout",
        null,
        h("div.head", null, heading(t("oldNotice.title")), h("p.hint", null, t("oldNotice.hint"))),
        h("div.entry", null, h("div.field", null, icon("list"), field), h("div.tiles", null, go)),
        h(
          "div.press",
          null,
          keyboard({
            code: true,
            letter: (letter) => typed(code + letter),
            erase: () => typed(code.slice(0, -1)),
            clear: () => typed(""),
          }),
        ),
      ),
  };
}

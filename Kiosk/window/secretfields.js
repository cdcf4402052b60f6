import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { t } from "../shared/words.js";

/** The most characters that the hall accepts, in UTF-16 units: a character may have several. */
const longest = 512;

/**
 * The common parts of the forms for a new secret: their fields and their messages.
 *
 * @param {boolean} [digits] whether the new one is a badge PIN
 */
export function secretFields(digits = false) {
  const field = (id, autocomplete) =>
    h("input", { id, type: "password", autocomplete, required: true, maxlength: longest });
  const said = h("p.said", { role: "alert" });
  const fresh = field("secret-new", "new-password");
  const again = field("secret-again", "new-password");
  if (digits) for (const input of [fresh, again]) input.inputMode = "numeric";
  const complain = (title, detail = "") =>
    fill(said, failure({ title, detail }));

  /** Whether the new secret was typed the same twice; shows a message where it was not. */
  function areAlike() {
    fill(said);
    if (fresh.value === again.value) return true;
    complain(t(digits ? "pin.differ" : "secret.differ"));
    again.value = "";
    again.focus();
    return false;
  }

  return {
    present: field("secret-present", "current-password"),
    fresh,
    again,
    said,
    complain,
    areAlike,
    line: (input, label) => h("p.field", null, h("label", { for: input.id }, label), input),
  };
}

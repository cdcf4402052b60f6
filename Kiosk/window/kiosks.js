import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/**
 * What people call a kiosk (大门口取号机); its id where the hall has told no name.
 *
 * @param {Pages.Console} console
 * @param {string} id
 */
export function kioskName(console, id) {
  return (console.store.state.kiosk_names || {})[id] || id;
}

/**
 * At which kiosk paper comes out; an empty value is none.
 *
 * @param {Pages.Console} console
 * @param {string} id
 */
export function kioskChoice(console, id) {
  return h(
    "select",
    { id },
    h("option", { value: "" }, t("takeFor.noPaper")),
    (console.store.state.kiosks || []).map((one) => h("option", { value: one }, kioskName(console, one))),
  );
}

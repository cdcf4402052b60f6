import { mainVerb, undo, unnumbered, verbs } from "./verbs.js";

/**
 * The console by keyboard: space for the main verb; the digits of the row and of a keypad are the other verbs. Keys of a scanner do
 * not come here (`shared/scanner.js`). Other keys come a moment after they were pressed, once they are known not to be a scanner's.
 *
 * A key held down acts once; keys typed into a field, or while a dialog is open, are text.
 *
 * @returns a function that stops listening
 *
 * @param {Pages.Console} console
 */
export function followKeys(console) {
  function listen(event) {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector(".veil")) return;
    const focused = document.activeElement;
    if (focused && focused.matches("input, select, textarea")) return;
    const verb = chosen(event, focused);
    if (!verb) return;
    event.preventDefault();
    console.step(verb);
  }

  function chosen(event, focused) {
    if (event.code === "NumpadEnter") return mainVerb(console.at);
    // A button that was reached with the keyboard is pressed by the space bar. The exception is a button to which a closed dialog
    // returned the focus: there space means the main verb.
    const onButton = focused && focused.matches("button:not([data-returned]), a") && focused.matches(":focus-visible");
    if (event.code === "Space") return onButton ? null : mainVerb(console.at);
    return [...verbs, undo, unnumbered].find((one) => one.keys.includes(event.code)) || null;
  }

  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

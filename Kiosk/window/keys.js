import { mainVerb, undo, unnumbered, verbs } from "./verbs.js";

/**
 * The console by keyboard: space for the main press; the figures of the row and of a keypad are the verbs. What a scanner types
 * does not come here (`shared/scanner.js`), and a key comes a moment after it was pressed, when it is known to be a hand's.
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
    // A button that was reached with the keyboard keeps its own space bar; not the one to which a closed dialog gave the focus
    // back: the next press there is meant for the main verb.
    const onButton = focused && focused.matches("button:not([data-returned]), a") && focused.matches(":focus-visible");
    if (event.code === "Space") return onButton ? null : mainVerb(console.at);
    return [...verbs, undo, unnumbered].find((one) => one.keys.includes(event.code)) || null;
  }

  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

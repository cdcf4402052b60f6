/**
 * A clerk's verbs at a window, in the order of the work. The hall sends with the window which of them are possible; the others are
 * disabled.
 *
 * @type {Required<Omit<Pages.Verb, "label">>[]}
 */
export const verbs = [
  { name: "calls", keys: ["Numpad1", "Digit1"], hint: "1" },
  { name: "recall", keys: ["Numpad2", "Digit2"], hint: "2" },
  { name: "serve", keys: ["Numpad3", "Digit3"], hint: "3" },
  { name: "finish", keys: ["Numpad4", "Digit4"], hint: "4" },
  { name: "miss", keys: ["Numpad5", "Digit5"], hint: "5" },
  { name: "suspend", keys: ["Numpad6", "Digit6"], hint: "6" },
  { name: "abandon", keys: ["Numpad7", "Digit7"], hint: "7" },
  { name: "transfer", keys: ["Numpad8", "Digit8"], hint: "8" },
];

/** @type {Required<Omit<Pages.Verb, "label">>} */
export const unnumbered = { name: "serve-unnumbered", keys: ["Numpad9", "Digit9"], hint: "9" };

/** @type {Required<Omit<Pages.Verb, "label">>} */
export const undo = { name: "undo", keys: ["Numpad0", "Digit0"], hint: "0" };

/**
 * The main verb: the next step of an ordinary visit. Space and the keypad's Enter trigger it.
 *
 * @param {Pages.Moment} at
 * @returns {Pages.Verb}
 */
export function mainVerb({ window }) {
  if (window.state === "closed") return { name: "open" };
  if (window.state === "paused") return { name: "open", label: "resume-window" };
  if (window.unnumbered_since) return { name: "finish-unnumbered" };
  if (window.state === "idle") return { name: "calls", label: "calls-main" };
  return { name: "finish-and-call" };
}

/**
 * Whether a verb is enabled: the window allows it; for a call somebody waits; a finish is possible by now; an undo is still possible.
 *
 * @param {Pages.Verb} verb
 * @param {Pages.Moment} at
 */
export function isPossible({ name }, { window, waiting, isFinishable, undoLeft }) {
  if (!window.verbs.includes(name)) return false;
  if (name === "calls") return waiting > 0;
  if (name === "finish" || name === "finish-and-call") return isFinishable;
  return name !== "undo" || undoLeft > 0;
}

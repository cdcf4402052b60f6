/**
 * A clerk's verbs at a window, in the order of the work. Each knows when it is possible; what is not possible now
 * cannot be pressed.
 */

/** Milliseconds after a call in which the called ticket cannot be finished: nobody walks that fast, but fingers do. */
export const callRest = 3000;

const empty = (at) => at.window.state === "idle" && !at.ticket;
const called = (at) => at.window.state === "called";
const serving = (at) => at.window.state === "serving";
const finishable = (at) => serving(at) || (called(at) && at.sinceCall > callRest);

export const verbs = [
  { name: "calls", keys: ["Numpad1", "Digit1"], hint: "1", when: (at) => empty(at) && at.waiting > 0 },
  { name: "recall", keys: ["Numpad2", "Digit2"], hint: "2", when: called },
  { name: "serve", keys: ["Numpad3", "Digit3"], hint: "3", when: called },
  { name: "finish", keys: ["Numpad4", "Digit4"], hint: "4", when: finishable },
  { name: "miss", keys: ["Numpad5", "Digit5"], hint: "5", when: called },
  { name: "suspend", keys: ["Numpad6", "Digit6"], hint: "6", when: serving },
  { name: "abandon", keys: ["Numpad7", "Digit7"], hint: "7", when: (at) => called(at) || serving(at) },
];

/** The one large press: what an ordinary visit needs next. Space and the keypad's Enter work it. */
export function mainVerb(at) {
  if (at.window.state === "closed") return { name: "open", when: () => true };
  if (at.window.state === "paused") return { name: "open", label: "resume-window", when: () => true };
  if (empty(at)) return { name: "calls", label: "calls-main", when: () => at.waiting > 0 };
  return { name: "finish-and-call", when: finishable };
}

export const undo = { name: "undo", keys: ["Numpad0", "Digit0"], hint: "0", when: (at) => at.undoLeft > 0 };

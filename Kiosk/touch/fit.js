import { settlePagers } from "./pager.js";

/** Tolerance for rounding, in pixels. */
const rounding = 1;

/**
 * What is left out of a screen, step by step, until every button on it is whole: first the lines that explain (`brief`), then pictures and
 * wide gaps (`plain`), last a part of its type size. Buttons are never left out.
 */
const steps = [
  { classes: [], scale: 1 },
  { classes: ["brief"], scale: 1 },
  { classes: ["brief", "plain"], scale: 1 },
  ...[0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.54].map((scale) => ({ classes: ["brief", "plain"], scale })),
];

const looked = "button, h1, h2, p, li, input, .pager";

/** Whether the words of a button or a heading lie within it. Letters reach a little over their line; that cuts nothing off a heading. */
function holdsItsWords(one) {
  if (one.scrollWidth > one.clientWidth + rounding) return false;
  return one.tagName === "H1" || one.scrollHeight <= one.clientHeight + rounding;
}

/** The first element outside of paged lists that does not lie on the screen, or does not hold its words; null when all do. */
export function firstCut(main) {
  const frame = main.getBoundingClientRect();
  for (const one of main.querySelectorAll(looked)) {
    const box = one.getBoundingClientRect();
    // Visible to screen readers only.
    if (box.width <= 2) continue;
    if (one.matches("button, h1") && !holdsItsWords(one)) return one;
    const list = one.closest(".box");
    if (list) {
      const sides = list.getBoundingClientRect();
      if (box.left < sides.left - rounding || box.right > sides.right + rounding) return one;
      continue;
    }
    if (box.top < frame.top - rounding || box.bottom > frame.bottom + rounding) return one;
    if (box.left < frame.left - rounding || box.right > frame.right + rounding) return one;
  }
  return null;
}

/** Leaves out of a screen what it has no room for. The result depends on the content and the room only, not on what was shown before. */
export function fit(main) {
  let done = false;
  for (const { classes, scale } of steps) {
    main.classList.remove("brief", "plain");
    main.classList.add(...classes);
    main.style.setProperty("--fit", String(scale));
    done = settlePagers(main) && !firstCut(main);
    if (done) break;
  }
  main.dataset.whole = done ? "yes" : "no";
}

/** Sets words smaller until none of them lies outside of `container`: the tools, a text of the idle screen. */
export function shrink(container, scales = [1, 0.92, 0.85, 0.78, 0.72, 0.66]) {
  for (const scale of scales) {
    container.style.setProperty("--fit", String(scale));
    if (!firstCut(container)) return;
  }
}

/**
 * Delays changes of the page while a pointer is down: a button that is replaced between press and release loses its click.
 */

/** The ids of the pointers that are down; with two fingers both have to be lifted. */
const down = new Set();
let waiting = new Set();

function pressed(event) {
  // A primary pointer goes down only when no other is down, so the release of those in the set was missed.
  if (event.isPrimary) down.clear();
  down.add(event.pointerId);
}

function lifted(event) {
  down.delete(event.pointerId);
  settle();
}

function settle() {
  if (down.size) return;
  // The click follows the release; the delayed tasks run after both.
  setTimeout(() => {
    if (down.size) return;
    const tasks = waiting;
    waiting = new Set();
    for (const task of tasks) task();
  }, 0);
}

document.addEventListener("pointerdown", pressed, { capture: true, passive: true });
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, lifted, { capture: true, passive: true });
}
window.addEventListener("blur", () => {
  down.clear();
  settle();
});

/** True while something is pressed; then `task` runs once it is released. */
export function heldBack(task) {
  if (down.size) waiting.add(task);
  return down.size > 0;
}

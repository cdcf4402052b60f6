/**
 * What lies under a finger does not change until it is lifted: a button that is replaced between press and release
 * loses its click.
 */

/** The pointers that are down, by their ids: with two fingers, one lifted is not both. */
const down = new Set();
let waiting = new Set();

function pressed(event) {
  // The first finger of all: whatever was thought to be down has been lifted unseen.
  if (event.isPrimary) down.clear();
  down.add(event.pointerId);
}

function lifted(event) {
  down.delete(event.pointerId);
  settle();
}

function settle() {
  if (down.size) return;
  // The click follows the release; what waited comes after both.
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

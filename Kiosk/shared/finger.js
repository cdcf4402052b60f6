/**
 * What lies under a finger does not change until it is lifted: a button that is replaced between press and release
 * loses its click.
 */

let down = false;
let waiting = new Set();

function lifted() {
  down = false;
  // The click follows the release; what waited comes after both.
  setTimeout(() => {
    if (down) return;
    const tasks = waiting;
    waiting = new Set();
    for (const task of tasks) task();
  }, 0);
}

document.addEventListener("pointerdown", () => (down = true), { capture: true, passive: true });
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, lifted, { capture: true, passive: true });
}
window.addEventListener("blur", lifted);

/** True while something is pressed; then `task` runs once it is released. */
export function heldBack(task) {
  if (down) waiting.add(task);
  return down;
}

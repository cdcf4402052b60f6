/** Milliseconds and pixels within which a second tap is taken for the trembling of the same finger. */
const tremblingTime = 400;
const tremblingReach = 48;

/** Lets only the first tap of a double tap through, also when the screen under the finger has changed meanwhile. */
export function guardDoubleTaps() {
  let last = null;
  document.addEventListener(
    "click",
    (event) => {
      if (document.body.classList.contains("busy")) {
        stop(event);
        return;
      }
      // A key press or a script makes clicks without a position; those are deliberate.
      if (event.detail === 0) return;
      const same =
        last !== null &&
        !(event.target instanceof Element && event.target.closest("[data-repeats]")) &&
        event.timeStamp - last.time < tremblingTime &&
        Math.hypot(event.clientX - last.x, event.clientY - last.y) < tremblingReach;
      last = { time: event.timeStamp, x: event.clientX, y: event.clientY };
      if (same) stop(event);
    },
    true,
  );
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

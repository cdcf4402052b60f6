/**
 * What a finger can do to a page beside pressing its keys: zoom it, drag it away, go back in the history, select its
 * text, open a menu. On a screen that one person after the other touches, none of it may happen.
 *
 * The rules for touches themselves stand in base.css under `.kiosk`; what CSS cannot say is here.
 */
export function guardGestures() {
  document.documentElement.classList.add("kiosk");
  const firm = { capture: true, passive: false };
  // Two fingers are no press on any screen of ours.
  for (const name of ["touchstart", "touchmove"]) {
    document.addEventListener(name, (event) => event instanceof TouchEvent && event.touches.length > 1 && stop(event), firm);
  }
  for (const name of ["gesturestart", "gesturechange", "contextmenu", "dragstart", "drop"]) {
    document.addEventListener(name, stop, firm);
  }
  document.addEventListener("selectstart", (event) => isField(event.target) || stop(event), firm);
  // A touchpad's pinch, and a wheel with Ctrl held down.
  document.addEventListener("wheel", (event) => event.ctrlKey && stop(event), firm);
  document.addEventListener("keydown", (event) => isBrowserKey(event) && stop(event), firm);
  // The wheel's and the side keys of a mouse: scrolling by itself, back and forward.
  for (const name of ["mousedown", "mouseup", "auxclick"]) {
    document.addEventListener(name, (event) => event instanceof MouseEvent && event.button > 0 && stop(event), firm);
  }
}

/** Undoes what a gesture may have changed nevertheless: selected text, and a page that was scrolled. */
export function forgetGestures() {
  const selection = getSelection();
  if (selection) selection.removeAllRanges();
  window.scrollTo(0, 0);
  for (const element of [document.documentElement, document.body]) {
    element.scrollLeft = 0;
    element.scrollTop = 0;
  }
}

function stop(event) {
  if (event.cancelable) event.preventDefault();
}

function isField(target) {
  return target instanceof Element && target.closest("input, textarea") !== null;
}

/** Keys by which a browser zooms, leaves the page or goes through its history. */
function isBrowserKey(event) {
  if (["BrowserBack", "BrowserForward", "BrowserHome", "BrowserRefresh", "F5", "F11"].includes(event.key)) return true;
  if (event.altKey && ["ArrowLeft", "ArrowRight", "Home"].includes(event.key)) return true;
  return (event.ctrlKey || event.metaKey) && ["+", "-", "=", "_", "0", "p", "s", "f", "r", "u"].includes(event.key.toLowerCase());
}

/**
 * Drafts: forms in which somebody has written and which were neither sent nor given up. Leaving the page would lose them.
 *
 * A form is removed from the page once it is sent or given up, so one that was touched and is still there is a draft.
 */

/** @type {Set<Element>} those that were touched */
const touched = new Set();
let isWatching = false;

/** @param {Event} event */
function note(event) {
  const { target } = event;
  const form = target instanceof Element && target.closest("form");
  // A press counts as well: it answers a question, or fills in every line of a list.
  if (form && (event.type !== "click" || target.closest("button"))) touched.add(form);
}

/** From now on each page's own forms are watched. */
export function watchDrafts() {
  if (isWatching) return;
  isWatching = true;
  for (const name of ["input", "change", "click"]) document.addEventListener(name, note, true);
}

/** @param {Element} field */
function isChanged(field) {
  if (field instanceof HTMLSelectElement) {
    const first = Math.max(0, Array.from(field.options).findIndex((one) => one.defaultSelected));
    return field.selectedIndex !== first;
  }
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (!(field instanceof HTMLInputElement)) return false;
  return ["checkbox", "radio"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

/**
 * What is written here and nobody has sent.
 *
 * @returns the first such form; null for none
 */
export function draft() {
  for (const form of touched) {
    if (!form.isConnected) touched.delete(form);
    else if (Array.from(form.querySelectorAll("input, select, textarea")).some(isChanged)) return form;
  }
  return null;
}

/**
 * Distinguishes a keyboard-mode scanner from a person who types: a burst of keys is a code, and none of its keys, not even the
 * first, acts on the page.
 *
 * Outside of text fields a key is held back until no other has followed it for a while; then it acts as if it had just been
 * pressed. In a text field keys act at once, and the text that a scanner typed is removed again.
 */

import { focusedElement } from "./dom.js";

/** Milliseconds between two keys of a burst: scanners type faster than this, people hardly ever. */
const burstGap = 50;
/** Milliseconds for which a key is held back, and between two keys of a slow scanner: some type one every 90 ms. */
const slowGap = 110;
/** Keys in a row, each within `slowGap` of the one before, that outside of a text field are a scanner's. */
const slowKeys = 3;
/** Characters of a burst in a text field. With Enter after them `enteredKeys` are enough; without it so few may be overlapping fingers. */
const fieldKeys = 5;
const enteredKeys = 3;
/** Characters of a slow scanner in a text field, and how many milliseconds their gaps may differ (without the tenth at either end). */
const evenKeys = 8;
const evenness = 16;
/** The most milliseconds by which the page waits longer: where a key was delivered late, the next one may be late too. */
const longestLag = 500;
/** Characters of the longest code; the largest QR symbol holds 2,953 bytes. */
const longest = 4000;

const modifiers = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock", "NumLock", "AltGraph"]);
/** What a scanner types for control characters within a code. */
const controls = { j: "\n", m: "\n", i: "\t" };
/** The events that this file dispatches for keys that it has held back. */
const own = new WeakSet();

const notTyped = new Set(["checkbox", "radio", "button", "submit", "range"]);

function isText(one) {
  return one instanceof HTMLTextAreaElement || (one instanceof HTMLInputElement && !notTyped.has(one.type));
}

/** An input method handles the key, so it cannot be held back. */
const isTaken = (event) => event.key === "Process" || event.keyCode === 229;

/** The character that a key stands for: a line feed for Enter, nothing for keys without one. */
function character(event) {
  if (event.key === "Enter") return "\n";
  if (event.key === "Tab") return "\t";
  if (event.ctrlKey) return controls[event.key.toLowerCase()] || "";
  if (event.altKey || event.metaKey) return "";
  if (isTaken(event)) return keyCharacter(event);
  return Array.from(event.key).length === 1 ? event.key : "";
}

/** What stands on the key, where an input method keeps its character. */
function keyCharacter({ code, shiftKey }) {
  const [, letter] = /^Key([A-Z])$/.exec(code) || [];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  const [, digit] = /^(?:Digit|Numpad)([0-9])$/.exec(code) || [];
  return digit || (code === "Space" ? " " : "");
}

/** A digit of a character that is typed as a number while Alt is held. */
const isAltDigit = (event) => event.altKey && /^Numpad[0-9]$/.test(event.code);

class Key {
  constructor(event, target) {
    const { key, code, location, shiftKey, ctrlKey, altKey, metaKey } = event;
    this.what = { key, code, location, shiftKey, ctrlKey, altKey, metaKey, bubbles: true, cancelable: true, composed: true };
    this.at = event.timeStamp;
    this.target = target;
    this.text = character(event);
    this.isEnd = this.text === "\n" || this.text === "\t";
    /** A character, as opposed to keys that only end, command or move. */
    this.counts = (this.text !== "" && !this.isEnd) || isAltDigit(event);
    this.isTaken = isTaken(event);
    this.isHeld = false;
  }

  /** Acts as if it had been pressed just now, where it was pressed. */
  press() {
    const target = this.target.isConnected ? this.target : document.body;
    const event = new KeyboardEvent("keydown", this.what);
    own.add(event);
    if (target.dispatchEvent(event) && document.activeElement === target && !target.disabled) this.act(target);
  }

  /** What the browser does with a key that nothing on the page has taken. */
  act(target) {
    const isBlank = this.text === " ";
    const isEnter = this.text === "\n";
    if (isText(target) || target instanceof HTMLInputElement || target instanceof HTMLSelectElement) {
      if (isEnter) {
        if (target.form) target.form.requestSubmit();
      } else if (target instanceof HTMLSelectElement) {
        if (!isBlank) choose(target, this.text);
        else if (target.showPicker) target.showPicker();
      } else if (isBlank && !isText(target)) {
        target.click();
      }
    } else if ((target instanceof HTMLButtonElement && (isBlank || isEnter)) || (target instanceof HTMLAnchorElement && isEnter)) {
      target.click();
    }
  }
}

/** The next choice of a list whose words begin so. */
function choose(list, letter) {
  if (!letter) return;
  const all = Array.from(list.options);
  const next = list.selectedIndex + 1;
  const found = all.slice(next).concat(all.slice(0, next))
    .find((one) => one.text.trim().toLowerCase().startsWith(letter.toLowerCase()));
  if (!found || found.index === list.selectedIndex) return;
  list.selectedIndex = found.index;
  for (const name of ["input", "change"]) list.dispatchEvent(new Event(name, { bubbles: true }));
}

/** Keys that came one after the other, each within `slowGap` of the one before. */
class Run {
  constructor(target) {
    this.keys = [];
    this.text = "";
    this.count = 0;
    /** Keys that came within `burstGap`, now and at most in a row. */
    this.streak = 0;
    this.isScan = false;
    /**
     * What had the focus before a tabulator at the code's beginning moved it.
     *
     * @type {HTMLElement | null}
     */
    this.from = null;
    /** The text field in which it began, as it was before. */
    this.field = isText(target)
      ? { target, value: target.value, start: target.selectionStart, end: target.selectionEnd }
      : null;
  }

  get last() {
    return this.keys[this.keys.length - 1];
  }

  gap(at) {
    return this.last ? at - this.last.at : Infinity;
  }

  add(key) {
    this.streak = this.gap(key.at) <= burstGap ? this.streak + 1 : 0;
    this.keys.push(key);
    if (key.counts) this.count += 1;
    if (this.text.length <= longest) this.text += key.text;
    this.isScan = this.isScan || (this.field ? this.isScanInField(key) : this.isScanOnPage());
  }

  isScanOnPage() {
    return this.count > 0 && (this.streak > 0 || this.keys.length >= slowKeys);
  }

  isScanInField(key) {
    if (this.streak >= fieldKeys - 1) return true;
    if (!key.isEnd) return false;
    return this.streak >= enteredKeys || this.isEven;
  }

  /** Whether the gaps between the keys are even enough for a slow scanner. */
  get isEven() {
    if (this.count < evenKeys) return false;
    const gaps = this.keys.slice(1).map((one, index) => one.at - this.keys[index].at).sort((a, b) => a - b);
    const tenth = Math.ceil(gaps.length / 10);
    return gaps[gaps.length - 1 - tenth] - gaps[tenth] <= evenness;
  }

  /** Types the keys into the field that were held back. */
  release() {
    for (const key of this.keys.filter((one) => one.isHeld)) {
      key.isHeld = false;
      if (!this.field || document.activeElement !== this.field.target) return;
      if (key.counts && key.text) document.execCommand("insertText", false, key.text);
      else key.press();
    }
  }

  /** Restores the field's text from before the code. */
  restore() {
    if (!this.field) return;
    const { target, value, start, end } = this.field;
    if (!target.isConnected || (target.value === value && !this.keys.some((one) => one.isTaken))) return;
    const isFocused = document.activeElement === target;
    // Losing the focus also ends the composition of an input method.
    if (isFocused) target.blur();
    if (target.value !== value) {
      target.value = value;
      target.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (!isFocused) return;
    target.focus({ preventScroll: true });
    if (start !== null) target.setSelectionRange(start, end);
  }
}

/**
 * Watches the keys of a page.
 *
 * @param heard called with the text of each code, or null for one that is too long
 * @param entersAtOnce whether an Enter with nothing before it acts without being held back, where nothing but buttons takes it
 * @returns a function that stops watching
 */
export function watchScans(heard, { entersAtOnce = false } = {}) {
  let run = null;
  let timer = null;
  /** The last key that acted at once: a tabulator at a code's beginning has moved the focus. */
  let moved = null;

  function listen(event) {
    if (own.has(event) || !event.isTrusted || modifiers.has(event.key)) return;
    if (event.repeat) {
      // A key that is held down acts once; in a text field it repeats.
      if (!isText(document.activeElement) && character(event)) stop(event);
      return;
    }
    const target = document.activeElement || document.body;
    const key = new Key(event, target);
    if (run && run.gap(key.at) > slowGap) end();
    if (run && !run.isScan && run.gap(key.at) > burstGap && run.field) run.release();
    if (!belongs(key, event)) {
      if (run) end();
      moved = { at: key.at, from: moved && key.at - moved.at <= burstGap ? moved.from : target };
      return;
    }
    if (!run) {
      run = new Run(target);
      run.from = moved && key.at - moved.at <= burstGap ? moved.from : null;
    }
    const isBurst = run.gap(key.at) <= burstGap;
    run.add(key);
    if (!run.field || isBurst || run.isScan) {
      stop(event);
      key.isHeld = !key.isTaken;
    }
    // Restored at once, so that the code is not shown and starts no search.
    if (run.field && run.isScan) run.restore();
    clearTimeout(timer);
    const lag = Math.min(Math.max(0, performance.now() - key.at), longestLag);
    timer = setTimeout(silent, (run.field && !run.isScan ? burstGap + 5 : slowGap) + lag);
  }

  /** Whether a key begins a run or continues one; other keys act at once. */
  function belongs(key, event) {
    if (run && (run.isScan || (run.count > 0 && run.gap(key.at) <= burstGap))) return true;
    if (event.ctrlKey || event.metaKey) return false;
    if (key.counts) return true;
    if (isText(key.target)) return Boolean(run) && key.text === "\n" && run.isEven;
    if (key.text === "\n") return !entersAtOnce || Boolean(run);
    return event.key === "Escape";
  }

  /** The timer has ended. Keys may still be pending that the page had no time to handle; then it waits on. */
  function silent() {
    if (navigator.scheduling?.isInputPending?.()) {
      timer = setTimeout(silent, 1);
    } else if (run.field && !run.isScan && performance.now() - run.last.at < slowGap) {
      // Two fingers were close together; a slow scanner may go on.
      run.release();
      timer = setTimeout(silent, slowGap - burstGap);
    } else {
      end();
    }
  }

  function end() {
    clearTimeout(timer);
    const done = run;
    run = null;
    if (!done.isScan && !(done.field && done.isEven)) {
      if (done.field) done.release();
      else for (const key of done.keys) key.press();
      return;
    }
    if (done.field) done.restore();
    if (done.from) focus(done.from);
    const text = done.text.trim();
    if (done.text.length > longest) heard(null);
    else if (text) heard(text);
  }

  function focus(element) {
    const focused = focusedElement();
    if (element !== document.body && element.isConnected) element.focus({ preventScroll: true });
    else if (focused) focused.blur();
  }

  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** A browser presses a button when the space key is released. Here it has acted on keydown already, or must not act. */
  function up(event) {
    if (event.isTrusted && event.key === " " && !isText(document.activeElement)) stop(event);
  }

  window.addEventListener("keydown", listen, { capture: true });
  window.addEventListener("keyup", up, { capture: true });
  return () => {
    clearTimeout(timer);
    run = null;
    window.removeEventListener("keydown", listen, { capture: true });
    window.removeEventListener("keyup", up, { capture: true });
  };
}

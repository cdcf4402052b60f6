import { trainingWords } from "../shared/training.js";
import { currentLanguage } from "../shared/words.js";

/** The elements that are read aloud: the innermost of these, in the order of the page. */
const readable = "h1, h2, p, li, legend, .what, .copies, .elsewhere strong, button";
/** Elements that a resident who only listens does not need. */
const skipped = ".turns, .keyboard, .marks, [aria-hidden='true'], .clock";
/** Characters of one piece; the hall takes no more. */
const longestPiece = 120;
/** Pieces of one screen: longer lists are on paper. */
const mostPieces = 40;

/** Cuts a text at its punctuation into pieces of a length that can be spoken. */
function pieces(text) {
  const parts = text.match(/[^。！？；;.!?\n]+[。！？；;.!?]?/g) || [];
  const cut = [];
  for (const part of parts) {
    for (let start = 0; start < part.length; start += longestPiece) {
      const piece = part.slice(start, start + longestPiece).trim();
      if (piece) cut.push(piece);
    }
  }
  return cut;
}

/** The text of a screen, in short pieces to be spoken. */
export function screenWords(root) {
  const all = Array.from(root.querySelectorAll(readable));
  const shown = all.filter((one) => one.getClientRects().length && !one.closest(skipped) && !one.disabled);
  const innermost = shown.filter((one) => !shown.some((other) => other !== one && one.contains(other)));
  return innermost.flatMap((one) => pieces(one.innerText)).slice(0, mostPieces);
}

/**
 * Reads the screen aloud, by the hall's own voice: each new screen, and the element that gets the focus by keyboard. It is off until
 * somebody switches it on, and off again for the next resident.
 */
export class Reader {
  constructor(onChange) {
    this.on = false;
    this.failed = false;
    this.onChange = onChange;
    /** The number of the present reading; an earlier one stops. */
    this.turn = 0;
    this.sounds = new Map();
    this.byKey = false;
    document.addEventListener("keydown", () => (this.byKey = true), { capture: true });
    document.addEventListener("pointerdown", () => (this.byKey = false), { capture: true });
    document.addEventListener("focusin", (event) => this.focused(event.target));
  }

  /** Only a person's own touch may start sound. */
  toggle(root) {
    if (this.on) {
      this.stop();
      return;
    }
    this.on = true;
    this.failed = false;
    this.context = this.context || new AudioContext();
    this.context.resume();
    this.onChange();
    this.say([...trainingWords(), ...screenWords(root)]);
  }

  stop() {
    this.hush();
    if (!this.on) return;
    this.on = false;
    this.sounds.clear();
    this.onChange();
  }

  hush() {
    this.turn += 1;
    if (this.source) this.source.stop();
    this.source = null;
  }

  /** A new screen is shown. */
  read(root) {
    if (this.on) this.say(screenWords(root));
  }

  focused(target) {
    // The button of reading aloud itself is not read when it is pressed.
    if (!this.on || !this.byKey || !(target instanceof HTMLElement) || target.matches(".read")) return;
    const words = target.getAttribute("aria-label") || target.innerText || "";
    if (target.matches("button, a, input, [role='region']")) this.say(pieces(words).slice(0, 2));
  }

  async say(words) {
    this.hush();
    const mine = this.turn;
    let coming = words.length ? this.sound(words[0]) : null;
    for (let index = 0; index < words.length; index += 1) {
      const sound = await coming;
      if (mine !== this.turn) return;
      // The next piece is fetched while this one is heard.
      coming = index + 1 < words.length ? this.sound(words[index + 1]) : null;
      if (sound) await this.play(sound);
      if (mine !== this.turn) return;
    }
  }

  /** One piece as sound; null when the hall cannot say it. */
  async sound(text) {
    const lang = currentLanguage() === "en" && !/[\u4e00-\u9fff]/.test(text) ? "en" : "zh";
    const key = lang + text;
    if (this.sounds.has(key)) return this.sounds.get(key);
    try {
      const response = await fetch("/v1/readings", {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "audio/wav" },
        credentials: "same-origin",
        body: JSON.stringify({ text, lang }),
      });
      if (!response.ok) throw new Error(`reading ${response.status}`);
      const percent = Number(response.headers.get("Speech-Volume") || 100);
      const buffer = await this.context.decodeAudioData(await response.arrayBuffer());
      const sound = { buffer, volume: Math.min(100, Math.max(0, percent)) / 100 };
      if (this.on) this.sounds.set(key, sound);
      return sound;
    } catch {
      if (!this.failed) {
        this.failed = true;
        this.onChange();
      }
      return null;
    }
  }

  play({ buffer, volume }) {
    return new Promise((resolve) => {
      const gain = this.context.createGain();
      gain.gain.value = volume;
      gain.connect(this.context.destination);
      const source = this.context.createBufferSource();
      source.buffer = buffer;
      source.connect(gain);
      source.onended = resolve;
      this.source = source;
      source.start();
    });
  }
}

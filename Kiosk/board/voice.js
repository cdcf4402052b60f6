import { hallClock } from "../shared/clock.js";

/** Milliseconds between the two readings of a call, and after it. */
const pauseBetween = 700;
const times = 2;
/** Calls that may wait to be spoken; a hall does not call faster than it speaks for long. */
const longestQueue = 24;

/**
 * The hall's voice: a chime, then each call twice, one call after the other, never cut off.
 *
 * Browsers forbid sound before somebody has touched the page, unless they are started with autoplay allowed; until
 * then `allowed` is false and the board says so.
 */
export class Voice {
  /** @param isPresent whether a call is still young enough to be spoken */
  constructor(isPresent = () => true) {
    this.isPresent = isPresent;
    this.queue = [];
    /** How loud, 0 to 1, as the hall said with the last sound. */
    this.volume = 1;
    this.speaking = null;
    this.running = false;
    this.onChange = () => {};
    this.context = new AudioContext();
    this.context.addEventListener("statechange", () => this.changed());
    const wake = () => this.allow();
    hallClock.listen(() => this.changed());
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, wake);
  }

  get allowed() {
    return this.context.state === "running";
  }

  /** Only a person's touch may start sound. */
  allow() {
    if (!this.allowed) this.context.resume().then(() => this.changed(), () => {});
  }

  changed() {
    this.onChange();
    this.run();
  }

  enqueue(call) {
    if (!this.allowed) return;
    const waiting = this.queue.some((one) => one.number === call.number && one.window === call.window);
    if (waiting || this.queue.length >= longestQueue) return;
    this.queue.push({ ...call, sound: this.sound(call) });
    this.run();
  }

  /** The words of a call, fetched while others are still being spoken; null when the hall has no voice for them. */
  async sound({ number, window }) {
    try {
      const query = new URLSearchParams({ number, window, lang: "zh" });
      const response = await fetch(`/v1/speech?${query}`, { credentials: "same-origin" });
      if (!response.ok) return null;
      const percent = Number(response.headers.get("Speech-Volume") || 100);
      if (percent >= 0 && percent <= 100) this.volume = percent / 100;
      return await this.context.decodeAudioData(await response.arrayBuffer());
    } catch {
      return null;
    }
  }

  async run() {
    if (this.running || !this.allowed) return;
    this.running = true;
    try {
      while (this.queue.length && this.allowed && hallClock.isSure) {
        const call = this.queue.shift();
        if (!this.isPresent(call)) continue;
        this.speaking = call;
        this.onChange();
        // The sound comes first: with it the hall says how loud it is at this hour.
        const sound = await call.sound;
        // While the sound was on its way this machine may have slept.
        if (!this.maySpeak(call)) continue;
        await this.chime();
        for (let time = 0; sound && time < times && this.maySpeak(call); time += 1) {
          await this.play(sound);
          await this.rest(pauseBetween);
        }
        if (!sound) await this.chime();
      }
    } finally {
      this.speaking = null;
      this.running = false;
      this.onChange();
    }
  }

  /** Whether a call that was begun may go on: it is present, by a time that can be believed. */
  maySpeak(call) {
    return hallClock.isSure && this.isPresent(call);
  }

  play(buffer) {
    return new Promise((resolve) => {
      const source = this.context.createBufferSource();
      source.buffer = buffer;
      source.connect(this.gain(this.volume));
      source.onended = resolve;
      source.start();
    });
  }

  /** What turns a sound down on its way out. */
  gain(value) {
    const gain = this.context.createGain();
    gain.gain.value = value;
    gain.connect(this.context.destination);
    return gain;
  }

  rest(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  /** Two soft tones, a major third apart. */
  chime() {
    const start = this.context.currentTime + 0.02;
    const out = this.gain(this.volume);
    const tone = (frequency, at) => {
      const oscillator = this.context.createOscillator();
      const volume = this.context.createGain();
      oscillator.frequency.value = frequency;
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(0.35, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.7);
      oscillator.connect(volume).connect(out);
      oscillator.start(at);
      oscillator.stop(at + 0.75);
      return oscillator;
    };
    tone(659.26, start);
    const last = tone(523.25, start + 0.38);
    return new Promise((resolve) => {
      last.onended = resolve;
    });
  }
}

/** @typedef {import("./calls.js").HeardCall} HeardCall */

/** Milliseconds for which a call flashes when no other waits. */
export const flashTime = 8000;
/** Milliseconds for which it flashes at least while others wait. */
const shortTime = 3000;
/** With `onceFrom` calls waiting each is spoken once; with `bareFrom` the chime is left out as well. */
const onceFrom = 2;
const bareFrom = 4;
/** The most calls that wait; more are dropped. No hall calls faster than it speaks for longer than this. */
const longestQueue = 24;

/**
 * Plays the hall's calls one after the other: the number that flashes is the number that is spoken.
 *
 * A call that waits is dropped when it is over (its resident stands at the window, or was missed) or too old. When calls
 * queue up, each takes less time.
 */
export class Player {
  /**
   * @param {object} parts
   * @param {import("./voice.js").Voice | null} parts.voice speaks a call; null for a silent screen
   * @param {(call: HeardCall) => boolean} parts.maySpeak whether a call is recent enough to be spoken
   * @param {() => boolean} parts.isSure whether the hall's time is certain
   * @param {(call: HeardCall) => boolean} parts.isOpen whether the hall still waits for the call's resident
   */
  constructor({ voice, maySpeak, isSure, isOpen }) {
    this.voice = voice;
    this.maySpeak = maySpeak;
    this.isSure = isSure;
    this.isOpen = isOpen;
    /** @type {Array<HeardCall & { sound: Promise<AudioBuffer | null> | null }>} */
    this.queue = [];
    /**
     * The call that is being played; null between calls.
     *
     * @type {HeardCall | null}
     */
    this.call = null;
    /** Whether it still flashes. */
    this.flashes = false;
    this.onChange = () => {};
    this.wake = () => {};
  }

  enqueue(call) {
    const waits = this.queue.some((one) => one.number === call.number && one.window === call.window);
    if (waits || this.queue.length >= longestQueue) return;
    // Fetched while others are still being played.
    this.queue.push({ ...call, sound: this.voice && this.voice.allowed ? this.voice.fetch(call) : null });
    this.wake();
    this.run();
  }

  /** What is known of the calls changed: one that is over does not go on flashing. */
  look() {
    if (this.call && !this.isOpen(this.call)) this.wake();
  }

  async run() {
    if (this.call) return;
    let call;
    while ((call = this.next())) {
      this.call = call;
      this.flashes = true;
      this.onChange();
      try {
        await this.play(call);
      } finally {
        this.call = null;
        this.flashes = false;
      }
    }
    this.onChange();
  }

  next() {
    // While the time is uncertain no call is begun. The server will send the time shortly.
    while (this.queue.length && this.isSure()) {
      const call = this.queue.shift();
      if (call && this.isOpen(call) && this.maySpeak(call)) return call;
    }
    return null;
  }

  async play(call) {
    const start = performance.now();
    const { voice } = this;
    if (call.sound && voice && voice.allowed) {
      const sound = await call.sound;
      await voice.say(sound, {
        chime: () => this.queue.length < bareFrom,
        again: () => this.queue.length < onceFrom && this.isOpen(call),
        may: () => this.isSure() && this.maySpeak(call),
      });
    }
    const left = () => (this.queue.length ? shortTime : flashTime) - (performance.now() - start);
    while (left() > 0 && this.isOpen(call)) await this.rest(left());
  }

  /** @returns {Promise<void>} */
  rest(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve();
      };
    });
  }
}

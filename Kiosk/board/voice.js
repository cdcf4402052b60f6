/** Milliseconds between the two readings of a call, and after it. */
const pauseBetween = 700;
const times = 2;

/**
 * The hall's voice: a chime, then the call twice, never cut off. `Player` decides what is spoken and when.
 *
 * Browsers forbid sound before somebody has touched the page, unless they are started with autoplay allowed; until
 * then `allowed` is false and the board says so.
 */
export class Voice {
  constructor() {
    /** How loud, 0 to 1, as the hall said with the last sound. */
    this.volume = 1;
    this.onChange = () => {};
    this.context = new AudioContext();
    this.context.addEventListener("statechange", () => this.onChange());
    const wake = () => this.allow();
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, wake);
  }

  get allowed() {
    return this.context.state === "running";
  }

  /** Only a person's touch may start sound. */
  allow() {
    if (!this.allowed) this.context.resume().then(() => this.onChange(), () => {});
  }

  /** The words of a call; null when the hall has no voice for them. */
  async fetch({ number, window }) {
    try {
      const query = new URLSearchParams({ number, window, lang: "zh" });
      const response = await fetch(`/v1/speech?${query}`, { credentials: "same-origin" });
      if (!response.ok) return null;
      const percent = Number(response.headers.get("Speech-Volume") || 100);
      // With the sound the hall says how loud it is at this hour.
      if (percent >= 0 && percent <= 100) this.volume = percent / 100;
      return await this.context.decodeAudioData(await response.arrayBuffer());
    } catch {
      return null;
    }
  }

  /**
   * Speaks one call.
   *
   * @param {AudioBuffer | null} sound the spoken call; null where the hall has none, then a second chime is played instead
   * @param {object} ask
   * @param {() => boolean} ask.chime whether a chime comes first
   * @param {() => boolean} ask.again whether the call is spoken a second time
   * @param {() => boolean} ask.may whether to continue at all: this machine may have been suspended meanwhile
   */
  async say(sound, { chime, again, may }) {
    if (!may()) return;
    if (chime()) await this.chime();
    if (!sound) {
      await this.chime();
      return;
    }
    for (let time = 0; time < times && may() && (time === 0 || again()); time += 1) {
      await this.play(sound);
      if (time + 1 < times && again()) await this.rest(pauseBetween);
    }
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

  /** The node that sets the loudness of the output. */
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

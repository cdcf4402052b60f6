import { newKey, ask } from "../shared/api.js";

/** Milliseconds between two sounds of a ring that nobody has answered for too long. */
const soundAgain = 10_000;

/**
 * A console's part in rings (请人帮忙): it reports to the hall that it shows them, and it sounds a bell.
 *
 * A ring counts as heard when somebody can notice it: the page is visible, or it may make a sound.
 */
export class Rings {
  constructor(store) {
    this.store = store;
    this.told = new Set();
    this.sounded = new Map();
    this.context = new AudioContext();
    this.look = () => this.follow();
    this.wake = () => this.context.state === "suspended" && this.context.resume().then(this.look, () => {});
  }

  start() {
    this.stopListening = this.store.listen(this.look);
    this.ticker = setInterval(this.look, 1000);
    document.addEventListener("visibilitychange", this.look);
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, this.wake);
    this.wake();
  }

  stop() {
    this.stopListening();
    clearInterval(this.ticker);
    document.removeEventListener("visibilitychange", this.look);
    for (const name of ["pointerdown", "keydown"]) document.removeEventListener(name, this.wake);
    delete document.documentElement.dataset.ring;
    this.context.close();
  }

  get canSound() {
    return this.context.state === "running";
  }

  follow() {
    const rings = this.store.ready ? this.store.state.help : [];
    const late = rings.some((one) => one.escalated);
    const root = document.documentElement;
    if (!rings.length) delete root.dataset.ring;
    else root.dataset.ring = late ? "late" : "new";
    for (const ring of rings) this.hear(ring);
    for (const id of [...this.sounded.keys()]) if (!rings.some((one) => one.id === id)) this.sounded.delete(id);
  }

  hear(ring) {
    if (ring.state === "ringing" && !this.told.has(ring.id) && (document.visibilityState === "visible" || this.canSound)) {
      this.told.add(ring.id);
      ask("POST", `/v1/help/${ring.id}/hear`, { body: {}, key: newKey() }).catch(() => this.told.delete(ring.id));
    }
    const last = this.sounded.get(ring.id);
    const due = !last || (ring.escalated && (!last.late || performance.now() - last.at > soundAgain));
    if (due && this.canSound) {
      this.sounded.set(ring.id, { at: performance.now(), late: ring.escalated });
      this.ring(ring.escalated ? 3 : 1, ring.escalated ? 0.6 : 0.25);
    }
  }

  /** A bell: `times` strokes of this loudness. */
  ring(times, loudness) {
    for (let stroke = 0; stroke < times; stroke += 1) {
      const at = this.context.currentTime + 0.02 + stroke * 0.35;
      const oscillator = this.context.createOscillator();
      const volume = this.context.createGain();
      oscillator.frequency.value = 880;
      volume.gain.setValueAtTime(loudness, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
      oscillator.connect(volume).connect(this.context.destination);
      oscillator.start(at);
      oscillator.stop(at + 0.32);
    }
  }
}

import { currentLanguage, t } from "../shared/words.js";

/** Tones in hertz, each of so many seconds: two, falling, as at a door. */
const tones = [880, 660];
const toneLength = 0.22;
const loudness = 0.4;

/** Reminds to take the card: two tones, then the hall's voice where it has one. */
export class Chime {
  constructor() {
    this.context = null;
    // Only a person's own touch may start sound.
    document.addEventListener("pointerdown", () => this.wake(), { capture: true, once: true });
  }

  wake() {
    this.context = this.context || new AudioContext();
    this.context.resume();
    return this.context;
  }

  async ring() {
    const context = this.wake();
    tones.forEach((frequency, index) => {
      const start = context.currentTime + index * toneLength;
      const gain = context.createGain();
      gain.gain.setValueAtTime(loudness, start);
      gain.gain.linearRampToValueAtTime(0, start + toneLength);
      gain.connect(context.destination);
      const tone = context.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(gain);
      tone.start(start);
      tone.stop(start + toneLength);
    });
    const voice = await this.voice();
    if (!voice) return;
    const source = context.createBufferSource();
    source.buffer = voice;
    source.connect(context.destination);
    source.start(context.currentTime + tones.length * toneLength);
  }

  /** 请拿好身份证, spoken; null where the hall cannot speak. */
  async voice() {
    const lang = currentLanguage() === "en" ? "en" : "zh";
    if (this.spoken && this.spoken.lang === lang) return this.spoken.sound;
    let sound = null;
    try {
      const response = await fetch("/v1/readings", {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "audio/wav" },
        credentials: "same-origin",
        body: JSON.stringify({ text: t("card.take"), lang }),
      });
      if (response.ok) sound = await this.context.decodeAudioData(await response.arrayBuffer());
    } catch {
      // Without the voice the tones are enough.
    }
    this.spoken = { lang, sound };
    return sound;
  }
}

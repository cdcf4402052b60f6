import { setLanguage } from "../shared/words.js";

export const sizes = ["standard", "large", "extra"];

/** @type {{ size: string, language: string, contrast: string, low: boolean }} */
const ordinary = { size: "large", language: "zh-Hans", contrast: "ordinary", low: false };

/** The present resident's settings for reading. They are not stored: the next resident starts with the ordinary page. */
export class Settings {
  constructor() {
    this.size = ordinary.size;
    this.language = ordinary.language;
    this.contrast = ordinary.contrast;
    this.low = ordinary.low;
  }

  get changed() {
    return Object.keys(ordinary).some((name) => this[name] !== ordinary[name]);
  }

  set(changes) {
    Object.assign(this, changes);
    this.apply();
  }

  reset() {
    this.set(ordinary);
  }

  apply() {
    const root = document.documentElement;
    root.dataset.size = this.size;
    root.dataset.contrast = this.contrast;
    root.dataset.low = this.low ? "yes" : "no";
    setLanguage(this.language);
  }
}

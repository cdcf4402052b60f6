import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** Seconds without a touch after which the page returns home, and how many of them are counted down aloud. */
const returnAfter = 60;
const countdown = 15;

/** Takes the page home when its resident has left, and says so before. */
export class Idle {
  constructor(goHome, hasSomethingToLeave) {
    this.goHome = goHome;
    this.hasSomethingToLeave = hasSomethingToLeave;
    /** @type {(() => void) | null} */
    this.close = null;
    this.closing = 0;
    this.last = performance.now();
    /** How many seconds are left. */
    this.seconds = h("p.seconds", { "aria-hidden": "true" });
    for (const name of ["pointerdown", "keydown", "wheel"]) {
      document.addEventListener(name, () => this.touched(), { capture: true, passive: true });
    }
    setInterval(() => this.tick(), 250);
  }

  touched() {
    this.last = performance.now();
    if (this.close && !this.closing) {
      // The touch that ends the countdown is not also a touch of what lies under it.
      this.closing = setTimeout(() => this.end(), 0);
    }
  }

  end() {
    clearTimeout(this.closing);
    this.closing = 0;
    if (this.close) this.close();
    this.close = null;
  }

  tick() {
    if (!this.hasSomethingToLeave()) {
      this.last = performance.now();
      this.end();
      return;
    }
    const left = Math.ceil(returnAfter - (performance.now() - this.last) / 1000);
    if (left <= 0) {
      this.end();
      this.goHome();
    } else if (left <= countdown && !this.closing) {
      this.say(left);
    }
  }

  say(left) {
    if (!this.close) {
      const go = h("button.button.main", { type: "button", onclick: () => this.end() }, t("idle.continue"));
      this.close = openDialog({
        title: t("idle.title"),
        role: "alertdialog",
        className: "idle",
        body: h("div", null, h("p", null, t("idle.text")), this.seconds),
        buttons: [go],
      });
    }
    this.seconds.textContent = String(left);
  }
}

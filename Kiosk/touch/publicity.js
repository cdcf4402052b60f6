import { get, newKey, ask } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { dataLanguage, t } from "../shared/words.js";
import { shrink } from "./fit.js";

/** Seconds that one page stays. */
const pageStays = 12;
/** Every so many pages the awareness question is shown below one. */
const askEvery = 3;
/** Seconds that a thank-you stays. */
const thanksStay = 3;
/** The scales that are tried until a text of the idle screen fits. */
const pageScales = [1, 0.85, 0.72, 0.6, 0.5, 0.42];

/**
 * The idle screen: the hall's publicity, page after page, while nobody uses the kiosk. Any touch that is not an answer opens the
 * first screen at once, and presses nothing on it.
 */
export class Publicity {
  /**
   * @param {object} parts
   * @param {() => boolean} parts.mayShow whether the first screen is shown and nothing is in use
   * @param {(body: object) => any} parts.withKiosk
   */
  constructor({ mayShow, withKiosk }) {
    this.mayShow = mayShow;
    this.withKiosk = withKiosk;
    /** @type {API.Publicity["pages"]} */
    this.pages = [];
    /** @type {API.Publicity["question"]} */
    this.question = null;
    /** Seconds without a touch after which it is shown. */
    this.after = Infinity;
    /** @type {HTMLElement | null} */
    this.element = null;
    this.turnAt = 0;
    this.index = 0;
    this.since = performance.now();
    for (const name of ["pointerdown", "keydown", "wheel"]) {
      document.addEventListener(name, () => this.touched(), { capture: true, passive: true });
    }
    document.addEventListener("keydown", (event) => this.key(event), { capture: true });
    setInterval(() => this.tick(), 1000);
    this.load();
  }

  async load() {
    try {
      const told = await get("/v1/publicity");
      this.pages = told.pages;
      this.question = told.question;
      this.after = told.after_seconds;
    } catch {
      setTimeout(() => this.load(), 30_000);
    }
  }

  touched() {
    this.since = performance.now();
  }

  /** A key is a touch too; Tab and Enter reach the answers of the question. */
  key(event) {
    if (!this.element) return;
    if (event.key === "Tab" || (event.target instanceof HTMLButtonElement && ["Enter", " "].includes(event.key))) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  get anything() {
    return this.pages.length > 0 || this.question !== null;
  }

  tick() {
    if (!this.mayShow()) {
      this.touched();
      this.close();
      return;
    }
    const quiet = (performance.now() - this.since) / 1000;
    if (!this.element) {
      if (this.anything && quiet >= this.after) this.open();
    } else if (performance.now() >= this.turnAt) {
      this.index += 1;
      this.show();
    }
  }

  open() {
    this.index = 0;
    this.element = h("section.publicity", { "aria-label": t("publicity.label"), onclick: (event) => this.clicked(event) });
    document.body.appendChild(this.element);
    document.body.classList.add("resting");
    this.show();
    // Read again for the next time: the operator may have changed it.
    this.load();
  }

  close() {
    if (!this.element) return;
    this.element.remove();
    this.element = null;
    document.body.classList.remove("resting");
    this.touched();
  }

  clicked(event) {
    event.stopPropagation();
    this.close();
  }

  show() {
    const { element } = this;
    if (!element) return;
    this.turnAt = performance.now() + pageStays * 1000;
    const page = this.pages.length ? this.pages[this.index % this.pages.length] : null;
    const asks = this.question && this.index % askEvery === 0;
    const words = h("div.page", { lang: dataLanguage() }, page ? this.page(page) : null);
    fill(
      element,
      words,
      asks && this.question ? this.asked(this.question) : null,
      h("p.touch", null, t("publicity.touch")),
    );
    // An operator's text has any length.
    shrink(words, pageScales);
  }

  page(page) {
    if (page.url) return h("img", { src: page.url, alt: "" });
    return [h("h1", null, page.title), page.lines.map((line) => h("p", null, line))];
  }

  /** @param {NonNullable<API.Publicity["question"]>} question */
  asked(question) {
    return h(
      "div.awareness",
      { role: "group", "aria-label": t("publicity.question") },
      h("h2", { lang: dataLanguage() }, question.ask),
      h(
        "div.choices",
        { lang: dataLanguage() },
        question.answers.map((words, index) =>
          h("button.button", { type: "button", onclick: (event) => this.answer(event, question, index) }, words),
        ),
      ),
    );
  }

  /** Counts an answer; the request has nothing about the person. */
  async answer(event, question, index) {
    // Not a touch of the screen around it.
    event.stopPropagation();
    const box = this.element && this.element.querySelector(".awareness");
    if (box) fill(box, h("p.thanks", { role: "status" }, t("publicity.thanks")));
    this.turnAt = performance.now() + thanksStay * 1000;
    try {
      const body = this.withKiosk({ question: question.id, answer: index });
      await ask("POST", "/v1/awareness", { body, key: newKey() });
    } catch {
      // A resident is not told that an answer could not be counted.
    }
  }
}

/**
 * A coordinator chose other frequent items, or wrote a page of the idle screen.
 *
 * @param {import("./app.js").App} app
 */
export async function readScreens(app) {
  app.publicity.load();
  try {
    const { frequent } = await get("/v1/hall");
    app.store.state = { ...app.store.state, frequent };
    app.refresh();
  } catch {
    setTimeout(() => readScreens(app), 3000);
  }
}

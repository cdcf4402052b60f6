import { get } from "./api.js";
import { t } from "./words.js";

/** The three groups of a list, in the order of the notice. */
export const groups = /** @type {const} */ (["bring", "fill", "spare"]);

/**
 * The questions of a resident's case for one item, and the checklist that follows from the answers. The hall derives both.
 *
 * The answers of an inquiry do not change: `with` makes another one that refers to it.
 */
export class Inquiry {
  /**
   * @param {string} code of the item
   * @param {string[]} [answers] keys of the answers so far, in the order in which they were given
   * @param {Inquiry | null} [before]
   */
  constructor(code, answers = [], before = null) {
    this.code = code;
    this.answers = answers;
    /** The inquiry before the last question was answered; null at the beginning. */
    this.before = before;
    /**
     * The hall's checklist for these answers; null until it has come.
     *
     * @type {API.Checklist | null}
     */
    this.list = null;
    /**
     * The resident's mark of each entry to bring, by its index.
     *
     * @type {Record<number, "have" | "missing" | undefined>}
     */
    this.marks = {};
  }

  /**
   * The inquiry that goes on with the answers to one question.
   *
   * @param {string[]} keys
   */
  with(keys) {
    return new Inquiry(this.code, this.answers.concat(keys), this);
  }

  /**
   * Requests the checklist for these answers, with the next question.
   *
   * @param {{ signal?: AbortSignal }} [options]
   */
  async look(options) {
    const answers = encodeURIComponent(this.answers.join(","));
    this.list = await get(`/v1/items/${encodeURIComponent(this.code)}/checklist?answers=${answers}`, options);
    return this.list;
  }

  /** The next question; null where there is none, or the checklist has not come yet. */
  get question() {
    return this.list && this.list.question;
  }

  /** Whether every question is answered that the list depends on. */
  get isSettled() {
    return this.list !== null && this.list.question === null;
  }

  /** What is to be brought; nothing while the list is not known. */
  get bring() {
    return this.list ? this.list.bring : [];
  }

  /**
   * Names of what is marked so.
   *
   * @param {"have" | "missing"} kind
   */
  marked(kind) {
    return this.bring.filter((_, index) => this.marks[index] === kind).map((entry) => entry.name);
  }

  get isComplete() {
    return this.bring.length > 0 && this.bring.every((_, index) => this.marks[index] === "have");
  }

  /**
   * Marks an entry, or takes the same mark away again.
   *
   * @param {number} index
   * @param {"have" | "missing"} kind
   */
  mark(index, kind) {
    this.marks[index] = this.marks[index] === kind ? undefined : kind;
  }

  markAll() {
    this.bring.forEach((_, index) => (this.marks[index] = "have"));
  }

  /** The body of the request for this list's notice. */
  get wish() {
    return { item: this.code, situations: this.answers };
  }
}

/** Answers of a question that allows several, marked one by one. */
export class Marking {
  constructor() {
    /** @type {Set<string>} */
    this.chosen = new Set();
  }

  /**
   * @param {string} key
   * @returns whether the answer is marked now
   */
  toggle(key) {
    if (!this.chosen.delete(key)) this.chosen.add(key);
    return this.chosen.has(key);
  }

  get isEmpty() {
    return this.chosen.size === 0;
  }

  get keys() {
    return Array.from(this.chosen);
  }
}

/**
 * What the item costs, how long it takes and where it is done, as the notice and the poster print it.
 *
 * @param {API.ItemGuidance} told
 */
export function factsOf({ promised, legal, cost, place }) {
  return [
    t("item.promise", { limit: promised }),
    t("item.legal", { limit: legal }),
    t("item.cost", { cost }),
    t("item.place", { place }),
  ];
}

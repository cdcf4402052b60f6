import { get } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** @typedef {{ code: string, name: string, department?: string }} Hit an item to choose */

/** Milliseconds between the last key and the request to the server (debounce). */
const rest = 150;

/**
 * A field that finds items as one types, by the hall's own search.
 *
 * @param {object} parts
 * @param {string} parts.id the field's id, for its label
 * @param {number} parts.most how many hits are offered
 * @param {(one: Hit | null) => void} parts.onChoose called with the item touched, and with null once somebody types on
 * @param {(words: string) => void} parts.onFault called when the search does not answer
 */
export function itemSearch({ id, most, onChoose, onFault }) {
  let timer = null;
  let asked = 0;
  let chosen = false;
  /** @type {Hit[]} */
  let offered = [];
  const field = h("input", { id, autocomplete: "off", maxlength: 40, placeholder: t("takeFor.placeholder") });
  const hits = h("ul.hits", { "aria-label": t("takeFor.hits") });

  field.addEventListener("input", () => {
    chosen = false;
    offered = [];
    onChoose(null);
    clearTimeout(timer);
    timer = setTimeout(find, rest);
  });

  /** Enter takes the only suggestion; of several one is chosen by a press. */
  field.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || event.isComposing || !isOpen()) return;
    event.preventDefault();
    clearTimeout(timer);
    await find();
    if (isOpen() && offered.length === 1) choose(offered[0]);
  });

  /** Whether there is text for which no item was chosen. */
  function isOpen() {
    return field.value.trim() !== "" && !chosen;
  }

  async function find() {
    asked += 1;
    const mine = asked;
    const text = field.value.trim();
    if (!text) {
      fill(hits);
      return;
    }
    try {
      const answer = await get(`/v1/items?q=${encodeURIComponent(text)}`);
      if (mine === asked) offer(answer.items);
    } catch {
      if (mine === asked) onFault(t("search.failed"));
    }
  }

  /**
   * Lists items to choose among, also before anybody has typed.
   *
   * @param {Hit[]} items
   */
  function offer(items) {
    offered = items;
    fill(
      hits,
      items.slice(0, most).map((one) => {
        const words = one.department ? `${one.name} · ${one.department}` : one.name;
        return h("li", null, h("button.button.small", { type: "button", onclick: () => choose(one) }, words));
      }),
    );
  }

  function choose(one) {
    asked += 1;
    chosen = true;
    offered = [];
    field.value = one.name;
    fill(hits);
    onChoose(one);
  }

  return { field, hits, offer, isOpen };
}

import { h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";

/** Elements that are not cut by the end of a page, unless they are longer than a page. */
const kept = "li, h2, p, button, .elsewhere strong";
/** Elements that are never cut, even where a row of a list is longer than a page. */
const unbreakable = "button";
/** The share of a page by which two pages of a long picture overlap, so that each of its lines is whole on one of them. */
const shownTwice = 0.14;
/** In key heights: a lower page has one key only, which turns from the last page to the first. */
const oneKeyBelow = 2.5;

const pagers = new WeakMap();

/** Intervals from the top of `content`, merged where they overlap: elements side by side are one row. */
function rows(content, rects) {
  const top = content.getBoundingClientRect().top;
  const spans = rects
    .filter((one) => one.height > 0)
    .map((one) => [one.top - top, one.bottom - top])
    .sort((a, b) => a[0] - b[0]);
  const merged = [];
  for (const [start, end] of spans) {
    const last = merged[merged.length - 1];
    if (last && start < last[1] - 1) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

const rectsOf = (elements) => elements.map((one) => one.getBoundingClientRect());

/** The lines of text in `content`. */
function textLines(content) {
  const lines = [];
  const walk = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walk.nextNode()) {
    range.selectNodeContents(walk.currentNode);
    lines.push(...range.getClientRects());
  }
  return lines;
}

/** Rows of which none is higher than a page, unless it is a key; `alone` tells that a heading stands on a page without its first row. */
function fineRows(content, height) {
  const all = Array.from(content.querySelectorAll(kept));
  // A heading stays together with the row below it.
  const coarse = rows(content, rectsOf(all));
  const heads = rows(content, rectsOf(all.filter((one) => one.matches("h2"))));
  let alone = false;
  for (const [start, end] of heads) {
    const below = coarse.findIndex((row) => row[0] >= end - 1);
    const head = coarse.findIndex((row) => row[0] <= start + 1 && row[1] >= end - 1);
    if (below !== head + 1 || below === 0) continue;
    if (coarse[below][1] - coarse[head][0] <= height) coarse.splice(head, 2, [coarse[head][0], coarse[below][1]]);
    else if (coarse[below][1] - coarse[below][0] <= height) alone = true;
  }
  if (coarse.every((row) => row[1] - row[0] <= height)) return { rows: coarse, alone };
  const fine = rows(content, rectsOf(Array.from(content.querySelectorAll(unbreakable))).concat(textLines(content)));
  const cut = coarse.flatMap((row) =>
    row[1] - row[0] <= height ? [row] : fine.filter((one) => one[0] >= row[0] - 1 && one[1] <= row[1] + 1),
  );
  return { rows: cut, alone };
}

/** The pages of a content as intervals; `whole` is false where a key is higher than a page, or a heading stands alone. */
function pagesOf(content, height) {
  const all = fineRows(content, height);
  const pages = [];
  let whole = !all.alone;
  for (const [start, end] of all.rows) {
    const last = pages[pages.length - 1];
    if (last && end - last[0] <= height + 1) last[1] = end;
    else if (end - start <= height + 1) pages.push([start, end]);
    else {
      whole = false;
      pages.push([start, start + height]);
    }
  }
  return { pages, whole };
}

/** A picture longer than a page, in pages that overlap. */
function pagesOfPicture(length, height) {
  const pages = [];
  const step = height * (1 - shownTwice);
  for (let start = 0; ; start += step) {
    if (start + height >= length) {
      pages.push([Math.max(0, length - height), length]);
      return pages;
    }
    pages.push([start, start + height]);
  }
}

/**
 * A list longer than its room, in pages that are turned by large keys. No row is cut at an edge. Nothing scrolls: many do not know
 * swiping, and take a row that is cut off for the end.
 */
class Pager {
  constructor(content, label) {
    this.content = content;
    this.box = h("div.box", { tabindex: "0", role: "region", "aria-label": label, onkeydown: (event) => this.typed(event) }, content);
    const key = (name, words, step) =>
      h(
        "button.button.turn",
        { type: "button", onclick: () => this.turn(step), "data-repeats": true, "aria-label": words },
        icon(name),
        h("span", null, words),
      );
    this.up = key("up", t("page.up"), -1);
    this.down = key("down", t("page.down"), 1);
    this.count = h("span.count", { "aria-hidden": "true" });
    this.said = h("span.unseen", { role: "status" });
    this.keys = h("div.turns", null, this.up, this.count, this.down);
    this.element = h("div.pager", null, this.box, this.keys, this.said);
    this.pages = [[0, 0]];
    this.page = 0;
    // Focus on another page turns to that page; the box itself never scrolls.
    this.box.addEventListener("scroll", () => (this.box.scrollTop = 0), { passive: true });
    this.content.addEventListener("focusin", (event) => this.reach(event.target));
    const later = new ResizeObserver(() => requestAnimationFrame(() => this.element.isConnected && this.settle()));
    later.observe(this.box);
    later.observe(content);
    pagers.set(this.element, this);
  }

  /** Divides the content into pages; false where a key is higher than a page. */
  settle() {
    const { content, keys } = this;
    const before = this.pages[this.page] ? this.pages[this.page][0] : 0;
    content.style.removeProperty("transform");
    keys.hidden = true;
    const fits = content.offsetHeight <= this.height + 1 && !this.overhangs();
    let whole = true;
    this.pages = [[0, content.offsetHeight]];
    if (!fits) {
      keys.hidden = false;
      const single = this.height < oneKeyBelow * this.target || this.isCrowded();
      this.element.classList.toggle("one-key", single);
      this.up.hidden = single;
      this.cycles = single;
      if (content.matches("img")) this.pages = pagesOfPicture(content.offsetHeight, this.height);
      else ({ pages: this.pages, whole } = pagesOf(content, this.height));
      if (!this.pages.length) this.pages = [[0, content.offsetHeight]];
      // Only empty space below the last row exceeds the page.
      if (this.pages.length === 1) keys.hidden = true;
    }
    const again = this.pages.findIndex((page) => before >= page[0] - 1 && before < page[1]);
    this.go(again < 0 ? Math.min(this.page, this.pages.length - 1) : again);
    return whole && this.height > 0;
  }

  /** Whether two keys with the page's number between them exceed their room. */
  isCrowded() {
    const { count, element, keys, up } = this;
    element.classList.remove("one-key");
    up.hidden = false;
    if (!count.textContent) count.textContent = "1/2";
    return keys.scrollHeight > keys.clientHeight + 1;
  }

  overhangs() {
    return this.content.scrollHeight > this.content.offsetHeight + 1 && !this.content.matches("img");
  }

  get height() {
    const style = getComputedStyle(this.box);
    return this.box.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  }

  get target() {
    return parseFloat(getComputedStyle(this.element).getPropertyValue("--target")) || 96;
  }

  go(page) {
    this.page = page;
    const [start, end] = this.pages[page];
    const several = this.pages.length > 1;
    if (start > 0) this.content.style.setProperty("transform", `translateY(${-start}px)`);
    else this.content.style.removeProperty("transform");
    const under = Math.max(0, this.height - (end - start) - 1);
    if (several && under > 0) this.box.style.setProperty("clip-path", `inset(0 0 ${under}px 0)`);
    else this.box.style.removeProperty("clip-path");
    this.up.disabled = page === 0;
    this.down.disabled = !this.cycles && page === this.pages.length - 1;
    const words = several ? `${page + 1}/${this.pages.length}` : "";
    if (this.count.textContent !== words) this.count.textContent = words;
  }

  turn(step) {
    const count = this.pages.length;
    const next = this.cycles ? (this.page + step + count) % count : this.page + step;
    if (next < 0 || next >= count || next === this.page) return;
    this.go(next);
    this.said.textContent = t("page.of", { page: next + 1, count });
  }

  reach(target) {
    this.box.scrollTop = 0;
    const top = target.getBoundingClientRect().top - this.content.getBoundingClientRect().top;
    const page = this.pages.findIndex((one) => top >= one[0] - 1 && top < one[1]);
    if (page >= 0 && page !== this.page) this.go(page);
  }

  typed(event) {
    if (event.target !== this.box) return;
    const step = { PageDown: 1, ArrowDown: 1, PageUp: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.turn(step);
  }
}

/** A list that is turned by pages where it is longer than its room. */
export function pager(content, label) {
  return new Pager(content, label).element;
}

const within = (root) => Array.from(root.querySelectorAll(".pager"), (one) => pagers.get(one)).filter(Boolean);

/** Divides every list of a screen into pages; false where one has no room for its highest key. */
export function settlePagers(root) {
  return within(root).map((one) => one.settle()).every(Boolean);
}

/** The pages that are open in a screen, for `turnTo` after it was built anew. */
export function turnedPages(root) {
  return within(root).map((one) => one.pages[one.page][0]);
}

export function turnTo(root, starts) {
  within(root).forEach((one, index) => {
    const page = one.pages.findIndex(([start, end]) => starts[index] >= start - 1 && starts[index] < end);
    if (page > 0) one.go(page);
  });
}

/**
 * A tiny element builder. Data enters the document only as text nodes and attribute values, never as markup.
 *
 * A function given as a child or as an attribute is live: it is called again on every `refresh()` of the view that it
 * was built in, and the document is changed only where its result changed.
 */

/** @type {View | null} */
let current = null;

/** One built piece of the page with its live parts. */
export class View {
  /** @param {() => HTMLElement} build */
  constructor(build) {
    /** @type {Array<() => void>} */
    this.updates = [];
    const outer = current;
    current = this;
    try {
      this.element = build();
    } finally {
      current = outer;
    }
  }

  refresh() {
    for (const update of this.updates) update();
  }
}

function liveValue(read, write) {
  let shown;
  const update = () => {
    const value = read();
    if (value !== shown) {
      shown = value;
      write(value);
    }
  };
  update();
  if (current) current.updates.push(update);
}

function setAttribute(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function append(element, child) {
  if (child === null || child === undefined || child === false) return;
  if (Array.isArray(child)) {
    for (const one of child) append(element, one);
  } else if (child instanceof Node) {
    element.appendChild(child);
  } else if (typeof child === "function") {
    const text = document.createTextNode("");
    liveValue(child, (value) => {
      text.data = value === null || value === undefined ? "" : String(value);
    });
    element.appendChild(text);
  } else {
    element.appendChild(document.createTextNode(String(child)));
  }
}

function dress(element, attributes) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (typeof value === "function") liveValue(value, (now) => setAttribute(element, name, now));
    else setAttribute(element, name, value);
  }
}

/**
 * An HTML element: `h("button.main", { onclick: act }, "取号")`.
 *
 * @template {string} Selector
 * @param {Selector} selector a tag with classes behind it
 * @param {Record<string, any> | null} [attributes]
 * @param {any[]} children
 * @returns {Pages.Made<Selector>}
 */
export function h(selector, attributes, ...children) {
  const [tag, ...classes] = selector.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  dress(element, attributes);
  append(element, children);
  return /** @type {any} */ (element);
}

/**
 * What the page's own document has under this id.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byID(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

/** What has the focus; null for nothing that could be given it back. */
export function focusedElement() {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? activeElement : null;
}

const svgNamespace = "http://www.w3.org/2000/svg";

/** An SVG element; decoration, hidden from screen readers unless it is given a label. */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, String(value));
  for (const child of children) element.appendChild(child);
  return element;
}

/**
 * Replaces what `parent` holds.
 *
 * @param {Element} parent
 * @param {any[]} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

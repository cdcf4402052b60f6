import { focusedElement, h } from "./dom.js";

const focusable = "button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex='0']";
let count = 0;

/**
 * @param {Element} panel
 * @returns {HTMLElement[]}
 */
const stopsOf = (panel) => Array.from(panel.querySelectorAll(focusable));

/**
 * A dialog over the page. Focus goes in and stays in until it is closed, and Escape closes it when it may be left.
 *
 * @param {object} parts
 * @param {string} parts.title
 * @param {any} parts.body
 * @param {any[]} [parts.buttons]
 * @param {string} [parts.role]
 * @param {string} [parts.className]
 * @param {() => void} [parts.onEscape]
 * @param {HTMLElement} [parts.focusFirst]
 * @returns a function that closes it
 */
export function openDialog({
  title,
  body,
  buttons,
  role = "dialog",
  className = "",
  onEscape,
  focusFirst,
}) {
  count += 1;
  const titleID = `dialog-${count}`;
  const before = focusedElement();
  const panel = h(
    "div.dialog",
    { role, "aria-modal": "true", "aria-labelledby": titleID },
    h("h2", { id: titleID }, title),
    body,
    buttons && buttons.length ? h("div.row", null, buttons) : null,
  );
  if (className) panel.classList.add(className);
  const veil = h("div.veil", null, panel);

  const close = () => {
    if (!veil.isConnected) return;
    veil.remove();
    if (!before || !before.isConnected) return;
    before.focus({ preventScroll: true });
    before.dataset.returned = "";
    before.addEventListener("blur", () => delete before.dataset.returned, { once: true });
  };
  veil.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape" && onEscape) onEscape();
    if (event.key !== "Tab") return;
    const stops = stopsOf(panel);
    if (!stops.length) return;
    const first = stops[0];
    const last = stops[stops.length - 1];
    if (event.shiftKey && document.activeElement === first) {
      last.focus();
      event.preventDefault();
    } else if (!event.shiftKey && document.activeElement === last) {
      first.focus();
      event.preventDefault();
    }
  });
  document.body.appendChild(veil);
  const target = focusFirst || stopsOf(panel)[0];
  if (target) target.focus({ preventScroll: true });
  return close;
}

import { h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * What went wrong, as the hall says it: a mark, the title and, smaller, what to do.
 *
 * @param {{ title: string, detail?: string }} problem
 */
export function failure({ title, detail = "" }) {
  return [icon("warn"), h("span", null, title, detail ? h("small", null, detail) : null)];
}

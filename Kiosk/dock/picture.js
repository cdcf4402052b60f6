import { svg } from "../shared/dom.js";

/** A drawing of the printer: its paper, its cover and its lamp show the printer's conditions. */
export function printerPicture(conditions) {
  const has = (name) => conditions.includes(name);
  const paper = has("paper_out") ? [] : [
    svg("rect", { class: "paper", x: 62, y: 6, width: 76, height: has("paper_low") ? 22 : 44 }),
    svg("path", { class: "print", d: has("paper_low") ? "M72 16h40" : "M72 18h40M72 28h54M72 38h30" }),
  ];
  const cover = has("cover_open")
    ? svg("path", { class: "body", d: "M24 50L8 14L150 2L176 50z" })
    : svg("rect", { class: "body", x: 24, y: 46, width: 152, height: 16, rx: 6 });
  const wrong = conditions.some((name) => !["paper_low", "paper_out_in_next_slip"].includes(name));
  const lamp = svg(
    "circle",
    { class: has("offline") || has("power_off") ? "lamp dark" : wrong ? "lamp bad" : "lamp good", cx: 156, cy: 86, r: 6 },
  );
  return svg(
    "svg",
    { class: "picture", viewBox: "0 0 200 120", "aria-hidden": "true", focusable: "false" },
    ...(has("cover_open") ? [cover, ...paper] : [...paper, cover]),
    svg("rect", { class: "body", x: 18, y: 56, width: 164, height: 54, rx: 10 }),
    svg("path", { class: "slot", d: "M56 60h88" }),
    lamp,
  );
}

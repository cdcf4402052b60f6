import { svg } from "./dom.js";

const paths = {
  ticket: [
    "M3 8a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v2a2 2 0 0 0 0 4v2a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-2a2 2 0 0 0 0-4z",
    "M10 12h4",
  ],
  parcel: ["M3 8l9-5 9 5v8l-9 5-9-5z", "M3 8l9 5 9-5", "M12 13v8"],
  list: ["M6 3h12v18l-3-2-3 2-3-2-3 2z", "M9 8h6", "M9 12h6"],
  question: [
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
    "M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8",
    "M12 17h.01",
  ],
  bell: ["M6 17V11a6 6 0 0 1 12 0v6l2 2H4z", "M10 21h4"],
  back: ["M15 5l-7 7 7 7"],
  home: ["M4 11l8-7 8 7v9H4z", "M10 20v-6h4v6"],
  search: ["M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14z", "M16 16l5 5"],
  print: ["M7 9V3h10v6", "M7 17H4V9h16v8h-3", "M7 14h10v7H7z"],
  check: ["M5 13l5 5 9-11"],
  warn: ["M12 3l10 18H2z", "M12 10v5", "M12 18h.01"],
  up: ["M5 15l7-7 7 7"],
  down: ["M5 9l7 7 7-7"],
  speaker: ["M4 9v6h4l6 5V4L8 9z", "M17.5 8.5a5 5 0 0 1 0 7"],
  muted: ["M4 9v6h4l6 5V4L8 9z", "M17 9l5 6", "M22 9l-5 6"],
  hall: ["M3 21h18", "M5 21V10", "M19 21V10", "M3 10l9-6 9 6z", "M10 21v-6h4v6"],
  arrow: ["M3 12h17", "M14 6l6 6-6 6"],
  clock: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M12 7v5l3 3"],
  contrast: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M12 3v18", "M12 8h6", "M12 12h8", "M12 16h6"],
  undo: ["M8 5L3 10l5 5", "M3 10h11a6 6 0 0 1 0 12h-3"],
  card: ["M3 5h18v14H3z", "M7 9h4v4H7z", "M14 9h4", "M14 13h4", "M7 16h11"],
  person: ["M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7"],
  delete: ["M9 5h12v14H9l-6-7z", "M12 9l6 6", "M18 9l-6 6"],
  pause: ["M8 5v14", "M16 5v14"],
};

/** A line drawing of 24 units; it stands beside a word and never replaces it. */
export function icon(name) {
  const lines = (paths[name] || []).map((d) => svg("path", { d }));
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, ...lines);
}

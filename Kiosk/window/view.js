/** The clerk's settings for the look of the console: the only data that a page stores on its machine. */
const storageKey = "yichuang.window.view";

const choices = { size: ["ordinary", "larger"], contrast: ["ordinary", "high"] };

function read() {
  try {
    return JSON.parse(localStorage.getItem(storageKey) || "{}");
  } catch {
    return {};
  }
}

export function viewSettings() {
  const kept = read();
  const valid = (name) => (choices[name].includes(kept[name]) ? kept[name] : choices[name][0]);
  return { size: valid("size"), contrast: valid("contrast") };
}

export function applyView() {
  const { size, contrast } = viewSettings();
  document.documentElement.dataset.size = size;
  document.documentElement.dataset.contrast = contrast;
}

/** Changes one setting to its next value and stores it. */
export function nextView(name) {
  const now = viewSettings();
  const list = choices[name];
  now[name] = list[(list.indexOf(now[name]) + 1) % list.length];
  try {
    localStorage.setItem(storageKey, JSON.stringify(now));
  } catch {
    // Without storage the choice lasts until the page is left.
  }
  document.documentElement.dataset[name] = now[name];
}

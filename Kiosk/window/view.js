/** How this clerk likes the console to look: the only thing that a page keeps on its machine. */
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

/** Goes on to the next choice of one setting and keeps it. */
export function nextView(name) {
  const now = viewSettings();
  const list = choices[name];
  now[name] = list[(list.indexOf(now[name]) + 1) % list.length];
  try {
    localStorage.setItem(storageKey, JSON.stringify(now));
  } catch {
    // Without storage the choice holds until the page is left.
  }
  document.documentElement.dataset[name] = now[name];
}

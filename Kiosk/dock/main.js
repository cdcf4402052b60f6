import { ask, get, newKey } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { loadWords, setLanguage, t } from "../shared/words.js";
import { printerPicture } from "./picture.js";

/** Milliseconds between two looks at the emulated hardware. Only the demo has a dock, so it may ask again and again. */
const lookEvery = 1000;

const conditions = ["paper_low", "paper_out", "cover_open", "cutter_fault", "offline", "stalled"];

const page = document.getElementById("page");
let shown = "";

async function set(kiosk, condition, on) {
  await ask("POST", `/dock/printers/${encodeURIComponent(kiosk)}`, { body: { condition, on }, key: newKey() });
  await look();
}

const elsewhere = (href, content) => h("a", { href, target: "_blank", rel: "noopener" }, content);
const picture = ({ url, name }) => h("img", { src: url, alt: t("dock.slip", { name }), loading: "lazy" });

function printer({ kiosk, conditions: reported, stalled, slips }) {
  const present = stalled ? [...reported, "stalled"] : reported;
  const has = (name) => present.includes(name);
  return h(
    "section.printer.card",
    { "aria-labelledby": `printer-${kiosk}` },
    h("h2", { id: `printer-${kiosk}` }, kiosk),
    printerPicture(present),
    h(
      "div.switches",
      { role: "group", "aria-label": t("dock.switches", { kiosk }) },
      conditions.map((name) =>
        h(
          "button.button",
          {
            type: "button",
            "aria-pressed": String(has(name)),
            "data-condition": name,
            onclick: () => set(kiosk, name, !has(name)),
          },
          has(name) ? icon("warn") : null,
          t(`dock.${name}`),
        ),
      ),
    ),
    h("p", null, elsewhere(`/touch/?kiosk=${encodeURIComponent(kiosk)}`, t("dock.open", { kiosk }))),
    h("h3", null, t("dock.slips", { count: slips.length })),
    slips.length
      ? h(
          "ul.slips",
          { tabindex: "0", "aria-label": t("dock.slips", { count: slips.length }) },
          slips.map((slip) => h("li", null, elsewhere(slip.url, picture(slip)))),
        )
      : h("p.hint", null, t("dock.none")),
  );
}

async function look() {
  try {
    const state = await get("/dock/state");
    const key = JSON.stringify(state);
    if (key === shown) return;
    shown = key;
    const focused = document.activeElement ? document.activeElement.closest("[data-condition]") : null;
    const condition = focused ? focused.dataset.condition : null;
    const owner = focused ? focused.closest(".printer").getAttribute("aria-labelledby") : null;
    fill(
      page,
      h(
        "main.dock",
        null,
        h("h1", null, t("dock.title")),
        h("p.hint", null, t("dock.text")),
        h("div.printers", null, state.printers.map(printer)),
      ),
    );
    if (owner) {
      const again = document.querySelector(`[aria-labelledby="${owner}"] [data-condition="${condition}"]`);
      if (again) again.focus();
    }
  } catch {
    shown = "";
    fill(page, h("main.dock", null, h("h1", null, t("dock.title")), h("p", { role: "alert" }, t("dock.away"))));
  }
}

await loadWords();
setLanguage("zh-Hans");
document.title = t("dock.title");
await look();
setInterval(look, lookEvery);

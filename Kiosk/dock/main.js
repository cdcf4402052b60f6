import { ask, get, newKey } from "../shared/api.js";
import { byID, fill, focusedElement, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { loadWords, setLanguage, t } from "../shared/words.js";
import { printerPicture } from "./picture.js";

/** Milliseconds between two polls of the emulated hardware. Only the demo has a dock, so polling is cheap enough. */
const lookEvery = 1000;

const switches = [
  "paper_low",
  "paper_out",
  "paper_out_in_next_slip",
  "cover_open",
  "cutter_fault",
  "stalled",
  "offline",
  "power_off",
];

const page = byID("page");
let shown = "";

async function set(kiosk, condition, on) {
  await ask("POST", `/dock/printers/${encodeURIComponent(kiosk)}`, { body: { condition, on }, key: newKey() });
  await look();
}

const elsewhere = (href, content) => h("a", { href, target: "_blank", rel: "noopener" }, content);
const picture = ({ url, name }) => h("img", { src: url, alt: t("dock.slip", { name }), loading: "lazy" });

/** What is on of the switches; a printer without power reports itself offline whatever its cable does. */
const present = ({ conditions, stalled, powered, breaks_next: breaks }) => [
  ...conditions.filter((name) => powered || name !== "offline"),
  ...(stalled ? ["stalled"] : []),
  ...(powered ? [] : ["power_off"]),
  ...(breaks ? ["paper_out_in_next_slip"] : []),
];

async function work(kiosk, action) {
  await ask("POST", `/dock/readers/${encodeURIComponent(kiosk)}`, { body: action, key: newKey() });
  await look();
}

/** What a person can do at a kiosk's card reader and scanner. */
function readers({ kiosk, plugged }, badges) {
  const scan = h("input", { type: "text", id: `scan-${kiosk}`, maxlength: 200, autocomplete: "off" });
  const key = (words, action) =>
    h("button.button", { type: "button", "data-condition": words, onclick: () => work(kiosk, action) }, t(words));
  const plug = (kind) =>
    plugged.includes(kind)
      ? key(`dock.${kind}.unplug`, { action: "unplug", kind })
      : key(`dock.${kind}.plug`, { action: "plug", kind });
  return h(
    "div.readers",
    null,
    h("h3", null, t("dock.readers")),
    h(
      "div.switches",
      { role: "group", "aria-label": t("dock.readers") },
      key("dock.lay", { action: "lay", card: "resident" }),
      key("dock.lay.other", { action: "lay", card: "resident:1" }),
      key("dock.lay.foreign", { action: "lay", card: "foreign" }),
      key("dock.lift", { action: "lift" }),
      plug("card_reader"),
      key("dock.card_reader.stall", { action: "stall", kind: "card_reader" }),
      key("dock.card_reader.go_on", { action: "go_on", kind: "card_reader" }),
      plug("scanner"),
      badges.map(({ number, code }) =>
        h(
          "button.button",
          { type: "button", "data-condition": `badge-${number}`, onclick: () => work(kiosk, { action: "scan", text: code }) },
          t("dock.scan.badge", { number }),
        ),
      ),
    ),
    h(
      "form.scan",
      {
        onsubmit: (event) => {
          event.preventDefault();
          if (scan.value) work(kiosk, { action: "scan", text: scan.value });
        },
      },
      h("label", { for: `scan-${kiosk}` }, t("dock.scan.text")),
      scan,
      h("button.button", { type: "submit" }, t("dock.scan")),
    ),
  );
}

/** The shifts that can be given to the hall's clock, in seconds beyond the machine's; `right` is the machine's own time. */
const clockSteps = [
  ["right", 0],
  ["hour_on", 3600],
  ["hour_back", -3600],
  ["days_on", 3 * 86_400],
  ["days_back", -3 * 86_400],
];

async function setClock(ahead) {
  await ask("POST", "/dock/clock", { body: { ahead }, key: newKey() });
  await look();
}

function clock(ahead) {
  return h(
    "section.printer.card",
    { "aria-labelledby": "printer-clock" },
    h("h2", { id: "printer-clock" }, t("dock.clock")),
    h(
      "div.switches",
      { role: "group", "aria-labelledby": "printer-clock" },
      clockSteps.map(([name, seconds]) =>
        h(
          "button.button",
          {
            type: "button",
            "aria-pressed": String(ahead === seconds),
            "data-condition": name,
            onclick: () => setClock(seconds),
          },
          t(`dock.clock.${name}`),
        ),
      ),
    ),
  );
}

function printer(state, reader, badges) {
  const { kiosk, slips } = state;
  const has = (name) => present(state).includes(name);
  return h(
    "section.printer.card",
    { "aria-labelledby": `printer-${kiosk}` },
    h("h2", { id: `printer-${kiosk}` }, kiosk),
    printerPicture(present(state)),
    h("p.hint", null, t("dock.roll_left", { metres: (state.roll_mm / 1000).toFixed(1) })),
    h(
      "div.switches",
      { role: "group", "aria-label": t("dock.switches", { kiosk }) },
      switches.map((name) =>
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
      h(
        "button.button",
        { type: "button", "data-condition": "roll", onclick: () => set(kiosk, "roll", true) },
        t("dock.roll"),
      ),
    ),
    h("p", null, elsewhere(`/touch/?kiosk=${encodeURIComponent(kiosk)}`, t("dock.open", { kiosk }))),
    reader ? readers(reader, badges) : null,
    h("h3", null, t("dock.slips", { count: slips.length })),
    slips.length
      ? h(
          "ul.slips",
          { tabindex: "0", "aria-label": t("dock.slips", { count: slips.length }) },
          slips.map((slip) =>
            h(
              "li",
              null,
              elsewhere(slip.url, picture(slip)),
              slip.whole ? null : h("p.torn", null, icon("warn"), t("dock.torn")),
            ),
          ),
        )
      : h("p.hint", null, t("dock.none")),
  );
}

async function look() {
  try {
    const state = await get("/dock/state");
    const key = JSON.stringify(state);
    if (key === shown) return;
    const typing = focusedElement();
    if (typing instanceof HTMLInputElement && typing.value) return;
    shown = key;
    const condition = typing?.closest("[data-condition]")?.getAttribute("data-condition");
    const owner = condition ? typing?.closest(".printer")?.getAttribute("aria-labelledby") : null;
    fill(
      page,
      h(
        "main.dock",
        null,
        h("h1", null, t("dock.title")),
        h("p.hint", null, t("dock.text")),
        h(
          "div.printers",
          null,
          state.printers.map((one) => printer(one, state.readers.find((other) => other.kiosk === one.kiosk), state.badges)),
          clock(state.clock_ahead),
        ),
      ),
    );
    if (owner) {
      const again = document.querySelector(`[aria-labelledby="${owner}"] [data-condition="${condition}"]`);
      if (again instanceof HTMLElement) again.focus();
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

import { get } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** Milliseconds after the last key until items are looked for. */
const typingRest = 250;

/**
 * 安排: what a coordinator changes by day, without a file. Each part has its own button. What is arranged stands below the
 * tiles, with the button that takes it back.
 *
 * @param {import("./today.js").Today} page
 */
export function arrangeDialog(page) {
  const said = h("p.said", { role: "alert" });
  /** Sends the request. Closes the dialog when the hall has accepted it, else shows why not. */
  async function go(path, body) {
    fill(said);
    const problem = await page.act(/** @type {never} */ (path), body);
    if (problem) fill(said, `${problem.title} ${problem.detail}`);
    else close();
  }
  const close = openDialog({
    title: t("arrange.title"),
    className: "wide",
    body: h("div.arrange", null, lanePart(page, go), sessionPart(page, go), frequentPart(page, go), publicityPart(page, go), said),
    onEscape: () => close(),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.close"))],
  });
}

/** One part: a form with a heading, fields and a button. */
function part(name, fields, act) {
  const submit = (event) => {
    event.preventDefault();
    act();
  };
  return h(
    "form.part",
    { "aria-labelledby": `arrange-${name}`, onsubmit: submit },
    h("h3", { id: `arrange-${name}` }, t(`arrange.${name}`)),
    h("p.hint", null, t(`arrange.${name}.hint`)),
    h("div.fields", null, fields, h("button.button", { type: "submit" }, t(`arrange.${name}.go`))),
  );
}

const field = (input, label) => h("p.field", null, h("label", { for: input.id }, label), input);

function lanePart(page, go) {
  const lanes = page.today ? page.today.lanes : [];
  const lane = h("select", { id: "arrange-lane" }, lanes.map((one) => h("option", { value: one.letter }, `${one.letter} ${one.name}`)));
  const reason = h("input", { id: "arrange-reason", maxlength: 60, required: true, autocomplete: "off" });
  return part("pause", [field(lane, t("arrange.lane")), field(reason, t("arrange.reason"))], () =>
    go(`/v1/lanes/${lane.value}/pause`, { reason: reason.value.trim() }));
}

/** A day, today's to begin with, and the times. @param {import("./today.js").Today} page */
function sessionPart(page, go) {
  const today = page.today ? page.today.clock.slice(0, 10) : "";
  const date = h("input", { id: "arrange-date", type: "date", required: true, min: today, value: today });
  const from = h("input", { id: "arrange-from", type: "time", required: true });
  const to = h("input", { id: "arrange-to", type: "time", required: true });
  const when = h("div.when", null, field(date, t("arrange.date")), field(from, t("arrange.from")), field(to, t("arrange.to")));
  return part("session", [when], () =>
    go("/v1/today/session", { date: date.value, from: from.value, to: to.value }));
}

/** The frequent items in their order, and a search for one more. */
function frequentPart(page, go) {
  /** @type {Array<{ code: string, name: string }>} */
  let chosen = page.today && page.today.arrangements.frequent ? page.today.arrangements.frequent.items : [];
  const list = h("ul.chosen");
  const found = h("ul.found");
  const query = h("input", { id: "arrange-query", autocomplete: "off", maxlength: 40, oninput: () => typed() });
  let timer = 0;
  const small = (words, spoken, act) =>
    h("button.button.small", { type: "button", "aria-label": spoken, onclick: act }, words);

  function show() {
    fill(
      list,
      chosen.map((one) =>
        h("li", null, h("span", { lang: "zh-Hans" }, one.name), small("×", t("arrange.frequent.out", { name: one.name }), () => {
          chosen = chosen.filter((other) => other.code !== one.code);
          show();
        }))),
    );
  }

  function typed() {
    clearTimeout(timer);
    timer = Number(setTimeout(look, typingRest));
  }

  async function look() {
    const words = query.value.trim();
    if (!words) return fill(found);
    try {
      const { items } = await get(`/v1/items?q=${encodeURIComponent(words)}`);
      return fill(
        found,
        items.slice(0, 5).map((one) =>
          h("li", null, h("button.button.small", { type: "button", lang: "zh-Hans", onclick: () => add(one) }, one.name))),
      );
    } catch {
      return fill(found, h("li.hint", null, t("error.unreachable")));
    }
  }

  function add({ code, name }) {
    if (!chosen.some((one) => one.code === code)) chosen = [...chosen, { code, name }];
    query.value = "";
    fill(found);
    show();
    query.focus();
  }

  show();
  return part("frequent", [list, field(query, t("arrange.frequent.find")), found], () =>
    go("/v1/today/frequent", { items: chosen.map((one) => one.code) }));
}

function publicityPart(page, go) {
  const present = page.today ? page.today.arrangements.publicity : null;
  const title = h("input", { id: "arrange-heading", maxlength: 24, required: true, autocomplete: "off", value: present ? present.title : "" });
  const text = h("textarea", { id: "arrange-text", rows: 3, maxlength: 366 });
  text.value = present ? present.lines.join("\n") : "";
  return part("publicity", [field(title, t("arrange.heading")), field(text, t("arrange.text"))], () => {
    const lines = text.value.split("\n").map((one) => one.trim()).filter(Boolean);
    return go("/v1/today/publicity", { title: title.value.trim(), lines });
  });
}

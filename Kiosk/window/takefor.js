import { get } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { Press } from "../shared/press.js";
import { stopsWords } from "../shared/stops.js";
import { t } from "../shared/words.js";
import { itemSearch } from "./itemsearch.js";
import { kioskChoice } from "./kiosks.js";

/**
 * 高效办成一件事: a choice of bundles, and the checklist of the chosen one, to be read out.
 *
 * @param {(words: string) => void} onFault
 */
function bundleChoice(onFault) {
  const bundle = h("select", { id: "take-bundle", onchange: () => choose() }, h("option", { value: "" }, t("takeFor.noBundle")));
  const field = h("p.field", { hidden: true }, h("label", { for: "take-bundle" }, t("takeFor.bundle")), bundle);
  const list = h("p.hint", { role: "status" });
  /** @type {API.BundleSummary[]} */
  let bundles = [];

  async function read() {
    try {
      ({ bundles } = await get("/v1/bundles"));
    } catch {
      // Without the bundles a number is taken for one item at a time.
      return;
    }
    bundle.append(...bundles.map((one) => h("option", { value: one.code }, one.name)));
    field.hidden = bundles.length === 0;
  }

  /** One list for all items. */
  async function choose() {
    list.textContent = "";
    if (!bundle.value) return;
    try {
      const { bring } = await get(`/v1/bundles/${encodeURIComponent(bundle.value)}`);
      list.textContent = t("takeFor.bring", { list: bring.map((one) => one.name).join("、") });
    } catch {
      onFault(t("search.failed"));
    }
  }

  /** The chosen bundle's items that are done here. */
  function items() {
    const many = bundles.find((one) => one.code === bundle.value);
    return many ? many.items.filter((one) => one.elsewhere === null).map((one) => one.code) : [];
  }

  return { field, list, read, items };
}

/**
 * 代取号: a number for a resident who does not use the kiosk, with priority (优) where it is due. For somebody who holds a number
 * already it needs a reason, which is kept in the journal.
 *
 * @param {Pages.Console} console
 */
export function takeForDialog(console) {
  const press = new Press({ onChange: () => (go.disabled = press.busy) });
  let chosen = null;
  let close = null;

  const search = itemSearch({
    id: "take-query",
    most: console.store.state.shown.suggestions,
    onChoose: (one) => {
      chosen = one ? one.code : null;
      if (one) go.focus();
    },
    onFault: (words) => {
      said.textContent = words;
    },
  });
  const lane = h(
    "select",
    { id: "take-lane" },
    h("option", { value: "" }, t("takeFor.anyLane")),
    console.store.state.lanes.map((one) => h("option", { value: one.letter }, `${one.letter} ${one.name}`)),
  );
  const stopped = console.store.state.lanes.filter((one) => one.stopped).map((one) => `${one.letter} ${one.name}`);
  const bundle = bundleChoice((words) => (said.textContent = words));
  const kiosk = kioskChoice(console, "take-kiosk");
  const priority = h("input", { id: "take-priority", type: "checkbox" });
  const reason = h("input", { id: "take-reason", maxlength: 60, autocomplete: "off" });
  const said = h("p.said", { role: "alert" });
  const result = h("p.result", { role: "status" });
  const go = h("button.button.main", { type: "submit" }, t("takeFor.go"));

  async function take(event) {
    event.preventDefault();
    if (press.busy) return;
    said.textContent = "";
    // Text for which no item was chosen: a number without an item would be for something else, so none is taken.
    if (search.isOpen()) {
      said.textContent = t("takeFor.unresolved");
      search.field.focus();
      return;
    }
    const body = { items: chosen ? [chosen] : bundle.items() };
    if (lane.value && body.items.length === 0) body.lane = lane.value;
    if (priority.checked) body.priority = true;
    if (kiosk.value) body.kiosk = kiosk.value;
    if (reason.value.trim()) body.reason = reason.value.trim();
    try {
      const ticket = await press.post("/v1/tickets", body);
      if (ticket) done(ticket);
    } catch (problem) {
      said.textContent = `${problem.title} ${problem.detail}`;
    }
  }

  function done(ticket) {
    form.hidden = true;
    fill(
      result,
      h("b.number", null, ticket.number),
      h("span", null, ticket.priority ? ` ${t("mark.priority")}` : ""),
      h("span", null, t("takeFor.done", { count: ticket.ahead })),
      ticket.stops.length ? h("span", null, ` ${t("stops.next", { stops: stopsWords(ticket.stops) })}`) : null,
    );
    cancel.textContent = t("dialog.close");
    cancel.focus();
  }

  const form = h(
    "form.takefor",
    { onsubmit: take },
    h("p.field", null, h("label", { for: "take-query" }, t("takeFor.item")), search.field),
    search.hits,
    bundle.field,
    bundle.list,
    h("p.field", null, h("label", { for: "take-lane" }, t("takeFor.lane")), lane),
    h("p.field", null, h("label", { for: "take-kiosk" }, t("takeFor.paper")), kiosk),
    h("p.check", null, priority, h("label", { for: "take-priority" }, t("takeFor.priority"))),
    h("p.field", null, h("label", { for: "take-reason" }, t("takeFor.reason")), reason),
    stopped.length ? h("p.said", { role: "note" }, t("takeFor.stopped", { lanes: stopped.join(t("list.comma")) })) : null,
    said,
    go,
  );
  const cancel = h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"));
  close = openDialog({
    title: t("bar.takeFor"),
    body: h("div", null, form, result),
    buttons: [cancel],
    onEscape: () => close(),
    focusFirst: search.field,
  });
  bundle.read();
}

import { get, Press } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** 代取号: a number for a resident who does not use the kiosk, with the neutral mark 优 where it is due. */
export function takeForDialog(desk) {
  const press = new Press();
  let chosen = null;
  let timer = null;
  let asked = 0;
  let close = null;

  const query = h(
    "input",
    { id: "take-query", autocomplete: "off", maxlength: 40, placeholder: t("takeFor.placeholder") },
  );
  const hits = h("ul.hits", { "aria-label": t("takeFor.hits") });
  const lane = h(
    "select",
    { id: "take-lane" },
    h("option", { value: "" }, t("takeFor.anyLane")),
    desk.store.state.lanes.map((one) => h("option", { value: one.letter }, `${one.letter} ${one.name}`)),
  );
  const kiosk = h(
    "select",
    { id: "take-kiosk" },
    h("option", { value: "" }, t("takeFor.noPaper")),
    (desk.store.state.kiosks || []).map((one) => h("option", { value: one }, one)),
  );
  const priority = h("input", { id: "take-priority", type: "checkbox" });
  const said = h("p.said", { role: "alert" });
  const result = h("p.result", { role: "status" });
  const go = h("button.button.main", { type: "submit" }, t("takeFor.go"));

  query.addEventListener("input", () => {
    chosen = null;
    clearTimeout(timer);
    timer = setTimeout(find, 150);
  });

  async function find() {
    asked += 1;
    const mine = asked;
    const text = query.value.trim();
    if (!text) {
      fill(hits);
      return;
    }
    try {
      const answer = await get(`/v1/items?q=${encodeURIComponent(text)}`);
      if (mine === asked) fill(hits, answer.items.slice(0, 6).map(hit));
    } catch {
      if (mine === asked) said.textContent = t("search.failed");
    }
  }

  function hit(one) {
    return h(
      "li",
      null,
      h("button.button.small", { type: "button", onclick: () => choose(one) }, `${one.name} · ${one.department}`),
    );
  }

  function choose(one) {
    chosen = one.code;
    query.value = one.name;
    fill(hits);
    go.focus();
  }

  async function take(event) {
    event.preventDefault();
    if (press.busy) return;
    said.textContent = "";
    const body = { items: chosen ? [chosen] : [] };
    if (lane.value && !chosen) body.lane = lane.value;
    if (priority.checked) body.priority = true;
    if (kiosk.value) body.kiosk = kiosk.value;
    go.disabled = true;
    try {
      const ticket = await press.post("/v1/tickets", body);
      if (ticket) done(ticket);
    } catch (problem) {
      said.textContent = `${problem.title} ${problem.detail}`;
    } finally {
      go.disabled = false;
    }
  }

  function done(ticket) {
    form.hidden = true;
    fill(
      result,
      h("b.number", null, ticket.number),
      h("span", null, ticket.priority ? ` ${t("mark.priority")}` : ""),
      h("span", null, t("takeFor.done", { count: ticket.ahead })),
    );
    cancel.textContent = t("dialog.close");
    cancel.focus();
  }

  const form = h(
    "form.takefor",
    { onsubmit: take },
    h("p.field", null, h("label", { for: "take-query" }, t("takeFor.item")), query),
    hits,
    h("p.field", null, h("label", { for: "take-lane" }, t("takeFor.lane")), lane),
    h("p.field", null, h("label", { for: "take-kiosk" }, t("takeFor.paper")), kiosk),
    h("p.check", null, priority, h("label", { for: "take-priority" }, t("takeFor.priority"))),
    said,
    go,
  );
  const cancel = h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"));
  close = openDialog({
    title: t("bar.takeFor"),
    body: h("div", null, form, result),
    buttons: [cancel],
    onEscape: () => close(),
    focusFirst: query,
  });
}

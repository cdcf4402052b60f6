import { get } from "../shared/api.js";
import { dayWords } from "../shared/days.js";
import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { itemSearch } from "./itemsearch.js";
import { kioskChoice } from "./kiosks.js";

/** @typedef {API.ReservationList["reservations"][number]} Reservation */

/**
 * A reservation, with its possible steps.
 *
 * @param {Reservation} one
 * @param {{ arrive: (one: Reservation) => void, cancel: (one: Reservation) => void }} acts
 */
function row(one, { arrive, cancel }) {
  const who = [one.name, one.phone].filter(Boolean).join(" ");
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, `${one.from}–${one.to}`),
    h("td", null, `${one.lane} ${one.items.map((item) => item.name).join("、")}`),
    h("td", null, who),
    h("td", null, one.ticket || t(`reservations.state.${one.state}`)),
    h(
      "td",
      null,
      one.state === "booked" || one.state === "cancelled_by_hall" || one.state === "lapsed"
        ? h("button.button.small", { type: "button", onclick: () => arrive(one) }, t("reservations.arrive"))
        : null,
      one.state === "booked"
        ? h("button.button.small", { type: "button", onclick: () => cancel(one) }, t("reservations.cancel"))
        : null,
    ),
  );
}

/**
 * A day's reservations.
 *
 * @param {string} words
 * @param {Reservation[]} ones
 * @param {Parameters<typeof row>[1]} acts
 * @param {(() => void) | null} cancelDay
 */
function daySection(words, ones, acts, cancelDay) {
  return h(
    "section",
    null,
    h("h3", null, words),
    ones.length ? h("table", null, h("tbody", null, ones.map((one) => row(one, acts)))) : h("p.hint", null, t("reservations.none")),
    cancelDay && ones.some((one) => one.state === "booked")
      ? h("button.button.small", { type: "button", onclick: cancelDay }, t("reservations.cancelDay"))
      : null,
  );
}

/**
 * 预约: the reservations of today and tomorrow, a new one for somebody on the phone, and cancelling one.
 *
 * @param {Pages.Console} console
 */
export function reservationsDialog(console) {
  const press = new Press({ onChange: () => {} });
  let close = null;
  const said = h("p.said", { role: "alert" });
  const list = h("div.sessions", { tabindex: "0", role: "region", "aria-label": t("reservations.title") });

  /** @param {import("../shared/api.js").Problem} problem */
  const tell = (problem) => (said.textContent = `${problem.title} ${problem.detail}`);

  async function load() {
    try {
      show(await get("/v1/reservations"));
    } catch (problem) {
      tell(problem);
    }
  }

  async function cancel(one) {
    said.textContent = "";
    try {
      if (await press.post(`/v1/reservations/${one.id}/cancel`)) await load();
    } catch (problem) {
      tell(problem);
    }
  }

  async function arrive(one) {
    said.textContent = "";
    try {
      const ticket = await press.post(`/v1/reservations/${one.id}/check-in`);
      if (ticket) await load();
    } catch (problem) {
      tell(problem);
    }
  }

  async function cancelDay(date) {
    said.textContent = "";
    try {
      if (await press.post("/v1/reservations/cancel-day", { date })) await load();
    } catch (problem) {
      tell(problem);
    }
  }

  /** @param {API.Answer<"GET", "/v1/reservations">} answer */
  function show({ today, tomorrow, reservations }) {
    const of = (date) => reservations.filter((one) => one.date === date);
    const owed = reservations.filter((one) => one.date !== today && one.date !== tomorrow);
    const acts = { arrive, cancel };
    const cancelling = (date) => (console.session.role === "coordinator" ? () => cancelDay(date) : null);
    fill(
      list,
      daySection(`${t("reservations.today")} ${dayWords(today)}`, of(today), acts, cancelling(today)),
      daySection(`${t("reservations.tomorrow")} ${dayWords(tomorrow)}`, of(tomorrow), acts, cancelling(tomorrow)),
      owed.length ? daySection(t("reservations.owed"), owed, acts, null) : null,
    );
  }

  const stop = console.store.listen((_, data) => {
    if (data.reservations_changed) load();
  });
  const end = () => {
    stop();
    close();
  };
  close = openDialog({
    title: t("reservations.title"),
    className: "wide",
    body: h("div", null, said, list),
    buttons: [
      h("button.button.main", { type: "button", onclick: () => reserveForDialog(console, load) }, t("reservations.make")),
      h("button.button.quiet", { type: "button", onclick: end }, t("dialog.close")),
    ],
    onEscape: end,
  });
  load();
}

/** Labelled fields beside each other. */
const pair = (...fields) =>
  h("div.pair", null, fields.map(([words, field]) => h("p.field", null, h("label", { for: field.id }, t(words)), field)));

/**
 * 代预约: an item or a lane, a day and a slot, and whom the hall may call.
 *
 * @param {Pages.Console} console
 * @param {() => void} made called when there is another one
 */
function reserveForDialog(console, made) {
  const press = new Press({ onChange: () => (go.disabled = press.busy) });
  let chosen = null;
  let close = null;
  /** @type {API.Answer<"GET", "/v1/reservations/slots">["days"]} */
  let days = [];
  const said = h("p.said", { role: "alert" });
  const result = h("p.result", { role: "status" });
  const go = h("button.button.main", { type: "submit" }, t("reservations.go"));
  const date = h("select", { id: "reserve-date", onchange: () => slotsOf(date.value) });
  const slot = h("select", { id: "reserve-slot" });
  const lane = h(
    "select",
    { id: "reserve-lane", onchange: load },
    console.store.state.lanes.map((one) => h("option", { value: one.letter }, `${one.letter} ${one.name}`)),
  );
  const search = itemSearch({
    id: "reserve-query",
    most: console.store.state.shown.suggestions,
    onChoose: (one) => {
      chosen = one ? one.code : null;
      lane.disabled = chosen !== null;
      load();
    },
    onFault: (words) => (said.textContent = words),
  });
  const name = h("input", { id: "reserve-name", maxlength: 20, autocomplete: "off" });
  const phone = h("input", { id: "reserve-phone", maxlength: 24, autocomplete: "off", inputmode: "tel" });
  const kiosk = kioskChoice(console, "reserve-kiosk");

  async function load() {
    const asked = chosen ? `item=${encodeURIComponent(chosen)}` : `lane=${encodeURIComponent(lane.value)}`;
    try {
      ({ days } = await get(`/v1/reservations/slots?${asked}`));
      said.textContent = "";
    } catch (problem) {
      days = [];
      said.textContent = `${problem.title} ${problem.detail}`;
    }
    const before = date.value;
    fill(date, days.map((one) => h("option", { value: one.date }, dayWords(one.date, one.weekday))));
    if (days.some((one) => one.date === before)) date.value = before;
    slotsOf(date.value);
  }

  function slotsOf(chosenDate) {
    const day = days.find((one) => one.date === chosenDate);
    const free = day ? day.slots.filter((one) => one.free > 0) : [];
    fill(slot, free.map((one) => h("option", { value: one.from }, `${one.from}–${one.to}（${one.free}）`)));
    go.disabled = free.length === 0;
  }

  async function reserve(event) {
    event.preventDefault();
    if (press.busy) return;
    said.textContent = "";
    if (search.isOpen()) {
      said.textContent = t("takeFor.unresolved");
      search.field.focus();
      return;
    }
    const body = { items: chosen ? [chosen] : [], date: date.value, from: slot.value };
    if (!chosen) body.lane = lane.value;
    if (name.value.trim()) body.name = name.value.trim();
    if (phone.value.trim()) body.phone = phone.value.trim();
    if (kiosk.value) body.kiosk = kiosk.value;
    try {
      const reservation = await press.post("/v1/reservations", body);
      if (reservation) done(reservation);
    } catch (problem) {
      said.textContent = `${problem.title} ${problem.detail}`;
    }
  }

  /** @param {API.Reservation} reservation */
  function done({ id, date: day, from }) {
    form.hidden = true;
    const code = [id.slice(0, 4), id.slice(4, 8), id.slice(8)].join("-");
    fill(result, h("span", null, t("reservations.done", { when: `${dayWords(day)} ${from}`, code })));
    cancel.textContent = t("dialog.close");
    cancel.focus();
    made();
  }

  const form = h(
    "form.takefor",
    { onsubmit: reserve },
    pair(["takeFor.item", search.field], ["takeFor.lane", lane]),
    search.hits,
    pair(["reserve.day", date], ["reserve.slot", slot]),
    pair(["reservations.name", name], ["reservations.phone", phone]),
    h("p.field", null, h("label", { for: "reserve-kiosk" }, t("takeFor.paper")), kiosk),
    h("p.hint", null, t("reservations.private")),
    said,
    go,
  );
  const cancel = h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"));
  close = openDialog({
    title: t("reservations.make"),
    className: "wide",
    body: h("div", null, form, result),
    buttons: [cancel],
    onEscape: () => close(),
    focusFirst: search.field,
  });
  load();
}

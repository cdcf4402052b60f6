import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { t } from "../../shared/words.js";
import { heading, named, pager, tile } from "./parts.js";

/**
 * The button 预约, where the hall takes reservations.
 *
 * @param {Pages.App} app
 * @param {{ items: string[], lane?: string, name: string }} wish
 */
export function reservePress(app, wish) {
  if (!app.hasQueue || !app.hall.reservations) return null;
  return tile({
    name: "clock",
    title: t("reserve.button"),
    line: t("reserve.line"),
    className: "reserve",
    act: () => app.show("reserve", wish),
  });
}

/**
 * 预约: a day and a slot, each a button; pressing the slot reserves it.
 *
 * @param {Pages.App} app
 * @param {{ items: string[], lane?: string, name: string, day?: string, offer?: API.ReservationSlots }} values
 */
export function reserve(app, values) {
  // The slots that were offered before are shown until the hall has answered again.
  let offer = values.offer || null;
  let failed = false;
  const controller = new AbortController();
  load();

  async function load() {
    failed = false;
    const { signal } = controller;
    const asked = values.items.map((code) => `item=${encodeURIComponent(code)}`);
    if (!asked.length && values.lane) asked.push(`lane=${encodeURIComponent(values.lane)}`);
    try {
      offer = await get(`/v1/reservations/slots?${asked.join("&")}`, { signal });
      values.offer = offer;
    } catch {
      if (signal.aborted) return;
      failed = !offer;
    }
    app.refresh();
    app.lead();
  }

  const days = () => (offer ? offer.days.filter((one) => one.slots.some((slot) => slot.free > 0)) : []);
  const day = () => days().find((one) => one.date === values.day) || days()[0];

  /**
   * @param {string} date
   * @param {{ from: string }} slot
   */
  async function book(date, slot) {
    const wish = app.withPaper(app.withLanguage({ items: values.items, lane: values.lane, date, from: slot.from, ...app.cards.shown }));
    const made = await app.during((press) => press.post("/v1/reservations", wish), () => book(date, slot));
    if (made) app.replace("reserved", { reservation: made });
  }

  function choose(date) {
    values.day = date;
    app.rebuild();
    const again = document.querySelector(`[data-day="${date}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }

  function dayKey(one) {
    const chosen = one === day();
    return h(
      "button.button.day",
      { type: "button", "aria-pressed": String(chosen), "data-day": one.date, onclick: () => choose(one.date) },
      h("strong", null, t("days.date", { month: Number(one.date.slice(5, 7)), day: Number(one.date.slice(8)) })),
      h("small", null, t(`days.${one.weekday}`)),
    );
  }

  function slotKey(date, slot) {
    return h(
      "button.button.slot",
      {
        type: "button",
        disabled: slot.free === 0,
        "aria-label": t("reserve.slot.of", { from: slot.from, to: slot.to }),
        onclick: () => book(date, slot),
      },
      h("strong", null, slot.from),
      h("small", null, slot.free === 0 ? t("reserve.full") : t("reserve.to", { to: slot.to })),
    );
  }

  function waiting() {
    return h(
      "div.layout",
      null,
      h("div.head", null, heading(t("reserve.title")), h("p.large", { role: "status" }, t(failed ? "item.failed" : "item.loading"))),
      h("div.press", null, failed ? tile({ name: "list", title: t("problem.again"), main: true, act: load }) : null),
    );
  }

  function nothing() {
    return h(
      "div.layout",
      null,
      h("div.head", null, heading(t("reserve.title")), h("p.large", null, t("reserve.none"))),
      h("div.press", null, tile({ name: "bell", title: t("consult.help"), line: t("consult.help.line"), act: () => app.callHelp() })),
    );
  }

  return {
    key: () => JSON.stringify([failed, offer, values.day]),
    left: () => controller.abort(),
    build: () => {
      if (!offer) return waiting();
      const chosen = day();
      if (!chosen) return nothing();
      return h(
        "div.layout",
        null,
        h("div.head", null, heading(t("reserve.title")), h("p.hint", null, named(values.name || offer.lane_name || "")), h("p.hint", null, t("reserve.hint"))),
        h("div.days", { role: "group", "aria-label": t("reserve.day") }, days().map(dayKey)),
        pager(h("div.slots", null, chosen.slots.map((slot) => slotKey(chosen.date, slot))), t("reserve.slot")),
      );
    },
  };
}

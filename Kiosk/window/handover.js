import { get } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";

/**
 * 交接清单: the cases that each department waits for, a button for each list, and the lists of the last month.
 *
 * @param {Pages.Cases} page
 */
export async function handoverDialog(page) {
  const said = h("p.said", { role: "alert" });
  const content = h("div.fields");
  const press = new Press({ onChange: () => content.toggleAttribute("aria-busy", press.busy) });
  const kiosk = h(
    "select",
    { id: "handover-kiosk" },
    page.hall.case_printers.map((one) => h("option", { value: one }, page.hall.kiosk_names[one] || one)),
    h("option", { value: "" }, t("takeFor.noPaper")),
  );

  /** @param {string} department */
  async function list(department) {
    if (press.busy) return;
    fill(said);
    try {
      await press.post("/v1/handovers", { department, ...(kiosk.value ? { kiosk: kiosk.value } : {}) });
      await load();
      // The button that was pressed has gone.
      leave.focus();
    } catch (problem) {
      fill(said, failure(problem));
    }
  }

  async function load() {
    try {
      const { waiting, lists } = await get("/v1/handovers");
      fill(
        content,
        waiting.length ? waiting.map((one) => h("p.field", null, h("span", { lang: "zh-Hans" }, t("handover.waiting", one)), h("button.button.small.main", { type: "button", onclick: () => list(one.department) }, t("handover.make")))) : h("p.hint", null, t("handover.none")),
        h("p.field", null, h("label", { for: kiosk.id }, t("cases.field.kiosk")), kiosk),
        lists.length
          ? h(
            "table",
            { "aria-label": t("handover.title") },
            h("thead", null, h("tr", null, ["number", "department", "count", "slip"].map((word) => h("th", { scope: "col" }, t(`handover.${word}.column`))))),
            h("tbody", null, lists.map((one) => h("tr", null, h("th", { scope: "row" }, one.number), h("td", { lang: "zh-Hans" }, one.department), h("td", null, String(one.cases.length)), h("td", null, one.slip ? t(`cases.slip.${one.slip.state}`) : "")))),
          )
          : null,
      );
    } catch (problem) {
      fill(said, failure(problem));
    }
  }

  const leave = h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.close"));
  const close = openDialog({
    title: t("handover.title"),
    className: "case-step",
    onEscape: () => close(),
    body: h("div.fields", null, h("p.hint", null, t("handover.hint")), content, said),
    buttons: [leave],
  });
  await load();
}

/**
 * The cases that an agent carries on one trip: each is begun with one press; one that the town has already is opened.
 *
 * @param {Pages.Cases} page
 * @param {API.AgencyTrip} trip
 * @param {API.Ticket | null} ticket the trip's number, where it stands at a window
 */
export function tripView(page, trip, ticket) {
  const press = (one) => {
    const [town, act] = [one.town_case, () => (one.town_case ? page.choose(one.town_case) : page.begin({ agency: one, ...(ticket ? { ticket } : {}) }))];
    return h(`button.button.small${town ? "" : ".main"}`, { type: "button", onclick: act }, t(town ? "handover.trip.open" : "handover.trip.begin"));
  };
  return [
    h("h2", { tabindex: "-1" }, t("handover.trip", { number: trip.number, count: trip.carries.length })),
    h(
      "table",
      { "aria-label": trip.number },
      h("tbody", null, trip.carries.map((one) => h("tr", null, h("th", { scope: "row" }, one.number), h("td", { lang: "zh-Hans" }, one.sensitive ? t("cases.sensitive") : one.item_name), h("td", null, one.stage_word), h("td", null, press(one))))),
    ),
  ];
}

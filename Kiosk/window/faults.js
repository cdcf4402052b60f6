import { get } from "../shared/api.js";
import { timeOfDay } from "../shared/clock.js";
import { fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { hasWords, inLanguage, t } from "../shared/words.js";

/**
 * 故障: the present faults with their remedies.
 *
 * @param {(problem: any) => void} refused called when this session has ended
 */
export function faultsPart(refused) {
  const list = h("div", { role: "group", "aria-label": t("admin.faults") });

  async function look() {
    try {
      const hall = await get("/v1/hall");
      fill(list, hall.faults.length ? hall.faults.map((fault) => row(fault, hall)) : h("p.hint", null, t("admin.faults.none")));
    } catch (problem) {
      if (problem.status === 401) refused(problem);
      else fill(list, h("p.said", { role: "alert" }, icon("warn"), h("span", null, problem.title)));
    }
  }

  return { element: list, look };
}

/**
 * @param {API.Fault} fault
 * @param {API.Hall} hall
 */
function row(fault, hall) {
  const words = hasWords(`fault.${fault.code}`) ? t(`fault.${fault.code}`) : t("fault.other", { code: fault.code });
  const what = fault.kiosk ? t("fault.at", { kiosk: hall.kiosk_names[fault.kiosk] || fault.kiosk, what: words }) : words;
  return h(
    "p.banner.fault",
    null,
    icon("warn"),
    h(
      "span",
      null,
      what,
      " ",
      fault.remedy ? h("span.remedy", null, inLanguage(fault.remedy)) : null,
      " ",
      h("small", null, t("fault.since", { time: timeOfDay(Date.parse(fault.since)) })),
    ),
  );
}

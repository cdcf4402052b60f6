import { ask } from "../shared/api.js";
import { byID, fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { dataLanguage, t } from "../shared/words.js";

/** Milliseconds after which a page that was refused tries again: staff may have allowed it meanwhile. */
const pause = 5000;
/** Milliseconds after which the page gets a fresh secret. */
const rotation = 6 * 3600 * 1000;

/** The secret in the fragment of the browser's start address: `#key=…`. A fragment is never sent by the browser itself. */
function startSecret() {
  return new URLSearchParams(location.hash.slice(1)).get("key") || undefined;
}

/** Claims the kiosk once. The answer's cookie is this page's secret; no script can read it. */
export function claim(kiosk) {
  const secret = startSecret();
  return ask("POST", `/v1/kiosks/${encodeURIComponent(kiosk)}/page`, { body: secret ? { secret } : {} });
}

/** Shows what a resident can do here, and below it what staff have to know. */
function refused(problem, hallName) {
  const main = byID("screen");
  main.className = "screen claim";
  document.title = t("touch.title");
  fill(
    byID("top"),
    h("div.bar", null, h("p.hall", { lang: dataLanguage() }, icon("hall"), h("span", null, hallName))),
  );
  fill(
    main,
    h(
      "div.layout",
      null,
      h("div.head.trouble", { role: "status" }, icon("warn"), h("h1", null, t("claim.title")), h("p.large", null, t("claim.text"))),
      h("div.staff", null, h("h2", null, t("claim.staff", { what: problem.title })), h("p", null, t(staffWords(problem)))),
    ),
  );
}

/** The advice to staff: the labels of the buttons at their consoles, or where else to look. */
function staffWords(problem) {
  return { kiosk_held: "claim.held", wrong_page_secret: "claim.address" }[problem.code] || "claim.other";
}

/** Tries until the kiosk is this page's, and shows meanwhile what to do. */
export async function claimed(kiosk, hallName) {
  for (let shown = null; ; ) {
    try {
      await claim(kiosk);
      setInterval(() => claim(kiosk).catch(() => {}), rotation);
      return;
    } catch (problem) {
      // Shown once per cause, so that a screen reader does not repeat it with each try.
      if (problem.code !== shown) refused(problem, hallName);
      shown = problem.code;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The hall does not know this page any more: claims the kiosk again, and reloads the page where that is refused. */
export async function reclaim(kiosk) {
  try {
    await claim(kiosk);
  } catch (problem) {
    if (problem.code !== "unreachable") location.reload();
    throw problem;
  }
}

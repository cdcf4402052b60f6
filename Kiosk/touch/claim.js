import { ask } from "../shared/api.js";
import { byID, fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { dataLanguage, t } from "../shared/words.js";

/** Milliseconds after which a page that was refused asks again: staff may have let it in. */
const pause = 5000;
/** Milliseconds after which the page gets a fresh secret. */
const rotation = 6 * 3600 * 1000;

/** What the browser's start address gives besides: `#key=…`, which never leaves the browser by itself. */
function startSecret() {
  return new URLSearchParams(location.hash.slice(1)).get("key") || undefined;
}

/** Asks for the kiosk once; the answer's cookie is this page's secret, which no script sees. */
export function claim(kiosk) {
  const secret = startSecret();
  return ask("POST", `/v1/kiosks/${encodeURIComponent(kiosk)}/page`, { body: secret ? { secret } : {} });
}

/** What a resident does who stands here, and below it what staff have to know. */
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

/** What staff do: the words of the keys that consoles show, or where else to look. */
function staffWords(problem) {
  return { kiosk_held: "claim.held", wrong_page_secret: "claim.address" }[problem.code] || "claim.other";
}

/** Asks until the kiosk is this page's, and says meanwhile what to do. */
export async function claimed(kiosk, hallName) {
  for (let shown = null; ; ) {
    try {
      await claim(kiosk);
      setInterval(() => claim(kiosk).catch(() => {}), rotation);
      return;
    } catch (problem) {
      // Said once: a voice would repeat it with each try.
      if (problem.code !== shown) refused(problem, hallName);
      shown = problem.code;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The hall does not know this page any more: it asks once more, and where that fails begins anew. */
export async function reclaim(kiosk) {
  try {
    await claim(kiosk);
  } catch (problem) {
    if (problem.code !== "unreachable") location.reload();
    throw problem;
  }
}

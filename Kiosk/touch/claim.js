import { ask } from "../shared/api.js";
import { fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";

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

function refused(problem) {
  fill(
    document.getElementById("screen"),
    h(
      "div.layout.claim",
      null,
      h("div.head", null, icon("person"), h("h1", null, problem.title), h("p.large", { role: "status" }, problem.detail)),
    ),
  );
}

/** Asks until the kiosk is this page's, and says meanwhile what to do. */
export async function claimed(kiosk) {
  for (;;) {
    try {
      await claim(kiosk);
      setInterval(() => claim(kiosk).catch(() => {}), rotation);
      return;
    } catch (problem) {
      refused(problem);
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

import { adviseStaff, get } from "../shared/api.js";
import { followCertificate } from "../shared/certificate.js";
import { setZone } from "../shared/clock.js";
import { byID, fill, h } from "../shared/dom.js";
import { cameFromElsewhere } from "../shared/elsewhere.js";
import { icon } from "../shared/icons.js";
import { keepConnection } from "../shared/keepalive.js";
import { watchScans } from "../shared/scanner.js";
import { loadWords, setLanguage, t } from "../shared/words.js";
import { firstSecret } from "../window/firstsecret.js";
import { signIn } from "../window/signin.js";
import { applyView } from "../window/view.js";
import { Today } from "./today.js";

const page = byID("page");
/**
 * The handler of the codes that a scanner types into this page.
 *
 * @type {(text: string | null) => void}
 */
let scanned = () => {};
const isMoved = cameFromElsewhere();

async function untilAnswered(task) {
  for (let pause = 500; ; pause = Math.min(pause * 2, 5000)) {
    try {
      return await task();
    } catch (problem) {
      if (problem.status === 401) return null;
      if (document.documentElement.dataset.words) fill(page, h("main.connecting", null, h("h1", null, t("window.connecting"))));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/**
 * Shows the day to a coordinator, the sign-in to somebody who is not signed in, and to others where their own page is.
 *
 * @param {string | null} [secret] the one that was just typed
 */
async function show(secret = null) {
  // The figures are requested with the rest; only a coordinator gets them.
  const [hall, session, today] = await Promise.all([
    untilAnswered(() => get("/v1/hall")),
    untilAnswered(() => get("/v1/sessions/current")),
    get("/v1/today").catch(() => null),
  ]);
  setZone(hall.hall.zone);
  scanned = () => {};
  if (!session) {
    // No window is opened from this page, so the sign-in offers none.
    scanned = signIn(page, { hall: { ...hall, windows: [] }, strip: false, isMoved, entered: (_, typed) => show(typed) });
  } else if (session.change_secret) {
    firstSecret(page, { session, secret, done: () => show(), leave: () => show() });
  } else if (session.role === "coordinator") {
    new Today(page, { hall, session, today, leave: () => show() }).start();
  } else {
    fill(
      page,
      h("main.connecting", null, h("h1", null, icon("person"), t("today.coordinators")), h("p", null, h("a", { href: "/window/" }, t("today.console")))),
    );
  }
}

adviseStaff();
watchScans((text) => scanned(text));
await untilAnswered(loadWords);
document.documentElement.dataset.words = "ready";
setLanguage(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh-Hans");
applyView();
await show();
keepConnection();
followCertificate();

import { adviseStaff, get } from "../shared/api.js";
import { followCertificate } from "../shared/certificate.js";
import { setZone } from "../shared/clock.js";
import { byID, fill, h } from "../shared/dom.js";
import { cameFromElsewhere, pageAfterSignIn } from "../shared/elsewhere.js";
import { keepConnection } from "../shared/keepalive.js";
import { Press } from "../shared/press.js";
import { watchScans } from "../shared/scanner.js";
import { loadWords, setLanguage, t } from "../shared/words.js";
import { adminPage, isAdministrator } from "./admin.js";
import { Console } from "./console.js";
import { firstSecret } from "./firstsecret.js";
import { applyView } from "./view.js";
import { signIn } from "./signin.js";

const page = byID("page");
/**
 * The handler of the codes that a scanner types into this page.
 *
 * @type {(text: string | null) => void}
 */
let scanned = () => {};
const asked = new URLSearchParams(location.search);
const strip = asked.has("strip");
let isMoved = cameFromElsewhere();
const sheet = pageAfterSignIn();

async function untilAnswered(task) {
  for (let pause = 500; ; pause = Math.min(pause * 2, 5000)) {
    try {
      return await task();
    } catch (problem) {
      if (problem.status === 401) return null;
      if (document.documentElement.dataset.words) fill(
        page,
        h("main.connecting", null, h("h1", null, t("window.connecting"))),
      );
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/**
 * Shows the console to somebody who is signed in, and the sign-in to others.
 *
 * @param {import("../shared/api.js").Problem | null} [said] why the window could not be opened
 * @param {string | null} [secret] the one that was just typed
 */
async function show(said = null, secret = null) {
  const hall = await untilAnswered(() => get("/v1/hall"));
  setZone(hall.hall.zone);
  const session = await untilAnswered(() => get("/v1/sessions/current"));
  if (session && session.change_secret) {
    scanned = () => {};
    firstSecret(page, { session, secret, done: () => entered({ ...session, change_secret: false }), leave: () => show() });
  } else if (session && isAdministrator(session.role)) {
    scanned = () => {};
    adminPage(page, { hall, session, leave: () => show() });
  } else if (session && sheet) {
    location.replace(`/window/${sheet}`);
  } else if (session) {
    const console = new Console(page, { hall, session, strip, leave: () => show(), said });
    console.start();
    scanned = (text) => console.scans.heard(text);
  } else {
    scanned = signIn(page, { hall, strip, isMoved, entered });
  }
}

/**
 * Opens the window of a clerk who has just signed in at it.
 *
 * @param {API.Session} session
 * @param {string | null} [secret]
 */
async function entered(session, secret = null) {
  let said = null;
  isMoved = false;
  if (session.window !== null && !session.change_secret) {
    try {
      await new Press().post(`/v1/windows/${session.window}/open`);
    } catch (problem) {
      // The console shows that the window is closed and why, and offers to open it.
      said = problem;
    }
  }
  await show(said, secret);
}

adviseStaff();
watchScans((text) => scanned(text));
await untilAnswered(loadWords);
document.documentElement.dataset.words = "ready";
document.documentElement.classList.toggle("strip", strip);
setLanguage(asked.get("lang") === "en" ? "en" : "zh-Hans");
applyView();
await show();
keepConnection();
followCertificate();

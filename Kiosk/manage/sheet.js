import { adviseStaff, get } from "../shared/api.js";
import { setZone } from "../shared/clock.js";
import { h } from "../shared/dom.js";
import { cameFromElsewhere, signInFor } from "../shared/elsewhere.js";
import { icon } from "../shared/icons.js";
import { keepConnection } from "../shared/keepalive.js";
import { currentLanguage, loadWords, setLanguage, t } from "../shared/words.js";
import { applyView } from "../window/view.js";

/** What the pages of one printed sheet have in common: 考勤, 值班表, 练习报告. */

/**
 * @param {string} words
 * @param {() => void} act
 */
export function key(words, act) {
  return h("button.button.quiet.small", { type: "button", onclick: act }, words);
}

/**
 * @param {string} href
 * @param {string} words
 * @param {Record<string, string>} [more]
 */
export function link(href, words, more = {}) {
  return h("a.button.quiet.small", { href, ...more }, words);
}

/**
 * The top line: the hall, the sheet's title, its buttons, printing, and the same page in the other language.
 *
 * @param {API.Hall} hall
 * @param {string} title
 * @param {any[]} keys
 * @param {any[]} [links]
 */
export function sheetBar(hall, title, keys, links = []) {
  const other = currentLanguage() === "en" ? "zh-Hans" : "en";
  return h(
    "header.bar",
    null,
    h("p.where", null, icon("hall"), h("span", null, hall.hall.name)),
    h("h1", null, title),
    h(
      "nav.tools",
      { "aria-label": t("bar.label") },
      keys,
      key(t("today.print"), () => globalThis.print()),
      links,
      link(`${location.pathname}?lang=${other}`, t("today.language"), { lang: other, hreflang: other }),
    ),
  );
}

/**
 * The link to this member's main page.
 *
 * @param {API.Session} session
 */
export function mainLink(session) {
  const isCoordinator = session.role === "coordinator";
  return link(isCoordinator ? "/manage/" : "/window/", t(isCoordinator ? "today.title" : "today.console"));
}

/**
 * Opens the page for whoever is signed in and may see it; others are sent to `elsewhere`.
 *
 * @param {object} parts
 * @param {string} parts.elsewhere where signing in is possible
 * @param {(session: API.Session) => boolean} [parts.may]
 * @param {(hall: API.Hall, session: API.Session, isMoved: boolean) => Promise<void>} parts.open told whether the page came from another machine
 */
export async function openSheet({ elsewhere, may = () => true, open }) {
  adviseStaff();
  const isMoved = cameFromElsewhere();
  await loadWords();
  document.documentElement.dataset.words = "ready";
  setLanguage(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh-Hans");
  applyView();
  const [hall, session] = await Promise.all([get("/v1/hall"), get("/v1/sessions/current").catch(() => null)]);
  setZone(hall.hall.zone);
  if (!session || session.change_secret || !may(session)) {
    // The member was signed in at the machine from which the page came, and is not signed in at this one yet.
    location.replace(isMoved && !session ? signInFor() : elsewhere);
    return;
  }
  await open(hall, session, isMoved);
  keepConnection();
}

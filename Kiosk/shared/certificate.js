import { get } from "./api.js";
import { dateWords, hallClock, timeOfDay } from "./clock.js";
import { t } from "./words.js";

/**
 * Until when the hall's certificate holds.
 *
 * After that a page that loses its connection cannot make another, and a failed request does not tell why. So the page reads the
 * date while it is connected, and explains the failure itself.
 */

/** Milliseconds between two reads: the certificate is renewed weeks before its end. */
const pause = 6 * 3600_000;

/** @type {number | null} milliseconds since the epoch; null while unknown, or without TLS */
let until = null;

async function look() {
  try {
    const { certificate_until: told } = await get("/v1/door");
    until = told ? Date.parse(told) : null;
  } catch {
    // Read again later; the last known date stays.
  }
}

/** Keeps the date up to date. A page that came without TLS has no certificate to ask about. */
export function followCertificate() {
  if (location.protocol !== "https:") return;
  look();
  setInterval(look, pause);
}

/** The words of a page while it has no connection to the hall. */
export function lostWords(milliseconds, key = "stale") {
  if (until !== null && hallClock.now() > until) {
    return t("stale.certificate", { date: dateWords(until), time: timeOfDay(until) });
  }
  return t(key, { seconds: Math.floor(milliseconds / 1000) });
}

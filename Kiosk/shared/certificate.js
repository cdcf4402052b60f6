import { get } from "./api.js";
import { dateWords, hallClock, timeOfDay } from "./clock.js";
import { t } from "./words.js";

/**
 * Until when the hall's certificate holds.
 *
 * Once it has ended, a page that loses its connection cannot make another, and all that it sees is a failed request. So it asks
 * while it can, and says itself what is wrong afterwards.
 */

/** Milliseconds between two looks: the certificate is renewed weeks before its end. */
const pause = 6 * 3600_000;

/** @type {number | null} milliseconds since the epoch; null while unknown, or without TLS */
let until = null;

async function look() {
  try {
    const { certificate_until: told } = await get("/v1/door");
    until = told ? Date.parse(told) : null;
  } catch {
    // Asked again later; what was known stays.
  }
}

/** Keeps knowing until when; a page that came without TLS has nothing to ask. */
export function followCertificate() {
  if (location.protocol !== "https:") return;
  look();
  setInterval(look, pause);
}

/** What a page says while it does not hear the hall. */
export function lostWords(milliseconds, key = "stale") {
  if (until !== null && hallClock.now() > until) {
    return t("stale.certificate", { date: dateWords(until), time: timeOfDay(until) });
  }
  return t(key, { seconds: Math.floor(milliseconds / 1000) });
}

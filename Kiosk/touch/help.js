import { t } from "../shared/words.js";

/** @typedef {{ state: string, id?: string, listening?: boolean, reach?: API.HelpRing["reach"] }} Standing */

/** The states in which the kiosk says whom its resident can reach instead. */
const alone = new Set(["unheard", "late", "failed"]);

/**
 * The state of a ring, in the words of this page, from the server's data: `heard` only once a console shows it,
 * `unheard` when none is there or none has heard it for too long, `late` when nobody has come for too long.
 *
 * @param {Omit<API.HelpRing, "listening" | "reach"> & Partial<API.HelpRing>} told what POST /v1/help answered, or a ring of the feed
 * @param {Partial<Standing>} [before] the state before: fields that an event does not repeat are kept
 * @returns {Standing}
 */
export function ringStanding(told, before = {}) {
  const listening = told.listening === undefined ? before.listening : told.listening;
  const reach = told.reach || before.reach;
  /** @type {string} */
  let state = told.state;
  if (state === "heard" && told.escalated) state = "late";
  if (state === "ringing" && (told.escalated || listening === false)) state = "unheard";
  return { id: told.id, state, listening, reach };
}

/**
 * The state of this page's ring after an event of the feed; the same object where the event does not concern it.
 *
 * @param {Standing | null} help
 * @param {string} name
 * @param {any} data
 * @returns {Standing | null}
 */
export function ringAfter(help, name, data) {
  if (!help || !help.id) return help;
  if (data.help_answered && data.help_answered.id === help.id) return { ...help, state: "answered" };
  if (name !== "snapshot") return data.help && data.help.id === help.id ? ringStanding(data.help, help) : help;
  if (!data.help) return help;
  const mine = data.help.find((one) => one.id === help.id);
  return mine ? ringStanding(mine, help) : { ...help, state: "answered" };
}

/**
 * The words for the resident about the ring.
 *
 * @param {Standing | null} help
 * @param {API.Hall["hall"]} hall
 */
export function ringWords(help, hall) {
  if (!help) return "";
  const said = t(`help.${help.state}`);
  if (!alone.has(help.state)) return said;
  const people = help.reach ? help.reach.people : [{ name: null, phone: hall.consult_phone }].filter((one) => one.phone);
  if (!people.length) return said;
  const who = people.map((one) => (one.name ? t("help.person", one) : one.phone)).join(t("help.or"));
  return said + t("help.reach", { who, hours: help.reach ? help.reach.hours : hall.hours });
}

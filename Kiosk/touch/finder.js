/**
 * Search over the catalogue within the page, so that a key press is answered at once. It finds and orders what the hall's own
 * search does (GET /v1/items?q=): a run of a name's characters, each met by itself, by a reading, or by its first letter
 * (zh, ch and sh count as first letters too); the last may be typed half. Items that only need a paper come last, and only for
 * its whole name.
 */

/** Characters of a query that are looked at: the positions in it fit into the bits of a number. */
export const longestQuery = 30;

/** Lower case, half width, ü as v, without spaces and punctuation. */
function folded(text) {
  const kept = [];
  for (const one of text) {
    let point = one.codePointAt(0);
    if (point >= 0xff01 && point <= 0xff5e) point -= 0xfee0;
    if (point === 0xfc || point === 0xdc) point = 0x76;
    const character = String.fromCodePoint(point);
    if (/[\p{Alphabetic}\p{N}]/u.test(character)) kept.push(point < 128 ? character.toLowerCase() : character);
  }
  return kept;
}

const isLetter = (character) => character >= "a" && character <= "z" && character.length === 1;

/** Positions in the query that a unit can lead to from `reached`; -1 when it ends the query, unless the name is wanted whole. */
function step(unit, wanted, reached, whole = false) {
  const length = wanted.length;
  let next = 0;
  for (let position = 0; position < length; position += 1) {
    if (!(reached & (1 << position))) continue;
    if (wanted[position] === unit.character) next |= 1 << (position + 1);
    for (const reading of unit.readings) {
      let common = 0;
      while (position + common < length && common < reading.length && wanted[position + common] === reading[common]) {
        common += 1;
      }
      if (common === 0) continue;
      if (position + common === length && !whole) return -1;
      next |= 1 << (position + 1);
      if (common === reading.length) next |= 1 << (position + common);
      if (common >= 2 && reading[1] === "h") next |= 1 << (position + 2);
    }
  }
  return next;
}

/** Whether a run of the units meets the whole query: 1 from the first unit, 2 from a later one, 0 not at all. */
function meets(units, wanted) {
  const end = 1 << wanted.length;
  let first = 1;
  let later = 0;
  for (const unit of units) {
    if (first) {
      first = step(unit, wanted, first);
      if (first === -1 || first & end) return 1;
    }
    if (later !== -1) {
      later = step(unit, wanted, later);
      if (later !== -1) later = later & end ? -1 : later | 1;
    }
    if (later === -1 && !first) return 2;
  }
  return later === -1 ? 2 : 0;
}

/** Whether all of the units meet all of the query, none of them half. */
function isWhole(units, wanted) {
  if (units.length < 2) return false;
  let reached = 1;
  for (const unit of units) {
    reached = step(unit, wanted, reached, true);
    if (!reached) return false;
  }
  return Boolean(reached & (1 << wanted.length));
}

export class Finder {
  /** @param {API.SearchTable} table what GET /v1/search says */
  constructor(table) {
    this.version = table.catalogue_version;
    const units = new Map();
    const unit = (character) => {
      if (!units.has(character)) {
        units.set(character, { character, readings: (table.readings[character] || []).filter((one) => isLetter(one[0])) });
      }
      return units.get(character);
    };
    this.entries = table.items.map((one) => ({
      code: one.code,
      folded: folded(one.code).join(""),
      names: one.names.map((name) => Array.from(name, unit)),
      papers: one.papers.map((name) => Array.from(name, unit)),
    }));
  }

  /** Codes of the items that the query finds, the nearest first, otherwise in the catalogue's order. */
  find(query) {
    const wanted = folded(query).slice(0, longestQuery);
    if (!wanted.length) return query.trim() ? [] : this.entries.map((one) => one.code);
    const whole = wanted.join("");
    /** @type {string[][]} */
    const ranks = [[], [], [], [], []];
    for (const entry of this.entries) {
      let rank = this.rank(entry, wanted, whole);
      if (rank === null && entry.papers.some((units) => isWhole(units, wanted))) rank = 4;
      if (rank !== null) ranks[rank].push(entry.code);
    }
    return ranks.flat();
  }

  rank(entry, wanted, whole) {
    if (entry.folded === whole) return 0;
    let best = entry.folded.startsWith(whole) ? 3 : null;
    entry.names.forEach((units, index) => {
      const met = meets(units, wanted);
      if (!met) return;
      const found = met + (index > 0 ? 1 : 0);
      if (best === null || found < best) best = found;
    });
    return best;
  }
}

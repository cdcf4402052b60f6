/** The pages' words. Every visible string comes from a locale file; both files have the same keys. */

export const languages = ["zh-Hans", "en"];

/** @type {Record<string, Record<string, string>>} */
const tables = {};
let language = "zh-Hans";

export async function loadWords() {
  const load = async (name) => {
    const response = await fetch(`/locales/${name}.json`);
    if (!response.ok) throw new Error(`locale ${name}: ${response.status}`);
    tables[name] = await response.json();
  };
  await Promise.all(languages.map(load));
}

export function setLanguage(name) {
  if (!languages.includes(name)) return;
  language = name;
  document.documentElement.lang = name;
}

export function currentLanguage() {
  return language;
}

/** What to send as `Accept-Language`, so that the server's problem details match the page. */
export function acceptLanguage() {
  return language === "en" ? "en" : "zh";
}

/**
 * The words for `key`, with `{name}` replaced from `values`. An unknown key shows itself, so that it is noticed.
 *
 * @param {string} key
 * @param {Record<string, any>} [values]
 * @returns {string}
 */
export function t(key, values) {
  const table = tables[language] || {};
  const text = table[key] === undefined ? key : table[key];
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values[name] === undefined ? whole : String(values[name])));
}

/**
 * Whether the pages have words for `key`: a newer hall may send codes that an older page does not know.
 *
 * @param {string} key
 */
export function hasWords(key) {
  return (tables[language] || {})[key] !== undefined;
}

/**
 * A text that the server sends in each language, in the page's; empty when it sends none.
 *
 * @param {Record<string, string | undefined> | null} words
 */
export function inLanguage(words) {
  return (words && words[language]) || "";
}

/** The `lang` attribute for data that is Chinese whatever the page's language is: names of items, halls, materials. */
export function dataLanguage() {
  return language === "zh-Hans" ? null : "zh-Hans";
}

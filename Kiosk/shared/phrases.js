import { h } from "./dom.js";

/** Chinese words by the browser's own dictionary (Intl.Segmenter); a browser without it breaks lines anywhere. */
const segmenter = typeof Intl.Segmenter === "function" ? new Intl.Segmenter("zh-Hans", { granularity: "word" }) : null;
/** What belongs to the word before it: 身份|证, 申请|表, 医疗|保险. */
const endings = new Set(["证", "表", "卡", "书", "簿", "照", "人", "站", "费", "金", "保险"]);
/** Characters of the longest word that is kept whole: it has to fit into the narrowest key in the largest letters. */
const longest = 4;
const known = new Map();

/** The words of a text, in order; together they are the text. */
function wordsOf(text) {
  if (!segmenter) return [];
  const words = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const before = words[words.length - 1];
    const joins = before && before.isWord && (endings.has(segment) ? before.text.length + segment.length <= longest : false);
    if (joins) before.text += segment;
    else words.push({ text: segment, isWord: isWordLike && /^\p{Script=Han}+$/u.test(segment) });
  }
  return words;
}

/** A Chinese text whose short words a line's end does not split: 身份证 and 医疗保险 are read at a glance. */
export function phrases(text) {
  if (!segmenter || typeof text !== "string" || text.length <= longest) return text;
  if (!known.has(text)) {
    if (known.size >= 1000) known.clear();
    known.set(text, wordsOf(text));
  }
  return known
    .get(text)
    .map(({ text: word, isWord }) => (isWord && word.length > 1 && word.length <= longest ? h("span.word", null, word) : word));
}

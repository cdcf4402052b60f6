import { t } from "./words.js";

/**
 * Why a window pauses: the hall's Chinese words, elsewhere the word of the code. What somebody wrote stays as it is.
 *
 * @param {{ pause_code: string | null, pause_reason: string | null }} window
 */
export function pauseWords(window) {
  if (!window.pause_code) return "";
  const isOwn = window.pause_code === "other" || document.documentElement.lang.startsWith("zh");
  return isOwn ? window.pause_reason || "" : t(`pause.${window.pause_code}`);
}

import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";
import { noticeForDialog } from "./noticefor.js";
import { pauseDialog } from "./pause.js";
import { reservationsDialog } from "./reservations.js";
import { Sides } from "./sides.js";
import { takeForDialog } from "./takefor.js";
import { unnumbered, verbs } from "./verbs.js";
import { whyDialog } from "./why.js";

/** The verbs for which the strip's own row has no room, in the order of the work. */
const rest = ["finish", "abandon", "transfer"];

/**
 * 更多 in the strip: every verb and every list of the whole console, by the same digits.
 *
 * @param {Pages.Console} console
 */
export function moreDialog(console) {
  /** @type {{ words: string, hint?: string, keys?: string[], name?: string, can: () => boolean, act: () => void }[]} */
  const acts = [
    ...[...verbs.filter((one) => rest.includes(one.name)), unnumbered].map((verb) => ({
      words: t(`verb.${verb.name}`),
      hint: verb.hint,
      keys: verb.keys,
      name: verb.name,
      can: () => console.possible(verb),
      act: () => console.step(verb),
    })),
    { words: t("strip.lists"), can: () => true, act: () => listsDialog(console) },
    { words: t("bar.pause"), can: () => console.allows("pause"), act: () => pauseDialog(console) },
    { words: t("bar.takeFor"), can: () => true, act: () => takeForDialog(console) },
    ...(console.store.state.reservations ? [{ words: t("bar.reservations"), can: () => true, act: () => reservationsDialog(console) }] : []),
    { words: t("bar.noticeFor"), can: () => true, act: () => noticeForDialog(console) },
    { words: t("bar.why"), can: () => true, act: () => whyDialog(console) },
    { words: t("strip.whole"), can: () => true, act: () => globalThis.open("/window/", "yichuang-console") },
  ];
  const choose = (one) => {
    if (!one.can()) return;
    close();
    one.act();
  };
  const press = (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const one = acts.find((act) => act.keys && act.keys.includes(event.code));
    if (!one) return;
    event.preventDefault();
    choose(one);
  };
  const close = openDialog({
    title: t("strip.more.title"),
    className: "wide",
    onEscape: () => close(),
    body: h(
      "div.choices.keyed",
      { onkeydown: press },
      acts.map((one) =>
        h(
          "button.button.choice",
          { type: "button", disabled: !one.can(), "data-verb": one.name || null, onclick: () => choose(one) },
          h("span", null, one.words),
          one.hint ? h("kbd", { "aria-hidden": "true" }, one.hint) : null,
        ),
      ),
    ),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

/**
 * The lists of the whole console: who waits (call by name, priority), who is suspended and who was missed.
 *
 * @param {Pages.Console} console
 */
function listsDialog(console) {
  const sides = new Sides(console, ["tickets"]);
  console.sides = sides;
  const leave = () => {
    console.sides = null;
    close();
  };
  const close = openDialog({
    title: t("strip.lists"),
    className: "wide",
    onEscape: leave,
    body: sides.element,
    buttons: [h("button.button.quiet", { type: "button", onclick: leave }, t("dialog.close"))],
  });
}

/** The smallest size in which a dialog can be read without scrolling. */
const room = { width: 760, height: 620 };

/**
 * A strip in a window of its own is enlarged while a dialog is open, and reset afterwards. A window that may not be resized, such as
 * a tab, keeps its size; its dialogs scroll.
 *
 * @returns a function that stops it
 */
export function growForDialogs() {
  /** @type {{ width: number, height: number } | null} */
  let small = null;
  const watcher = new MutationObserver(() => {
    const isOpen = document.querySelector(".veil") !== null;
    if (isOpen === (small !== null)) return;
    if (isOpen) {
      small = { width: globalThis.outerWidth, height: globalThis.outerHeight };
      globalThis.resizeTo(Math.max(small.width, room.width), Math.max(small.height, room.height));
    } else if (small) {
      globalThis.resizeTo(small.width, small.height);
      small = null;
    }
  });
  watcher.observe(document.body, { childList: true });
  return () => watcher.disconnect();
}

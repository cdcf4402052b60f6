/** How often a watched page says that it is drawn, in milliseconds. */
const pause = 5000;

/**
 * The beat of a page on a watched screen, one whose address names it (`?screen=…`): a count in the title, which the program
 * beside the browser reads, and a request by which the hall knows that the screen works. Both come from a frame that the
 * browser draws, so a page that hangs or is not drawn is silent.
 *
 * @param {() => string | null} path the path of the request; null while none is to be sent
 */
export function beat(path) {
  if (screenName() === null) return;
  let count = 0;
  let isAwaited = false;
  const drawn = () => {
    isAwaited = false;
    count = (count + 1) % 1000;
    document.title = `${document.title.replace(/ #\d+$/, "")} #${count}`;
    const where = path();
    if (where) fetch(where, { method: "POST", credentials: "same-origin", cache: "no-store" }).catch(() => {});
  };
  const ask = () => {
    // A page that is not drawn gets its frames later, all at once.
    if (!isAwaited) requestAnimationFrame(drawn);
    isAwaited = true;
  };
  ask();
  setInterval(ask, pause);
}

/** The name of this screen, from the page's address; null where nobody watches it. */
export function screenName() {
  return new URLSearchParams(location.search).get("screen") || null;
}

/**
 * Milliseconds between two requests of a page that nobody uses. The hall closes a connection of a known page after 90 s
 * without a request, and the browser after 300 s.
 */
const pause = 60_000;

/**
 * Keeps a connection to the hall open beside the feed. During a flood of connections a new one has to wait; a request over this
 * one does not.
 */
export function keepConnection() {
  setInterval(() => {
    fetch("/healthz", { credentials: "same-origin", cache: "no-store" })
      .then((response) => response.text())
      .catch(() => {});
  }, pause);
}

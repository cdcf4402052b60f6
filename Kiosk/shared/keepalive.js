/**
 * How often a page that nobody uses asks for nothing, in milliseconds. The hall ends a connection of a known page after 90 s
 * without a request, and the browser after 300 s.
 */
const pause = 60_000;

/**
 * Keeps a connection to the hall open beside the feed. In a flood of connections new ones wait for their turn; a touch or a
 * press goes over this one at once.
 */
export function keepConnection() {
  setInterval(() => {
    fetch("/healthz", { credentials: "same-origin", cache: "no-store" })
      .then((response) => response.text())
      .catch(() => {});
  }, pause);
}

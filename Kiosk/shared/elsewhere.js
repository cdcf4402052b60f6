/** For how long the own machine has to be of no use before another one is looked for, in milliseconds. */
const patience = 15_000;
const pause = 5_000;
const askTime = 3_000;

/**
 * Whether a machine can do what its hall's pages ask for.
 *
 * @param {string} door
 */
async function isReady(door) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), askTime);
  try {
    const how = { mode: "cors", credentials: "omit", cache: "no-store", signal: controller.signal };
    return (await fetch(`${door}/readyz`, /** @type {RequestInit} */ (how))).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Goes on at another machine of the hall when the page's own does not answer, or is cut off from the hall's journal. */
export class Elsewhere {
  /**
   * @param {string[]} doors the addresses of all machines, as `/v1/hall` tells them; none in a hall with one machine
   * @param {(address: string) => void} go
   */
  constructor(doors, go = (address) => location.assign(address)) {
    this.doors = doors.filter((door) => door !== location.origin);
    this.go = go;
    /** @type {number | null} */
    this.since = null;
    this.next = 0;
    this.asks = false;
  }

  /**
   * Called again and again.
   *
   * @param {boolean} isAway whether the own machine is of no use now
   */
  look(isAway) {
    const now = performance.now();
    if (!isAway) {
      this.since = null;
      return;
    }
    this.since = this.since ?? now;
    if (this.asks || now - this.since < patience || now < this.next || !this.doors.length) return;
    this.asks = true;
    this.leave().finally(() => {
      this.asks = false;
      this.next = performance.now() + pause;
    });
  }

  async leave() {
    for (const door of this.doors) {
      if (!(await isReady(door)) || this.since === null) continue;
      this.go(door + location.pathname + location.search);
      return;
    }
  }
}

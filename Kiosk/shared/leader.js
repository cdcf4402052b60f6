/**
 * Chooses one page of this browser for a task: of all that start under the same name, one leads at a time.
 *
 * By Web Locks: when the leading page is closed the next one leads at once. A page that is frozen keeps its lock, so
 * whoever misses it takes it away.
 */
export class Leadership {
  /**
   * @param {string} name of the task
   * @param {object} told
   * @param {() => void} told.onLead this page leads from now on
   * @param {() => void} told.onFollow another page leads
   */
  constructor(name, { onLead, onFollow }) {
    this.name = name;
    this.onLead = onLead;
    this.onFollow = onFollow;
    this.leads = false;
    this.running = false;
    /** @type {AbortController | null} */
    this.waiting = null;
    this.release = () => {};
  }

  start() {
    this.running = true;
    this.request({ ifAvailable: true });
  }

  stop() {
    this.running = false;
    this.leads = false;
    if (this.waiting) this.waiting.abort();
    this.release();
  }

  /** Leads although another page holds the lock: it was not heard for too long. */
  take() {
    if (!this.running || this.leads) return;
    if (this.waiting) this.waiting.abort();
    this.request({ steal: true });
  }

  /** Waits behind the page that leads. */
  wait() {
    if (!this.running) return;
    this.waiting = new AbortController();
    this.request({ signal: this.waiting.signal });
  }

  request(options) {
    // Each request for itself: one that was given up must not be taken for the lock that is held.
    let got = false;
    const held = (lock) => {
      if (!this.running) return undefined;
      if (!lock) {
        this.onFollow();
        this.wait();
        return undefined;
      }
      if (this.leads) return undefined;
      got = true;
      this.waiting = null;
      this.leads = true;
      const kept = new Promise((resolve) => (this.release = () => resolve(null)));
      this.onLead();
      return kept;
    };
    navigator.locks.request(this.name, options, held).catch(() => {
      // Taken away by another page; or this page stopped waiting for it.
      if (!got || !this.running) return;
      this.leads = false;
      this.onFollow();
      this.wait();
    });
  }
}

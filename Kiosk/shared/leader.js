/**
 * Leader election among the pages of this browser: of all that start under the same name, one leads at a time.
 *
 * It uses Web Locks: when the leader is closed the next page leads at once. A page that is frozen keeps its lock, so a follower
 * that hears nothing of it steals the lock.
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

  /** Steals the lock of a leader that has not been heard for too long. */
  take() {
    if (!this.running || this.leads) return;
    if (this.waiting) this.waiting.abort();
    this.request({ steal: true });
  }

  /** Waits until the leader releases the lock. */
  wait() {
    if (!this.running) return;
    this.waiting = new AbortController();
    this.request({ signal: this.waiting.signal });
  }

  request(options) {
    // Of this request only: the end of one that was aborted must not count as the loss of a lock that is held.
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
      // Stolen by another page; or this page stopped waiting for it.
      if (!got || !this.running) return;
      this.leads = false;
      this.onFollow();
      this.wait();
    });
  }
}

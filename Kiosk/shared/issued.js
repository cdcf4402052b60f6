import { get } from "./api.js";

/** A notice that was issued, and what becomes of its slip. */
export class IssuedNotice {
  /** @param {API.Notice} notice what POST /v1/notices answered */
  constructor(notice) {
    this.notice = notice;
    /**
     * The last event of the feed about it.
     *
     * @type {API.FeedChange["notice"] | null}
     */
    this.told = null;
  }

  /** The state of its slip: `coming`, `out`, `asked`, `failed`; null where no slip was requested. */
  get paper() {
    return this.notice.slip && this.notice.slip.paper;
  }

  /**
   * Merges later data of the hall.
   *
   * @param {Partial<API.Notice>} news
   */
  take(news) {
    this.notice = { ...this.notice, ...news };
  }

  /**
   * Handles an event of the feed.
   *
   * @param {API.FeedChange} data
   * @returns whether it was about this notice
   */
  heard({ notice }) {
    if (!notice || notice.id !== this.notice.id) return false;
    this.told = notice;
    this.take(notice);
    return true;
  }

  /** Requests the notice again. Without an answer the last known state stays; the page shows by itself that its connection is down. */
  async catchUp() {
    this.told = null;
    try {
      this.take(await get(`/v1/notices/${this.notice.id}`));
      // An event that arrived meanwhile is newer than the answer.
      if (this.told) this.take(this.told);
      return true;
    } catch {
      return false;
    }
  }
}

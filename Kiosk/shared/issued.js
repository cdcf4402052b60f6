import { get } from "./api.js";

/** A notice that was issued, and what becomes of its slip. */
export class IssuedNotice {
  /** @param {API.Notice} notice what POST /v1/notices answered */
  constructor(notice) {
    this.notice = notice;
    /**
     * What the feed told of it last.
     *
     * @type {API.FeedChange["notice"] | null}
     */
    this.told = null;
  }

  /** What its paper does, as the hall says: `coming`, `out`, `asked`, `failed`; null where none was asked for. */
  get paper() {
    return this.notice.slip && this.notice.slip.paper;
  }

  /**
   * Takes in what the hall told since.
   *
   * @param {Partial<API.Notice>} news
   */
  take(news) {
    this.notice = { ...this.notice, ...news };
  }

  /**
   * An event of the feed.
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

  /** Asks once more; what was last heard stays where nobody answers, and the page says itself when its line is down. */
  async catchUp() {
    this.told = null;
    try {
      this.take(await get(`/v1/notices/${this.notice.id}`));
      // What the feed told meanwhile is newer than the answer.
      if (this.told) this.take(this.told);
      return true;
    } catch {
      return false;
    }
  }
}

import { get } from "./api.js";

/** A notice that was issued, and what becomes of its slip. */
export class IssuedNotice {
  /** @param notice what POST /v1/notices answered */
  constructor(notice) {
    this.notice = notice;
  }

  /** What its paper does, as the hall says: `coming`, `out`, `asked`, `failed`; null where none was asked for. */
  get paper() {
    return this.notice.slip && this.notice.slip.paper;
  }

  /** Takes in what the hall told since. */
  take(news) {
    this.notice = { ...this.notice, ...news };
  }

  /** An event of the feed. @returns whether it was about this notice */
  heard(data) {
    const isMine = Boolean(data.notice) && data.notice.id === this.notice.id;
    if (isMine) this.take(data.notice);
    return isMine;
  }

  /** Asks once more; what was last heard stays where nobody answers, and the page says itself when its line is down. */
  async catchUp() {
    try {
      this.take(await get(`/v1/notices/${this.notice.id}`));
      return true;
    } catch {
      return false;
    }
  }
}

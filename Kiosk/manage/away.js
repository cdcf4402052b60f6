import { lostWords } from "../shared/certificate.js";
import { fill, h } from "../shared/dom.js";
import { draft, watchDrafts } from "../shared/drafts.js";
import { Elsewhere } from "../shared/elsewhere.js";
import { Feed } from "../shared/feed.js";
import { icon } from "../shared/icons.js";
import { t } from "../shared/words.js";

/** For how many milliseconds a page says that it came from another machine. */
const arrivedTime = 60_000;

/**
 * The feed of a sheet that staff work at, and the fail-over of the sheet when its machine is of no use. The sheet says so and is
 * opened at another machine, which shows the same list or case. A form that somebody has begun is never lost unannounced.
 */
export class Away {
  /**
   * @param {object} parts
   * @param {(data: any) => void} parts.onChange called with what each event of the feed carries
   * @param {() => string} parts.fragment the fragment of the sheet's address that shows the same on another machine: `#list=mine`
   * @param {boolean} [parts.isMoved] whether the sheet came from another machine
   */
  constructor({ onChange, fragment, isMoved = false }) {
    this.fragment = fragment;
    this.movedAt = isMoved ? performance.now() : -Infinity;
    /** @type {API.Fault[]} */
    this.faults = [];
    /** @type {number | false} */
    this.stale = false;
    this.isSignedOut = false;
    this.shown = "";
    this.element = h("div.notices", { role: "status" });
    this.elsewhere = new Elsewhere("/v1/machines");
    watchDrafts();
    this.feed = new Feed("/v1/feed", {
      onEvent: (_, data) => {
        if (data && data.faults) this.faults = data.faults;
        if (data) onChange(data);
      },
      onState: (state) => this.lineChanged(state),
    });
  }

  start() {
    this.feed.start();
    this.ticker = setInterval(() => this.tick(), 500);
    this.tick();
  }

  lineChanged(state) {
    if (state === "refused") {
      clearInterval(this.ticker);
      this.isSignedOut = true;
      this.leaveUnlessHeld();
    } else {
      this.stale = state === "stale" ? this.feed.silence : false;
    }
    this.draw();
  }

  /** Goes to the sign-in, once no form here has unsent input. */
  leaveUnlessHeld() {
    if (draft() === null) location.replace("/window/");
    else this.ticker = setInterval(() => draft() === null && location.replace("/window/"), 500);
  }

  tick() {
    const here = this.fragment();
    // Into the address, so that the other machine shows the same.
    if (here !== location.hash) history.replaceState(null, "", location.pathname + location.search + here);
    this.elsewhere.look(this.stale !== false || Elsewhere.isUseless(this.faults));
    this.draw();
  }

  words() {
    if (this.isSignedOut) return t("machines.signedOut");
    const going = this.elsewhere.words();
    if (going) return this.stale && !this.elsewhere.isHeld ? `${lostWords(this.stale)}；${going}` : going;
    return performance.now() - this.movedAt < arrivedTime ? t("machines.here") : "";
  }

  draw() {
    const words = this.words();
    if (words === this.shown) return;
    this.shown = words;
    const signIn = () => h("a.button.small", { href: "/window/" }, t("machines.signIn"));
    const key = this.isSignedOut ? signIn() : this.elsewhere.key;
    fill(this.element, words ? h("p.banner.now.machines", null, icon("warn"), h("span", null, words), key) : null);
  }
}

import { get } from "../shared/api.js";
import { beat, screenName } from "../shared/beat.js";
import { followCertificate } from "../shared/certificate.js";
import { hallClock } from "../shared/clock.js";
import { byID, fill, h, View } from "../shared/dom.js";
import { Elsewhere } from "../shared/elsewhere.js";
import { Feed } from "../shared/feed.js";
import { guardGestures } from "../shared/gestures.js";
import { loadWords, setLanguage, t } from "../shared/words.js";
import { Calls } from "./calls.js";
import { hallBoard } from "./hallboard.js";
import { Player } from "./player.js";
import { Voice } from "./voice.js";
import { windowStrip } from "./strip.js";

/**
 * What the views show. `stale` is the milliseconds since the hall was heard, while that is too long; `voice` is null for a silent screen; `isUseless` says that its machine shows
 * what was, as one that is cut off from the hall's journal.
 *
 * @typedef {{ calls: Calls, player: Player, voice: Voice | null, stale: number | false, window: number | null, pauseText: string | null, onChange: () => void, elsewhere: Elsewhere, isUseless: boolean }} Board
 */

const page = byID("page");
const wanted = Number(new URLSearchParams(location.search).get("window")) || null;

async function words() {
  for (let pause = 500; ; pause = Math.min(pause * 2, 5000)) {
    try {
      await loadWords();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** A board without its link: it says how to get one, and tries again by itself. */
function noLink() {
  fill(page, h("main.nolink", null, h("h1", null, t("board.noLink")), h("p", null, t("board.noLink.text"))));
  setTimeout(() => location.reload(), 60_000);
}

/** This board's address at another machine, which accepts the pass. */
function atOther(door, told) {
  const asked = new URLSearchParams(location.search);
  asked.set("pass", told.pass);
  return `${door}/board/enter?${asked}`;
}

/**
 * Checks whether the own machine decides. A machine that is cut off from the hall's journal still answers, but nothing on
 * this screen changes then.
 */
async function lookElsewhere() {
  if (elsewhere.hasOthers && !board.stale) {
    try {
      board.isUseless = !(await get("/v1/board/machines")).decides;
    } catch {
      // The feed tells that the machine does not answer.
    }
  }
  elsewhere.look(Boolean(board.stale) || board.isUseless);
  refresh();
}

guardGestures();
await words();
setLanguage("zh-Hans");
document.title = wanted ? t("window.title", { number: wanted }) : t("board.title");

const calls = new Calls();
// A window's own small screen is silent: the hall's board speaks for all of them.
const voice = wanted ? null : new Voice();
const player = new Player({
  voice,
  maySpeak: (call) => calls.isPresent(call),
  isSure: () => hallClock.isSure,
  isOpen: (call) => calls.isOpen(call),
});
const elsewhere = new Elsewhere("/v1/board/machines", atOther);
/** @type {Board} */
const board = { calls, player, voice, stale: false, window: wanted, pauseText: null, onChange: () => {}, elsewhere, isUseless: false };
followCertificate();
const view = new View(() => (wanted ? windowStrip(board) : hallBoard(board)));
fill(page, view.element);
const refresh = () => {
  view.refresh();
  board.onChange();
};

calls.onCall = (call) => {
  if (!wanted || call.window === wanted) player.enqueue(call);
};
player.onChange = refresh;
if (voice) voice.onChange = refresh;
hallClock.listen(() => player.run());

let isRefused = false;
const feed = new Feed("/v1/feed/public", {
  onEvent: (name, data) => {
    calls.apply(name, data);
    player.look();
    refresh();
  },
  onState: (state) => {
    if (state === "refused") {
      isRefused = true;
      noLink();
      return;
    }
    board.stale = state === "stale" ? feed.silence : false;
    refresh();
  },
});
feed.start();
beat(() => (isRefused ? null : `/v1/boards/${encodeURIComponent(screenName() || "")}/beat`));
setInterval(refresh, 1000);
lookElsewhere();
setInterval(lookElsewhere, 2000);

import { get, onPageNeeded } from "../shared/api.js";
import { beat } from "../shared/beat.js";
import { keepConnection } from "../shared/keepalive.js";
import { loadWords } from "../shared/words.js";
import { App } from "./app.js";
import { claimed, reclaim } from "./claim.js";

/** Waits for the hall: a kiosk is often switched on before its daemon. */
async function hall() {
  for (let pause = 500; ; pause = Math.min(pause * 2, 5000)) {
    try {
      await loadWords();
      return await get("/v1/hall");
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

const state = await hall();
const wanted = new URLSearchParams(location.search).get("kiosk");
const kiosk = wanted || state.kiosks[0] || null;
let isClaimed = false;
// From here on the page shows the kiosk's screens, or that it cannot be used now.
beat(() => (kiosk && isClaimed ? `/v1/kiosks/${encodeURIComponent(kiosk)}/beat` : null));
if (kiosk) {
  await claimed(kiosk, state.hall.name);
  isClaimed = true;
  onPageNeeded(() => reclaim(kiosk));
}
/** The page that runs here; tests reach its screens by it. */
export const app = new App(kiosk, state);
app.start();
keepConnection();

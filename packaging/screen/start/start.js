// The page of the screen until the hall answers, and whenever it does not. A page with a file: address cannot send requests to the
// hall, so the program that watches the browser does. It writes state.js into its own folder in memory, and this page polls it.
"use strict";

/** The watcher's folder, from the fragment of the address. */
const folder = decodeURIComponent(location.hash.slice(1));
/** Milliseconds between two polls; and after which the page says to ask the staff. */
const pause = 500;
const patience = 60_000;
const begun = performance.now();

/** The words after `patience`: those of a kiosk, unless the watcher names a board's page. */
let words = { what: "机器正在恢复", then: "取号请找工作人员" };

/**
 * Called by state.js.
 *
 * @param {{ page: string, ready: boolean }} state the hall's page, and whether the hall answers
 */
window.told = (state) => {
  if (state.page.includes("/board/")) words = { what: "大屏正在恢复", then: "请听工作人员叫号" };
  if (state.ready && /^https?:\/\//.test(state.page)) location.replace(state.page);
};

function look() {
  const script = document.createElement("script");
  script.onload = () => {
    script.remove();
    setTimeout(look, pause);
  };
  script.onerror = script.onload;
  script.src = `file://${folder}/state.js?${Date.now()}`;
  document.head.append(script);
}

/** The heartbeat, as in the hall's own pages: the watcher reads the count in the title, which does not change while the page is not drawn. */
let count = 0;
function drawn() {
  count += 1;
  document.title = `正在启动 #start ${count}`;
  const dots = document.querySelectorAll("#life span");
  dots.forEach((dot, index) => dot.classList.toggle("on", index === count % dots.length));
  if (performance.now() - begun >= patience) {
    document.getElementById("what").textContent = words.what;
    document.getElementById("then").textContent = words.then;
  }
  setTimeout(() => requestAnimationFrame(drawn), 1000);
}

if (folder.startsWith("/")) look();
requestAnimationFrame(drawn);

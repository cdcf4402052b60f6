"""From the coordinator's press to what the page of the day shows, on a kiosk's machine: Chromium with its processor slowed four times, a new profile
with nothing kept each time. Run by .build/venv's Python; prints one line of JSON. `today.py COUNT`; YICHUANGD names the daemon."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests" / "support")]

from kiosk import quantile  # noqa: E402
from testkit.hall import Hall  # noqa: E402

SLOWER = 4
# Milliseconds since the page was asked for until its figures stand on a frame, and until the bars are drawn.
MARK = """(() => {
  window.marks = {};
  const mark = (name, holds) => {
    const look = () => {
      if (holds()) requestAnimationFrame(() => setTimeout(() => { window.marks[name] = performance.now(); }));
      else requestAnimationFrame(look);
    };
    look();
  };
  addEventListener("DOMContentLoaded", () => {
    mark("figures", () => /^[0-9]+$/.test(document.querySelector(".tile.waiting .value")?.textContent ?? ""));
    mark("bars", () => document.querySelector(".chart.drawn canvas[height]"));
  });
})()"""


def busy(hall, numbers=120):
    """A morning: most of the numbers are served, some wait."""
    cookies = {}
    for window in (1, 2, 3):
        cookies[window] = hall.sign_in(f"AJ00{window}")
        hall.ask("POST", f"/v1/windows/{window}/open", {}, port=hall.hall, cookie=cookies[window])
    for number in range(numbers):
        hall.join()
        if number > 20:
            window = number % 3 + 1
            for verb in ("calls", "serve", "finish"):
                hall.ask("POST", f"/v1/windows/{window}/{verb}", {}, port=hall.hall, cookie=cookies[window])


def today(count):
    from playwright.sync_api import sync_playwright

    hall = Hall()
    paints, figures, bars = [], [], []
    try:
        busy(hall)
        session = hall.sign_in("AJ100").split("=", 1)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            for turn in range(count + 1):
                context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
                context.add_cookies([{"name": session[0], "value": session[1], "url": hall.desk_url}])
                page = context.new_page()
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                page.add_init_script(MARK)
                page.goto(f"{hall.desk_url}/manage/")
                page.wait_for_function("() => window.marks.figures && window.marks.bars", timeout=60_000)
                paint = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
                marks = page.evaluate("() => window.marks")
                context.close()
                # The first one also fills the system's page cache.
                if turn:
                    paints.append(paint)
                    figures.append(marks["figures"])
                    bars.append(marks["bars"])
            browser.close()
    finally:
        hall.close()
    return {"count": count, "slower": SLOWER} | {
        f"{name}_{part}_ms": quantile(values, rank)
        for name, values in (("paint", paints), ("figures", figures), ("bars", bars)) for part, rank in (("p50", 0.5), ("p90", 0.9))}


if __name__ == "__main__":
    print(json.dumps(today(int(sys.argv[1]))))

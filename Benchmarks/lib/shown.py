"""From a card that is laid down and a code that is held up to what the resident sees: emulated devices below real libusb, the daemon with its
reader process, Chromium. Run by .build/venv's Python; prints one line of JSON. `shown.py COUNT`; YICHUANGD names the daemon,
YICHUANG_BUILD the folder of the programs beside it."""

import json
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests" / "browser"), str(ROOT / "Tests" / "support")]

from kiosk import quantile  # noqa: E402
from testkit.hall import Hall  # noqa: E402
from testkit.paths import BUILT  # noqa: E402
from testkit.reader_testbed import ReaderTestbed  # noqa: E402
from testkit.scans import pos, said  # noqa: E402
from testkit.waiting import eventually  # noqa: E402

# The time of the frame after the first one in which the condition holds.
WHEN = """() => new Promise(shown => {
  const look = () => {
    if (HOLDS) requestAnimationFrame(() => setTimeout(() => shown(performance.timeOrigin + performance.now())));
    else requestAnimationFrame(look);
  };
  look();
})"""
HEADING = "document.querySelector('h1')?.textContent ?? ''"
ASKS = f"({HEADING}).includes('要读您的身份证吗')"
KNOWS = f"({HEADING}).includes('您好')"
LEFT_HOME = "!document.querySelector('.screen.home')"


def begin(page, holds):
    page.evaluate(f"() => {{ window.measured = ({WHEN.replace('HOLDS', holds)})() }}")


def took(page, began):
    page.wait_for_function("() => window.measured.then(() => true)", timeout=60_000)
    return max(0.0, page.evaluate("() => window.measured") - began)


def hall_above(bed):
    def configure(settings):
        settings["kiosks"] = [{"id": "kiosk-1", "printer": "none"}]
        settings["readers"] = {"program": str(BUILT / "yichuang-readerd")}

    # Neither Chromium nor this program is to see emulated devices.
    return Hall(configure, environment=bed.environment)


def shown(count):
    from playwright.sync_api import sync_playwright

    bed = ReaderTestbed()
    hall = hall_above(bed)
    found, known, scanned = [], [], []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_context(viewport={"width": 1080, "height": 1920}, locale="zh-CN", has_touch=True).new_page()
            bed.do("plug r reader 1-1")
            bed.do("plug p pos 1-2")
            eventually("reader and scanner are ready", lambda: [one["condition"] for one in hall.get(
                "/v1/kiosks/kiosk-1/readers")["readers"]] == ["ready", "ready"], seconds=60)
            for turn in range(count + 2):
                page.goto(f"{hall.kiosk_url}/touch/?kiosk=kiosk-1")
                page.wait_for_selector(".screen.home .reader")
                begin(page, LEFT_HOME)
                began = time.time() * 1000
                bed.do(said("p", pos("社会保障卡申领\nITEM RS-004".encode())))
                scan = took(page, began)

                page.goto(f"{hall.kiosk_url}/touch/?kiosk=kiosk-1")
                page.wait_for_selector(".screen.home .reader")
                begin(page, ASKS)
                began = time.time() * 1000
                bed.do(f"lay r resident {turn}")
                find = took(page, began)
                agree = page.get_by_role("button", name="同意，读身份证")
                agree.wait_for()
                begin(page, KNOWS)
                began = time.time() * 1000
                agree.press("Enter")
                know = took(page, began)
                bed.do("lift r")
                if turn >= 2:
                    scanned.append(scan)
                    found.append(find)
                    known.append(know)
            browser.close()
    finally:
        hall.close()
        bed.close()
    return {f"{name}_{q}_ms": quantile(values, part) for name, values in (("found", found), ("known", known), ("scanned", scanned))
            for q, part in (("p50", 0.5), ("p99", 0.99))} | {"count": count}


if __name__ == "__main__":
    print(json.dumps(shown(int(sys.argv[1]))))

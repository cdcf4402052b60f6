"""What a resident waits for: the number on the screen, and the first byte at the printer. Run by .build/venv's Python, which has
Playwright and YAML; prints one line of JSON. `kiosk.py screen|search|paper COUNT`; YICHUANGD names the daemon."""

import http.client
import json
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests" / "browser"), str(ROOT / "Tests" / "support")]

from testkit.hall import Hall  # noqa: E402
from testkit.private_cups import PrivateCUPS  # noqa: E402

# From the time stamp of the touch event to the frame after the one that shows the number.
WATCH = """() => new Promise(shown => addEventListener("pointerdown", touch => {
  const look = () => {
    const number = document.querySelector(".ticket .number");
    if (number && number.getClientRects().length && number.textContent.trim())
      requestAnimationFrame(() => setTimeout(() => shown(performance.now() - touch.timeStamp)));
    else requestAnimationFrame(look);
  };
  look();
}, {once: true, capture: true}))"""


def quantile(values, q):
    values = sorted(values)
    return round(values[min(len(values) - 1, int(len(values) * q))], 1)


class Client:
    """A plain HTTP client that keeps its connection, as the browser does."""

    def __init__(self, hall):
        # The plain client acts as the page of the second kiosk; the browser shows the first.
        self.cookie = hall.page_cookies("/v1/tickets", {"kiosk": "kiosk-2"})
        self.connection = http.client.HTTPConnection("127.0.0.1", hall.kiosk, timeout=60)

    def take(self):
        """Milliseconds from the request to the answer's last byte."""
        began = time.perf_counter()
        self.connection.request("POST", "/v1/tickets", b'{"items":[],"kiosk":"kiosk-2"}',
                                {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()), "Cookie": self.cookie})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise RuntimeError(f"no ticket: {answer.status}")
        return (time.perf_counter() - began) * 1000


def screen(count):
    """Touches on the page and the same request by a bare client, in turn."""
    from playwright.sync_api import sync_playwright

    hall = Hall()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            context = browser.new_context(viewport={"width": 1080, "height": 1920}, locale="zh-CN", has_touch=True)
            page = context.new_page()
            page.goto(f"{hall.kiosk_url}/touch/?kiosk=kiosk-1")
            client, touches, bare = Client(hall), [], []
            for turn in range(count + 5):
                page.wait_for_selector(".screen.home .take:not([disabled])")
                # The page ignores a second touch that comes so soon that it may be a trembling finger (Kiosk/touch/guard.js).
                page.wait_for_timeout(450)
                page.evaluate(f"() => {{ window.measured = ({WATCH})() }}")
                page.locator(".take").tap()
                took = page.evaluate("() => window.measured")
                alone = client.take()
                page.evaluate("() => document.querySelector('.press .tiles .main').click()")
                if turn >= 5:
                    touches.append(took)
                    bare.append(alone)
            browser.close()
    finally:
        hall.close()
    return {"touches": count, "p50_ms": quantile(touches, 0.5), "p99_ms": quantile(touches, 0.99),
            "same_post_p50_ms": quantile(bare, 0.5), "same_post_p99_ms": quantile(bare, 0.99)}


# From the time stamp of the touch event to the frame after the one that lists the hits.
KEYS = """() => new Promise(shown => addEventListener("pointerdown", touch => addEventListener("click", () =>
  requestAnimationFrame(() => setTimeout(() => shown(performance.now() - touch.timeStamp))), {once: true}),
  {once: true, capture: true}))"""
# The page's own share of it: the search, the list and its layout, until no work is left.
WORK = """letter => {
  const key = [...document.querySelectorAll(".keyboard .key")].find(one => one.textContent === letter);
  const began = performance.now();
  key.click();
  document.querySelector(".items").getBoundingClientRect();
  return performance.now() - began;
}"""


def search(count):
    """Keys touched on the page over a catalogue of 2,000 items, and the same question by a bare client."""
    from playwright.sync_api import sync_playwright
    from table import large

    with tempfile.TemporaryDirectory() as folder:
        items = pathlib.Path(folder) / "large.yaml"
        items.write_text(large(2000), encoding="utf-8")

        def configure(settings):
            settings["files"]["catalogue"] = str(items)
            settings.pop("frequent", None)

        hall = Hall(configure)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
                page = browser.new_context(viewport={"width": 1080, "height": 1920}, locale="zh-CN", has_touch=True).new_page()
                page.goto(f"{hall.kiosk_url}/touch/?kiosk=kiosk-1")
                page.wait_for_selector(".departments .chip")
                page.locator(".tile.search").tap()
                touches, work, bare, typed = [], [], [], ""
                for turn in range(count + 5):
                    if len(typed) == 7:
                        page.locator(".keyboard .wide").last.tap()
                        typed = ""
                    letter = "SHBZKSL"[len(typed)]
                    typed += letter
                    if turn % 2:
                        page.evaluate(f"() => {{ window.measured = ({KEYS})() }}")
                        page.get_by_role("button", name=letter, exact=True).tap()
                        took = page.evaluate("() => window.measured")
                    else:
                        took = page.evaluate(WORK, letter)
                    began = time.perf_counter()
                    hall.get(f"/v1/items?q={typed}")
                    if turn >= 5:
                        (touches if turn % 2 else work).append(took)
                        bare.append((time.perf_counter() - began) * 1000)
                browser.close()
        finally:
            hall.close()
    return {"keys": count, "p50_ms": quantile(touches, 0.5), "p99_ms": quantile(touches, 0.99),
            "work_p50_ms": quantile(work, 0.5), "work_p99_ms": quantile(work, 0.99), "same_query_p50_ms": quantile(bare, 0.5)}


class Ear:
    """A printer's port: notes when the first byte of each connection came, and keeps its bytes."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.heard = []
        self.changed = threading.Condition()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            peer, _ = self.listener.accept()
            with peer:
                data, first = b"", None
                while piece := peer.recv(65536):
                    first = first or time.perf_counter()
                    data += piece
            if data:
                with self.changed:
                    self.heard.append((first, data))
                    self.changed.notify_all()

    def slip(self, index):
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.heard) > index, 60):
                raise RuntimeError("no slip came within 60 s")
            return self.heard[index]


def paper(count):
    """From the request to the printer's first byte through a real cupsd; the same bytes by `lp`; the same bytes straight."""
    ear = Ear()
    with PrivateCUPS(ear.port) as cups:

        def configure(settings):
            settings["kiosks"] = [
                {"id": "kiosk-2", "printer": {"queue": cups.queue, "paper_mm": 80, "server": cups.socket}}]

        hall = Hall(configure)
        try:
            client, ours, by_lp, straight = Client(hall), [], [], []
            for turn in range(count + 2):
                began = time.perf_counter()
                client.take()
                first, data = ear.slip(3 * turn)
                after = (first - began) * 1000
                while cups.active_jobs():
                    time.sleep(0.05)
                began = time.perf_counter()
                subprocess.run(["lp", "-h", cups.socket, "-d", cups.queue, "-o", "raw"], input=data, check=True,
                               stdout=subprocess.DEVNULL)
                through = (ear.slip(3 * turn + 1)[0] - began) * 1000
                while cups.active_jobs():
                    time.sleep(0.05)
                began = time.perf_counter()
                with socket.create_connection(("127.0.0.1", ear.port)) as wire:
                    wire.sendall(data)
                alone = (ear.slip(3 * turn + 2)[0] - began) * 1000
                if turn >= 2:
                    ours.append(after)
                    by_lp.append(through)
                    straight.append(alone)
        finally:
            hall.close()
    return {"slips": count, "p50_ms": quantile(ours, 0.5), "p99_ms": quantile(ours, 0.99),
            "same_bytes_by_lp_p50_ms": quantile(by_lp, 0.5), "same_bytes_straight_p50_ms": round(statistics.median(straight), 2)}


if __name__ == "__main__":
    print(json.dumps({"screen": screen, "search": search, "paper": paper}[sys.argv[1]](int(sys.argv[2]))))

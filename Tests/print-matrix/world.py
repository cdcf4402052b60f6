"""A hall of its own for the matrix: the real daemon on a real journal, a private cupsd, the real backend, the simulated printer."""

import datetime
import http.client
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "support"))

from demo_hall import DemoHall  # noqa: E402
from printer import CEILING, NotInTime, SimulatedPrinter, eventually  # noqa: E402
from private_cups import PrivateCUPS  # noqa: E402

BUILD = pathlib.Path(os.environ.get("YICHUANG_BUILD", ROOT / ".build" / "debug"))
BACKEND = BUILD / "yichuang-pos"
DEMO = ROOT / "packaging" / "reference" / "demo.yaml"
KIOSK = "kiosk-1"
# Seconds that the backend waits for a printer that is not ready, and for its answer: shorter than shipped.
WAIT, CONFIRM = 2, 5
# Seconds after which a number's slip is not begun any more (SlipKind.expiryMilliseconds).
EXPIRY = 15
OVER = ("printed", "sent", "unknown", "expired")


class World(DemoHall):
    """`stock` gives the queue the socket backend of CUPS instead of ours: the control."""

    def __init__(self, stock=False):
        self.folder = tempfile.TemporaryDirectory(prefix="yc-matrix-", dir="/tmp")
        here = pathlib.Path(self.folder.name)
        here.chmod(0o755)
        self.halts = here / "halts"
        self.halts.mkdir()
        (here / "state").mkdir(mode=0o700)
        self.printer = SimulatedPrinter(here / "slips")
        port = self.printer.port
        if stock:
            self.cups = PrivateCUPS(port)
        else:
            self.cups = PrivateCUPS(
                port, uri=f"yichuang-pos://127.0.0.1:{port}/?wait={WAIT}&confirm={CONFIRM}", backends=[str(BACKEND)])
        self.diary = open(here / "daemon.log", "w+b")
        super().__init__(state=here / "state", program=BUILD / "yichuangd", log=self.diary, environment={
            "YICHUANG_STATE": str(here / "state"), "YICHUANG_HALT_FOLDER": str(self.halts),
            "YICHUANG_POS_CLAIMS": self.cups.claims})
        self.configuration = here / "yichuang.yaml"
        self.configuration.write_text(yaml.safe_dump(self._settings(), allow_unicode=True))
        self.cookie = None
        self.cups_runs = True
        try:
            self.start()
        except BaseException:
            self.close()
            raise

    def _settings(self):
        settings = yaml.safe_load(DEMO.read_text())
        settings["files"] = {name: str(DEMO.parent / path) for name, path in settings["files"].items()}
        settings["listeners"] = {"kiosk": f"127.0.0.1:{self.kiosk}", "hall": f"127.0.0.1:{self.hall}"}
        settings.pop("publicity", None)
        # Programs press faster than people do.
        quick = dict.fromkeys(["kiosk_numbers_a_minute", "kiosk_notices_a_minute", "lane_numbers_a_minute"], 600)
        settings["queue"] = {**settings.get("queue", {}), **quick}
        settings["kiosks"] = [
            {"id": KIOSK, "printer": {"queue": self.cups.queue, "paper_mm": 80, "server": self.cups.socket}}]
        return settings

    # The daemon

    def start(self):
        self.process = subprocess.Popen([str(self.program), "--config", str(self.configuration)], cwd=ROOT,
                                        env=self.environment, stdout=self.diary, stderr=self.diary)
        eventually("the daemon is ready", self._is_ready)
        self.cookie = None
        return self

    def _is_ready(self):
        if self.process.poll() is not None:
            raise NotInTime(f"the daemon ended with {self.process.returncode}: {self.log_tail()}")
        try:
            return self.request(self.kiosk, "GET", "/readyz")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def log_tail(self):
        self.diary.flush()
        self.diary.seek(0)
        return self.diary.read().decode(errors="replace")[-1500:]

    # What people do and see

    def ask(self, method, path, body=None, staff=False):
        if staff and not self.cookie:
            self.cookie = self.sign_in("AJ001", 1)
        port, cookie = (self.hall, self.cookie) if staff else (self.kiosk, None)
        status, content, _ = self.request(port, method, path, body, cookie=cookie)
        if not 200 <= status < 300:
            raise NotInTime(f"{method} {path} was answered with {status}: {content}")
        return content

    def issue(self):
        return self.ask("POST", "/v1/tickets", {"items": [], "lane": "A", "kiosk": KIOSK})

    def ticket(self, code):
        return self.ask("GET", f"/v1/tickets/{code}")

    def settled(self, code):
        """The ticket once its slip has come to an end; one that was not sent may be tried again until its time is over."""
        def look():
            ticket = self.ticket(code)
            state = ticket["slip"] and ticket["slip"]["state"]
            issued = datetime.datetime.fromisoformat(ticket["issued_at"]).timestamp()
            is_over = state in OVER or state == "not_sent" and time.time() > issued + EXPIRY + 1
            return ticket if is_over else None
        return eventually(f"the slip of {code} comes to an end", look)

    def console(self, code):
        """The ticket as consoles see it, and whether they mark it 未出票 as Kiosk/window does."""
        queue = self.ask("GET", "/v1/queue", staff=True)
        ticket = next((one for one in queue["tickets"] if one["id"] == code), None)
        slip = ticket["slip"] if ticket else None
        return ticket, bool(slip and not slip["acknowledged"] and slip["state"] in ("not_sent", "unknown", "expired"))

    def call(self):
        """The number that a clerk gets with 叫下一位; it is served and finished at once."""
        number = self.ask("POST", "/v1/windows/1/calls", {}, staff=True)["number"]
        for verb in ("serve", "finish"):
            self.ask("POST", f"/v1/windows/1/{verb}", {}, staff=True)
        return number

    def faults(self):
        return [fault["code"] for fault in self.ask("GET", "/v1/hall")["faults"] if fault["kiosk"] == KIOSK]

    # Halting points of the daemon

    def arm(self, point):
        (self.halts / point).touch()

    def reached(self, point):
        eventually(f"the daemon comes to {point}", (self.halts / f"{point}.reached").exists)

    def disarm(self):
        for file in self.halts.iterdir():
            file.unlink()

    # cupsd

    def stop_cups(self, kill):
        (self.cups.kill if kill else self.cups.stop)()
        self.cups_runs = False

    def start_cups(self):
        if not self.cups_runs:
            self.cups.start()
            self.cups_runs = True

    def repair(self):
        """Everything on again and in order, as attendant and service manager leave it."""
        self.disarm()
        self.printer.repair()
        self.start_cups()
        if self.process.poll() is not None:
            self.start()

    def journal(self):
        """Events of the journal, read from a snapshot while the daemon goes on writing."""
        database = sqlite3.connect(f"file:{self.state / 'journal.sqlite'}?mode=ro", uri=True, timeout=30)
        try:
            rows = database.execute("SELECT body FROM journal ORDER BY sequence").fetchall()
        finally:
            database.close()
        return [json.loads(body) for (body,) in rows]

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.cups.close()
        self.printer.close()
        self.diary.close()
        self.folder.cleanup()

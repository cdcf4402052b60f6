"""A hall of its own for the matrix: the real daemon on a real journal, a private cupsd, the real backend, the simulated printer."""

import datetime
import json
import sqlite3
import tempfile
import time
from pathlib import Path

from testkit.hall import Hall
from testkit.paths import BUILT
from testkit.private_cups import PrivateCUPS
from testkit.simulated_printer import SimulatedPrinter
from testkit.waiting import eventually

BACKEND = BUILT / "yichuang-pos"
KIOSK = "kiosk-1"
# Seconds that the backend waits for a printer that is not ready, and for its answer: shorter than shipped.
WAIT, CONFIRM = 2, 5
# Seconds after which a number's slip is not begun any more (SlipKind.expiryMilliseconds).
EXPIRY = 15
OVER = ("printed", "sent", "unknown", "expired")


class World(Hall):
    """`stock` gives the queue the socket backend of CUPS instead of ours: the control."""

    def __init__(self, stock=False):
        self.around = tempfile.TemporaryDirectory(prefix="yc-matrix-", dir="/tmp")
        here = Path(self.around.name)
        here.chmod(0o755)
        self.halts = here / "halts"
        self.halts.mkdir()
        self.printer = SimulatedPrinter(here / "slips")
        port = self.printer.port
        if stock:
            self.cups = PrivateCUPS(port)
        else:
            self.cups = PrivateCUPS(
                port, uri=f"yichuang-pos://127.0.0.1:{port}/?wait={WAIT}&confirm={CONFIRM}", backends=[str(BACKEND)])
        self.cups_runs = True
        try:
            super().__init__(self._configure, environment={
                "YICHUANG_HALT_FOLDER": str(self.halts), "YICHUANG_POS_CLAIMS": self.cups.claims})
        except BaseException:
            self.close()
            raise

    def _configure(self, settings):
        settings["kiosks"] = [
            {"id": KIOSK, "printer": {"queue": self.cups.queue, "paper_mm": 80, "server": self.cups.socket}}]

    def start(self):
        super().start()
        # Whoever was signed in signs in again.
        self.cookie = None
        return self

    # What people do and see

    def ask_as_clerk(self, method, path, body=None):
        if not self.cookie:
            self.cookie = self.sign_in("AJ001", 1)
        return self.ask(method, path, body, port=self.hall, cookie=self.cookie)

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
        queue = self.ask_as_clerk("GET", "/v1/queue")
        ticket = next((one for one in queue["tickets"] if one["id"] == code), None)
        slip = ticket["slip"] if ticket else None
        return ticket, bool(slip and not slip["acknowledged"] and slip["state"] in ("not_sent", "unknown", "expired"))

    def call(self):
        """The number that a clerk gets with 叫下一位; it is served and finished at once."""
        number = self.ask_as_clerk("POST", "/v1/windows/1/calls", {})["number"]
        for verb in ("serve", "finish"):
            self.ask_as_clerk("POST", f"/v1/windows/1/{verb}", {})
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
        super().close()
        self.cups.close()
        self.printer.close()
        self.around.cleanup()

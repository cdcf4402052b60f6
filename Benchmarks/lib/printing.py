"""From the touch to paper, through the daemon, cupsd, yichuang-pos and the simulated printer. Prints one line of JSON.

    YICHUANG_BUILD=.build/release .build/venv/bin/python Benchmarks/lib/printing.py [SLIPS]
"""

import http.client
import json
import os
import pathlib
import random
import re
import socket
import struct
import sys
import threading
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
os.environ.setdefault("YICHUANG_BUILD", str(ROOT / ".build" / "release"))
sys.path[:0] = [str(ROOT / "Tests" / "support"), str(ROOT / "Tests" / "print-matrix")]

from testkit.simulated_printer import SimulatedPrinter  # noqa: E402
from testkit.waiting import eventually  # noqa: E402
from world import World  # noqa: E402

# As many kiosks as one hall may have, and as many slips at once as twenty kiosks would ask for.
KIOSKS, AT_ONCE = 8, 20


def milliseconds():
    return time.time() * 1000


def quantiles(times):
    times = sorted(times)
    return {"p50_ms": round(times[len(times) // 2], 1), "p99_ms": round(times[min(len(times) - 1, len(times) * 99 // 100)], 1)}


class Feed:
    """The feed of a kiosk's page, each event with its time of arrival."""

    def __init__(self, port, kiosk, cookie):
        self.events, self.changed = [], threading.Condition()
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.connection.request("GET", f"/v1/feed/kiosk?kiosk={kiosk}", headers={"Cookie": cookie})
        self.answer = self.connection.getresponse()
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait(lambda name, _: name == "snapshot")

    def _listen(self):
        name = None
        try:
            while line := self.answer.readline():
                if line.startswith(b"event: "):
                    name = line[7:].strip().decode()
                if line.startswith(b"data: "):
                    with self.changed:
                        self.events.append((milliseconds(), name, json.loads(line[6:])))
                        self.changed.notify_all()
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass

    def wait(self, wanted, since=0, seconds=60):
        """The time of the first event for which `wanted(name, data)` is true."""
        def found():
            return next((at for at, name, data in self.events[since:] if wanted(name, data)), None)
        with self.changed:
            if not self.changed.wait_for(found, seconds):
                raise TimeoutError("the feed did not tell")
            return found()


def is_printed(code):
    def wanted(name, data):
        ticket = data.get("ticket")
        return bool(ticket and ticket["id"] == code and (ticket["slip"] or {}).get("state") == "printed")
    return wanted


def first_byte(printer, mark):
    """When the first byte of the connection that brought the slip was read."""
    connection = printer.wait("slip-received", mark)["connection"]
    return printer.wait("received", mark, connection=connection)["at"]


def through_the_hall(world, slips):
    feed = Feed(world.kiosk, "kiosk-1", world.page_cookies("", {"kiosk": "kiosk-1"}))
    issued, byte, row, evidence = [], [], [], []
    for number in range(slips + 5):
        mark, began = world.printer.mark(), milliseconds()
        ticket = world.issue()
        answered = milliseconds()
        printed = feed.wait(is_printed(ticket["id"]))
        if number < 5:
            continue  # Fonts, and the first start of the backend.
        issued.append(answered - began)
        byte.append(first_byte(world.printer, mark) - began)
        row.append(world.printer.wait("begun", mark)["at"] - began)
        evidence.append(printed - began)
    return {"number": quantiles(issued), "first_byte": quantiles(byte), "first_row": quantiles(row), "evidence": quantiles(evidence)}


def slip_bytes(picture):
    """Encodes a slip again from its picture: bands, feed, cut and the request for an echo."""
    data = pathlib.Path(picture).read_bytes()
    at, body, sides = 8, b"", None
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        content = data[at + 8:at + 8 + size]
        sides = content[:8] if kind == b"IHDR" else sides
        body += content if kind == b"IDAT" else b""
        at += 12 + size
    width, height = struct.unpack(">II", sides)
    row, rows = (width + 7) // 8, zlib.decompress(body)
    slip = b"\x1b@"
    for top in range(0, height, 96):
        band = range(top, min(top + 96, height))
        slip += b"\x1dv0\0" + struct.pack("<HH", row, len(band))
        slip += b"".join(bytes(255 - byte for byte in rows[y * (row + 1) + 1:(y + 1) * (row + 1)]) for y in band)
    return slip + b"\x1bJ\x78\x1dVB\0\x1d(H\x06\x00\x30\x30BNCH"


def straight(printer, slip, slips):
    byte, echo = [], []
    for _ in range(slips):
        mark, began = printer.mark(), milliseconds()
        with socket.create_connection(("127.0.0.1", printer.port)) as peer:
            peer.sendall(slip)
            heard = b""
            while len(heard) < 7:
                heard += peer.recv(64)
            echo.append(milliseconds() - began)
        byte.append(first_byte(printer, mark) - began)
    return {"bytes": len(slip), "first_byte": quantiles(byte), "echo": quantiles(echo)}


def conditions(world, changes=20):
    """From the printer's change to the event at the kiosk's page; the changes come at random times between two polls."""
    feed, chance, times = Feed(world.kiosk, "kiosk-1", world.page_cookies("", {"kiosk": "kiosk-1"})), random.Random(7), []
    for number in range(changes):
        time.sleep(chance.uniform(0, 1.2))
        is_open, since, mark = number % 2 == 0, len(feed.events), world.printer.mark()
        world.printer.tell("cover open" if is_open else "cover close")
        at = world.printer.wait("status", mark)["at"]

        def tells(name, data):
            return name == "faultsChanged" and ("cover_open" in [fault["code"] for fault in data["faults"]]) == is_open
        times.append(feed.wait(tells, since) - at)
    return {**quantiles(times), "longest_ms": round(max(times))}


class ManyKiosks(World):
    """A hall of many kiosks with a printer each, on one cupsd."""

    def _configure(self, settings):
        super()._configure(settings)
        self.printers = [self.printer]
        for number in range(2, KIOSKS + 1):
            printer = SimulatedPrinter(pathlib.Path(self.around.name) / f"slips-{number}")
            self.printers.append(printer)
            queue = f"slips-{number}"
            self.cups.add_queue(queue, f"yichuang-pos://127.0.0.1:{printer.port}/?wait=4&confirm=25")
            settings["kiosks"].append(
                {"id": f"kiosk-{number}", "printer": {"queue": queue, "paper_mm": 80, "server": self.cups.socket}})

    def close(self):
        for printer in self.printers[1:]:
            printer.close()
        super().close()


class BackendMemory(threading.Thread):
    """The most resident memory of any backend of this cupsd, sampled every few milliseconds."""

    def __init__(self, programs):
        super().__init__(daemon=True)
        self.programs, self.most, self.count, self.stopped = os.path.realpath(programs), 0, 0, False

    def run(self):
        while not self.stopped:
            alive = 0
            for entry in os.listdir("/proc"):
                if not entry.isdigit():
                    continue
                try:
                    if not os.readlink(f"/proc/{entry}/exe").startswith(self.programs):
                        continue
                    status = pathlib.Path(f"/proc/{entry}/status").read_text()
                except OSError:
                    continue
                if found := re.search(r"VmHWM:\s+(\d+)", status):
                    alive += 1
                    self.most = max(self.most, int(found.group(1)))
            self.count = max(self.count, alive)
            time.sleep(0.003)


def burst():
    """All kiosks are touched at once, some of them two or three times before the slip is out."""
    world = ManyKiosks()
    try:
        # A warm-up round: each print desk has reported its printer's state once and drawn its first slip before the measurement.
        for warm in (True, False):
            feeds = [Feed(world.kiosk, f"kiosk-{number}", world.page_cookies("", {"kiosk": f"kiosk-{number}"})) for number in range(1, KIOSKS + 1)]
            eventually("no printer has a fault", lambda: not world.ask("GET", "/v1/hall")["faults"])
            memory = BackendMemory(f"{world.cups.folder}/bin")
            memory.start()
            evidence, began = [0.0] * AT_ONCE, milliseconds()

            def visit(number):
                kiosk = number % KIOSKS
                ticket = world.ask("POST", "/v1/tickets", {"items": [], "lane": "A", "kiosk": f"kiosk-{kiosk + 1}"})
                evidence[number] = feeds[kiosk].wait(is_printed(ticket["id"])) - began

            visits = [threading.Thread(target=visit, args=(number,)) for number in range(AT_ONCE)]
            for thread in visits:
                thread.start()
            for thread in visits:
                thread.join()
            memory.stopped = True
            memory.join()
        if not all(evidence):
            raise RuntimeError("a slip of the burst was not printed")
        return {"kiosks": KIOSKS, "slips": AT_ONCE, "first_ms": round(min(evidence)), "last_ms": round(max(evidence)),
                "backend_mib": round(memory.most / 1024, 1), "backends_at_once": memory.count}
    finally:
        world.close()


def main():
    slips = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    world = World()
    try:
        hall = through_the_hall(world, slips)
        picture = world.printer.since(0, "cut")[-1]["file"]
        bare = straight(world.printer, slip_bytes(picture), slips)
        told = conditions(world)
    finally:
        world.close()
    print(json.dumps({"slips": slips, "hall": hall, "straight": bare, "conditions": told, "burst": burst()}))


if __name__ == "__main__":
    main()

"""Writes a hall's journal as docs/DATA.md describes it, without a hall: years of days in a few seconds. Standard library only."""

import datetime
import hashlib
import json
import pathlib
import random
import sqlite3
import struct

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA application_id = 1497582156;
PRAGMA user_version = 1;
CREATE TABLE journal (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL, digest BLOB NOT NULL) STRICT;
CREATE TABLE segments (first INTEGER PRIMARY KEY, day TEXT NOT NULL, opened INTEGER NOT NULL, last INTEGER, head BLOB,
  issued INTEGER, finished INTEGER, abandoned INTEGER, closed INTEGER, notices INTEGER) STRICT;
CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT;
"""


def public_code(bits):
    """Eleven characters and Luhn's check character modulo 32."""
    total, doubled = 0, True
    for shift in range(0, 51, 5):
        weighted = (bits >> shift & 31) * (2 if doubled else 1)
        total += weighted // 32 + weighted % 32
        doubled = not doubled
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(50, -1, -5)) + ALPHABET[-total % 32]


class Journal:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(SCHEMA)
        self.db.execute("BEGIN")
        self.sequence, self.digest, self.at = 0, bytes(32), 0

    def write(self, name, by, event, answer=None):
        record = {"t": name, "v": 1, "at": self.at, "by": by, "e": event}
        if answer:
            record["a"] = answer
        body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        self.sequence += 1
        self.digest = hashlib.sha256(self.digest + self.sequence.to_bytes(8, "big") + body).digest()
        self.db.execute("INSERT INTO journal VALUES (?, ?, ?)", (self.sequence, body, self.digest))

    def close(self):
        """Ends the file and writes the checkpoint that belongs beside it."""
        slot = b"YCCKPT\0\1" + struct.pack(">QQQ", 1, 1, self.sequence) + self.digest + b"\0"
        slot = slot.ljust(480, b"\0")
        file = bytes(4096) + (slot + hashlib.sha256(slot).digest()).ljust(8192, b"\0")
        (self.path.parent / "checkpoint").write_bytes(file)
        self.db.execute("COMMIT")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()


def days(path, events, tickets=400):
    """Closed business days of `tickets` visits each: taken, printed, called, served, finished. Gives the number of events."""
    journal, chance, date = Journal(path), random.Random(1), datetime.date(2020, 1, 1)

    def answer(scope, of):
        return {"scope": scope, "key": f"{chance.getrandbits(128):032x}", "body": f"{chance.getrandbits(256):064x}", "of": of}

    clerks = [f"staff:clerk:AJ00{window}" for window in range(1, 4)]
    while journal.sequence < events:
        noon = datetime.datetime(date.year, date.month, date.day, 4, tzinfo=datetime.timezone.utc)
        journal.at, first = int(noon.timestamp() * 1000), journal.sequence + 1
        journal.write("dayOpened", "system", {"day": str(date), "mode": "undifferentiated", "catalogueVersion": "c0ffee",
                                              "starts": [{"lane": "A", "first": 1}], "confirmed": False})
        for window, clerk in enumerate(clerks, 1):
            journal.write("windowOpened", clerk, {"window": window, "badge": clerk[-5:]},
                          answer(f"{clerk} /v1/windows/{window}/open", f"window:{window}"))
        for ordinal in range(1, tickets + 1):
            journal.at += 20_000
            code, slip, window = public_code(chance.getrandbits(55)), f"{chance.getrandbits(64):016x}", ordinal % 3 + 1
            clerk, kiosk, at = clerks[window - 1], f"kiosk-{ordinal % 2 + 1}", {"code": code, "window": window}
            journal.write("ticketIssued", f"kiosk:{kiosk}",
                          {"code": code, "number": f"A{ordinal:03d}", "day": str(date), "items": ["RS-004"], "priority": False,
                           "kiosk": kiosk, "catalogueVersion": "c0ffee", "ahead": 0})
            journal.write("slipRequested", f"kiosk:{kiosk}",
                          {"slip": slip, "subject": f"ticket:{code}", "kiosk": kiosk, "attempt": 1},
                          answer(f"kiosk:{kiosk} /v1/tickets", f"ticket:{code}"))
            journal.write("attemptStarted", "system", {"slip": slip, "attempt": 1})
            journal.write("attemptPrepared", "system", {"slip": slip, "attempt": 1, "jobUUID": f"urn:uuid:{chance.getrandbits(128):032x}"})
            journal.write("attemptEnded", "system", {"slip": slip, "attempt": 1, "outcome": "printed:3"})
            for step in ("ticketCalled", "serviceStarted", "ticketFinished"):
                journal.write(step, clerk, at, answer(f"{clerk} /v1/windows/{window}/{step}", f"ticket:{code}"))
        journal.write("dayClosed", "system", {"day": str(date), "closed": [], "totals": {
            "issued": tickets, "finished": tickets, "abandoned": 0, "closed": 0, "notices": 0}})
        journal.db.execute("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
                           (first, str(date), first, journal.sequence, journal.digest, tickets, tickets))
        date += datetime.timedelta(days=1)
    journal.close()
    return journal.sequence


def one_day(path, events):
    """One open day in which a clerk pauses a window again and again, each time with a stored answer: the worst case of a start."""
    journal, chance = Journal(path), random.Random(1)
    journal.at = 1_577_851_200_000
    journal.write("dayOpened", "system", {"day": "2020-01-01", "mode": "undifferentiated", "catalogueVersion": "c0ffee",
                                          "starts": [{"lane": "A", "first": 1}], "confirmed": False})
    journal.db.execute("INSERT INTO segments (first, day, opened) VALUES (1, '2020-01-01', 1)")
    while journal.sequence < events:
        journal.write("windowPaused", "staff:clerk:AJ001", {"window": 1, "reason": "x"},
                      {"scope": "staff:AJ001|hall|/v1/windows/1/pause", "key": f"{chance.getrandbits(128):032x}",
                       "body": f"{chance.getrandbits(256):064x}", "of": "window:1"})
    journal.close()
    return journal.sequence

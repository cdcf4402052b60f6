"""A ledger of the clients' tickets, and the checks of a journal against it. Standard library only."""

import hashlib
import http.client
import json
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
import uuid

from .client import CUT, exchange, set_cookie
from .paths import BUILT
from .waiting import CEILING


class Ledger:
    """Acknowledged tickets by the key under which they were asked for, and the keys whose answer never came."""

    def __init__(self):
        self.lock = threading.Lock()
        self.acknowledged = {}
        self.unsure = set()
        # The lane that each key asked for: what is sent again must be the same.
        self.lanes = {}
        self.wrong = []
        # The cookie of the touch page that all clients stand for; it outlives the daemon, as a browser's does.
        self.page = None

    def claim(self, connection):
        """Claims the kiosk as its page does. False when the connection broke."""
        try:
            status, _, answer = exchange(connection, "POST", "/v1/kiosks/kiosk-1/page", {}, self.page)
        except CUT:
            connection.close()
            return False
        if status != 200:
            return False
        self.page = set_cookie(answer)
        return True

    def ask(self, connection, key=None, lane="A"):
        """Asks for a ticket, again when the key is one that was asked for before. False when the connection broke."""
        with self.lock:
            if key is None:
                key = str(uuid.uuid4())
                self.unsure.add(key)
                self.lanes[key] = lane
        with self.lock:
            if self.page is None and not self.claim(connection):
                return False
        try:
            status, ticket, _ = exchange(connection, "POST", "/v1/tickets", {"items": [], "lane": self.lanes[key]}, self.page, key)
        except CUT:
            connection.close()
            return False
        if status == 503 and ticket.get("code") == "reconciling_prints":
            # Slips of the run before are looked up first; the same key is asked with again, as the answer says.
            time.sleep(0.05)
            return self.ask(connection, key=key, lane=lane)
        if status != 201:
            with self.lock:
                self.wrong.append(f"a ticket was answered with {status}: {str(ticket)[:80]}")
            return True
        given = (ticket["id"], ticket["number"], ticket["business_day"])
        with self.lock:
            known = self.acknowledged.setdefault(key, given)
            if known != given:
                self.wrong.append(f"key {key} got {known} first and {given} when it was sent again")
            self.unsure.discard(key)
        return True


class Clients:
    """Threads that take tickets one after the other until the daemon is gone or they are told to stop."""

    def __init__(self, ledger, port, count=4):
        self.halt = threading.Event()
        self.threads = [threading.Thread(target=self._run, args=(ledger, port, "AE"[n % 2]), daemon=True)
                        for n in range(count)]
        for thread in self.threads:
            thread.start()

    def _run(self, ledger, port, lane):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CEILING)
        while not self.halt.is_set() and ledger.ask(connection, lane=lane):
            pass
        connection.close()

    def join(self):
        for thread in self.threads:
            thread.join(1.5 * CEILING)


def send_again(ledger, port, acknowledged=10):
    """Sends every key again whose answer never came, and the newest that were answered. False when the daemon died."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CEILING)
    try:
        keys = list(ledger.unsure) + list(ledger.acknowledged)[-acknowledged:]
        return all(ledger.ask(connection, key=key) for key in keys)
    finally:
        connection.close()


def rows(state):
    """Sequence, body and digest of the records of a journal whose daemon is dead, read from a copy so that nothing there is recovered or moved."""
    with tempfile.TemporaryDirectory(prefix="yichuang-audit-") as folder:
        for name in ("journal.sqlite", "journal.sqlite-wal"):
            if (pathlib.Path(state) / name).exists():
                shutil.copy(pathlib.Path(state) / name, folder)
        database = sqlite3.connect(pathlib.Path(folder) / "journal.sqlite")
        try:
            return database.execute("SELECT sequence, body, digest FROM journal ORDER BY sequence").fetchall()
        finally:
            database.close()


def audit(state, ledger):
    """Problems of a journal whose daemon is dead."""
    try:
        records = rows(state)
    except sqlite3.DatabaseError as error:
        return [f"the journal cannot be read: {error}"]
    problems, numbers, tickets = [], {}, {}
    head = bytes(32)
    for expected, (sequence, body, digest) in enumerate(records, 1):
        if sequence != expected:
            return problems + [f"record {expected} is missing"]
        head = hashlib.sha256(head + sequence.to_bytes(8, "big") + body).digest()
        if head != digest:
            return problems + [f"record {sequence} does not fit the chain"]
        record = json.loads(body)
        if record["t"] == "ticketIssued":
            event = record["e"]
            day_number = (event["day"], event["number"])
            if day_number in numbers:
                problems.append(f"{day_number} was given twice")
            numbers[day_number] = tickets[event["code"]] = (event["code"], event["number"], event["day"])
    for key, ticket in list(ledger.acknowledged.items()):
        if tickets.get(ticket[0]) != ticket:
            problems.append(f"acknowledged and lost: {ticket[1]} under {key}")
    return problems


def verify(state, program=None):
    """What `yichuangctl verify` says of a state folder at rest: status and words."""
    program = program or BUILT / "yichuangctl"
    done = subprocess.run([str(program), "verify", "--state", str(state)], capture_output=True, text=True, timeout=CEILING)
    return done.returncode, (done.stdout + done.stderr).strip()

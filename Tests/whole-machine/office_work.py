"""Work at the clerk's computer while the machine's power is cut: residents are given numbers, and a clerk calls, hears and finishes one after the
other. What the hall answered stands in a ledger here, on the other side of the cable."""

import collections
import functools
import http.client
import json
import socket
import ssl
import sys
import threading
import uuid

from clerk import OWN_SECRET
from testkit.client import CUT, exchange, set_cookie
from testkit.ledger import Ledger, audit, rows, verify
from testkit.paths import ROOT
from testkit.waiting import eventually
from whole import CEILING, HALL

sys.path.insert(0, str(ROOT / "Tests/durability"))
from loop_disk import Disk, run  # noqa: E402

DOOR = 7443
COORDINATOR, CLERK = "AJ100", "AJ001"
# Each step of a visit at a window, and the record that it makes.
STEPS = {"calls": "ticketCalled", "serve": "serviceStarted", "finish": "ticketFinished"}


class Visits:
    """What the clerk did at window 1: each step under its key, with the ticket's code once there was an answer."""

    def __init__(self):
        self.steps, self.wrong = [], []

    @property
    def answered(self):
        return sum(code is not None for _, _, code in list(self.steps))

    def go_on(self, connection, cookie):
        """The next step, or the last one again where its answer never came. False when the connection broke."""
        if not self.steps or self.steps[-1][2]:
            self.steps.append([list(STEPS)[len(self.steps) % len(STEPS)], str(uuid.uuid4()), None])
        step = self.steps[-1]
        verb, key, _ = step
        try:
            status, answer, _ = exchange(connection, "POST", f"/v1/windows/1/{verb}", {}, cookie, key)
        except CUT:
            connection.close()
            return False
        if status in (200, 201):
            step[2] = answer["id"]
        elif answer.get("code") != "nobody_waiting":
            self.wrong.append(f"{verb} was answered with {status}: {str(answer)[:80]}")
            return False
        return True

    def audit(self, state):
        """Problems of a journal whose daemon is dead: what was answered is there once."""
        records = [json.loads(body) for _, body, _ in rows(state)]
        times = collections.Counter((one["t"], one["e"]["code"]) for one in records if one["t"] in STEPS.values() and one["e"]["window"] == 1)
        return [f"acknowledged and {'done more than once' if times[STEPS[verb], code] else 'lost'}: {verb} of {code}"
                for verb, _, code in self.steps if code and times[STEPS[verb], code] != 1]


class Line(http.client.HTTPSConnection):
    """Seconds: a machine that boots answers nothing, and TCP's own next attempt would come late; one that has answered may be slow."""

    CONNECTING, ANSWERING = 10, 120

    def connect(self):
        self.timeout = self.CONNECTING
        super().connect()
        self.sock.settimeout(self.ANSWERING)


class OfficeWork:
    """`secrets` are the first ones. Goes on from one life of the machine to the next."""

    def __init__(self, computer, certificate, secrets):
        self.computer, self.ledger, self.visits = computer, Ledger(), Visits()
        self.context = ssl.create_default_context(cadata=certificate.read_bytes())
        self._connections, self._threads = [], []
        self._thread(functools.partial(self._change_secret, secrets[COORDINATOR])).join()
        assert not self.wrong, self.wrong

    @property
    def wrong(self):
        return self.ledger.wrong + self.visits.wrong

    def _thread(self, work):
        def careful():
            try:
                work()
            except Exception as error:
                self.ledger.wrong.append(repr(error))

        return self.computer.thread(careful)

    def _connection(self):
        connection = Line(HALL, DOOR, context=self.context)
        self._connections.append(connection)
        return connection

    def _signed_in(self, connection, badge, secret, **more):
        """The cookie, as soon as there is a hall that answers."""
        def cookie():
            try:
                status, said, answer = exchange(connection, "POST", "/v1/sessions", {"badge": badge, "secret": secret, **more})
            except CUT:
                connection.close()
                return self._is_over.is_set() and "over"
            # The door answers before the hall does.
            assert status in (201, 502, 503, 504), (status, said)
            return status == 201 and set_cookie(answer)

        return eventually(f"{badge} is signed in", cookie, seconds=CEILING, pause=0.2)

    def _change_secret(self, first):
        self._is_over = threading.Event()
        connection = self._connection()
        cookie = self._signed_in(connection, COORDINATOR, first)
        status, said, _ = exchange(connection, "POST", "/v1/sessions/current/secret", {"secret": first, "new_secret": OWN_SECRET}, cookie)
        assert status == 204, (status, said)

    def ask_as_coordinator(self, method, path, body=None):
        """Status and answer."""
        answers = []

        def ask():
            connection = self._connection()
            answers.append(exchange(connection, method, path, body, self._signed_in(connection, COORDINATOR, OWN_SECRET))[:2])

        self.ledger.wrong.clear()
        self._is_over = threading.Event()
        self._thread(ask).join()
        assert answers, self.wrong
        return answers[0]

    def life(self, machine, chance):
        """Works until the machine's power is cut, which is done here at a moment by chance; the machine's uptime at the first number."""
        self.ledger.wrong.clear()
        self.visits.wrong.clear()
        self._is_over, self._is_caught_up, self._has_first, self._has_clerk = (threading.Event() for _ in range(4))
        self._connections = []
        numbers, steps = len(self.ledger.acknowledged) + chance.randint(8, 40), self.visits.answered + chance.randint(1, 8)
        threads = [self._thread(work) for work in (self._catch_up, functools.partial(self._residents, "E"), self._clerk)]
        eventually("a number is given", lambda: self._has_first.is_set() or self.wrong, seconds=CEILING)
        uptime = float(machine.run("cat", "/proc/uptime").stdout.split()[0])

        def is_time():
            return self.wrong or self._is_caught_up.is_set() and len(self.ledger.acknowledged) >= numbers and self.visits.answered >= steps

        # By the pause within a request and within a sync as well as between them.
        eventually("what was open is asked for again, and numbers are given", is_time, seconds=CEILING, pause=chance.uniform(0.002, 0.3))
        machine.cut()
        self._end(threads)
        return uptime

    def _end(self, threads):
        """What had come over the cable is read; a machine without power says nothing more."""
        for event in (self._is_over, self._is_caught_up, self._has_clerk):
            event.set()
        for connection in self._connections:
            if connection.sock:
                connection.sock.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(CEILING)
            assert not thread.is_alive()

    def _catch_up(self):
        """A new number, and what has no answer and the newest answers under their keys again; then numbers of lane A."""
        connection = self._connection()
        self.ledger.page = self._signed_in(connection, COORDINATOR, OWN_SECRET)
        again = [*self.ledger.unsure, *list(self.ledger.acknowledged)[-10:]]
        if self.ledger.ask(connection):
            self._has_first.set()
        if all(self.ledger.ask(connection, key=key) for key in again):
            self._is_caught_up.set()
        self._take(connection, "A")

    def _residents(self, lane):
        self._is_caught_up.wait()
        self._take(self._connection(), lane)

    def _take(self, connection, lane):
        self._has_clerk.wait()
        while not self._is_over.is_set() and not self.wrong and self.ledger.ask(connection, lane=lane):
            pass

    def _clerk(self):
        connection = self._connection()
        cookie = self._signed_in(connection, CLERK, OWN_SECRET, window=1)
        self._has_clerk.set()
        while not self._is_over.is_set() and not self.wrong and self.visits.go_on(connection, cookie):
            pass

    def look(self, machine):
        """What is wrong with the disk as the cut left it; a copy is mounted, so that the machine finds its own untouched."""
        copy = Disk(machine.folder, "copy")
        run("cp", "--sparse=always", "--reflink=auto", machine.disk, copy.image)
        copy.mount.mkdir(exist_ok=True)
        copy.attach()
        try:
            state = copy.mount / "var/lib/yichuang"
            problems = audit(state, self.ledger)
            # A journal that cannot be read says nothing of visits.
            problems += [] if any("cannot be read" in one for one in problems) else self.visits.audit(state)
            status, words = verify(state)
        finally:
            copy.detach()
            copy.image.unlink()
        numbers = [given[1:] for given in self.ledger.acknowledged.values()]
        if len(set(numbers)) < len(numbers):
            problems.append(f"{len(numbers) - len(set(numbers))} numbers were given to two residents")
        return problems + ([] if status == 0 else [f"yichuangctl verify: {words}"])

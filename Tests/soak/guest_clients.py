#!/usr/bin/env python3
"""Inside the machine that is cut off: a touch page that takes numbers, and tells each at once to whoever is outside.

    guest_clients.py FILE [TTY]      FILE: keys to be asked for again, one "KEY LANE" a line

Beside FILE there may be `hang` with a number in it: after as many new numbers the kernel is made to stand still ("hangs" is said before).

Lines on TTY, the second serial port when it is left out, read by Tests/soak/machine-cuts: "asks KEY LANE" before a request, "given KEY ID NUMBER DAY" when it was
answered, "first SECONDS" the kernel's uptime at the first new number, "wrong WORDS". A line that arrived is known outside whatever happens here.
"""

import http.client
import os
import pathlib
import sys
import threading
import tty
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from testkit.client import CUT, exchange, set_cookie  # noqa: E402
from testkit.waiting import eventually  # noqa: E402

KIOSK_PORT = 7310
CEILING = 600


class Line:
    """The serial port; whole lines only."""

    def __init__(self, path="/dev/ttyS1"):
        self.file = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.file)
        self.lock = threading.Lock()

    def say(self, *words):
        left = (" ".join(map(str, words)) + "\n").encode()
        with self.lock:
            while left:
                left = left[os.write(self.file, left):]


class Page:
    def __init__(self, line):
        self.line, self.cookie = line, None

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", KIOSK_PORT, timeout=CEILING)

    def claim(self):
        try:
            status, _, answer = exchange(self.connection(), "POST", "/v1/kiosks/kiosk-1/page", {}, self.cookie)
        except CUT:
            return False
        if status == 200:
            self.cookie = set_cookie(answer)
        return status == 200

    def take(self, connection, key, lane):
        """Asks until there is an answer; the key is known outside before it is asked for."""
        self.line.say("asks", key, lane)

        def answered():
            try:
                status, ticket, _ = exchange(connection, "POST", "/v1/tickets", {"items": [], "lane": lane, "kiosk": "kiosk-1"}, self.cookie, key)
            except CUT:
                connection.close()
                return None
            return None if status == 503 else (status, ticket)

        status, ticket = eventually("an answer", answered, seconds=CEILING)
        if status == 201:
            self.line.say("given", key, ticket["id"], ticket["number"], ticket["business_day"])
        else:
            self.line.say("wrong", f"{lane} was answered with {status} {ticket.get('code')}")
        return status == 201

    def take_for_ever(self, lane, hang):
        connection = self.connection()
        taken = 0
        while self.take(connection, str(uuid.uuid4()), lane):
            taken += 1
            if taken == hang:
                self.hang()

    def hang(self):
        """A panic that does not restart: no processor runs anything of ours again."""
        self.line.say("hangs")
        pathlib.Path("/proc/sys/kernel/panic").write_text("0")
        pathlib.Path("/proc/sysrq-trigger").write_text("c")


def main():
    line = Line(*sys.argv[2:3])
    page = Page(line)
    eventually("the page has its kiosk", page.claim, seconds=CEILING, pause=0.2)
    connection = page.connection()
    # A new number first: how long people wait after the power is back.
    page.take(connection, str(uuid.uuid4()), "A")
    line.say("first", pathlib.Path("/proc/uptime").read_text().split()[0])
    for again in pathlib.Path(sys.argv[1]).read_text().splitlines():
        page.take(connection, *again.split())
    line.say("again")
    asked = pathlib.Path(sys.argv[1]).with_name("hang")
    hang = int(asked.read_text() or 0) if asked.exists() else 0
    others = [threading.Thread(target=page.take_for_ever, args=(lane, hang)) for lane in "AE"]
    for other in others:
        other.start()
    for other in others:
        other.join()


main()

"""Residents at two kiosks, clerks at four windows and a board, each on its own computer, with a ledger of the hall's answers."""

import json
import random
import threading
import time

from people import People
from race import NOT_NOW, Connections
from testkit.client import CUT

# A kiosk's or a window's number, and the computer on which its page runs.
KIOSKS = {1: 1, 2: 2}
WINDOWS = {1: 0, 2: 0, 3: 1, 4: 2}
LANES = "AAHE"
PATIENCE = 8


class Crowd(People):
    """A ledger that also allows refusals, and numbers that a machine gives while it is cut off; every answer counts."""

    def __init__(self, site, seed):
        self.machines, self.random = site.all, random.Random(seed)
        self.lock, self.halt = threading.Lock(), threading.Event()
        self.given, self.called, self.wrong, self.unsure = {}, {}, [], {}
        self.by_machine, self.threads = [0] * len(self.machines), []
        # What the board showed: numbers with their windows.
        self.shown = set()
        self.refused = 0
        for kiosk, at in KIOSKS.items():
            self.machines[at].claim(f"kiosk-{kiosk}")
        self.board_link = self.machines[2].settings["board"]["token"]

    def begin(self, residents=2):
        for kiosk in KIOSKS:
            for _ in range(residents):
                self.run(self.take_at, kiosk, random.Random(self.random.random()))
        for window in WINDOWS:
            self.run(self.serve_at, window)
        self.run(self.watch)
        return self

    def take_at(self, kiosk, chance):
        """Residents of one kiosk: a page knows its own machine only, and repeats what was not answered."""
        connections, at = Connections(self.machines), KIOSKS[kiosk]
        while not self.halt.is_set():
            key = f"{chance.getrandbits(128):032x}"
            with self.lock:
                self.unsure[key] = (kiosk, LANES[chance.randrange(len(LANES))])
            while not self.ask(connections, at, key) and not self.halt.is_set():
                with self.lock:
                    self.refused += 1
                self.halt.wait(0.1)
            self.halt.wait(chance.random() * 0.4)
        connections.close()

    def ask(self, connections, index, key):
        kiosk = self.unsure[key][0]
        # A daemon that was started again has forgotten its pages.
        if f"kiosk-{kiosk}" not in self.machines[index].pages:
            try:
                self.machines[index].claim(f"kiosk-{kiosk}")
            except CUT:
                return False
        before = len(self.wrong)
        settled = super().ask(connections, index, key)
        for one in self.wrong[before:]:
            if "page_needed" in one:
                self.wrong.remove(one)
                self.machines[index].pages.pop(f"kiosk-{kiosk}", None)
        return settled

    def serve_at(self, window):
        """A clerk: signs in, calls, serves, finishes; signs in again where the machine has forgotten it."""
        index, connections, cookie = WINDOWS[window], Connections(self.machines), None

        def press(verb, key):
            while not self.halt.is_set():
                answer = connections.ask(index, "hall", f"/v1/windows/{window}/{verb}", {}, cookie, key)
                if answer is not None and answer[1].get("code") not in NOT_NOW:
                    return answer
                self.halt.wait(0.1)
            return 0, {}

        while not self.halt.is_set():
            if cookie is None:
                try:
                    cookie = self.machines[index].sign_in(f"AJ00{window}", window=window)
                except (RuntimeError, *CUT):
                    self.halt.wait(0.5)
                    continue
            status, content = press("calls", f"{self.next_key()}")
            if status == 401:
                cookie = None
            elif status == 201:
                with self.lock:
                    first = self.called.setdefault(content["id"], window)
                    if first != window:
                        self.wrong.append(f"{content['number']} was called to window {first} and to window {window}")
            elif content.get("code") == "window_busy":
                # Called, and the answer never came: the one at the window is served.
                pass
            else:
                if content.get("code") in ("window_closed", "window_not_open"):
                    press("open", self.next_key())
                self.halt.wait(0.2)
                continue
            press("serve", self.next_key())
            press("finish", self.next_key())
        connections.close()

    def next_key(self):
        with self.lock:
            return f"{self.random.getrandbits(128):032x}"

    def watch(self):
        """A board: shows what it is told, and goes to the next machine when its own is gone."""
        at = 2
        while not self.halt.is_set():
            connection = self.machines[at].connection(self.machines[at].hall, timeout=PATIENCE)
            try:
                connection.request("GET", f"/board/enter?token={self.board_link}")
                entered = connection.getresponse()
                cookie = entered.getheader("Set-Cookie").split(";")[0]
                entered.read()
                connection.request("GET", "/v1/feed/public", headers={"Cookie": cookie})
                stream = connection.getresponse()
                while not self.halt.is_set() and (line := stream.readline()):
                    if line.startswith(b"data: "):
                        self.show(json.loads(line[6:]))
            except (AttributeError, ValueError, *CUT):
                pass
            finally:
                connection.close()
            at = (at + 1) % len(self.machines)
            self.halt.wait(0.3)

    def show(self, told):
        with self.lock:
            for call in told.get("calls") or []:
                self.shown.add((call["number"], call["window"]))

    def send_again(self):
        """Every key whose answer never came, at its own kiosk."""
        connections = Connections(self.machines)
        deadline = time.monotonic() + 120
        for key in list(self.unsure):
            while not self.ask(connections, KIOSKS[self.unsure[key][0]], key):
                assert time.monotonic() < deadline, f"never answered: {self.unsure[key]}; {self.wrong}"
                time.sleep(0.1)
        connections.close()

    def problems(self, records):
        found, calls, numbers = super().problems(records), set(), {}
        for _, body, _ in records:
            record = json.loads(body)
            if record["t"] in ("ticketIssued", "ticketAdopted"):
                numbers[record["e"]["code"]] = record["e"]["number"]
            elif record["t"] == "ticketCalled":
                calls.add((numbers.get(record["e"]["code"]), record["e"]["window"]))
        return found + [f"shown and not in the journal: {one}" for one in sorted(self.shown - calls)]

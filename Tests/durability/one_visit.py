"""One resident's visit at a real hall while one system call that writes its state fails: the steps, the recovery, and the checks afterwards.

`outcome = Attempt(...).run()` says what was wrong. The hall is restarted as its unit does it, without any other help.
"""

import http.client
import json
import shutil
import sqlite3
import time
import urllib.request
import uuid

from failing_calls import FINAL, FailingCalls, Supervised
from testkit.client import CUT, set_cookie
from testkit.demo_hall import SECRET, DemoHall
from testkit.ledger import Ledger, audit, verify
from testkit.paths import BUILT

# Seconds from the end of a fault until a number is issued, called and shown.
BACK = 5
# Seconds that a lasting fault lasts from its first call on: some starts of the daemon fall into it.
LASTING = 1
# Seconds after which nothing is waited for any more.
PATIENCE = 30
# Whose cookies a prepared folder has: the visit's clerk, the one who calls afterwards, the coordinator.
CLERK, OTHER, COORDINATOR = "AJ001", "AJ002", "AJ100"


class Prepared:
    """A state folder with sessions and open windows, copied for each visit."""

    def __init__(self, folder, program):
        self.state, self.cookies = folder / "prepared", {}
        with DemoHall(state=self.state, program=program) as hall:
            hall.claim()
            self.page = hall.pages["kiosk-1"]
            for badge, window in ((CLERK, 1), (OTHER, 4), (COORDINATOR, None)):
                self.cookies[badge] = hall.sign_in(badge, window)
            self.board = hall.board_link

    def copy(self, to):
        shutil.copytree(self.state, to, ignore=lambda _, names: [name for name in names if name.endswith(".sock")])


class Attempt:
    """`story` is "visit" on a prepared folder or "first" on an empty one."""

    def __init__(self, folder, library, prepared, story="visit", fault="EIO", nth=0, lasting=False, program=None, trace=None, variables=None):
        self.state = folder / "state"
        self.is_first = story == "first"
        if not self.is_first:
            prepared.copy(self.state)
        self.cookies = {} if self.is_first else dict(prepared.cookies)
        self.page = None if self.is_first else prepared.page
        self.board = prepared.board
        self.calls = FailingCalls(folder, library, self.state, fault, nth, lasting, trace)
        self.settings = {"state": self.state, "program": program, "environment": {**self.calls.environment, **(variables or {})}}
        self.ledger, self.keys = Ledger(), {}
        # What was answered well: what, the ticket's code, when it was asked, the process that was asked.
        self.acknowledged, self.problems = [], []
        # Whose sign-in was answered while the file of sessions could not be written: after a restart they sign in again.
        self.unstored = set()
        self.is_probed, self.back = False, None

    # What people do. Each gives True when it is done, and is asked for again when not.

    def _ask(self, what, port, path, body, cookie, code=None):
        """201 and 200 are noted under `what`; the status and the content, (0, {}) for none."""
        key = self.keys.setdefault(what, str(uuid.uuid4()))
        process, began = self.hall.process, time.monotonic()
        try:
            status, content, answer = self.hall.request(port, "POST", path, body, cookie=cookie or "", key=key, timeout=PATIENCE)
        except CUT:
            return 0, {}, None
        if status in (200, 201):
            self.acknowledged.append((what, code or content.get("id"), began, process and process.pid))
        return status, content if isinstance(content, dict) else {}, answer

    def claim(self):
        status, _, answer = self._ask("page", self.hall.kiosk, "/v1/kiosks/kiosk-1/page", {}, self.page)
        if status == 200:
            self.page = set_cookie(answer)
        return status == 200

    def sign_in(self, badge):
        status, _, answer = self._ask(f"session {badge}", self.hall.hall, "/v1/sessions", {"badge": badge, "secret": SECRET}, None)
        if status == 201:
            self.cookies[badge] = set_cookie(answer)
            if self.calls.is_failing or "sessions.secrets" in self.calls.what:
                self.unstored.add(badge)
        return status == 201

    def issue(self, lane):
        what = f"issue {lane}"
        status, ticket, _ = self._ask(what, self.hall.kiosk, "/v1/tickets", {"items": [], "lane": lane, "kiosk": "kiosk-1"}, self.page)
        if status == 401:
            # A page claims its kiosk again by itself.
            self.claim()
        if status != 201:
            return self._not_yet(status, ticket)
        given = (ticket["id"], ticket["number"], ticket["business_day"])
        known = self.ledger.acknowledged.setdefault(self.keys[what], given)
        if known != given:
            self.problems.append(f"{what} was answered with {known[1]} and then with {given[1]}")
        return ticket

    def at_window(self, badge, window, verb):
        path = f"/v1/windows/{window}/{verb}"
        if badge not in self.cookies and not self.sign_in(badge):
            return False
        what = f"{verb} {window}"
        status, content, _ = self._ask(what, self.hall.hall, path, {}, self.cookies[badge])
        if status == 401:
            if badge not in self.unstored:
                self.problems.append(f"the session of {badge}, which was acknowledged, is gone")
            self.unstored.discard(badge)
            del self.cookies[badge]
        return content if status in (200, 201) else self._not_yet(status, content)

    def day(self, verb):
        if COORDINATOR not in self.cookies and not self.sign_in(COORDINATOR):
            return False
        status, content, _ = self._ask(f"day {verb}", self.hall.hall, f"/v1/day/{verb}", {"force": True} if verb == "close" else {}, self.cookies[COORDINATOR])
        return status == 200 or self._not_yet(status, content)

    def _not_yet(self, status, content):
        if status not in (0, 401, 503):
            self.last = f"{status} {content.get('code')}"
        return False

    # What happens.

    def steps(self):
        yield "the page claims its kiosk", self.claim
        if self.is_first:
            yield "the clerk signs in", lambda: self.sign_in(CLERK)
            yield "the window opens", lambda: self.at_window(CLERK, 1, "open")
        yield "a number is issued", lambda: self.issue("A")
        for verb in ("calls", "serve", "finish"):
            yield verb, lambda verb=verb: self.at_window(CLERK, 1, verb)
        if not self.is_first:
            yield "the day is closed", lambda: self.day("close")

    def until(self, what, act, seconds=PATIENCE, heals=True):
        """Asks until it is done; the fault, when it came, ends meanwhile."""
        deadline, self.last = time.monotonic() + seconds, ""
        while not act():
            if self.supervised.is_given_up:
                return False
            if heals and self.watch():
                deadline = time.monotonic() + seconds
            if time.monotonic() > deadline:
                self.problems.append(f"not within {seconds:.0f} s: {what} {self.last}")
                return False
            time.sleep(0.02)
        if heals:
            self.watch()
        return True

    def watch(self):
        """When the call has failed: waits until the fault is over, and measures how long the hall needs after that. True when it did."""
        if self.is_probed or not self.calls.failures:
            return False
        self.is_probed = True
        healed = self.calls.failed_at
        if self.calls.lasting:
            time.sleep(max(0, healed + LASTING - time.monotonic()))
            self.calls.heal()
            healed = time.monotonic()
        if self.probe():
            self.back = time.monotonic() - healed
            if self.back > BACK:
                self.problems.append(f"a number was issued, called and shown only {self.back:.1f} s after the fault")
        return True

    def probe(self):
        """Another resident's number is issued, called at another window and shown on the board."""
        def issued():
            return self.issue("E") or (self.last.endswith("day_not_open") and self.day("open") and False)

        def called():
            return self.at_window(OTHER, 4, "calls") or (self.last.endswith("window_not_open") and self.at_window(OTHER, 4, "open") and False)

        return (self.until("a number after the fault", issued, heals=False)
                and self.until("a call after the fault", called, heals=False)
                and self.until("the call on the board", self.shown, heals=False))

    def shown(self):
        number = self.ledger.acknowledged[self.keys["issue E"]][1]
        query = self.board.partition("?")[2]
        connection = http.client.HTTPConnection("127.0.0.1", self.hall.hall, timeout=PATIENCE)
        try:
            connection.request("GET", f"/board/enter?{query}")
            cookie = set_cookie(connection.getresponse())
            request = urllib.request.Request(f"http://127.0.0.1:{self.hall.hall}/v1/feed/public", headers={"Cookie": cookie})
            with urllib.request.urlopen(request, timeout=PATIENCE) as feed:
                for line in feed:
                    if line.startswith(b"data: "):
                        return any(call["number"] == number for call in json.loads(line[6:])["calls"])
        except (*CUT, AttributeError):
            return False
        finally:
            connection.close()
        return False

    def run(self):
        """What went wrong, a list of sentences."""
        with Supervised(**self.settings) as self.supervised:
            self.hall = self.supervised.hall
            for what, act in self.steps():
                if not self.until(what, act):
                    break
            status = self.supervised.stop()
        if self.calls.failures and not self.is_probed:
            # It failed while the daemon ended. The next start has to live with it.
            status = 0
            with Supervised(**self.settings) as self.supervised:
                self.hall = self.supervised.hall
                self.watch()
        if self.supervised.is_given_up:
            self.problems.append(f"it ended with {self.supervised.statuses[-1]}, after which the unit waits for people ({FINAL})")
        elif status != 0:
            self.problems.append(f"it ended with {status} when it was told to end")
        self.problems += audit(self.state, self.ledger) + self.ledger.wrong + self.lost() + self.false()
        said, words = verify(self.state, BUILT / "yichuangctl")
        self.problems += [] if said == 0 else [f"yichuangctl verify: {words}"]
        return self.problems

    def lost(self):
        """Acknowledged steps that the journal does not have."""
        try:
            with sqlite3.connect(f"file:{self.state}/journal.sqlite?mode=ro", uri=True) as database:
                records = [json.loads(body) for (body,) in database.execute("SELECT body FROM journal")]
        except sqlite3.DatabaseError as error:
            return [f"the journal cannot be read: {error}"]
        there = {(record["t"], record["e"].get("code")) for record in records}
        kinds = {kind for kind, _ in there}
        wrong = []
        for what, code, _, _ in self.acknowledged:
            event = {"calls": "ticketCalled", "serve": "serviceStarted", "finish": "ticketFinished"}.get(what.split()[0])
            if event and (event, code) not in there or what == "day close" and "dayClosed" not in kinds:
                wrong.append(f"acknowledged and lost: {what}")
        return wrong

    def false(self):
        """Answers of a process whose sync of the journal had failed before they were asked for, unless it opened the journal anew."""
        calls = self.calls
        if not (calls.failures and "sync" in calls.what.split()[0] and "journal.sqlite" in calls.what):
            return []
        return [f"acknowledged after a failed sync: {what}" for what, _, began, pid in self.acknowledged
                if pid == calls.pid and began > calls.failed_at and not 0 < calls.opened_at < began]

"""A ledger of the cases that a clerk opened at the console, and the checks of the hall's data against it after a kill."""

import http.client
import pathlib
import tempfile
import threading
import time
import uuid

from testkit.client import CUT, exchange
from testkit.demo_hall import DemoHall
from testkit.waiting import CEILING

# The steps of a case, each with its body and the stage after it.
STEPS = [
    ("accept", {}, "accepted"),
    ("decide", {"outcome": "granted", "results": []}, "decided"),
    ("ready", {"place": "A-01"}, "ready"),
    ("collect", {"by": "self", "shown": "card", "signed": True, "originals_returned": True}, "collected"),
]
ORDER = ["received", *(stage for _, _, stage in STEPS)]


class CaseLedger:
    """Requests in the order in which they were made, each with its key, and the answer once there was one."""

    def __init__(self, item, situations, papers):
        self.opening = {"item": item, "situations": situations, "papers": papers, "applicant": {"name": "测试甲"}}
        # A list for each case: [path, body, key, answer or None]
        self.cases = []
        self.wrong = []

    @property
    def answered(self):
        return sum(request[3] is not None for case in list(self.cases) for request in list(case))

    def ask(self, connection, cookie, request):
        """Sends one request, or sends it again. False when the connection broke."""
        path, body, key, known = request
        try:
            status, answer, _ = exchange(connection, "POST", path, body, cookie, key)
        except CUT:
            connection.close()
            return False
        if status == 503:
            # The slips of the previous run are reconciled first.
            time.sleep(0.02)
            return True
        if status not in (200, 201):
            self.wrong.append(f"{path}: {status} {answer}")
            return False
        if known and (known["id"], known["number"]) != (answer["id"], answer["number"]):
            self.wrong.append(f"{path} under {key}: {known['number']} became {answer['number']}")
        request[3] = {"id": answer["id"], "number": answer["number"]}
        return True

    def go_on(self, connection, cookie, case):
        """The next request of a case: what has no answer is sent again with its key."""
        last = case[-1]
        if last[3] is None:
            return self.ask(connection, cookie, last)
        if len(case) > len(STEPS):
            return self.begin(connection, cookie)
        verb, body, _ = STEPS[len(case) - 1]
        case.append([f"/v1/cases/{last[3]['id']}/{verb}", body, str(uuid.uuid4()), None])
        return self.ask(connection, cookie, case[-1])

    def begin(self, connection, cookie):
        self.cases.append([["/v1/cases", self.opening, str(uuid.uuid4()), None]])
        return self.ask(connection, cookie, self.cases[-1][0])

    def work(self, port, cookie, chance):
        """Goes on with cases until the daemon dies."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CEILING)
        goes = True
        while goes:
            running = [case for case in self.cases[-20:] if len(case) <= len(STEPS) or case[-1][3] is None]
            goes = self.go_on(connection, cookie, chance.choice(running)) if running and chance.random() < 0.8 else self.begin(connection, cookie)

    def audit(self, hall, cookie):
        """Nothing acknowledged is lost, nothing was done twice."""
        problems, numbers = [], {}
        for case in self.cases:
            answered = [request for request in case if request[3]]
            if not answered:
                continue
            code = answered[0][3]["id"]
            status, seen, _ = hall.request(hall.hall, "GET", f"/v1/cases/{code}", cookie=cookie)
            if status != 200:
                problems.append(f"acknowledged and lost: {answered[0][3]['number']}: {status}")
                continue
            if ORDER.index(seen["stage"]) < len(answered) - 1:
                problems.append(f"acknowledged and lost: {seen['number']} is {seen['stage']} after {answered[-1][0]}")
            if ORDER.index(seen["stage"]) > len(case) - 1:
                problems.append(f"done unasked: {seen['number']} is {seen['stage']} after {case[-1][0]}")
            if numbers.setdefault(seen["number"], code) != code:
                problems.append(f"given twice: {seen['number']}")
            held = sum(paper["held"] for paper in seen["materials"])
            if held != (0 if seen["stage"] == "collected" else 1):
                problems.append(f"{seen['number']} is {seen['stage']} with {held} originals")
        return problems


def case_kills(tally, chance, rounds, program):
    """Kills the daemon while cases are opened and go their way."""
    ledger = None
    with tempfile.TemporaryDirectory(prefix="yichuang-case-kills-") as folder:
        state = pathlib.Path(folder) / "state"
        for number in range(1, rounds + 1):
            hall = DemoHall(state=state, program=program)
            try:
                hall.start()
                cookie = hall.sign_in("AJ100")
                ledger = ledger or made(hall)
                problems = ledger.audit(hall, cookie)
                clerk = threading.Thread(target=ledger.work, args=(hall.hall, cookie, chance))
                clerk.start()
                time.sleep(chance.uniform(0.05, 0.6))
                hall.kill()
                hall.process.wait()
                clerk.join()
            finally:
                hall.stop()
            tally.check(f"kill {number} with cases under way", problems + ledger.wrong)
            ledger.wrong = []
        with DemoHall(state=state, program=program) as hall:
            cookie = hall.sign_in("AJ100")
            connection = http.client.HTTPConnection("127.0.0.1", hall.hall, timeout=CEILING)
            # Every request under its key once more: the same answers, and what had none gets one.
            until = time.monotonic() + CEILING
            for request in [request for case in ledger.cases for request in case]:
                while ledger.ask(connection, cookie, request) and request[3] is None and time.monotonic() < until:
                    pass
            tally.check("every request about a case gets its answer again", ledger.wrong + [
                f"{request[0]}: no answer" for case in ledger.cases for request in case if request[3] is None])
            tally.check("the cases are as their clerk knows them", ledger.audit(hall, cookie))
    print(f"{rounds} kills, {len(ledger.cases)} cases")


def case_control(tally, chance, program):
    """A daemon that answers before it appends must be caught by the same audit."""
    found = []
    for attempt in range(1, 61):
        with tempfile.TemporaryDirectory(prefix="yichuang-case-kills-") as folder:
            state = pathlib.Path(folder) / "state"
            environment = {"YICHUANG_TEST_ANSWER_FIRST": "1", "YICHUANG_FAILPOINT": "journal-before-append", "YICHUANG_FAILPOINT_AFTER": str(chance.randint(8, 20))}
            ledger = None
            hall = DemoHall(state=state, program=program, environment=environment)
            try:
                hall.start()
                cookie = hall.sign_in("AJ100")
                ledger = made(hall)
                ledger.work(hall.hall, cookie, chance)
            except CUT + (RuntimeError,):
                # The point lay in the start, or in signing in.
                pass
            finally:
                hall.stop()
            if ledger is None:
                continue
            with DemoHall(state=state, program=program) as hall:
                found = [problem for problem in ledger.audit(hall, hall.sign_in("AJ100")) if problem.startswith("acknowledged and lost")]
        if found:
            break
    tally.check("a daemon that answers about a case before it appends is caught", [] if found else [f"{attempt} kills and nothing was found"])


def made(hall):
    """A ledger for an item of the demo, with one original of a paper that its list has."""
    item = hall.request(hall.hall, "GET", "/v1/items/MZ-006")[1]
    papers = [{"material": material["name"], "originals": 1 if index == 0 else 0, "copies": 1}
              for index, material in enumerate(item["materials"])]
    return CaseLedger("MZ-006", [], papers)

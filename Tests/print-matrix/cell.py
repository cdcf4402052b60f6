"""One cell: a slip is brought to a point, a fault is injected, and all observable results are compared."""

import datetime
import subprocess
import time

from cells import Moment, expected, strike
from testkit.hall import Refused
from testkit.waiting import NotInTime, eventually
from world import EXPIRY, WAIT

# Seconds after which a slip must not begin: its expiry, what the backend may wait for the printer after that, and one for
# a slow machine's clocks and turns.
LATEST = EXPIRY + WAIT + 1


class Observation:
    def __init__(self, moment, fault):
        self.moment, self.fault = moment, fault
        self.expected = expected(moment, fault)
        self.state, self.evidence, self.marked = None, None, None
        self.begun, self.whole, self.partial = 0, 0, 0
        self.outcomes = []
        self.problems = []
        self.seconds = 0.0

    def claim(self, is_true, sentence):
        if not is_true:
            self.problems.append(sentence)

    @property
    def paper(self):
        """What lay in the printer's tray when everything was over."""
        return "whole" if self.whole else "a part" if self.partial or self.begun else "none"


def observe(world, moment_name, fault, goes_on=True):
    """Plays one cell in a world that is in order, and leaves it in order. `goes_on`: another slip must print afterwards."""
    seen = Observation(moment_name, fault)
    began = time.monotonic()
    try:
        play(world, seen, goes_on)
    except (NotInTime, Refused) as error:
        seen.problems.append(str(error))
    seen.seconds = time.monotonic() - began
    return seen


def play(world, seen, goes_on):
    printer = world.printer
    moment = Moment(world, seen.moment, seen.fault)
    moment.arm()
    ticket = world.issue()
    code, number = ticket["id"], ticket["number"]
    moment.reach()
    strike(world, moment, seen.fault)
    look(world, seen, world.settled(code), moment)
    seen.claim(seen.state in seen.expected, f"the hall says {seen.state}, and should say {' or '.join(seen.expected)}")
    settled = seen.state

    world.repair()
    after = None
    if goes_on:
        eventually("the printer's faults are gone", lambda: not world.faults())
        after = world.issue()
        final = world.settled(after["id"])
        seen.claim(final["slip"]["state"] == "printed", f"the next slip is {final['slip']['state']}")
    # Everything outstanding has happened before the next slip, because there is one printer and one queue.
    printer.tell("tear")
    count(world, seen, moment, code, after)
    compare(world, seen, ticket, settled)
    jobs = eventually_empty(world)
    seen.claim(not jobs, f"jobs are left in the queue: {jobs}")
    seen.claim(world.call() == number, f"{number} is not the next to be called")
    if after:
        seen.claim(world.call() == after["number"], f"{after['number']} is not called after it")


def look(world, seen, ticket, moment):
    slip = ticket["slip"]
    seen.state, seen.evidence = slip["state"], slip["evidence"]
    at_console, seen.marked = world.console(ticket["id"])
    seen.claim(at_console and at_console["slip"] == slip, "console and kiosk see different states")
    seen.claim(slip["attempt"] == 1, f"the hall has begun attempt {slip['attempt']} by itself")
    lacks_paper = seen.state in ("not_sent", "unknown", "expired")
    seen.claim(seen.marked == lacks_paper, f"a slip that is {seen.state} is {'' if seen.marked else 'not '}marked 未出票")


def count(world, seen, moment, code, after):
    printer = world.printer
    begun = printer.since(moment.mark, "begun")
    seen.begun = len(begun) - (1 if after else 0)
    papers = printer.papers(moment.mark)
    codes = [code for paper in papers for code in paper["codes"]]
    seen.whole = sum(code in text for text in codes)
    seen.partial = len([paper for paper in papers if not paper["codes"]])
    seen.claim(seen.begun <= 1, f"the slip was begun {seen.begun} times")
    seen.claim(seen.whole <= 1, f"the slip came out {seen.whole} times")
    if after:
        others = sum(after["id"] in text for text in codes)
        seen.claim(others == 1, f"the next slip came out {others} times")
    if seen.begun >= 1:
        seen.first = begun[0]["at"]


def compare(world, seen, issued, settled):
    code, number = issued["id"], issued["number"]
    ticket = world.ticket(code)
    seen.claim(ticket["number"] == number, f"the number changed from {number} to {ticket['number']}")
    seen.claim(ticket["slip"]["state"] == settled, f"the slip was {settled} and is {ticket['slip']['state']} now")
    if settled == "printed":
        seen.claim(seen.evidence == "E3", f"printed on evidence {seen.evidence}")
        seen.claim(seen.whole == 1, f"printed, and {seen.whole} whole slips came out")
    if settled in ("not_sent", "expired"):
        seen.claim(seen.begun == 0, f"{settled}, and the slip was begun")
    if settled == "sent":
        seen.claim(seen.whole == 1, f"sent, and {seen.whole} whole slips came out")
    if seen.begun:
        issued_at = datetime.datetime.fromisoformat(issued["issued_at"]).timestamp()
        late = seen.first / 1000 - issued_at
        seen.claim(late <= LATEST, f"the slip was begun {late:.0f} s after its number was issued")
    book(world, seen, code)


def book(world, seen, code):
    """What the journal says about the slip: one number, and an outcome for every attempt that was started."""
    events = [(record["t"], record["e"]) for record in world.journal()]
    issued = [event for kind, event in events if kind == "ticketIssued" and event["code"] == code]
    seen.claim(len(issued) == 1, f"the number stands {len(issued)} times in the journal")
    slip = world.ticket(code)["slip"]["id"]
    mine = [(kind, event) for kind, event in events if event.get("slip") == slip]
    starts = [event for kind, event in mine if kind == "attemptStarted"]
    ends = [event for kind, event in mine if kind == "attemptEnded"]
    seen.claim(len(starts) == len(ends), f"{len(starts)} tries were started and {len(ends)} came to an end")
    seen.outcomes = [event["outcome"] for event in ends]
    sent = [outcome for outcome in seen.outcomes if not outcome.startswith("not_sent:")]
    seen.claim(len(sent) <= 1, f"{len(sent)} tries of the attempt may have sent something")


def eventually_empty(world):
    """Jobs left in the queue; what has just ended is given its time to go."""
    try:
        eventually("the queue is empty", lambda: not world.cups.active_jobs(), seconds=10)
    except NotInTime:
        return world.cups.active_jobs()
    except (RuntimeError, subprocess.SubprocessError) as error:
        return [str(error)]
    return []

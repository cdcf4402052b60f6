"""Pulls cables, kills and freezes programs, stops machines: any of them, in any order, as one seed says."""

import os
import random
import signal
import time

from testkit.private_postgres import bury
from testkit.waiting import eventually

POSTGRES, DAEMON = "postgres", "yichuangd"


class Chaos:
    """Each step breaks one or two things, lets people work for a while, and mends them. `report` prints what is done."""

    def __init__(self, site, crowd, seed, report=print):
        self.site, self.crowd, self.report = site, crowd, report
        self.chance = random.Random(seed)
        self.counts = {}

    def ways(self, place):
        """What can happen to a machine: a name, how it begins and how it ends."""
        computer = place.computer
        ways = {
            "its cable is pulled": (computer.cut, computer.heal),
            "nothing arrives": (lambda: computer.cut("in"), computer.heal),
            "nothing leaves": (lambda: computer.cut("out"), computer.heal),
            "its daemon is killed": (lambda: self.signal(place, DAEMON, signal.SIGKILL), place.start),
            "its daemon stands still": (
                lambda: self.signal(place, DAEMON, signal.SIGSTOP), lambda: self.signal(place, DAEMON, signal.SIGCONT)),
            "its power is cut": (computer.cut_power, lambda: self.boot(place)),
        }
        if self.of_postgres(place):
            ways |= {
                "a process of its PostgreSQL is killed": (lambda: self.kill_one(place), lambda: None),
                "its PostgreSQL is killed": (lambda: self.kill_postgres(place), lambda: self.start_servers(place)),
                "its PostgreSQL stands still": (
                    lambda: self.signal(place, POSTGRES, signal.SIGSTOP), lambda: self.signal(place, POSTGRES, signal.SIGCONT)),
            }
        return ways

    @staticmethod
    def of_postgres(place):
        return [pid for pid, name in place.computer.processes().items() if name == POSTGRES]

    @staticmethod
    def signal(place, name, number):
        found = [pid for pid, other in place.computer.processes().items() if other == name]
        for pid in found:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        if number == signal.SIGKILL:
            eventually(f"{name} is gone", lambda: name not in place.computer.processes().values())
            # A dead server that is not buried keeps its lock files.
            bury(found)

    def kill_one(self, place):
        """One of the server's processes, any: the server ends all of them and recovers, or has lost its first one."""
        processes = self.of_postgres(place)
        try:
            os.kill(processes[self.chance.randrange(len(processes))], signal.SIGKILL)
        except ProcessLookupError:
            pass
        eventually("it has recovered, or is gone", lambda: not self.of_postgres(place) or self.answers(place))
        if not self.of_postgres(place):
            bury(processes)
            self.start_servers(place)

    def kill_postgres(self, place):
        self.signal(place, POSTGRES, signal.SIGKILL)

    @staticmethod
    def answers(place):
        return place.run("sudo -u postgres psql -d postgres -X -q -A -t -c 'SELECT 1'", check=False).stdout.strip() == "1"

    def start_servers(self, place):
        """As systemd would after a boot, or the server's own unit."""
        place.run("systemctl start postgresql")

    def boot(self, place):
        if place in self.servers():
            self.start_servers(place)
        place.start()

    def servers(self):
        return [self.site.office]

    def step(self):
        places = self.chance.sample(self.site.all, self.chance.choice((1, 1, 2)))
        broken = []
        for place in places:
            ways = self.ways(place)
            name = self.chance.choice(sorted(ways))
            self.counts[name] = self.counts.get(name, 0) + 1
            self.report(f"{time.strftime('%H:%M:%S')} {place.name}: {name}", flush=True)
            begin, end = ways[name]
            begin()
            broken.append(end)
        # People go on where they can; a hall that is cut off from its journal gives nothing for this while.
        before, until = len(self.crowd.given), time.monotonic() + self.chance.uniform(1, 8)
        while time.monotonic() < until and len(self.crowd.given) < before + 15:
            self.crowd.halt.wait(0.1)
        for end in broken:
            end()
        if self.chance.random() < 0.7:
            self.settle()

    def settle(self):
        """Nothing is broken: every machine is ready, and people get numbers."""
        for place in self.site.all:
            if place.daemon() is None:
                place.start()
        for place in self.site.all:
            eventually(f"{place.name} is ready", place.is_ready)
        self.crowd.more(5)

    def end(self):
        """The last word of the ledger, when all is mended."""
        self.settle()
        self.crowd.stop()
        self.crowd.send_again()
        records = self.site.records()
        problems = self.crowd.problems(records)
        self.report(f"{len(self.crowd.given)} numbers, {len(self.crowd.called)} calls, {len(self.crowd.shown)} shown, "
                    f"{self.crowd.refused} times refused or unanswered; {dict(sorted(self.counts.items()))}", flush=True)
        assert not problems and not self.crowd.unsure, problems
        # What the hall writes by itself meanwhile is in the copies too: they are compared with each other, and with the journal's end.
        for place in self.site.all:
            eventually(f"the copy of {place.name} is whole", lambda p=place: p.head() in {digest.hex() for _, _, digest in self.site.records()})
        return records

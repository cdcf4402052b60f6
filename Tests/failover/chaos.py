"""Random failures from one seed: cables are pulled, programs killed and frozen, machines stopped, in any order."""

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

    def ways(self, machine):
        """The possible failures of a machine: each has a name, a function that begins it and one that ends it."""
        computer = machine.computer
        ways = {
            "its cable is pulled": (computer.cut, computer.heal),
            "nothing arrives": (lambda: computer.cut("in"), computer.heal),
            "nothing leaves": (lambda: computer.cut("out"), computer.heal),
            "its daemon is killed": (lambda: self.signal(machine, DAEMON, signal.SIGKILL), machine.start),
            "its daemon stands still": (
                lambda: self.signal(machine, DAEMON, signal.SIGSTOP), lambda: self.signal(machine, DAEMON, signal.SIGCONT)),
            "its power is cut": (computer.cut_power, lambda: self.boot(machine)),
        }
        if self.of_postgres(machine):
            ways |= {
                "a process of its PostgreSQL is killed": (lambda: self.kill_one(machine), lambda: None),
                "its PostgreSQL is killed": (lambda: self.kill_postgres(machine), lambda: self.start_servers(machine)),
                "its PostgreSQL stands still": (
                    lambda: self.signal(machine, POSTGRES, signal.SIGSTOP), lambda: self.signal(machine, POSTGRES, signal.SIGCONT)),
            }
        return ways

    @staticmethod
    def of_postgres(machine):
        return [pid for pid, name in machine.computer.processes().items() if name == POSTGRES]

    @staticmethod
    def signal(machine, name, number):
        found = [pid for pid, other in machine.computer.processes().items() if other == name]
        for pid in found:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        if number == signal.SIGKILL:
            eventually(f"{name} is gone", lambda: name not in machine.computer.processes().values())
            # A zombie process of the server keeps its lock files.
            bury(found)

    def kill_one(self, machine):
        """One of the server's processes, any: the server ends all of them and recovers, or has lost its first one."""
        processes = self.of_postgres(machine)
        try:
            os.kill(processes[self.chance.randrange(len(processes))], signal.SIGKILL)
        except ProcessLookupError:
            pass
        eventually("it has recovered, or is gone", lambda: not self.of_postgres(machine) or self.answers(machine))
        if not self.of_postgres(machine):
            bury(processes)
            self.start_servers(machine)

    def kill_postgres(self, machine):
        self.signal(machine, POSTGRES, signal.SIGKILL)

    @staticmethod
    def answers(machine):
        return machine.run("sudo -u postgres psql -d postgres -X -q -A -t -c 'SELECT 1'", check=False).stdout.strip() == "1"

    def start_servers(self, machine):
        """As systemd would after a boot, or the server's own unit."""
        machine.run("systemctl start postgresql")

    def boot(self, machine):
        if machine in self.servers():
            self.start_servers(machine)
        machine.start()

    def servers(self):
        return [self.site.office]

    def step(self):
        machines = self.chance.sample(self.site.all, self.chance.choice((1, 1, 2)))
        broken = []
        for machine in machines:
            ways = self.ways(machine)
            name = self.chance.choice(sorted(ways))
            self.counts[name] = self.counts.get(name, 0) + 1
            self.report(f"{time.strftime('%H:%M:%S')} {machine.name}: {name}", flush=True)
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
        for machine in self.site.all:
            if machine.daemon() is None:
                machine.start()
        for machine in self.site.all:
            eventually(f"{machine.name} is ready", machine.is_ready)
        self.crowd.more(5)

    def end(self):
        """The final checks of the ledger, after every failure was repaired."""
        self.settle()
        self.crowd.stop()
        self.crowd.send_again()
        records = self.site.records()
        problems = self.crowd.problems(records)
        self.report(f"{len(self.crowd.given)} numbers, {len(self.crowd.called)} calls, {len(self.crowd.shown)} shown, "
                    f"{self.crowd.refused} times refused or unanswered; {dict(sorted(self.counts.items()))}", flush=True)
        assert not problems and not self.crowd.unsure, problems
        # What the hall writes by itself meanwhile is in the copies too: they are compared with each other, and with the journal's end.
        for machine in self.site.all:
            eventually(f"the copy of {machine.name} is whole", lambda m=machine: m.head() in {digest.hex() for _, _, digest in self.site.records()})
        return records

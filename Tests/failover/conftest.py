"""Halls of several machines whose servers fail."""

import pathlib
import sys

import pytest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "support"), str(TESTS / "shared")]
from people import People  # noqa: E402
from testkit.machines import Machines  # noqa: E402
from testkit.private_postgres import ReplicatedPostgres  # noqa: E402
from testkit.suite import closing_line  # noqa: E402


@pytest.fixture
def hall():
    """Makes halls with a synchronous standby and planted mistakes, by machine, and ends them."""
    made = []

    def make(*names, **planted):
        servers = ReplicatedPostgres()
        made.append(servers)
        machines = Machines(*names, postgres=servers, planted=planted)
        made.append(machines)
        machines.open()
        servers.replicate()
        people = People(machines, seed=1).start(residents=2 * len(names))
        made.append(people)
        people.more(5)
        return servers, machines, people

    yield make
    for one in reversed(made):
        one.stop() if isinstance(one, People) else one.close()


def pytest_terminal_summary(terminalreporter):
    closing_line("failover", terminalreporter, fails_skipped=True)

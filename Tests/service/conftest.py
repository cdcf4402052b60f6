"""The example configuration, filled in as an operator would, on a machine of its own."""

import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests" / "support"), str(ROOT / "Tests" / "print-matrix")]
from demo_hall import DemoHall, free_port  # noqa: E402
from filled_in import BOARD_TOKEN, filled_in  # noqa: E402, F401
from machine import Machine, cannot  # noqa: E402

reason = cannot()


class Installed:
    """The machine and the hall's two listeners."""

    def __init__(self, machine, configuration, ports):
        self.machine, self.configuration = machine, configuration
        # Only its way of asking: this hall is started by systemd.
        self.hall = DemoHall(state="/nowhere", ports=ports)

    def main_pid(self):
        return int(self.machine.property("MainPID"))

    def tickets(self, cookie):
        status, queue, _ = self.hall.request(self.hall.hall, "GET", "/v1/queue", cookie=cookie)
        assert status == 200
        return sorted(ticket["number"] for ticket in queue["tickets"])


@pytest.fixture(scope="session")
def installed():
    if reason:
        pytest.skip(reason)
    ports = free_port(), free_port()
    configuration = filled_in(*ports)
    with Machine(configuration) as machine:
        yield Installed(machine, configuration, ports)


def pytest_terminal_summary(terminalreporter):
    stats = terminalreporter.stats
    failed = len(stats.get("failed", [])) + len(stats.get("error", []))
    skipped = len(stats.get("skipped", []))
    if skipped:
        terminalreporter.write_line(f"service: {skipped} not done: {reason}")
    terminalreporter.write_line(f"service: {len(stats.get('passed', []))} passed, {failed} failed")

"""The example configuration, filled in as an operator would, on a machine of its own."""

import os

import pytest
from machine import Machine, cannot
from testkit.demo_hall import DemoHall, free_port
from testkit.example_configuration import filled_in
from testkit.suite import closing_line

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
    if skipped := terminalreporter.stats.get("skipped"):
        terminalreporter.write_line(f"service: {len(skipped)} not done: {reason}")
    closing_line("service", terminalreporter, fails_skipped=os.geteuid() == 0)

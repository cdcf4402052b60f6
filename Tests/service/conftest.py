"""The example configuration, filled in as an operator would, on a machine of its own."""

import pathlib
import re
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests" / "support"), str(ROOT / "Tests" / "print-matrix")]
from demo_hall import DemoHall, free_port  # noqa: E402
from machine import Machine, cannot  # noqa: E402

reason = cannot()
BOARD_TOKEN = "0123456789abcdef0123456789abcdef"


def filled_in(kiosk_port, hall_port):
    """packaging/yichuang.yaml.example with the demo's staff, open at every hour, on these ports."""
    text = (ROOT / "packaging/yichuang.yaml.example").read_text()
    demo = (ROOT / "packaging/reference/demo.yaml").read_text()
    hashes = dict(re.findall(r"badge: (\w+)\n(?:.*\n)*?.*secret_hash: (\S+)", demo))
    for badge in ("AJ001", "AJ100"):
        text = re.sub(rf"(badge: {badge},.*secret_hash: )CHANGE-ME", lambda found: found[1] + f"'{hashes[badge]}'", text)
    for old, new in (("CHANGE-ME-CHANGE-ME", BOARD_TOKEN), ("always_open: false", "always_open: true"),
                     ("#readers:\n#  keyboards:", "readers:\n  keyboards:"),
                     ("127.0.0.1:7310", f"127.0.0.1:{kiosk_port}"), ("127.0.0.1:7311", f"127.0.0.1:{hall_port}")):
        assert old in text, old
        text = text.replace(old, new)
    assert "CHANGE-ME" not in text
    return text


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

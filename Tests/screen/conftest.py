"""One machine for all tests, which go on from one another."""

import os
import pathlib
import shutil
import sys

import pytest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "service")]
from machine import cannot  # noqa: E402
from screen import ScreenMachine  # noqa: E402
from testkit.demo_hall import DemoHall, free_port  # noqa: E402
from testkit.example_configuration import filled_in  # noqa: E402
from testkit.suite import closing_line  # noqa: E402

PROGRAMS = ("chromium", "matchbox-window-manager", "xprop", "xdotool", "import", "Xorg")


def missing():
    lacking = [name for name in PROGRAMS if not shutil.which(name)]
    return f"no {', '.join(lacking)} here: packaging/setup test" if lacking else None


reason = cannot() or missing()


class Shown:
    """The machine and the hall's two listeners."""

    def __init__(self, machine, ports):
        self.machine = machine
        # Only its way of asking: this hall is started by systemd.
        self.hall = DemoHall(state="/nowhere", ports=ports)

    def state(self):
        script = """
            journalctl --no-pager -o short-precise -u yichuang-screen -u yichuang-display -u yichuangd -n 40
            tail -n 8 /run/yichuang-display/log
            ps -eo pid,user:20,stat,etimes,args --no-headers | cut -c1-110 | grep -v -e '--type=' -e udev-worker
            df -h /tmp /run | tail -n 2"""
        said = self.machine.run("sh", "-c", script).stdout
        asked = self.machine.run("timeout", "5", "curl", "-sS", "-m", "4", f"http://127.0.0.1:{self.hall.kiosk}/healthz")
        front = self.machine.run("timeout", "5", "env", "DISPLAY=:0", "XAUTHORITY=/run/yichuang-display/cookie", "xprop", "-root")
        return f"{said}kiosk listener: {asked.stdout}{asked.stderr}\nX server: {front.stdout}{front.stderr}"

    def faults(self):
        status, hall, _ = self.hall.request(self.hall.hall, "GET", "/v1/hall")
        assert status == 200
        return {fault["code"]: fault for fault in hall["faults"]}


@pytest.fixture(scope="session")
def shown():
    if reason:
        pytest.skip(reason)
    ports = free_port(), free_port()
    with ScreenMachine(filled_in(*ports)) as machine:
        yield Shown(machine, ports)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that fails shows what the units said, what runs, and whether the hall's kiosk listener answers."""
    report = yield
    if report.failed and (shown := getattr(item, "funcargs", {}).get("shown")):
        report.sections.append(("machine", shown.state()))
    return report


def pytest_terminal_summary(terminalreporter):
    if skipped := terminalreporter.stats.get("skipped"):
        terminalreporter.write_line(f"screen: {len(skipped)} not done: {reason}")
    closing_line("screen", terminalreporter, fails_skipped=os.geteuid() == 0)

"""A machine without a hall: folders of its own, and a stand-in for systemctl that starts the built daemon."""

import os
import pathlib
import signal
import subprocess
import tempfile

import pytest
from terminal import Terminal
from testkit.demo_hall import DemoHall, free_port
from testkit.paths import BUILT, ROOT
from testkit.suite import closing_line
from testkit.waiting import eventually

GOOD = """\
machine: new
division: 安居
address: 重庆市铜梁区安居镇（测试）
hours: always
consult_phone: '12345'
supervise_phone: '12345'
windows: {comprehensive: 2, police: 1, pick_up: 1}
kiosks:
- printer: none
staff: staff.csv
"""
STAFF = "姓名,工号,角色\n演示员甲,AJ001,窗口人员\n演示统筹员,AJ100,统筹人员\n"


class Site:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.etc, self.state = self.folder / "etc", self.folder / "state"
        self.etc.mkdir()
        self.state.mkdir(mode=0o700)
        self.config = self.etc / "yichuang.yaml"
        self.ports = free_port(), free_port()
        self.hall = DemoHall(state=self.state, ports=self.ports)
        self.environment = {**os.environ, "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no", "YICHUANG_STATE": str(self.state)}
        self.environment.pop("LC_ALL", None)
        self.stand_in = self.folder / "systemctl"
        self.pid = self.folder / "pid"
        self.stand_in.write_text(
            f"#!/bin/sh\ncase \"$*\" in\n'enable --now yichuangd') ;;\n"
            f"'restart yichuangd') pid=$(cat '{self.pid}'); kill $pid\n"
            f"while [ -e /proc/$pid ] && ! grep -q ') Z' /proc/$pid/stat; do sleep 0.1; done;;\n"
            f"*) exit 1;;\nesac\nexport YICHUANG_STATE='{self.state}'\n"
            f"setsid '{BUILT}/yichuangd' --config '{self.config}' >'{self.folder}/log' 2>&1 </dev/null &\necho $! >'{self.pid}'\n")
        self.stand_in.chmod(0o755)
        self.terminals = []

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def command(self, *words):
        return [str(BUILT / "yichuangctl"), "setup", "--config", str(self.config), "--systemctl", str(self.stand_in),
                "--kiosk-port", str(self.ports[0]), "--hall-port", str(self.ports[1]), *map(str, words)]

    def run(self, *words, **more):
        return subprocess.run(self.command(*words), capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL,
                              env={**self.environment, **more})

    def by_answers(self, text=GOOD, *words, staff=STAFF, **more):
        self.write("staff.csv", staff)
        return self.run("--answers", self.write("answers.yaml", text), *words, **more)

    def terminal(self, *words):
        self.terminals.append(Terminal(self.command(*words), self.environment))
        return self.terminals[-1]

    def tool(self, *words):
        return subprocess.run([str(BUILT / "yichuangctl"), *words], capture_output=True, text=True, env=self.environment)

    def number(self):
        self.hall.claim()
        status, content, _ = self.hall.request(self.hall.kiosk, "POST", "/v1/tickets", {"items": [], "kiosk": "kiosk-1"})
        assert status == 201, content
        return content["number"]

    def signs_in(self, badge, secret):
        return self.hall.request(self.hall.hall, "POST", "/v1/sessions", {"badge": badge, "secret": secret})[0]

    def files(self):
        return {path.name: path.read_bytes() for path in self.etc.iterdir() if path.is_file()}

    def close(self):
        for terminal in self.terminals:
            terminal.kill()
        if self.pid.exists():
            number = int(self.pid.read_text())
            try:
                os.kill(number, signal.SIGTERM)
                eventually("the daemon ends", lambda: not pathlib.Path(f"/proc/{number}/stat").exists()
                           or ") Z" in pathlib.Path(f"/proc/{number}/stat").read_text())
            except (ProcessLookupError, FileNotFoundError):
                pass


@pytest.fixture
def site():
    with tempfile.TemporaryDirectory(prefix="yc-setup-", dir="/tmp") as folder:
        site = Site(folder)
        yield site
        site.close()


def pytest_terminal_summary(terminalreporter):
    closing_line("setup", terminalreporter, fails_skipped=True)

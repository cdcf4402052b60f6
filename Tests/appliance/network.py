"""The hall's network: its machine, and another computer, each with a network of its own and a cable between them. Needs root."""

import os
import pathlib
import subprocess
import sys

from testkit.paths import ROOT

sys.path[:0] = [str(ROOT / "Tests/package"), str(ROOT / "Tests/screen")]
from bare import BareMachine  # noqa: E402
from screen import CARD  # noqa: E402,F401

HALL, CLERK = "10.77.0.1", "10.77.0.2"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def at(process, *command, **more):
    """Runs a program of this machine in the network of a process."""
    return subprocess.run(["nsenter", "-t", str(process), "-n", *map(str, command)], capture_output=True, text=True, check=True, **more)


class HallMachine(BareMachine):
    """A bare Debian with a network of its own. Its packages come by this machine's."""

    spaces, entered = ("--net",), ("-n",)

    def apt(self, *words, answers=""):
        self.entered = ()
        try:
            return super().apt(*words, answers=answers)
        finally:
            self.entered = HallMachine.entered

    @property
    def init(self):
        return self._init()


class Computer:
    """Another computer, as far as its network goes."""

    def __init__(self):
        self._holder = subprocess.Popen(["unshare", "--net", "sh", "-c", "echo ready; exec cat"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        assert self._holder.stdout.readline() == "ready\n"
        self.init = self._holder.pid

    def connect(self, machine):
        """A cable to a machine's network. One that is there already, to another machine at the same address, is pulled out first."""
        own = f"yc{self.init}"
        # It went with the other machine's network when that lost its power.
        subprocess.run(["nsenter", "-t", str(self.init), "-n", "ip", "link", "delete", own], capture_output=True)
        subprocess.run(["ip", "link", "add", own, "netns", str(self.init), "type", "veth", "peer", "name", "hall0", "netns", machine.init], check=True)
        for process, link, address in ((self.init, own, CLERK), (machine.init, "hall0", HALL)):
            at(process, "ip", "link", "set", "lo", "up")
            at(process, "ip", "address", "add", f"{address}/24", "dev", link)
            at(process, "ip", "link", "set", link, "up")

    def close(self):
        self._holder.stdin.close()
        self._holder.wait()


def program_at(process, program, folder, *words):
    """A program of this machine, with its first arguments, that runs in the network of a process; as a file that can be started."""
    file = pathlib.Path(folder) / f"{pathlib.Path(program).name}-at-{process}"
    file.write_text(f'#!/bin/sh\nexec nsenter -t {process} -n "{program}" {" ".join(words)} "$@"\n')
    file.chmod(0o755)
    return file

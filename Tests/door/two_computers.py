"""Run in a network of its own (`unshare -n`): another computer with a real link to the hall's machine, whose network a test may spoil."""

import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from testkit.paths import ROOT  # noqa: E402
from testkit.waiting import eventually  # noqa: E402

HALL, COMPUTER = "10.99.0.1", "10.99.0.2"


def run(*words, check=True):
    subprocess.run(list(map(str, words)), check=check)


def connections():
    """The computer's connections as the machine has them."""
    return subprocess.run(["ss", "-tnH", "state", "established", "src", HALL], capture_output=True, text=True, check=True).stdout.split("\n")[:-1]


class Computer:
    """The other computer, as far as its network goes. `there` is put before a command that runs in it."""

    def __init__(self):
        run("ip", "link", "set", "lo", "up")
        run("sysctl", "-q", "-p", ROOT / "systemd/yichuang-sysctl.conf")
        self.holder = subprocess.Popen(["unshare", "-n", "sleep", "infinity"])
        self.there = ["nsenter", "-t", str(self.holder.pid), "-n"]
        own = pathlib.Path("/proc/self/ns/net").readlink()
        eventually("its network is there", lambda: pathlib.Path(f"/proc/{self.holder.pid}/ns/net").readlink() != own)
        run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", self.holder.pid)
        for inside, name, address in (([], "v0", HALL), (self.there, "v1", COMPUTER)):
            run(*inside, "ip", "addr", "add", f"{address}/24", "dev", name)
            run(*inside, "ip", "link", "set", name, "up")

    def drop(self, what=""):
        """Drops what comes to it and what it sends, all or as a rule of nft's says; nothing is refused."""
        chains = "; ".join(f"add chain ip t {way} {{ type filter hook {way} priority 0; }}; add rule ip t {way} {what} counter drop" for way in ("input", "output"))
        run(*self.there, "nft", f"add table ip t; {chains}")

    def drop_nothing(self):
        """Answers how many packets were dropped."""
        listed = subprocess.run([*self.there, "nft", "list", "table", "ip", "t"], capture_output=True, text=True, check=True).stdout
        run(*self.there, "nft", "delete table ip t")
        return sum(map(int, re.findall(r"counter packets (\d+)", listed)))

    def narrow(self, rate):
        for inside, name in (([], "v0"), (self.there, "v1")):
            run(*inside, "tc", "qdisc", "add", "dev", name, "root", "tbf", "rate", rate, "burst", "4kb", "latency", "400ms")

    def widen(self):
        for inside, name in (([], "v0"), (self.there, "v1")):
            run(*inside, "tc", "qdisc", "del", "dev", name, "root")

    def plug(self, is_in):
        run(*self.there, "ip", "link", "set", "v1", "up" if is_in else "down")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.holder.kill()
        self.holder.wait()

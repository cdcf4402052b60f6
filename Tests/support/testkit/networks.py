"""Computers with a network and files of their own on one machine: namespaces, cables to one switch. Needs root, iproute2 and nftables."""

import contextlib
import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile

from .private_postgres import adopt_orphans, bury, process_table
from .waiting import eventually

CLONE_NEWNET = 0x40000000
# The computer's own files: what it writes to /etc, /var, /run and /tmp is in its memory, and gone with it. A stick is carried from one to the next.
FILES = """set -e
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs {folder}
for part in etc var; do
  mkdir -p {folder}/$part {folder}/.$part
  mount -t overlay overlay -o lowerdir=/$part,upperdir={folder}/$part,workdir={folder}/.$part /$part
done
mount -t tmpfs -o mode=755 tmpfs /run
install -d -o postgres -g postgres /run/postgresql
rm -rf /etc/postgresql/* /var/lib/postgresql/* /etc/yichuang /var/lib/yichuang
mount --bind {stick} /media
mount -t tmpfs -o mode=1777 tmpfs /tmp
ip link set lo up
exec sleep infinity"""


class Switch:
    """A hall's switch, and the stick that people carry between its computers."""

    def __init__(self):
        adopt_orphans()
        self.stick = tempfile.mkdtemp(prefix="yc-stick-", dir="/tmp")
        os.mkdir(f"{self.stick}/stick")
        self.process = subprocess.Popen(["unshare", "-n", "sleep", "infinity"])
        self.computers = []
        apart(self.process)
        self.run("ip", "link", "add", "name", "hall0", "type", "bridge")
        self.run("ip", "link", "set", "hall0", "up")

    def run(self, *words):
        subprocess.run(["nsenter", "-t", str(self.process.pid), "-n", *words], check=True)

    def computer(self, address):
        self.computers.append(Computer(self, len(self.computers) + 1, address))
        return self.computers[-1]

    def close(self):
        for computer in self.computers:
            computer.close()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.stick, ignore_errors=True)


class Computer:
    """One computer: its `address` in 10.77.0.0/24, its cable, its files."""

    def __init__(self, switch, number, address):
        self.switch, self.address, self.cable = switch, address, f"v{number}"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yc-computer-", dir="/tmp"))
        self.process = subprocess.Popen(
            ["unshare", "-n", "-m", "sh", "-c", FILES.format(folder=self.folder, stick=switch.stick)])
        apart(self.process)
        eventually("its files are there", lambda: process_table().get(self.process.pid, (0, ""))[1] == "sleep")
        self.inside = ["nsenter", "-t", str(self.process.pid), "-n", "-m", "--"]
        switch.run("ip", "link", "add", self.cable, "type", "veth", "peer", "name", "eth0", "netns", str(self.process.pid))
        switch.run("ip", "link", "set", self.cable, "master", "hall0", "up")
        self.run("ip", "addr", "add", f"{address}/24", "dev", "eth0")
        self.run("ip", "link", "set", "eth0", "up")
        self.run("nft", "add table inet cut; add chain inet cut in { type filter hook input priority 0; }; "
                 "add chain inet cut out { type filter hook output priority 0; }")

    def run(self, *words, check=True, **more):
        return subprocess.run([*self.inside, *map(str, words)], check=check, **more)

    def path(self, path):
        """A file of the computer, as seen from outside."""
        return pathlib.Path(f"/proc/{self.process.pid}/root{path}")

    def cut(self, way="both"):
        """Pulls the cable; with `in` or `out` nothing arrives any more, or nothing leaves, and nobody is told."""
        if way == "both":
            self.switch.run("ip", "link", "set", self.cable, "down")
        else:
            self.run("nft", f"add rule inet cut {way} {'iif' if way == 'in' else 'oif'} != lo drop")

    def heal(self):
        self.run("nft", "flush table inet cut")
        self.switch.run("ip", "link", "set", self.cable, "up")

    def processes(self):
        """The numbers of the programs that run on it, with their names."""
        own, found = os.stat(f"/proc/{self.process.pid}/ns/net").st_ino, {}
        for pid, (_, name) in process_table().items():
            try:
                if pid != self.process.pid and os.stat(f"/proc/{pid}/ns/net").st_ino == own:
                    found[pid] = name
            except OSError:
                pass
        return found

    def cut_power(self):
        """Every program is gone at once; what was written stays."""
        while gone := self.processes():
            for pid in gone:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            eventually("they are gone", lambda gone=gone: not set(gone) & set(process_table()))
            bury(gone)

    def connect(self, address, timeout=None, *_):
        """A connection from this computer, as socket.create_connection makes it. The thread is there for a moment."""
        library, own = ctypes.CDLL(None, use_errno=True), os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/proc/{self.process.pid}/ns/net", os.O_RDONLY)
        try:
            if library.setns(there, CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "the network is gone")
            return socket.create_connection(address, timeout)
        finally:
            library.setns(own, CLONE_NEWNET)
            os.close(there)
            os.close(own)

    def close(self):
        self.cut_power()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def apart(process):
    """Returns once a process has a network of its own."""
    own = os.stat("/proc/self/ns/net").st_ino
    eventually("its network is there", lambda: os.stat(f"/proc/{process.pid}/ns/net").st_ino != own)

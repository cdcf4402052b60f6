"""An independent implementation of the messages between daemon and yichuang-readerd, and the process with this one as its parent. Standard library only."""

import os
import pathlib
import queue
import signal
import socket
import struct
import subprocess
import threading
import time

from .paths import BUILT
from .waiting import CEILING

# The one under a sanitizer, and where it says what it found.
READERD = pathlib.Path(os.environ.get("YICHUANG_READERD", BUILT / "yichuang-readerd"))
READERD_LOG = os.environ.get("YICHUANG_READERD_LOG")

REPORTS = {1: "hello", 2: "arrived", 3: "left", 4: "condition", 5: "card", 6: "trouble", 7: "empty", 8: "code",
           9: "code_trouble", 10: "pong", 11: "note", 12: "found"}
ORDERS = {"match": 129, "begin": 130, "read": 131, "rescan": 132, "reset": 133, "ping": 134, "read_cards": 135}


def frame(kind, *fields):
    rest = bytes([1, kind]) + b"".join(struct.pack(">H", len(f)) + f for f in fields)
    return struct.pack(">I", len(rest)) + rest


def match(way, vendor, product=None, layout="us", alt="gbk", aim=False, caps=False, begin=False):
    return frame(
        ORDERS["match"], way.encode(), struct.pack(">H", vendor), b"" if product is None else struct.pack(">H", product),
        layout.encode(), alt.encode(), *(bytes([flag]) for flag in (aim, caps, begin)))


def decode(kind, fields):
    """A report as a tuple: its word, then its values."""
    word = REPORTS[kind]
    if word in ("pong",):
        return word, struct.unpack(">I", fields[0])[0]
    texts = [f.decode() for f in fields]
    if word == "arrived":
        texts[1] = fields[1] == b"\1"
    if word == "code":
        texts[2] = fields[2] == b"\1"
    return (word, *texts)


OURS = [
    match("card_bulk", 0x0400, 0xC35A), match("card_hid", 0x2B8B, 0x2721),
    match("keyboard", 0x0C2E, 0x0901), match("pos", 0x0C2E, begin=True), match("serial", 0x1EAB),
]


class Reader:
    """yichuang-readerd, as the daemon starts it."""
    PROGRAM = READERD

    def __init__(self, environment=None, matches=OURS, cards=True, **user):
        """`user` is as subprocess.Popen takes it."""
        ours, theirs = socket.socketpair()
        self.socket, self.reports, self.seen = ours, queue.Queue(), []
        with open(READERD_LOG or os.devnull, "ab") as log:
            self.process = subprocess.Popen(
                [self.PROGRAM, "--link", str(theirs.fileno())], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                stderr=log if READERD_LOG else None, env=environment or dict(os.environ), **user)
        theirs.close()
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait(lambda r: r == ("hello",))
        ours.sendall(b"".join(matches) + frame(ORDERS["begin"]) + frame(ORDERS["read_cards"], bytes([cards])))

    def _listen(self):
        held = b""
        while True:
            try:
                more = self.socket.recv(65536)
            except OSError:
                more = b""
            if not more:
                self.reports.put(None)
                return
            held += more
            while len(held) >= 4 and len(held) >= 4 + struct.unpack(">I", held[:4])[0]:
                count = struct.unpack(">I", held[:4])[0]
                body, held = held[4:4 + count], held[4 + count:]
                assert body[0] == 1
                fields, rest = [], body[2:]
                while rest:
                    size = struct.unpack(">H", rest[:2])[0]
                    fields.append(rest[2:2 + size])
                    rest = rest[2 + size:]
                self.reports.put((time.monotonic(), decode(body[1], fields)))

    def order(self, word, *fields):
        self.socket.sendall(frame(ORDERS[word], *fields))

    def wait(self, wanted):
        """The next report that is wanted; whatever came before it is in `seen`."""
        if isinstance(wanted, tuple):
            pattern, wanted = wanted, lambda r: r[:len(pattern)] == pattern
        deadline = time.monotonic() + CEILING
        while True:
            try:
                entry = self.reports.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"nothing came; seen: {self.seen[-20:]}") from None
            if entry is None:
                raise AssertionError(f"the reader process ended ({self.process.poll()}); seen: {self.seen[-20:]}")
            self.at, report = entry
            self.seen.append(report)
            if wanted(report):
                return report

    def until(self, start):
        """A report that begins like this, if none came already."""
        for report in self.seen:
            if report[:len(start)] == start:
                return report
        return self.wait(start)

    def quiet(self):
        """Everything that was said up to the answer to a question that is asked now."""
        self.order("ping", struct.pack(">I", 77))
        before = len(self.seen)
        self.wait(("pong", 77))
        return self.seen[before:-1]

    def lets_go(self):
        """Waits until no device is open any more: their nodes are terminals here. The library below does not count well when one
        thread opens while another closes, and no hand is that quick."""
        deadline = time.monotonic() + CEILING
        while any(self._target(e).startswith("/dev/pts/") for e in os.listdir(f"/proc/{self.process.pid}/fd")):
            assert time.monotonic() < deadline, "a device that left is still open"
            time.sleep(0.002)

    def _target(self, entry):
        try:
            return os.readlink(f"/proc/{self.process.pid}/fd/{entry}")
        except FileNotFoundError:
            return ""

    def fds(self):
        """Open descriptors that are no sockets: the library below leaves a socket behind whenever a node dies while it is being
        opened, and readerd itself opens none after its start (its filter does not let it)."""
        targets = [self._target(e) for e in os.listdir(f"/proc/{self.process.pid}/fd")]
        return len([t for t in targets if not t.startswith("socket:")])

    def status(self, key):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(key + ":"):
                return int(line.split()[1])
        raise KeyError(key)

    def cpu(self):
        """Seconds of processor used so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self, how=None):
        """Ends it as the daemon does, or by a signal; its status."""
        if how is None:
            self.socket.shutdown(socket.SHUT_WR)
        else:
            self.process.send_signal(how)
        status = self.process.wait(timeout=CEILING)
        self.socket.close()
        return status

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.socket.close()

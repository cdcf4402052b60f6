"""Another computer at the end of the machine's cable, with a network of its own. Needs root."""

import contextlib
import ctypes
import os
import socket
import sys
import threading

from testkit.paths import ROOT
from whole import CLERK

sys.path[:0] = [str(ROOT / "Tests/appliance"), str(ROOT / "Tests/package")]
from network import Computer, at  # noqa: E402

CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


class OfficeComputer(Computer):
    """Its end of the cable stays when the machine is switched off."""

    tap = "hall0"

    def __init__(self):
        super().__init__()
        for words in (("tuntap", "add", self.tap, "mode", "tap"), ("address", "add", f"{CLERK}/24", "dev", self.tap),
                      ("link", "set", self.tap, "up"), ("link", "set", "lo", "up")):
            at(self.init, "ip", *words)

    def enter(self):
        """The thread that calls this is on this computer's network from then on."""
        with open(f"/proc/{self.init}/ns/net") as space:
            if _libc.setns(space.fileno(), CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns")

    def thread(self, work):
        def run():
            self.enter()
            work()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def lend(self, port):
        """A program's port of this computer at a port of the same number there, for the hall's machine."""
        made = []
        self.thread(lambda: made.append(socket.create_server((CLERK, port)))).join()
        threading.Thread(target=self._pass_on, args=(made[0], port), daemon=True).start()

    def _pass_on(self, server, port):
        while True:
            near, _ = server.accept()
            # A machine that loses its power closes no connection.
            near.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            near.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 5)
            near.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 2)
            near.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
            far = socket.create_connection(("127.0.0.1", port))
            for ends in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=ends, daemon=True).start()

    @staticmethod
    def _pass(source, target):
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

"""Emulated readers and scanners below real libusb: yichuang-reader-simulator, driven command by command. Standard library only."""

import json
import os
import queue
import subprocess
import threading
import time

from .paths import BUILT
from .waiting import CEILING

PRELOAD = "libumockdev-preload.so.0"


class ReaderTestbed:
    # How the simulator is started; Tests/usb-kernel starts it below the running kernel.
    ARGUMENTS, SURROUNDINGS = [], {"LD_PRELOAD": PRELOAD}

    def __init__(self):
        self.process = subprocess.Popen(
            [BUILT / "yichuang-reader-simulator", *self.ARGUMENTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=os.environ | self.SURROUNDINGS)
        self.events, self.unread, self.seen = queue.Queue(), [], []
        threading.Thread(target=self._listen, daemon=True).start()
        self.root = self.wait("listening")["root"]

    @property
    def environment(self):
        """For a program that is to see these devices and no others."""
        return os.environ | {"LD_PRELOAD": PRELOAD, "UMOCKDEV_DIR": self.root}

    def _listen(self):
        for line in self.process.stdout:
            self.events.put(json.loads(line))
        self.events.put(None)

    def _next(self, deadline, wanted):
        try:
            said = self.events.get(timeout=max(0.01, deadline - time.monotonic()))
        except queue.Empty:
            raise AssertionError(f"the testbed did not say {wanted}; said: {self.seen[-20:]}") from None
        assert said is not None, f"the testbed ended; said: {self.seen[-20:]}"
        self.seen.append(said)
        return said

    def wait(self, event, **fields):
        """The next event of this kind with these fields that no one waited for yet."""
        def fits(said):
            return said["event"] == event and all(said.get(k) == v for k, v in fields.items())

        for index, said in enumerate(self.unread):
            if fits(said):
                del self.unread[:index + 1]
                return said
        self.unread.clear()
        deadline = time.monotonic() + CEILING
        while not fits(said := self._next(deadline, (event, fields))):
            pass
        return said

    def do(self, sentence):
        """Has a sentence done; what the testbed says of devices meanwhile can still be waited for."""
        self.process.stdin.write(sentence + "\n")
        self.process.stdin.flush()
        deadline = time.monotonic() + CEILING
        while (said := self._next(deadline, sentence))["event"] != "done":
            assert said["event"] != "not-understood", said
            self.unread.append(said)

    def stats(self, name):
        self.do(f"stats {name}")
        return next(e for e in reversed(self.seen) if e["event"] == "stats" and e["device"] == name)

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(timeout=CEILING)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

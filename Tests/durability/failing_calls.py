"""Calls of a daemon that write its state, counted and made to fail (failing_calls.c), and a supervisor that starts it again as its unit does."""

import errno
import mmap
import pathlib
import re
import struct
import subprocess
import threading

from testkit.demo_hall import DemoHall
from testkit.paths import ROOT

# The layout of `struct page`.
_FORMAT = struct.Struct("=iIQQQIiQ232sQ")
_HEALED = struct.calcsize("=iIQQQ")
# The name of a fault: its error, nothing for a write that is cut short.
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "EROFS": errno.EROFS, "EINTR": errno.EINTR, "short": 0}
# systemd/yichuangd.service: RestartSec, and RestartPreventExitStatus.
PAUSE = 0.25
UNIT = (ROOT / "systemd/yichuangd.service").read_text()
FINAL = {int(one) for one in re.search(r"^RestartPreventExitStatus=(.*)$", UNIT, re.MULTILINE)[1].split()}
assert "Restart=always" in UNIT and f"RestartSec={PAUSE * 1000:.0f}ms" in UNIT


class FailingCalls:
    """One run's page. `nth` 0 lets none fail. The moments are those of time.monotonic()."""

    def __init__(self, folder, library, state, fault="EIO", nth=0, lasting=False, trace=None):
        self.fault, self.nth, self.lasting, self.trace = fault, nth, lasting, trace
        path = folder / "calls"
        path.write_bytes(bytes(mmap.PAGESIZE))
        with open(path, "r+b") as file:
            self.map = mmap.mmap(file.fileno(), mmap.PAGESIZE)
        self._set(nth)
        # Programs map the file by its name when they start.
        self.environment = {"LD_PRELOAD": str(library), "YICHUANG_CALLS_PAGE": str(path), "YICHUANG_CALLS_FOLDER": str(state)}
        if trace:
            self.environment["YICHUANG_CALLS_TRACE"] = str(trace)

    def _set(self, nth):
        struct.pack_into("=iIQ", self.map, 0, ERRORS[self.fault], self.lasting, nth)

    def fail_from_here(self):
        """Lets the next call fail."""
        self._set(self.count + 1)

    def _field(self, number):
        return _FORMAT.unpack_from(self.map)[number]

    count = property(lambda self: self._field(3))
    failures = property(lambda self: self._field(4))
    pid = property(lambda self: self._field(6))
    failed_at = property(lambda self: self._field(7) / 1e9)
    what = property(lambda self: self._field(8).split(b"\0")[0].decode())
    opened_at = property(lambda self: self._field(9) / 1e9)

    @property
    def is_failing(self):
        """Whether calls fail now, of a fault that lasts."""
        return bool(self.lasting and self.failures and not self._field(5))

    def heal(self):
        struct.pack_into("=I", self.map, _HEALED, 1)

    def close(self):
        self.map.close()


def compile_library(folder):
    """The library that is preloaded."""
    library = folder / "failing_calls.so"
    subprocess.run(["cc", "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o", library,
                    pathlib.Path(__file__).with_name("failing_calls.c"), "-ldl"], check=True)
    return library


class Supervised:
    """A hall that is started again whenever it ends, as `Restart=always` does; never after a status that the unit leaves to people."""

    def __init__(self, **hall):
        self.hall, self.over, self.statuses = DemoHall(**hall), threading.Event(), []
        self.is_given_up = False
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        while not self.over.is_set():
            try:
                self.hall.start()
            except RuntimeError:
                pass
            status = self.hall.process.wait()
            if self.over.is_set():
                return
            self.statuses.append(status)
            if status in FINAL:
                self.is_given_up = True
                return
            self.over.wait(PAUSE)

    def __enter__(self):
        self.thread.start()
        return self

    def stop(self):
        """Ends the daemon in good order; what it ended with, None where it did not run."""
        self.over.set()
        process = self.hall.process
        if process and process.poll() is None:
            self.hall.stop()
        self.thread.join()
        # A start may have been under way meanwhile.
        self.hall.stop()
        return self.hall.process.returncode if self.hall.process else None

    def __exit__(self, *_):
        self.stop()

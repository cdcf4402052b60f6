"""A program in a terminal of its own: what it shows is waited for, what a person types is typed."""

import codecs
import os
import pty
import re
import select
import signal
import time

from testkit.waiting import CEILING, NotInTime


class Terminal:
    def __init__(self, command, environment):
        self.shown, self._read = "", 0
        # What arrives may end within a character.
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            # Ignored where the suite was started in the background, and programs inherit that.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execve(command[0], command, environment)
        self.status = None

    def _more(self, deadline):
        """Takes what is there; false at the end of the output."""
        ready, _, _ = select.select([self.master], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise NotInTime(f"the terminal shows nothing more; it showed {self.shown[-1500:]!r}")
        try:
            content = os.read(self.master, 65536)
        except OSError:  # EIO: the program has closed its side.
            content = b""
        self.shown = (self.shown + self._decoder.decode(content)).replace("\r\n", "\n")
        return bool(content)

    def expect(self, pattern):
        """Waits until something new fits, and goes on behind it."""
        deadline = time.monotonic() + CEILING
        while not (found := re.search(pattern, self.shown[self._read:])):
            if not self._more(deadline):
                raise AssertionError(f"{pattern!r} is not in {self.shown[self._read:]!r}")
        self._read += found.end()
        return found

    def type(self, text):
        os.write(self.master, (text + "\n").encode())

    def answer(self, pattern, text):
        """Waits for a question and answers it."""
        self.expect(pattern)
        self.type(text)

    def interrupt(self):
        """Ctrl-C."""
        os.write(self.master, b"\x03")

    def end(self):
        """Waits for the end; the exit status, negative for a signal."""
        deadline = time.monotonic() + CEILING
        while self._more(deadline):
            pass
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.master)
        return self.status

    def kill(self):
        if self.status is None:
            try:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass

"""Runs stages of a test suite, some beside each other, and sums what they count. Standard library only.

A stage ends with the line "NAME: N passed, N failed". It fails by its exit code, by a count of failures, by the lack of that line, or by
taking more than one and a half times its budget. A failing stage hides no other one.
"""

import dataclasses
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

# A stage that takes this many times its budget has grown: that is a failure. One that takes the second many hangs, and is ended.
GROWN, HUNG = 1.5, 4
# Seconds that a stage has to put its things away after it was told to end.
GRACE = 15


class Interrupted(BaseException):
    """Somebody ends the run; its argument is the signal."""


def interrupted(number, _):
    """Handles the signal once; the next one is ignored while things are put away."""
    signal.signal(number, signal.SIG_IGN)
    raise Interrupted(number)


@dataclasses.dataclass
class Stage:
    name: str
    # Seconds.
    budget: int
    command: list


@dataclasses.dataclass
class Outcome:
    stage: Stage
    seconds: float
    passed: int
    failed: int
    # What the count of failures holds beside the stage's own.
    words: list


class Run:
    """`results` is the folder of the logs; `pace` multiplies every budget, for a machine that is slower than the one of the table."""

    def __init__(self, results, pace=1.0, out=sys.stdout):
        self.results, self.pace, self.out = pathlib.Path(results), pace, out
        self.results.mkdir(parents=True, exist_ok=True)
        self.outcomes, self.running, self.lock = [], [], threading.Lock()
        self.is_stopped = False
        self.began = time.monotonic()

    def one_after_the_other(self, stages, beside=False):
        """`beside` other stages: what one prints is shown whole when it ends, else while it comes."""
        for stage in stages:
            if self.is_stopped:
                return
            outcome = self._run(stage, beside)
            with self.lock:
                self.outcomes.append(outcome)

    def lanes(self, lanes):
        """Lists of stages, each list one after the other, the lists beside each other."""
        threads = [threading.Thread(target=self.one_after_the_other, args=(lane, True)) for lane in lanes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _run(self, stage, beside):
        log = self.results / f"{stage.name}.log"
        budget = stage.budget * self.pace
        self._say(f"\n== {stage.name}" + (f" begins, budget {budget:.0f} s" if beside else ""))
        began = time.monotonic()
        try:
            with open(log, "wb") as out:
                # A session of its own: everything that the stage starts can be ended with it.
                process = subprocess.Popen(
                    stage.command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        except OSError as error:
            return Outcome(stage, 0, 0, 1, [f"{stage.name}: cannot be started: {error}"])
        self.running.append(process)
        if self.is_stopped:
            self._end(process, signal.SIGINT)
        hangs = self._wait(process, log, began + HUNG * budget, shows=not beside)
        self.running.remove(process)
        said = log.read_text(errors="replace")
        outcome = judge(stage, said, process.returncode, time.monotonic() - began, budget, hangs)
        if beside:
            self._say(f"\n== {stage.name} ended\n{said.rstrip()}")
        for words in outcome.words:
            self._say(words)
        return outcome

    def _wait(self, process, log, deadline, shows):
        """Until the stage ends; true when it had to be ended."""
        with open(log, "rb") as read:
            while True:
                is_over = process.poll() is not None
                if shows and (piece := read.read()):
                    self._say(piece.decode(errors="replace"), end="")
                if is_over:
                    return False
                if time.monotonic() > deadline:
                    self._end(process, signal.SIGINT)
                    self._leave([process])
                    return True
                time.sleep(0.05)

    def _say(self, text, end="\n"):
        with self.lock:
            print(text, end=end, file=self.out, flush=True)

    def stop(self):
        """Ends every stage that runs, with what it started; no other one begins."""
        self.is_stopped = True
        running = list(self.running)
        for process in running:
            self._end(process, signal.SIGINT)
        self._leave(running)

    def _leave(self, processes):
        """What does not end by an interrupt is terminated, and killed at last."""
        for last in (signal.SIGTERM, signal.SIGKILL):
            deadline = time.monotonic() + GRACE
            while any(process.poll() is None for process in processes) and time.monotonic() < deadline:
                time.sleep(0.05)
            for process in processes:
                # Also where the stage itself is gone: what it left behind goes too.
                self._end(process, last)

    @staticmethod
    def _end(process, how):
        try:
            os.killpg(process.pid, how)
        except (ProcessLookupError, PermissionError):
            pass

    def summary(self):
        """Prints one line a stage and the sums; the status of the whole run."""
        self._say(f"\n== summary (logs in {self.results})")
        for one in self.outcomes:
            self._say(f"{one.stage.name:<20} {one.seconds:5.0f} of {one.stage.budget * self.pace:.0f} s  {one.passed:6d} passed, {one.failed} failed")
        for one in self.outcomes:
            for words in one.words:
                self._say(words)
        passed, failed = sum(one.passed for one in self.outcomes), sum(one.failed for one in self.outcomes)
        self._say(f"{'all':<20} {time.monotonic() - self.began:5.0f} s")
        self._say(f"{passed} passed, {failed} failed")
        return 0 if failed == 0 and passed > 0 else 1


def judge(stage, log, status, seconds, budget, hangs):
    """What a stage came to, by its log, its exit code and its time."""
    closing = re.findall(rf"^{re.escape(stage.name)}: (\d+) passed, (\d+) failed", log, re.M)
    passed, failed = map(int, closing[-1]) if closing else (0, 0)
    words = []
    if hangs:
        words.append(f"{stage.name}: was ended after {seconds:.0f} s, {HUNG} times its budget of {budget:.0f} s")
    elif seconds > GROWN * budget:
        words.append(f"{stage.name}: took {seconds:.0f} s, more than one and a half times its budget of {budget:.0f} s; "
                     "make it quicker, or give it more in Tests/run and say why")
    if not closing:
        words.append(f"{stage.name}: ended with status {status} and without its line “{stage.name}: N passed, N failed”")
    elif failed == 0 and status != 0:
        words.append(f"{stage.name}: ended with status {status}")
    elif failed == 0 and passed == 0:
        words.append(f"{stage.name}: nothing passed")
    return Outcome(stage, seconds, passed, failed + len(words), words)

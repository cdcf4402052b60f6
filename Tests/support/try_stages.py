#!/usr/bin/env python3
"""Goal: the run of stages counts every way of failing, hides none, and leaves nothing running. Method: planted stages of one line of
shell. Run by Tests/lint."""

import io
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
from stages import Run, Stage  # noqa: E402

# The same lanes as a program of its own, for what signals do.
PROGRAM = f"""
import os, signal, sys
sys.path.insert(0, {str(HERE)!r})
from stages import Interrupted, Run, Stage, interrupted
signal.signal(signal.SIGINT, interrupted)
run = Run(sys.argv[1])
try:
    run.lanes([[Stage("left", 60, ["sh", "-c", "sleep 60 & echo $! >$0/left; wait", sys.argv[1]]), Stage("next", 60, ["touch", sys.argv[1] + "/next"])],
               [Stage("right", 60, ["sh", "-c", "trap '' INT; echo $$ >$0/right; sleep 2", sys.argv[1]])]])
except Interrupted:
    run.stop()
    os._exit(130)
"""


def shell(name, command, budget=20):
    return Stage(name, budget, ["sh", "-c", command])


class Stages(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="yc-stages-")
        self.addCleanup(self.folder.cleanup)
        self.out = io.StringIO()
        self.run_ = Run(self.folder.name, out=self.out)

    def ended(self, *stages):
        """The status of a run of these stages, and the last words of it."""
        self.run_.one_after_the_other(stages)
        status = self.run_.summary()
        return status, self.out.getvalue().strip().splitlines()

    def test_what_passes_is_summed(self):
        status, said = self.ended(shell("a", "echo 'a: 3 passed, 0 failed'"), shell("b", "echo 'b: 1 passed, 0 failed'; echo after"))
        self.assertEqual((status, said[-1]), (0, "4 passed, 0 failed"))
        self.assertIn("after", said)

    def test_a_failing_stage_hides_no_other(self):
        status, said = self.ended(shell("a", "echo 'a: 3 passed, 2 failed'; exit 1"), shell("b", "echo 'b: 1 passed, 0 failed'"))
        self.assertEqual((status, said[-1]), (1, "4 passed, 2 failed"))

    def test_a_stage_without_its_line_has_failed(self):
        for command in ("echo 'other: 3 passed, 0 failed'", "true", "exit 3", "kill -9 $$"):
            with self.subTest(command):
                self.setUp()
                status, said = self.ended(shell("a", command), shell("b", "echo 'b: 1 passed, 0 failed'"))
                self.assertEqual((status, said[-1]), (1, "1 passed, 1 failed"))
                self.assertTrue(any("without its line" in line for line in said), said)

    def test_an_exit_code_fails_whatever_was_counted(self):
        self.assertEqual(self.ended(shell("a", "echo 'a: 3 passed, 0 failed'; exit 1"))[1][-1], "3 passed, 1 failed")

    def test_a_stage_in_which_nothing_passed_has_failed(self):
        self.assertEqual(self.ended(shell("a", "echo 'a: 0 passed, 0 failed'"))[1][-1], "0 passed, 1 failed")

    def test_a_program_that_is_not_there_has_failed(self):
        self.assertEqual(self.ended(Stage("a", 9, ["/nowhere"]), shell("b", "echo 'b: 1 passed, 0 failed'"))[1][-1], "1 passed, 1 failed")

    def test_a_stage_over_its_budget_has_failed(self):
        slow = "sleep 0.5; echo 'a: 3 passed, 0 failed'"
        status, said = self.ended(shell("a", slow, budget=0.25))
        self.assertEqual((status, said[-1]), (1, "3 passed, 1 failed"))
        self.assertTrue(any("more than one and a half times its budget" in line for line in said), said)
        self.setUp()
        self.run_.pace = 40
        self.assertEqual(self.ended(shell("a", slow, budget=0.25))[1][-1], "3 passed, 0 failed")

    def test_a_stage_that_hangs_is_ended(self):
        status, said = self.ended(shell("a", "echo 'a: 3 passed, 0 failed'; sleep 60", budget=0.1))
        self.assertEqual((status, self.run_.outcomes[0].seconds < 30), (1, True))
        self.assertTrue(any("was ended" in line for line in said), said)

    def test_lanes_run_beside_each_other_and_their_words_stay_together(self):
        def meets(name, other):
            folder = self.folder.name
            return shell(name, f"echo {name} 1; touch {folder}/{name}.here; for n in $(seq 400); do [ -e {folder}/{other}.here ] && break; "
                               f"sleep 0.05; done; [ -e {folder}/{other}.here ] && echo {name} 2 && echo '{name}: 1 passed, 0 failed'")

        self.run_.lanes([[meets("a", "b")], [meets("b", "a"), shell("c", "echo 'c: 1 passed, 0 failed'")]])
        self.assertEqual(self.run_.summary(), 0)
        said = self.out.getvalue()
        for name in "ab":
            self.assertIn(f"== {name} ended\n{name} 1\n{name} 2\n{name}: 1 passed, 0 failed\n", said)

    def test_an_interrupt_ends_what_runs_and_begins_nothing(self):
        run = subprocess.Popen([sys.executable, "-c", PROGRAM, self.folder.name], stdout=subprocess.DEVNULL)
        files = [pathlib.Path(self.folder.name, name) for name in ("left", "right")]
        deadline = time.monotonic() + 20
        while not all(file.exists() and file.read_text().strip() for file in files) and time.monotonic() < deadline:
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(40), 130)
        for file in files:
            with self.assertRaises(ProcessLookupError, msg=file.name):
                alive(int(file.read_text()))
        self.assertFalse(pathlib.Path(self.folder.name, "next").exists())


def alive(process):
    """Raises where there is no such process; one that ended and that nobody waits for is none."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        os.kill(process, 0)
        if pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            raise ProcessLookupError
        time.sleep(0.05)


if __name__ == "__main__":
    unittest.main()

"""Counts checks of a harness that is not run by pytest."""

import threading


class Tally:
    """`tells_all` also prints the checks that passed. Threads may share one."""

    # Problems of one check that are printed.
    SHOWN = 10

    def __init__(self, name, tells_all=False):
        self.name, self.tells_all, self.passed, self.failed = name, tells_all, 0, 0
        self._lock = threading.Lock()

    def check(self, sentence, problems, details=()):
        """`problems` is a list, empty when all is well; `details` are printed beside it in any case."""
        lines = [*problems[:self.SHOWN], *([f"and {len(problems) - self.SHOWN} more"] if len(problems) > self.SHOWN else [])]
        with self._lock:
            if problems:
                self.failed += 1
                print(f"FAILED  {sentence}")
            else:
                self.passed += 1
                if self.tells_all:
                    print(f"passed  {sentence}")
            for line in [*lines, *details]:
                print(f"        {line}", flush=True)

    def close(self):
        """Prints the line that Tests/run reads; the status of the program."""
        print(f"{self.name}: {self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0

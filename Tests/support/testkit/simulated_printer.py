"""The ESC/POS printer as a program (yichuang-printer-simulator), and what it told. Standard library only; zbarimg reads its slips."""

import json
import subprocess
import threading

from .paths import BUILT
from .waiting import CEILING, NotInTime

PROGRAM = BUILT / "yichuang-printer-simulator"


class SimulatedPrinter:
    def __init__(self, folder, program=PROGRAM):
        self.events = []
        self._changed = threading.Condition()
        self._process = subprocess.Popen(
            [str(program), "--out", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._listen, daemon=True).start()
        self.port = self.wait("listening", 0)["port"]

    def _listen(self):
        for line in self._process.stdout:
            event = json.loads(line)
            with self._changed:
                event["index"] = len(self.events)
                self.events.append(event)
                self._changed.notify_all()

    def mark(self):
        """The number of events so far, to ask for later ones."""
        with self._changed:
            return len(self.events)

    def since(self, mark, *kinds):
        with self._changed:
            return [event for event in self.events[mark:] if event["event"] in kinds]

    def wait(self, kind, mark, seconds=CEILING, **wanted):
        """The first event of this kind after `mark` that has the values wanted."""
        def found():
            return [event for event in self.events[mark:] if event["event"] == kind
                    and all(event.get(name) == value for name, value in wanted.items())]
        with self._changed:
            if not self._changed.wait_for(found, seconds):
                raise NotInTime(f"the printer did not tell of {kind} {wanted or ''} within {seconds:.0f} s")
            return found()[0]

    def tell(self, *sentences):
        """Does what the sentences say, and returns when it has taken effect."""
        for sentence in sentences:
            mark = self.mark()
            self._process.stdin.write(sentence + "\n")
            self._process.stdin.flush()
            self.wait("done", mark, line=sentence)

    def repair(self):
        """As an attendant leaves it: paper in, closed, switched on, nothing hanging out."""
        self.tell("paper in", "cover close", "cutter mended", "power on lose buffer", "answers all", "fast", "release",
                  "go", "tear")

    def papers(self, mark):
        """The pieces that came out after `mark`: each with the codes that a scanner reads on it."""
        papers = self.since(mark, "cut", "torn")
        for paper in papers:
            if "codes" not in paper:
                paper["codes"] = read_codes(paper["file"]) if "file" in paper else []
        return papers

    def close(self):
        self._process.stdin.close()
        try:
            self._process.wait(CEILING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def read_codes(picture):
    done = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture],
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return done.stdout.split()

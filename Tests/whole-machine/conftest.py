"""One machine for all tests, which go on from one another, in their order."""

import os
import pathlib
import subprocess
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import disk  # noqa: E402
import office  # noqa: E402
import whole  # noqa: E402
from testkit.paths import BUILT, ROOT  # noqa: E402
from testkit.simulated_printer import SimulatedPrinter  # noqa: E402
from testkit.suite import closing_line  # noqa: E402


@pytest.fixture(scope="session")
def package():
    """Made anew, unless YICHUANG_PACKAGE names one."""
    if named := os.environ.get("YICHUANG_PACKAGE"):
        return pathlib.Path(named)
    subprocess.run([ROOT / "packaging/make-deb", BUILT], env={**os.environ, "YICHUANG_COMPRESSION": "-Zgzip -z1"}, check=True)
    return max((ROOT / ".build/deb").glob("yichuang_*.deb"), key=lambda path: path.stat().st_mtime)


class Story:
    """What the tests hand on to one another, and the figures that are printed at the end."""

    def __init__(self, folder, package, kernel):
        self.folder, self.package = folder, package
        self.notes, self.typed, self.begun = [], [], None
        self.image = disk.make(package, kernel.modules)
        self.clerk = office.OfficeComputer()
        self.printer = SimulatedPrinter(folder / "slips")
        self.clerk.lend(self.printer.port)
        self.machine = whole.WholeMachine(folder / "first", self.image, kernel, self.clerk)

    def type(self, *command):
        """What a person types at the machine's terminal, counted."""
        self.begun = self.begun or time.monotonic()
        self.typed.append(" ".join(map(str, command)))
        return self.machine.run(*command, check=True).stdout

    def note(self, words):
        """Said at once, and again at the end."""
        self.notes.append(words)
        print(f"whole-machine: {words}", file=sys.stderr, flush=True)


@pytest.fixture(scope="session")
def story(tmp_path_factory, package, request):
    folder = tmp_path_factory.mktemp("whole-machine")
    story = request.config.story = Story(folder, package, whole.kernel())
    with story.machine:
        yield story
    story.printer.close()
    story.clerk.close()


def pytest_terminal_summary(terminalreporter, config):
    if story := getattr(config, "story", None):
        for line in [*(f"  # {line}" for line in story.typed), *story.notes]:
            terminalreporter.write_line(line)
    closing_line("whole-machine", terminalreporter)

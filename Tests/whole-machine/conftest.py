"""One machine for all tests, which go on from one another, in their order."""

import contextlib
import os
import pathlib
import random
import subprocess
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import disk  # noqa: E402
import office  # noqa: E402
import whole  # noqa: E402
from network import CHROMIUM, program_at  # noqa: E402
from own_screen import OwnScreen  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402
from testkit.paths import BUILT, ROOT  # noqa: E402
from testkit.simulated_printer import SimulatedPrinter  # noqa: E402
from testkit.suite import closing_line  # noqa: E402

# Milliseconds: an emulated processor is slow.
PATIENCE = 600_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def package():
    """Made anew, unless YICHUANG_PACKAGE names one."""
    if named := os.environ.get("YICHUANG_PACKAGE"):
        return pathlib.Path(named)
    subprocess.run([ROOT / "packaging/make-deb", BUILT], env={**os.environ, "YICHUANG_COMPRESSION": "-Zgzip -z1"}, check=True)
    return max((ROOT / ".build/deb").glob("yichuang_*.deb"), key=lambda path: path.stat().st_mtime)


class Story:
    """What the tests hand on to one another, and the figures that are printed at the end."""

    def __init__(self, folder, package, kernel, playwright, machines):
        self.folder, self.package, self._playwright, self._machines = folder, package, playwright, machines
        self.notes, self.typed, self.begun = [], [], None
        self.seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 32))
        self.chance = random.Random(self.seed)
        self.note(f"seed {self.seed}")
        self.kernel, self.image = kernel, disk.make(package, kernel.modules)
        self.clerk = office.OfficeComputer()
        self.printer = SimulatedPrinter(folder / "slips")
        self.clerk.lend(self.printer.port)
        self.goes_on_with("first", self.image)

    def goes_on_with(self, name, image):
        self.machine = self.another(name, image)
        self.screen = OwnScreen(self.machine)
        return self.machine

    def another(self, name, image):
        """A machine with a copy of this disk, for the place of the one before: they share the cable."""
        return self._machines.enter_context(whole.WholeMachine(self.folder / name, image, self.kernel, self.clerk))

    def type(self, *command):
        """What a person types at the machine's terminal, counted."""
        self.begun = self.begun or time.monotonic()
        self.typed.append(" ".join(map(str, command)))
        return self.machine.run(*command, check=True).stdout

    def first_visit_ends(self):
        """What is typed after it counts for no opening."""
        minutes = (time.monotonic() - self.begun) / 60
        self.note(f"{len(self.typed)} commands typed, {minutes:.1f} minutes from the first to the end of the first visit; "
                  f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")

    def browser(self):
        """A page of the clerk's browser, at the other computer."""
        browser = self._playwright.chromium.launch(executable_path=program_at(self.clerk.init, CHROMIUM, self.folder), args=["--no-sandbox"],
                                                   env={**os.environ, "HOME": str(self.folder / "clerk")})
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    def note(self, words):
        """Said at once, and again at the end."""
        self.notes.append(words)
        print(f"whole-machine: {words}", file=sys.stderr, flush=True)


@pytest.fixture(scope="session")
def story(tmp_path_factory, package, request):
    folder = tmp_path_factory.mktemp("whole-machine")
    with sync_playwright() as playwright:
        with contextlib.ExitStack() as machines:
            story = request.config.story = Story(folder, package, whole.kernel(), playwright, machines)
            yield story
        story.printer.close()
        story.clerk.close()


def pytest_terminal_summary(terminalreporter, config):
    if story := getattr(config, "story", None):
        for line in [*(f"  # {line}" for line in story.typed), *story.notes]:
            terminalreporter.write_line(line)
    closing_line("whole-machine", terminalreporter)

"""One opening day for all tests, which go on from one another."""

import os
import pathlib
import subprocess
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from playwright.sync_api import expect, sync_playwright  # noqa: E402
from network import CHROMIUM, Computer, HallMachine, program_at  # noqa: E402
from testkit.paths import BUILT, ROOT  # noqa: E402
from testkit.simulated_printer import PROGRAM, SimulatedPrinter  # noqa: E402
from testkit.suite import closing_line  # noqa: E402

# Milliseconds: a machine that has just been installed is slow to draw.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


class OpeningDay:
    """What an IT person does on the machine, counted."""

    def __init__(self, machine, clerk, printer, folder, playwright):
        self.machine, self.clerk, self.printer, self.folder = machine, clerk, printer, folder
        self._playwright = playwright
        self.typed, self.questions, self.answers, self.notes = [], 0, 0, []
        self._started = self._ended = None

    def type(self, *command):
        """A command that a person types at the machine's terminal; one that asks something is a failure here."""
        self._started = self._started or time.monotonic()
        self.typed.append(" ".join(map(str, command)))
        if command[0] == "apt":
            return self.machine.apt(*command[1:])
        done = self.machine.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def asked(self, method, path, body=None):
        """What the hall answers the clerk's page."""
        status, answer = self.page.evaluate(
            """([method, path, body]) => fetch(path, {method, body: body && JSON.stringify(body), headers: body ? {
                 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID()} : {}}).then(async answer => [answer.status, await answer.json()])""",
            [method, path, body])
        assert status in (200, 201), answer
        return answer

    def is_over(self):
        self._ended, self.until_the_end = time.monotonic(), len(self.typed)

    @property
    def figures(self):
        if self._ended is None:
            return "opening day: did not come to its end"
        # Commands after the first visit are not counted as part of the opening.
        minutes = (self._ended - self._started) / 60
        return (f"opening day: {self.until_the_end} commands typed, {self.questions} questions, {self.answers} answers in the file, "
                f"{minutes:.1f} minutes to the end of the first visit")

    def browser(self, process, home):
        """A page of a Chromium in the network of a process."""
        home.mkdir(exist_ok=True)
        browser = self._playwright.chromium.launch(
            executable_path=program_at(process, CHROMIUM, self.folder), args=["--no-sandbox"], env={**os.environ, "HOME": str(home)})
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.set_default_timeout(PATIENCE)
        return context.new_page()


@pytest.fixture(scope="session")
def day(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("appliance")
    clerk = Computer()
    with HallMachine() as machine, sync_playwright() as playwright:
        clerk.connect(machine)
        printer = SimulatedPrinter(folder / "slips", program=program_at(machine.init, PROGRAM, folder))
        day = request.config.opening_day = OpeningDay(machine, clerk, printer, folder, playwright)
        machine.apt("update")
        yield day
        day.printer.close()
        clerk.close()


@pytest.fixture
def replacement(day):
    """Another bare machine that replaces the first, at its address."""
    port = day.printer.port
    with HallMachine() as machine:
        day.clerk.connect(machine)
        # The same printer, plugged into the other machine.
        day.printer.close()
        day.printer = SimulatedPrinter(day.folder / "more-slips", program=program_at(machine.init, PROGRAM, day.folder, "--port", str(port)))
        machine.apt("update")
        yield machine


@pytest.fixture(scope="session")
def package():
    """Made anew, unless YICHUANG_PACKAGE names one."""
    if named := os.environ.get("YICHUANG_PACKAGE"):
        return pathlib.Path(named)
    subprocess.run([ROOT / "packaging/make-deb", BUILT], env={**os.environ, "YICHUANG_COMPRESSION": "-Zgzip -z1"}, check=True)
    return max((ROOT / ".build/deb").glob("yichuang_*.deb"), key=lambda path: path.stat().st_mtime)


def pytest_terminal_summary(terminalreporter, config):
    if day := getattr(config, "opening_day", None):
        for line in day.typed:
            terminalreporter.write_line(f"  # {line}")
        for line in [*day.notes, day.figures]:
            terminalreporter.write_line(line)
    closing_line("appliance", terminalreporter)

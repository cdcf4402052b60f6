"""A hall's print service as it is installed, in a folder of its own: shipped configuration, built backend, simulated printer."""
import json
import os
import pathlib
import re
import subprocess

import pytest
from testkit.paths import BUILT, ROOT
from testkit.private_cups import PrivateCUPS
from testkit.simulated_printer import SimulatedPrinter
from testkit.suite import closing_line

BACKEND = BUILT / "yichuang-pos"


class ShippedCUPS(PrivateCUPS):
    """cupsd with packaging/cups, only its paths moved; ServerBin holds what install-printing has put there."""

    def __init__(self, *changes):
        self._changes = changes
        super().__init__(0, queue="unused", backends=[str(BACKEND), "/usr/lib/cups/backend/ipp"])

    def _configure(self, backends):
        super()._configure(backends)
        moved = {
            "ServerRoot": "etc", "AccessLog": "log/access_log", "ErrorLog": "log/error_log", "PageLog": "log/page_log",
        }
        shipped = (ROOT / "packaging/cups/cups-files.conf").read_text()
        kept = []
        for line in shipped.splitlines():
            name = line.split(" ", 1)[0]
            if name in moved:
                line = f"{name} {self.folder}/{moved[name]}"
            kept.append(line.replace("/var/lib/yichuang-pos", self.claims))
        # Where Debian keeps the rest; the groups lpadmin and adm need not exist on a machine that builds.
        files = "\n".join(kept).replace("SystemGroup root lpadmin", "SystemGroup root").replace("LogFileGroup adm\n", "")
        files += "\n" + "\n".join(f"{name} {self.folder}/{path}" for name, path in (
            ("RequestRoot", "spool"), ("CacheDir", "cache"), ("StateDir", "state"), ("TempDir", "spool/tmp"),
            ("ServerKeychain", "ssl"), ("ServerBin", "bin"))) + "\n"
        pathlib.Path(f"{self.folder}/etc/cups-files.conf").write_text(files)
        conf = (ROOT / "packaging/cups/cupsd.conf").read_text().replace("/run/cups/cups.sock", self.socket)
        for old, new in self._changes:
            assert old in conf, old
            conf = conf.replace(old, new)
        pathlib.Path(f"{self.folder}/etc/cupsd.conf").write_text(conf)

    def add_queue(self, name, uri):
        """Queues are what the tests are about."""

    def queues(self):
        listed = subprocess.run(["lpstat", "-h", self.socket, "-e"], capture_output=True, text=True).stdout
        return listed.split()

    def written(self, name):
        """What cupsd has written down about a queue."""
        text = pathlib.Path(self.folder, "etc/printers.conf").read_text()
        section = re.search(rf"<(?:Default)?Printer {name}>\n(.*?)</", text, re.S)
        return dict(line.split(" ", 1) for line in section[1].splitlines() if " " in line)


@pytest.fixture(scope="session")
def shared_cups():
    with ShippedCUPS() as service:
        yield service


@pytest.fixture
def cups(shared_cups):
    """The suite's cupsd without a queue; what a test makes there goes with it."""
    yield shared_cups
    for queue in shared_cups.queues():
        subprocess.run(["lpadmin", "-h", shared_cups.socket, "-x", queue], check=True, capture_output=True)
    for file in pathlib.Path(shared_cups.claims).iterdir():
        file.unlink()


@pytest.fixture
def own_cups():
    """A cupsd for a test that stops it, or that reads all that it left behind."""
    with ShippedCUPS() as service:
        yield service


@pytest.fixture
def printer(tmp_path):
    simulated = SimulatedPrinter(tmp_path / "slips")
    yield simulated
    simulated.close()


class Answer:
    def __init__(self, done):
        self.status, self.output, self.errors = done.returncode, done.stdout, done.stderr

    @property
    def fields(self):
        return json.loads(self.output)


@pytest.fixture
def ctl(cups):
    """`yichuangctl printer` with the service of the test."""

    environment = {k: v for k, v in os.environ.items() if not k.startswith("YICHUANG")}
    environment |= {"YICHUANG_SHARE": str(ROOT), "YICHUANG_POS_CLAIMS": cups.claims}

    def command(words, server):
        return [str(BUILT / "yichuangctl"), "printer", *words, *(["--server", cups.socket] if server else [])]

    def run(*words, server=True, typed=None, locale="C.UTF-8"):
        return Answer(subprocess.run(
            command(words, server), capture_output=True, text=True, env=environment | {"LC_ALL": locale}, input=typed or "",
            timeout=120))

    def walk(*words, steps):
        """Does a step each time somebody is asked to press Enter."""
        with subprocess.Popen(command(words, True), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                              env=environment) as tool:
            said, steps = [], list(steps)
            for line in tool.stdout:
                said.append(line)
                if "press Enter" in line:
                    steps.pop(0)()
                    tool.stdin.write("\n")
                    tool.stdin.flush()
        return tool.returncode, "".join(said)

    run.walk = walk
    return run


def pytest_terminal_summary(terminalreporter):
    closing_line("printing", terminalreporter)

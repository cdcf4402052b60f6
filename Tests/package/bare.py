"""A machine with a bare Debian, whose process 1 is a real systemd. Needs root."""

import pathlib
import shutil
import subprocess
import sys

from testkit.paths import ROOT
from testkit.waiting import CEILING, eventually

sys.path.insert(0, str(ROOT / "Tests/service"))
from machine import Machine  # noqa: E402

FOLDER = ROOT / ".build/package"
# Nothing that only comes with a desktop or with the tests: a hall's machine after Debian's installer, without its network part.
PACKAGES = "systemd-sysv,udev,dbus,ca-certificates,python3-minimal"


def bare_debian():
    """The folder of a bare Debian; made where it is not there yet."""
    base = FOLDER / "debian"
    if not (base / "etc/debian_version").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(FOLDER / "new", ignore_errors=True)
        sources = [*pathlib.Path("/etc/apt").glob("sources.list"), *sorted(pathlib.Path("/etc/apt/sources.list.d").glob("*.*"))]
        subprocess.run(
            ["mmdebstrap", "--quiet", "--mode=root", "--variant=apt", f"--include={PACKAGES}",
             *[f"--aptopt={path}" for path in sorted(pathlib.Path("/etc/apt/apt.conf.d").iterdir()) if path.is_file()],
             "bookworm", FOLDER / "new", *sources], check=True)
        (FOLDER / "new").rename(base)
    return base


class BareMachine(Machine):
    """`with BareMachine() as machine:`; `machine.apt("install", …)`."""

    def __init__(self):
        self.base = bare_debian()
        super().__init__("")

    def _install(self, configuration):
        (self.layer / "etc").mkdir()
        self._name_what_is_started()
        (self.layer / "packages").mkdir()
        for file in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{file}", self.layer / "etc" / file)

    def cut_and_boot(self):
        """The power goes and comes back: every process ends at once, the files stay as they are."""
        self._process.kill()
        self._process.wait()
        self._boot()
        # It answers after it has taken an update back, which unpacks a whole package.
        eventually("systemd answers", self._is_up, seconds=4 * CEILING)

    def start(self, *command):
        """A program on the machine that goes on beside the test."""
        return subprocess.Popen(
            ["nsenter", "-t", self._init(), "-m", "-u", "-i", "-p", "-C", "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
             *map(str, command)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def take(self, file):
        """Copies a file to the machine; its path there."""
        shutil.copy(file, self.layer / "packages")
        return f"/packages/{file.name}"

    def bring_home(self, path, folder):
        """Copies a file of the machine into a folder here; its path there."""
        return pathlib.Path(shutil.copy(self.layer / str(path).lstrip("/"), folder))

    def apt(self, *words, answers=""):
        if answers:
            self.run("sh", "-c", f"echo '{answers}' | debconf-set-selections", check=True)
        done = self.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q", "--no-install-recommends", *words)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return done.stdout

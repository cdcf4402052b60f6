"""Halls of the tests' own, their archives, and another machine."""

import getpass
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "durability"))
from loop_disk import loop_mounts, own_mounts  # noqa: E402
from testkit.demo_hall import DemoHall, free_port  # noqa: E402
from testkit.paths import BUILT  # noqa: E402
from testkit.suite import closing_line  # noqa: E402
from testkit.waiting import eventually  # noqa: E402


class Office:
    """A hall with its configuration folder, and the office that has the key."""

    def __init__(self, folder):
        self.folder = folder
        self.state, self.etc, self.printing, self.work = (folder / name for name in ("state", "etc", "cups", "work"))
        for made in (self.etc, self.printing):
            made.mkdir()
        (self.etc / "yichuang.yaml").write_text("# a configuration\n")
        (self.etc / "tls").mkdir()
        (self.etc / "tls" / "hall.pem").write_text("not a certificate\n")
        (self.printing / "printers.conf").write_text("# a queue\n")
        self.key = folder / "office.key"
        made = self.ctl("backup", "keygen", str(self.key))
        assert made.returncode == 0, made.stderr
        self.recipient = made.stdout.split()[1]
        self.hall = DemoHall(state=self.state)

    def ctl(self, *words, language="C.UTF-8", state=None):
        return subprocess.run(
            [str(BUILT / "yichuangctl"), *map(str, words)], capture_output=True, text=True, timeout=300,
            env={**os.environ, "YICHUANG_STATE": str(state or self.state), "YICHUANG_BACKUP": str(self.work), "LC_ALL": language})

    def backup(self, *words, **more):
        return self.ctl("backup", *words, "--settings", self.etc / "backup.yaml", **more)

    def run(self, **more):
        return self.backup("run", "--printing", self.printing, "--json", **more)

    def settings(self, *targets, keep="{daily: 14, weekly: 8, monthly: 12}"):
        lines = [f"recipient: {self.recipient}", "targets:", *(f"  - {target}" for target in targets), f"keep: {keep}"]
        (self.etc / "backup.yaml").write_text("\n".join(lines) + "\n")

    def made(self, **more):
        """An archive is made; gives what the tool says of it."""
        done = self.run(**more)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def office():
    # Short, because a socket's path has 107 bytes.
    with tempfile.TemporaryDirectory(prefix="yc-backup-", dir="/tmp") as folder:
        office = Office(pathlib.Path(folder))
        with office.hall:
            yield office


@pytest.fixture(scope="session")
def disks():
    """Skips where no disk of one's own can be mounted."""
    with tempfile.TemporaryDirectory(prefix="yc-disks-", dir="/tmp") as folder:
        reason = loop_mounts(pathlib.Path(folder))
    if reason:
        pytest.skip(reason)
    own_mounts()


def pytest_terminal_summary(terminalreporter):
    closing_line("backup", terminalreporter, fails_skipped=os.geteuid() == 0)


class Server:
    """A private sshd that gives SFTP to one key."""

    def __init__(self, folder):
        self.base = folder
        self.folder = folder / "archives"
        self.folder.mkdir()
        self.port = free_port()
        self.account = f"{getpass.getuser()}@127.0.0.1"
        for name in ("host", "client"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
        (folder / "authorized").write_text((folder / "client.pub").read_text())
        settings = {
            "Port": self.port, "ListenAddress": "127.0.0.1", "HostKey": folder / "host", "AuthorizedKeysFile": folder / "authorized",
            "PidFile": "none", "UsePAM": "no", "StrictModes": "no", "PasswordAuthentication": "no", "PermitRootLogin": "yes",
            "Subsystem": "sftp internal-sftp",
        }
        (folder / "sshd_config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
        if os.geteuid() == 0:
            pathlib.Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.log = open(folder / "sshd.log", "w+b")
        self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(folder / "sshd_config")], stderr=self.log)
        eventually("sshd listens", self.listens)

    def listens(self):
        assert self.process.poll() is None, pathlib.Path(self.log.name).read_text()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def trust(self, etc):
        """What an operator does once: the key, and whom the machine talks to."""
        (etc / "backup.sshkey").write_text((self.base / "client").read_text())
        (etc / "backup.sshkey").chmod(0o600)
        kind, key = (self.base / "host.pub").read_text().split()[:2]
        (etc / "backup.known_hosts").write_text(f"[127.0.0.1]:{self.port} {kind} {key}\n")

    def stop(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def sftp_server():
    with tempfile.TemporaryDirectory(prefix="yc-sftp-", dir="/tmp") as folder:
        server = Server(pathlib.Path(folder))
        yield server
        server.stop()
        server.log.close()

"""A PostgreSQL of a test's own: a folder, a Unix socket and a loopback port, no system service. Standard library only."""

import ctypes
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile

from .demo_hall import free_port
from .waiting import eventually

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")


class PrivatePostgres:
    """Started when it is made, unless it is to `follow` another one. PostgreSQL refuses to run as root, so there it runs as the user that
    Debian's package brings. `inside` are the words before each program, as those that enter a network; `address` is where it listens."""

    def __init__(self, address="127.0.0.1", inside=(), port=None, is_empty=False):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yc-pg-", dir="/tmp"))
        self.address, self.inside, self.port = address, list(inside), port or free_port()
        self.data, self.socket = self.folder / "data", self.folder / "socket"
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.socket.mkdir()
        for path in (self.folder, self.socket):
            if os.geteuid() == 0:
                shutil.chown(path, "postgres", "postgres")
        if not is_empty:
            self.program("initdb", "-D", self.data, "-A", "trust", "-U", self.user, "-E", "UTF8", "--no-locale", "-N")
            self.start()

    @property
    def hosts(self):
        """As `shared: hosts` of a machine has it."""
        return [f"{self.address}:{self.port}"]

    def as_owner(self, *words):
        """The words of a command that runs as PostgreSQL's user, in its network."""
        owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        return [*self.inside, *owner, *map(str, words)]

    def program(self, name, *words):
        done = subprocess.run(self.as_owner(PROGRAMS / name, *words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, cwd="/", env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stdout}")
        return done.stdout

    def start(self):
        options = f"-c unix_socket_directories={self.socket} -c port={self.port} -c listen_addresses={self.address}"
        adopt_orphans()
        # The server inherits no pipe: pg_ctl's own output goes to the log.
        command = self.as_owner(PROGRAMS / "pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")
        subprocess.run(command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def follow(self, primary, name="second"):
        """Becomes a standby of `primary` under this name: its data are copied anew, and it is started."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.program("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "-d",
                     f"host={primary.socket} port={primary.port} user={primary.user} application_name={name}")
        # The copy has the primary's settings, that of its standby among them.
        own = self.data / "postgresql.auto.conf"
        own.write_text("".join(line for line in own.read_text().splitlines(True) if not line.startswith("synchronous_standby_names")))
        self.start()

    def processes(self):
        """The numbers of the server's processes, its first one before the others; none where it is off."""
        try:
            first = int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return []
        others = [pid for pid, (parent, _) in process_table().items() if parent == first]
        return [first, *others] if first in process_table() else []

    def cut_power(self):
        """Every process is gone at once, and nothing is written any more."""
        gone = self.processes()
        for pid in gone:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        eventually("they are gone", lambda: not set(gone) & set(process_table()))
        bury(gone)

    def freeze_senders(self):
        """What is written from now on reaches no standby; gives the processes, which `cut_power` ends too."""
        senders = [int(pid) for pid in self.sql("SELECT pid FROM pg_stat_replication", "postgres")]
        for pid in senders:
            os.kill(pid, signal.SIGSTOP)
        return senders

    def set(self, name, value):
        """A setting of the whole server, in force when this returns; None takes it back."""
        self.sql(f"ALTER SYSTEM RESET {name}" if value is None else f"ALTER SYSTEM SET {name} = '{value}'", "postgres")
        self.sql("SELECT pg_reload_conf()", "postgres")
        eventually(f"{name} is in force", lambda: value is None or self.sql(f"SHOW {name}", "postgres") == [value])

    def waits_for_standby(self):
        """Whether a commit waits for a standby to confirm it."""
        return self.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'", "postgres") != ["0"]

    def stop(self, mode="fast"):
        """`fast` ends connections and writes everything, `immediate` is as a power cut."""
        self.program("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def sql(self, text, database="yichuang"):
        """The rows, a line each, as the administrator."""
        return self.program("psql", "-h", self.socket, "-p", self.port, "-U", self.user, "-d", database, "-X", "-q", "-A", "-t",
                            "-v", "ON_ERROR_STOP=1", "-c", text).splitlines()

    def close(self):
        try:
            self.stop("immediate")
        except RuntimeError:
            pass
        shutil.rmtree(self.folder, ignore_errors=True)


def process_table():
    """The processes that run, each with its parent and its name; those that ended and were not asked about yet are left out."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            text = (entry / "stat").read_text()
        except OSError:
            continue
        name, rest = text[text.index("(") + 1:text.rindex(")")], text[text.rindex(")") + 2:].split()
        if rest[0] not in "ZX":
            found[int(entry.name)] = (int(rest[1]), name)
    return found


def adopt_orphans():
    """Servers whose parent has ended become this process's children (prctl(2), PR_SET_CHILD_SUBREAPER). Not every process 1 of a
    container reaps them, and a server that is a zombie keeps its data folder locked."""
    ctypes.CDLL(None, use_errno=True).prctl(36, 1, 0, 0, 0)


def bury(processes):
    for pid in processes:
        try:
            os.waitpid(pid, 0)
        except ChildProcessError:
            pass


class ReplicatedPostgres:
    """A primary and, from `replicate` on, a synchronous standby; `promote` is what their manager would do."""

    def __init__(self, first=None, second=None):
        self.primary, self.standby = first or PrivatePostgres(), second or PrivatePostgres(is_empty=True)
        self.hosts = self.primary.hosts + self.standby.hosts
        self.all = [self.primary, self.standby]

    socket = property(lambda self: self.primary.socket)
    port = property(lambda self: self.primary.port)
    user = property(lambda self: self.primary.user)

    def sql(self, *words):
        return self.primary.sql(*words)

    def stop(self, mode="fast"):
        self.primary.stop(mode)

    def start(self):
        self.primary.start()

    def replicate(self):
        """The standby is copied anew, and every commit waits for it from then on."""
        if self.standby.processes():
            self.standby.cut_power()
        self.standby.follow(self.primary)
        self.demand()

    def demand(self):
        """Every commit waits for the standby, which is there."""
        self.primary.set("synchronous_standby_names", "ANY 1 (second)")
        eventually("the standby confirms", lambda: self.sql("SELECT sync_state FROM pg_stat_replication", "postgres") == ["quorum"])

    def promote(self):
        """The standby is the primary from now on, alone."""
        self.primary, self.standby = self.standby, self.primary
        self.primary.program("pg_ctl", "-D", self.primary.data, "-w", "promote")

    def close(self):
        for server in self.all:
            for pid in server.processes():
                os.kill(pid, signal.SIGCONT)
            server.close()

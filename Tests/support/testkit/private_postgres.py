"""A PostgreSQL of a test's own: a folder, a Unix socket and a loopback port, no system service. Standard library only."""

import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

from .demo_hall import free_port

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")


class PrivatePostgres:
    """Started when it is made. PostgreSQL refuses to run as root, so there it runs as the user that Debian's package brings."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yc-pg-", dir="/tmp"))
        self.port = free_port()
        self.data, self.socket = self.folder / "data", self.folder / "socket"
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.socket.mkdir()
        for path in (self.folder, self.socket):
            if os.geteuid() == 0:
                shutil.chown(path, "postgres", "postgres")
        self.program("initdb", "-D", self.data, "-A", "trust", "-U", self.user, "-E", "UTF8", "--no-locale", "-N")
        self.start()

    def program(self, name, *words):
        command = [str(PROGRAMS / name), *map(str, words)]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, cwd="/", env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stdout}")
        return done.stdout

    def start(self):
        options = f"-c unix_socket_directories={self.socket} -c port={self.port} -c listen_addresses=127.0.0.1"
        # The server inherits no pipe: pg_ctl's own output goes to the log.
        command = [PROGRAMS / "pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start"]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        subprocess.run(list(map(str, command)), check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

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

"""A cupsd of one's own with one queue without a filter. Standard library only.

Works for root, whose cupsd runs its backends as `lp`, and for any other user.
"""

import os
import shutil
import signal
import subprocess
import tempfile

from .waiting import eventually


class PrivateCUPS:
    """cupsd in a temporary folder with one queue without a filter; both go when it is closed, or when this process ends.

    The queue is `socket://` to the port, or what `uri` says. `backends` are programs of ours to put beside those of
    CUPS; they find the folder `claims` in their environment, as on an installed system.
    """

    # The shell ends cupsd when the pipe to it closes, which happens however this process ends.
    LEASH = ('"$@" </dev/null & child=$!; echo $child >&3; exec 3>&-; read -r _; kill -CONT $child; kill -TERM $child; '
             'for _ in $(seq 25); do case $(cut -d" " -f3 /proc/$child/stat) in ""|Z) exit 0;; esac; sleep 0.2; done; '
             'kill -KILL $child')

    def __init__(self, printer_port, queue="slips", uri=None, backends=()):
        self.queue = queue
        self.uri = uri or f"socket://127.0.0.1:{printer_port}/?contimeout=3"
        self.folder = tempfile.mkdtemp(prefix="cups-")
        os.chmod(self.folder, 0o755)
        self.socket = f"{self.folder}/state/cups.sock"
        self._shell, self._pid = None, None
        try:
            self._configure(backends)
            self.start()
            self.add_queue(queue, self.uri)
        except BaseException:
            self.close()
            raise

    def add_queue(self, name, uri):
        self._run("lpadmin", "-h", self.socket, "-p", name, "-E", "-v", uri, "-m", "raw",
                  "-o", "printer-error-policy=abort-job")

    @property
    def claims(self):
        return f"{self.folder}/claims"

    def _programs(self, backends):
        """A folder of CUPS's programs with ours among them; cupsd wants them owned by who starts it, and not writable."""
        if not backends:
            return "/usr/lib/cups"
        programs = f"{self.folder}/bin"
        os.makedirs(f"{programs}/backend", mode=0o755)
        for name in os.listdir("/usr/lib/cups"):
            if name != "backend":
                os.symlink(f"/usr/lib/cups/{name}", f"{programs}/{name}")
        for program in ["/usr/lib/cups/backend/socket", *backends]:
            copy = f"{programs}/backend/{os.path.basename(program)}"
            shutil.copyfile(program, copy)
            os.chmod(copy, 0o755)
        return programs

    def _configure(self, backends):
        os.makedirs(self.claims)
        if os.geteuid() == 0:
            shutil.chown(self.claims, "root", "lp")
        os.chmod(self.claims, 0o2770)
        for part in ("etc/ppd", "spool/tmp", "cache", "state", "ssl", "log"):
            os.makedirs(f"{self.folder}/{part}", mode=0o755)
        with open(f"{self.folder}/etc/cups-files.conf", "w") as files:
            for name, value in (
                ("ServerRoot", "etc"), ("RequestRoot", "spool"), ("CacheDir", "cache"), ("StateDir", "state"),
                ("TempDir", "spool/tmp"), ("ServerKeychain", "ssl"), ("AccessLog", "log/access_log"),
                ("ErrorLog", "log/error_log"), ("PageLog", "log/page_log"),
            ):
                files.write(f"{name} {self.folder}/{value}\n")
            files.write(f"ServerBin {self._programs(backends)}\nSetEnv YICHUANG_POS_CLAIMS {self.claims}\nDataDir /usr/share/cups\nDocumentRoot /usr/share/cups/doc-root\n"
                        "User lp\nGroup lp\nSystemGroup root\n")
        with open(f"{self.folder}/etc/cupsd.conf", "w") as conf:
            conf.write(f"""LogLevel info
Listen {self.socket}
Browsing No
WebInterface No
DefaultAuthType None
IdleExitTimeout 0
DirtyCleanInterval 0
PreserveJobFiles No
MultipleOperationTimeout 60
MaxJobTime 120
ErrorPolicy abort-job
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
""")

    @staticmethod
    def _run(*words):
        done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def start(self):
        """Starts cupsd, also again on the same spool."""
        reader, writer = os.pipe()
        with open(f"{self.folder}/log/cupsd.out", "ab") as log:
            self._shell = subprocess.Popen(
                ["bash", "-c", f"exec 3>&{writer} {writer}>&-; " + self.LEASH, "cupsd", "/usr/sbin/cupsd", "-f",
                 "-c", f"{self.folder}/etc/cupsd.conf", "-s", f"{self.folder}/etc/cups-files.conf"],
                stdin=subprocess.PIPE, stdout=log, stderr=log, pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as answer:
            self._pid = int(answer.readline())
        eventually("cupsd answers", self._is_running)

    def _is_running(self):
        # lpstat succeeds also when it says that the scheduler is not running.
        return "is running" in subprocess.run(["lpstat", "-h", self.socket, "-r"], capture_output=True, text=True).stdout

    def stop(self):
        """SIGTERM, and waits."""
        if self._shell:
            self._shell.stdin.close()
            self._shell.wait()
            self._shell = None

    def kill(self):
        """SIGKILL, and waits; backends at work go on without it."""
        os.kill(self._pid, signal.SIGKILL)
        self.stop()

    def freeze(self):
        """SIGSTOP: connections are taken by the kernel and never answered."""
        os.kill(self._pid, signal.SIGSTOP)

    def thaw(self):
        os.kill(self._pid, signal.SIGCONT)

    def active_jobs(self):
        """Jobs that are not over, one line each."""
        return self._run("lpstat", "-h", self.socket, "-o", self.queue).splitlines()

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

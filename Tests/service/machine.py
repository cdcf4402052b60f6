"""A machine whose process 1 is a real systemd, with the hall installed on it as packaging/install does. Needs root."""

import os
import pathlib
import shutil
import subprocess
import tempfile

from testkit.paths import BUILT, ROOT
from testkit.waiting import eventually

UNIT = "trial.target"


def cannot():
    """None when a machine can be booted here, else why not."""
    if os.geteuid() != 0:
        return "a machine of its own needs root"
    trial = subprocess.run(
        ["unshare", "--pid", "--fork", "--mount", "--uts", "--ipc", "--cgroup", "sh", "-ec",
         "mount --make-rprivate /; d=$(mktemp -d); mount -t tmpfs tmpfs $d; mkdir $d/u $d/w $d/r; "
         "mount -t overlay overlay -o lowerdir=/,upperdir=$d/u,workdir=$d/w $d/r; "
         "mount -t proc proc $d/r/proc; mount -t sysfs sysfs $d/r/sys; mount -t cgroup2 cgroup2 $d/r/sys/fs/cgroup"],
        capture_output=True, text=True)
    return None if trial.returncode == 0 else f"no namespaces, overlay or cgroup2 here: {trial.stderr.strip()}"


class Machine:
    """`with Machine(configuration) as machine:` is up when its process 1 answers; nothing of the hall is started yet."""

    # The files that it begins with; this machine's own.
    base = pathlib.Path("/")
    # Namespaces beyond the usual ones, as unshare and as nsenter name them; the network is this machine's unless it is among them.
    spaces, entered = (), ()

    def __init__(self, configuration):
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="yichuang-machine-"))
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", self._folder], check=True)
        self.layer = self._folder / "layer"
        self.layer.mkdir()
        self.layer.chmod(0o755)
        self._install(configuration)
        self._lend_a_hardware_clock()
        self._boot()

    def _boot(self):
        self._process = subprocess.Popen(
            ["unshare", "--pid", "--fork", "--kill-child", "--mount", "--uts", "--ipc", "--cgroup", *self.spaces,
             ROOT / "Tests/service/boot", self._folder, UNIT, self.base],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def _install(self, configuration):
        etc = self.layer / "etc/yichuang"
        etc.mkdir(parents=True)
        (etc / "yichuang.yaml").write_text(configuration)
        done = subprocess.run([ROOT / "packaging/install", BUILT], env={**os.environ, "DESTDIR": str(self.layer)},
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        self._name_what_is_started()
        self._let_the_runtime_be_seen()

    def _name_what_is_started(self):
        units = self.layer / "etc/systemd/system"
        units.mkdir(parents=True, exist_ok=True)
        (units / UNIT).write_text(
            "[Unit]\nDescription=What a hall's machine needs before its daemon\n"
            "Requires=systemd-journald.service systemd-sysusers.service systemd-tmpfiles-setup.service\n"
            "After=systemd-journald.service systemd-sysusers.service systemd-tmpfiles-setup.service\n")
        (self.layer / "etc/machine-id").write_text("0123456789abcdef0123456789abcdef\n")

    def _let_the_runtime_be_seen(self):
        """A developer's Swift may lie in a home folder, which the unit hides; a package carries the runtime with it."""
        listed = subprocess.run(["ldd", BUILT / "yichuangd"], capture_output=True, text=True, check=True).stdout
        folders = {str(pathlib.Path(line.split()[2]).parent) for line in listed.splitlines() if "=> /" in line}
        hidden = sorted(folder for folder in folders if folder.startswith(("/home/", "/root/")))
        if hidden:
            dropin = self.layer / "etc/systemd/system/yichuangd.service.d/runtime.conf"
            dropin.parent.mkdir(parents=True)
            dropin.write_text("[Service]\nProtectHome=tmpfs\n" + "".join(f"BindReadOnlyPaths={one}\n" for one in hidden))

    def _lend_a_hardware_clock(self):
        """Where this computer has none (many clouds have not), the machine has one that agrees with the clock: without one a hall
        opens no day until somebody confirms its time (StartClockTests)."""
        if pathlib.Path("/sys/class/rtc/rtc0/since_epoch").exists():
            return
        dropin = self.layer / "etc/systemd/system/yichuang-time.service.d/clock.conf"
        dropin.parent.mkdir(parents=True)
        dropin.write_text(
            "[Service]\nExecStartPre=\nExecStartPre=/bin/sh -c 'read -r up rest </proc/uptime; "
            "echo \"$$(date +%%s) $$(date +%%s.%%N) $$up\" >$$RUNTIME_DIRECTORY/start'\n")

    def __enter__(self):
        eventually("systemd answers", self._is_up)
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        subprocess.run(["umount", "-l", self._folder], check=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _is_up(self):
        if self._process.poll() is not None:
            raise RuntimeError("the machine did not boot: " + self._process.stderr.read())
        try:
            return self.run("systemctl", "is-active", UNIT).stdout.strip() == "active"
        except LookupError:
            return False

    def _init(self):
        """The number, seen from here, of the machine's process 1."""
        children = pathlib.Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        if not children:
            raise LookupError("no process 1 yet")
        return children[0]

    def run(self, *command, check=False):
        """Runs a program on the machine, as root."""
        return subprocess.run(
            ["nsenter", "-t", self._init(), "-m", "-u", "-i", "-p", "-C", *self.entered, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
             *map(str, command)], capture_output=True, text=True, check=check)

    def systemctl(self, *words):
        done = self.run("systemctl", "--no-pager", *words)
        assert done.returncode == 0, done.stderr + self.log()
        return done.stdout

    def property(self, name, unit="yichuangd.service"):
        return self.systemctl("show", "--value", "-p", name, unit).strip()

    def log(self, unit="yichuangd.service"):
        return self.run("journalctl", "--no-pager", "-o", "cat", "-u", unit).stdout

    def log_of_this_run(self, unit="yichuangd.service"):
        invocation = self.property("InvocationID", unit)
        return self.run("journalctl", "--no-pager", "-o", "cat", f"_SYSTEMD_INVOCATION_ID={invocation}").stdout

    def read(self, path):
        return self.run("cat", path, check=True).stdout

    def write(self, path, text):
        """Writes into the existing file, so that owner and mode stay."""
        subprocess.run(["nsenter", "-t", self._init(), "-m", "tee", path], input=text, text=True, check=True,
                       stdout=subprocess.DEVNULL)

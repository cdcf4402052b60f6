"""A hall's machine in QEMU with a disk of its own: switched on, typed at, cut off."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys

from testkit.paths import ROOT
from testkit.waiting import NotInTime, eventually

sys.path.insert(0, str(ROOT / "Tests/usb-kernel"))
from debian_kernel import DebianKernel  # noqa: E402
import qemu  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
HALL, CLERK = "10.77.0.1", "10.77.0.2"
# Seconds; a ceiling. An emulated processor under load is slow.
CEILING = 1200
# What the root lies on, before udev loads anything.
DRIVERS = ("virtio_blk", "crc32c_generic", "ext4")


def kernel():
    return DebianKernel(ROOT / ".build/usb-kernel")


class WholeMachine:
    """`with WholeMachine(folder, image, kernel, clerk) as machine:`; nothing runs before `boot`."""

    def __init__(self, folder, image, kernel, clerk):
        self.folder, self.kernel, self.clerk = pathlib.Path(folder), kernel, clerk
        self.folder.mkdir()
        self.disk, self.first, self.packages = self.folder / "disk.img", self.folder / "first", self.folder / "packages"
        self.packages.mkdir()
        subprocess.run(["cp", "--sparse=always", "--reflink=auto", image, self.disk], check=True)
        kernel.first_files(HERE / "init", self.first, more=DRIVERS)
        self.process = self.answers = self.monitor = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            self.cut()
        self.disk.unlink()

    def boot(self, clock="utc"):
        """Switches it on, and waits until a command can be typed; the seconds since the kernel's start. `clock` is what its hardware clock shows."""
        for name in ("hand", "monitor"):
            (self.folder / name).unlink(missing_ok=True)
        processor = ["-accel", "kvm", "-cpu", "host"] if qemu.has_kvm() else ["-accel", "tcg,thread=multi", "-cpu", "max"]
        command = [
            "nsenter", "-t", self.clerk.init, "-n", "qemu-system-x86_64", "-machine", "q35,i8042=off", *processor, "-smp", "2", "-m", "2048", "-nodefaults",
            "-display", "none", "-no-reboot", "-rtc", f"base={clock}",
            "-drive", f"file={self.disk},if=virtio,format=raw", "-device", "VGA,xres=1280,yres=800", "-device", "virtio-rng-pci",
            "-device", "qemu-xhci,id=usb", "-device", "usb-tablet,id=touch",
            "-netdev", f"tap,id=cable,ifname={self.clerk.tap},script=no,downscript=no", "-device", "virtio-net-pci,netdev=cable",
            "-fsdev", f"local,id=packages,path={self.packages},security_model=none", "-device", "virtio-9p-pci,fsdev=packages,mount_tag=packages",
            "-device", "virtio-serial", "-chardev", f"socket,id=hand,path={self.folder}/hand,server=on,wait=off",
            "-device", "virtserialport,chardev=hand,name=hand", "-qmp", f"unix:{self.folder}/monitor,server=on,wait=off",
            "-serial", f"file:{self.folder}/console", "-kernel", self.kernel.image, "-initrd", self.first,
            "-append", "console=ttyS0 loglevel=4 panic=-1 no5lvl mitigations=off systemd.show_status=no"]
        self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, start_new_session=True)
        eventually("QEMU listens", lambda: self._lives() and (self.folder / "monitor").exists() and (self.folder / "hand").exists(), seconds=60)
        self.monitor = self._connected("monitor")
        self._line(self.monitor)
        self.tell("qmp_capabilities")
        self._hand = socket.socket(socket.AF_UNIX)
        self._hand.connect(str(self.folder / "hand"))
        self._hand.settimeout(3 * CEILING)
        self.answers = self._hand.makefile("rb")
        return float(self.run("cat", "/proc/uptime").stdout.split()[0])

    def _lives(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"QEMU ended with {self.process.returncode}")
        return True

    def _connected(self, name):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(60)
        line.connect(str(self.folder / name))
        self._monitor = line
        return line.makefile("rb")

    def _line(self, file):
        line = file.readline()
        if not line:
            raise RuntimeError("the machine ended: " + (self.folder / "console").read_text(errors="replace")[-2000:])
        return json.loads(line)

    def tell(self, execute, **arguments):
        """Has QEMU do something to the machine from outside."""
        self._monitor.sendall(json.dumps({"execute": execute, "arguments": arguments}).encode() + b"\n")
        while "return" not in (said := self._line(self.monitor)):
            assert "error" not in said, said
        return said["return"]

    def run(self, *command, check=False, typed=""):
        """A command on the machine, as root, to its end."""
        self._hand.sendall(json.dumps({"command": list(map(str, command)), "input": typed}).encode() + b"\n")
        said = self._line(self.answers)
        done = subprocess.CompletedProcess(command, said["status"], said["out"], said["err"])
        assert not check or done.returncode == 0, (command, done.stdout[-2000:] + done.stderr[-2000:])
        return done

    def shell(self, line, check=True):
        return self.run("sh", "-c", line, check=check).stdout

    def hall(self):
        """What the hall says of itself on the machine's own loopback; None while it does not answer."""
        said = self.run("python3", "-c", "import urllib.request as at; print(at.urlopen('http://127.0.0.1:7310/v1/hall').read().decode())")
        return json.loads(said.stdout) if said.returncode == 0 else None

    def property(self, name, unit):
        return self.run("systemctl", "show", "--value", "-p", name, unit).stdout.strip()

    def log(self, unit):
        return self.run("journalctl", "--no-pager", "-b", "-o", "cat", "-u", unit).stdout

    def write(self, path, text):
        self.run("sh", "-c", f"mkdir -p $(dirname {path}) && cat >{path}", typed=text, check=True)

    def take(self, file):
        """A file on a stick, as it were; its path on the machine."""
        shutil.copy(file, self.packages)
        return f"/packages/{pathlib.Path(file).name}"

    def cut(self):
        """The power goes: what the kernel had not handed to the disk is gone."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for end in (self._hand, self._monitor):
            with contextlib.suppress(OSError):
                end.close()
        self.process = None

    def until(self, what, ask, seconds=CEILING):
        try:
            return eventually(what, ask, seconds=seconds, pause=1)
        except NotInTime:
            print((self.folder / "console").read_text(errors="replace")[-1500:], file=sys.stderr)
            print(self.shell("systemctl --failed --no-legend; journalctl -b --no-pager -o cat | tail -n 30", check=False), file=sys.stderr)
            raise

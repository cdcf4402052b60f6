"""A file system of its own for a test: an ext4 in a file, which may be filled, cut off or mounted read-only. Needs root."""

import contextlib
import ctypes
import fcntl
import os
import pathlib
import struct
import subprocess
import sys
import time

from testkit.waiting import CEILING, eventually

# linux/fs/ext4/ext4.h: _IOR('X', 125, __u32), EXT4_GOING_FLAGS_NOLOGFLUSH.
EXT4_IOC_SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2
# linux/sched.h and linux/mount.h.
CLONE_NEWNS, MS_REC, MS_PRIVATE = 0x20000, 0x4000, 0x40000


class Disk:
    """An ext4 in a file, mounted until the block ends."""

    def __init__(self, folder, name, megabytes=96, options=""):
        self.image, self.mount, self.size = folder / f"{name}.img", folder / name, megabytes << 20
        self.options = ",".join(["loop", *filter(None, [options])])

    def __enter__(self):
        self.mount.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(self.size)
        run("mkfs.ext4", "-q", "-F", "-m", "0", self.image)
        self.attach()
        return self

    def attach(self):
        run("mount", "-o", self.options, self.image, self.mount)

    def detach(self):
        """Returns when the file system itself is gone, and not only its mount point: the next mount would continue with it in its cut state.
        The loop device is busy for a moment after its last user was killed."""
        deadline = time.monotonic() + CEILING
        while (done := subprocess.run(["umount", str(self.mount)], capture_output=True, text=True)).returncode != 0:
            if not os.path.ismount(self.mount):
                break
            if time.monotonic() > deadline:
                raise RuntimeError(f"{done.stderr.strip()}; in use by {', '.join(self._users()) or 'nobody to be seen'}")
            time.sleep(0.05)
        eventually(f"{self.mount}, unmounted here, has no loop device any more (or is it mounted in another namespace?)",
                   lambda: not self._devices(), pause=0.01)

    def _devices(self):
        """Loop devices that have the file."""
        found = []
        for device in pathlib.Path("/sys/block").glob("loop*/loop/backing_file"):
            try:
                if device.read_text().strip() == str(self.image):
                    found.append(device.parts[3])
            except OSError:
                continue
        return found

    def _users(self):
        """Processes that stand in the file system or have files of it open."""
        users = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                links = [os.readlink(link) for link in [process / "cwd", process / "root", *(process / "fd").iterdir()]]
                if any(link.startswith(str(self.mount)) for link in links):
                    users.append(f"{process.name} {(process / 'comm').read_text().strip()}")
            except OSError:
                continue
        return users

    def cut(self):
        folder = os.open(self.mount, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(folder)

    def fail(self):
        """An error in the file system, as a bad block gives one. With `errors=remount-ro` it is read-only from here on, also for files that
        are open, until it is unmounted and checked (ext4(5))."""
        [device] = self._devices()
        pathlib.Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("trial")

    @contextlib.contextmanager
    def frozen(self):
        """Nothing that writes or syncs comes back while the block runs (FIFREEZE, as a snapshot of the storage does it)."""
        run("fsfreeze", "--freeze", self.mount)
        try:
            yield
        finally:
            run("fsfreeze", "--unfreeze", self.mount)

    def mend(self):
        """What an administrator does then: check it and mount it anew, while nobody uses it."""
        self.detach()
        # 1: errors were corrected (e2fsck(8)).
        done = subprocess.run(["e2fsck", "-p", str(self.image)], capture_output=True, text=True)
        if done.returncode > 1:
            raise RuntimeError(f"e2fsck: {done.returncode} {done.stdout} {done.stderr}")
        self.attach()

    def __exit__(self, *_):
        self.detach()


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")


def loop_mounts(folder):
    """None when an ext4 in a file can be mounted and cut here, else why not."""
    if os.geteuid() != 0:
        return "loop mounts need root"
    try:
        own_mounts()
        with Disk(folder, "trial") as disk:
            disk.cut()
    except (OSError, RuntimeError) as error:
        return f"no loop ext4 can be mounted and cut: {error}"
    return None


def own_mounts():
    """Gives this program mounts of its own. A program that is started meanwhile with mounts of its own (a sandbox, a test's machine)
    copies those of everybody else, and a copy keeps a file system alive that was unmounted here."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(CLONE_NEWNS) != 0 or library.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None) != 0:
        raise OSError(ctypes.get_errno(), "no mounts of one's own")


def as_root():
    """Starts this program again as root where that needs no password; the tests of a developer then reach as far."""
    if os.geteuid() != 0 and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        os.execvp("sudo", ["sudo", "-n", "--preserve-env=YICHUANG_SHARE,PATH", sys.executable, *sys.argv])

"""A file system of its own for a test: an ext4 in a file, which may be filled, cut off or mounted read-only. Needs root."""

import fcntl
import os
import struct
import subprocess
import sys
import time

from demo_hall import CEILING

# linux/fs/ext4/ext4.h: _IOR('X', 125, __u32), EXT4_GOING_FLAGS_NOLOGFLUSH.
EXT4_IOC_SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2


class Disk:
    """An ext4 in a file, mounted until the block ends."""

    def __init__(self, folder, name, megabytes=96):
        self.image, self.mount, self.size = folder / f"{name}.img", folder / name, megabytes << 20

    def __enter__(self):
        self.mount.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(self.size)
        run("mkfs.ext4", "-q", "-F", "-m", "0", self.image)
        self.attach()
        return self

    def attach(self):
        run("mount", "-o", "loop", self.image, self.mount)

    def detach(self):
        """The loop device is busy for a moment after its last user was killed."""
        deadline = time.monotonic() + CEILING
        while subprocess.run(["umount", str(self.mount)], capture_output=True).returncode != 0:
            if not os.path.ismount(self.mount):
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.mount} cannot be unmounted")
            time.sleep(0.05)

    def cut(self):
        folder = os.open(self.mount, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(folder)

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
        with Disk(folder, "trial") as disk:
            disk.cut()
    except (OSError, RuntimeError) as error:
        return f"no loop ext4 can be mounted and cut: {error}"
    return None


def as_root():
    """Starts this program again as root where that needs no password; the tests of a developer then reach as far."""
    if os.geteuid() != 0 and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        os.execvp("sudo", ["sudo", "-n", "--preserve-env=YICHUANG_SHARE,PATH", sys.executable, *sys.argv])

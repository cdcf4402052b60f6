"""What the kernel shows of a port path, and what is typed into a console."""

import fcntl
import os
import pathlib
import re
import select
import struct
import time
import tty

from testkit.waiting import CEILING

USBDEVFS_CLAIMINTERFACE = 0x8004550F


def device(port_path):
    return pathlib.Path("/sys/bus/usb/devices") / port_path


def driver(port_path, interface=0):
    """The driver of an interface; None for none, or while nothing is there."""
    link = device(port_path) / f"{port_path}:1.{interface}" / "driver"
    try:
        return os.path.basename(os.readlink(link))
    except OSError:
        return None


def node(port_path):
    """Where programs open the device; None while udev has not told its rules."""
    try:
        number = int((device(port_path) / "devnum").read_text())
    except OSError:
        return None
    return f"/dev/bus/usb/001/{number:03}"


def nodes(port_path):
    """What the system's own drivers made of the device: event3, hidraw0, ttyACM0."""
    found = set()
    for folder, folders, _ in os.walk(os.path.realpath(device(port_path))):
        found |= {one for one in folders if one.startswith(("event", "hidraw", "ttyACM")) and any(map(str.isdigit, one))}
    return found


def claimed(path):
    """Another program that holds interface 0 of a device; close it to let go."""
    other = os.open(path, os.O_RDWR)
    fcntl.ioctl(other, USBDEVFS_CLAIMINTERFACE, struct.pack("I", 0))
    return other


class Console:
    """The first text console, where whatever is typed at this machine arrives."""

    def __init__(self, path="/dev/tty1"):
        self.file = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self.file)

    def typed(self, end):
        """All that was typed up to `end`; each letter once, because a key that a slow processor holds down repeats."""
        heard, deadline = b"", time.monotonic() + CEILING
        while end not in heard:
            assert time.monotonic() < deadline, f"only {heard} was typed"
            if select.select([self.file], [], [], 1)[0]:
                heard += os.read(self.file, 4096)
        return re.sub(rb"(.)\1+", rb"\1", heard, flags=re.DOTALL)

    def close(self):
        os.close(self.file)

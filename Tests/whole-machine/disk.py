"""The disk of a hall's machine: Debian 12 with what the hall's package needs of it, and nothing of the hall. Needs root."""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from testkit.paths import ROOT
from whole import HALL, qemu

FOLDER = ROOT / ".build/whole-machine"
# Of a machine after Debian's installer; USBGuard is what docs/运维手册.md has installed.
DEBIAN = ("systemd-sysv", "udev", "dbus", "ca-certificates", "python3", "kmod", "iproute2", "procps", "usbguard")
SLOW = {
    "yichuangd": "WatchdogSec=0\nTimeoutStartSec=900\nTimeoutStopSec=300\n",
    "yichuang-display": "TimeoutStartSec=900\nEnvironment=DISPLAY_ANSWERS_WITHIN=120\n",
    "yichuang-screen": "WatchdogSec=900\nTimeoutStartSec=900\nEnvironment=SCREEN_DEAD_AFTER=240 SCREEN_FIRST_WITHIN=240 SCREEN_HALL_WITHIN=240\n",
}
HERE = pathlib.Path(__file__).resolve().parent
GIGABYTES = 6
# The fixed address that its administrator gave it.
NETWORK = f"[Match]\nName=en* eth*\n[Network]\nAddress={HALL}/24\nLinkLocalAddressing=no\n"


def needed(package):
    """Names of Debian's packages that the hall's package depends on or recommends."""
    fields = [subprocess.run(["dpkg-deb", "-f", package, field], check=True, capture_output=True, text=True).stdout
              for field in ("Depends", "Recommends")]
    first = [re.sub(r"\s*\(.*?\)", "", one.split("|")[0]).strip() for one in ",".join(fields).replace("\n", " ").split(",")]
    return [one for one in first if one]


def debian(package):
    """The folder with the machine's Debian; made anew where the list of packages has changed."""
    base, listed = FOLDER / "debian", FOLDER / "packages"
    names = ",".join(sorted({*DEBIAN, *needed(package)}))
    if base.exists() and listed.exists() and listed.read_text() == names:
        return base
    print("whole-machine: making Debian's files, once", file=sys.stderr, flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    sources = [*pathlib.Path("/etc/apt").glob("sources.list"), *sorted(pathlib.Path("/etc/apt/sources.list.d").glob("*.*"))]
    options = [f"--aptopt={path}" for path in sorted(pathlib.Path("/etc/apt/apt.conf.d").iterdir()) if path.is_file()]
    subprocess.run(["mmdebstrap", "--quiet", "--mode=root", "--variant=apt", f"--include={names}", *options, "bookworm", FOLDER / "new", *sources],
                   check=True)
    (FOLDER / "new").rename(base)
    listed.write_text(names)
    return base


def write(path, text, mode=0o644):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


def additions(layer, modules):
    """What the machine has beyond Debian's packages: its kernel's modules, who it is, and the hand that types its commands."""
    write(layer / "etc/fstab", "packages /packages 9p trans=virtio,version=9p2000.L,msize=524288,cache=none,nofail 0 0\n")
    write(layer / "etc/hostname", "hall\n")
    write(layer / "etc/hosts", "127.0.0.1 localhost hall\n")
    (layer / "packages").mkdir()
    (layer / "usr/lib/modules").mkdir(parents=True)
    shutil.copytree(modules, layer / "usr/lib/modules" / modules.name, symlinks=True)
    write(layer / "etc/modules-load.d/trial.conf", "9pnet_virtio\nvirtio_net\nvirtio_console\n")
    (layer / "opt/trial").mkdir(parents=True)
    for program in ("hand", "usb-printer"):
        shutil.copy(HERE / program, layer / "opt/trial" / program)
    units = layer / "etc/systemd/system"
    write(units / "hand.service", (
        "[Unit]\nDescription=Does what is typed from outside\nDefaultDependencies=no\nAfter=systemd-remount-fs.service systemd-tmpfiles-setup.service\n"
        "[Service]\nExecStart=/usr/bin/python3 -B /opt/trial/hand\nRestart=always\nOOMScoreAdjust=-900\n"))
    (units / "sysinit.target.wants").mkdir(parents=True)
    (units / "sysinit.target.wants/hand.service").symlink_to("../hand.service")
    # Where the simulated printer is: written by the tests.
    write(units / "usb-printer.service", (
        "[Unit]\nDescription=The device end of a printer on this machine's USB\nConditionPathExists=/etc/usb-printer\n"
        "[Service]\nExecStart=/bin/sh -c 'exec /opt/trial/usb-printer $(cat /etc/usb-printer)'\nRestart=always\n"))
    (units / "multi-user.target.wants").mkdir()
    (units / "multi-user.target.wants/usb-printer.service").symlink_to("../usb-printer.service")
    (units / "multi-user.target.wants/systemd-networkd.service").symlink_to("/lib/systemd/system/systemd-networkd.service")
    write(layer / "etc/systemd/network/hall.network", NETWORK)
    write(layer / "etc/machine-id", "")
    if not qemu.has_kvm():
        # An emulated processor is slower than any hall's. Readiness, watchdogs and patience are tried in Tests/service and Tests/screen.
        for unit, lines in SLOW.items():
            write(units / f"{unit}.service.d/slow.conf", f"[Service]\n{lines}")
    # As a machine that has been on before: what systemd brings up to date after an installation takes minutes on an emulated processor.
    for path in ("etc/.updated", "var/.updated"):
        write(layer / path, "")
        os.utime(layer / path, (time.time() + 3600,) * 2)


def make(package, modules):
    """The file of a disk with all of it; made anew where anything of it has changed."""
    base, image, mark = debian(package), FOLDER / "disk.img", FOLDER / "made-of"
    digest = hashlib.sha256(f"{modules} {(FOLDER / 'packages').read_text()}".encode())
    for program in ("disk.py", "hand", "usb-printer"):
        digest.update((HERE / program).read_bytes())
    if image.exists() and mark.exists() and mark.read_text() == digest.hexdigest():
        return image
    mark.unlink(missing_ok=True)
    layer, work, whole = (FOLDER / name for name in ("layer", "work", "whole"))
    for folder in (layer, work, whole):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    layer.chmod(0o755)
    additions(layer, modules)
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", f"lowerdir={base},upperdir={layer},workdir={work}", whole], check=True)
    try:
        # Debian's answer to "may this be started now", left behind by an installation that starts nothing.
        (whole / "usr/sbin/policy-rc.d").unlink(missing_ok=True)
        # As on a machine on which nobody has installed USBGuard yet: Debian's refuses whatever is plugged in later.
        for link in (whole / "etc/systemd/system").glob("*.wants/usbguard*"):
            link.unlink()
        image.unlink(missing_ok=True)
        subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-m", "0", "-d", whole, image, f"{GIGABYTES}G"], check=True)
    finally:
        subprocess.run(["umount", whole], check=True)
        for folder in (layer, work):
            shutil.rmtree(folder)
    mark.write_text(digest.hexdigest())
    return image

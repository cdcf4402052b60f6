"""A machine of QEMU on this machine's own files: what it needs, and how it is started."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from debian_kernel import CannotBoot
from testkit.paths import BUILT, ROOT

TOOLS = ("qemu-system-x86_64", "cpio", "/bin/busybox", "/sbin/depmod", "/bin/udevadm")


def tools(program, programs):
    """Goes on as root, and fails with what is missing: tools, or built programs."""
    if os.geteuid() != 0:
        if not shutil.which("sudo") or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode != 0:
            raise CannotBoot("it needs root, to read all of this machine's files")
        os.execvp("sudo", ["sudo", "-n", "--preserve-env=PATH,YICHUANG_BUILD", program, *sys.argv[1:]])
    for tool in TOOLS:
        if not shutil.which(tool):
            raise CannotBoot(f"{tool} is missing (packaging/setup usb-kernel)")
    if not (ROOT / ".build/venv/bin/python").exists():
        raise CannotBoot("no Python with the tests' packages in .build/venv (packaging/setup test)")
    for one in programs:
        if not (BUILT / one).exists():
            raise CannotBoot(f"no {one} in {BUILT} (swift build)")


def has_kvm():
    """Whether this machine can lend its processor; a node alone does not say so (some clouds have one that runs nothing)."""
    flags = set(re.findall(r"\b(vmx|svm)\b", pathlib.Path("/proc/cpuinfo").read_text()))
    return bool(flags) and os.access("/dev/kvm", os.R_OK | os.W_OK) and os.environ.get("YICHUANG_KVM") != "no"


def command(kernel, first, files, more=("-serial", "stdio")):
    # no_timer_check: where others use the processors too, ticks of an emulated timer come late, and the kernel would panic at its start.
    processor = ["-accel", "kvm", "-cpu", "host"] if has_kvm() else ["-accel", "tcg,thread=multi", "-cpu", "max"]
    return [
        "qemu-system-x86_64", "-machine", "q35", *processor, "-smp", "2",
        "-m", "3072", "-nodefaults", "-display", "none", "-no-reboot",
        *_outside("host", "/"), *_outside("layer", files), "-device", "virtio-rng-pci", *more,
        "-kernel", kernel.image, "-initrd", first,
        "-append", "console=ttyS0 loglevel=3 panic=-1 no5lvl mitigations=off no_timer_check audit=1",
    ]


def _outside(name, folder):
    """A folder that the machine sees and cannot change."""
    return ["-fsdev", f"local,id={name},path={folder},security_model=none,readonly=on,multidevs=remap",
            "-device", f"virtio-9p-pci,fsdev={name},mount_tag={name}"]

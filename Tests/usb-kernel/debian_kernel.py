"""Debian's own kernel, fetched and unpacked and never installed, and the first files that it needs to find its root."""

import pathlib
import re
import shutil
import subprocess

# What the machine's root is made of, before udev can load anything.
FIRST = ("virtio_pci", "9pnet_virtio", "9p", "overlay")


class CannotBoot(Exception):
    """Why no machine can be booted here, in one line."""


def _said(*command, folder=None):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise CannotBoot(f"{command[0]} failed: {(done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]}")
    return done.stdout


class DebianKernel:
    """The kernel of linux-image-amd64 in `folder`; fetched once, and anew when Debian has another one."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        wanted = self._wanted()
        mark = self.folder / "package"
        if not (mark.exists() and (wanted is None or mark.read_text() == wanted)):
            if wanted is None:
                raise CannotBoot("apt knows no linux-image-amd64 (apt-get update)")
            self._fetch(wanted)
            mark.write_text(wanted)
        self.modules = next((self.folder / "unpacked/lib/modules").iterdir())
        self.image = self.folder / f"unpacked/boot/vmlinuz-{self.modules.name}"

    def _wanted(self):
        """The package that linux-image-amd64 stands for, with its version; None where apt does not know."""
        known = subprocess.run(["apt-cache", "depends", "linux-image-amd64"], capture_output=True, text=True).stdout
        name = re.search(r"Depends: (linux-image-\S+)", known)
        if not name:
            return None
        policy = subprocess.run(["apt-cache", "policy", name[1]], capture_output=True, text=True).stdout
        version = re.search(r"Candidate: (\S+)", policy)
        return f"{name[1]}={version[1]}" if version else None

    def _fetch(self, package):
        print(f"usb-kernel: fetching {package}", flush=True)
        for old in self.folder.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        _said("apt-get", "-q", "download", package, folder=self.folder)
        archive = next(self.folder.glob("linux-image-*.deb"))
        _said("dpkg-deb", "-x", archive, self.folder / "unpacked")
        archive.unlink()
        modules = next((self.folder / "unpacked/lib/modules").iterdir())
        _said("/sbin/depmod", "-b", self.folder / "unpacked", modules.name)

    def _in_order(self, names):
        """The files of these modules, each behind those that it needs."""
        needs = {}
        for line in (self.modules / "modules.dep").read_text().splitlines():
            module, rest = line.split(":")
            needs[pathlib.PurePath(module).stem.replace("-", "_")] = [module, *rest.split()]
        ordered = []
        for name in names:
            if name not in needs:
                continue  # Built into this kernel.
            # modules.dep names what is needed last first.
            ordered += [module for module in reversed(needs[name]) if module not in ordered]
        return ordered

    def first_files(self, script, into, more=()):
        """Makes the archive of first files: busybox, the modules of `FIRST` and `more`, and `script` as process 1."""
        tree = self.folder / "first"
        shutil.rmtree(tree, ignore_errors=True)
        for name in ("bin", "modules", "proc", "sys", "dev", "host", "layer", "fresh", "root"):
            (tree / name).mkdir(parents=True)
        shutil.copy("/bin/busybox", tree / "bin/busybox")
        shutil.copy(script, tree / "init")
        (tree / "init").chmod(0o755)
        order = []
        for module in self._in_order((*FIRST, *more)):
            order.append(pathlib.PurePath(module).name)
            shutil.copy(self.modules / module, tree / "modules" / order[-1])
        (tree / "modules/order").write_text("\n".join(order) + "\n")
        with open(into, "wb") as archive:
            listed = "\n".join(str(path.relative_to(tree)) for path in sorted(tree.rglob("*")))
            done = subprocess.run(["cpio", "-o", "-H", "newc", "--quiet", "-R", "0:0"], cwd=tree, input=listed.encode(),
                                  stdout=archive, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise CannotBoot(f"cpio failed: {done.stderr.decode().strip()}")

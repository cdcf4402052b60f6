"""Packages made of another one: newer, broken, foreign; and their signatures."""

import pathlib
import shutil
import subprocess

SIGNATURE = ".minisig"
# A daemon that never opens.
BROKEN = "#!/bin/sh\nexit 1\n"
# One that leaves a journal of a later format (SQLite's user_version, 4 bytes at offset 60) and ends.
TOO_NEW = """#!/bin/sh
printf '\\0\\0\\0\\143' | dd of=/var/lib/yichuang/journal.sqlite bs=1 seek=60 conv=notrunc 2>/dev/null
exit 1
"""


class Keys:
    """A pair of minisign's keys."""

    def __init__(self, folder):
        self.public, self.secret = folder / "maker.pub", folder / "maker.key"
        subprocess.run(["minisign", "-G", "-W", "-p", self.public, "-s", self.secret], check=True, stdout=subprocess.DEVNULL)

    def sign(self, file):
        subprocess.run(["minisign", "-S", "-W", "-s", self.secret, "-m", file], check=True, stdout=subprocess.DEVNULL)
        return file


def variant(package, folder, version, daemon=None, architecture="amd64"):
    """The same package with another version; `daemon` is a script instead of the daemon."""
    tree = pathlib.Path(folder) / f"tree-{version}"
    subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
    control = tree / "DEBIAN/control"
    lines = control.read_text().splitlines()
    fields = {"Version:": version, "Architecture:": architecture}
    control.write_text("".join(
        f"{line.split()[0]} {fields[line.split()[0]]}\n" if line.split()[:1] and line.split()[0] in fields else line + "\n" for line in lines))
    if daemon:
        (tree / "usr/bin/yichuangd").write_text(daemon)
    made = pathlib.Path(folder) / f"yichuang_{version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "-Znone", "-b", tree, made], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return made

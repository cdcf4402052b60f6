"""Goal: a device that the daemon's user may not open is shown with that reason and a remedy, and works as soon as it may; and udev accepts the
rules that give the permission.

Method: the node's own mode, with the reader process as a user that it concerns; udev's own reader of rules.
"""
import json
import os
import pathlib
import shutil
import stat
import subprocess

import pytest
from testkit.paths import BUILT, ROOT
from testkit.reader_process import Reader
from testkit.waiting import CEILING

RULES = ROOT / "systemd" / "60-yichuang-readers.rules"


def open_to_all(root):
    """The testbed's folder, as far as a reader process of another user needs it."""
    for folder, folders, files in os.walk(root):
        for name in [".", *folders, *files]:
            path = pathlib.Path(folder, name)
            if not path.is_symlink():
                path.chmod(stat.S_IMODE(path.stat().st_mode) | (0o777 if path.is_dir() else 0o666))


@pytest.mark.parametrize("model", ["reader", "pos"])
def test_a_node_without_permission_is_shown_and_works_when_it_comes(testbed, model):
    testbed.do(f"plug r {model} 1-2")
    testbed.do("plug s serial 1-3")
    node = {name: pathlib.Path(testbed.root, "dev/bus/usb/001", f"{number:03}") for name, number in addresses(testbed).items()}
    open_to_all(testbed.root)
    node["1-3"].chmod(0o666)
    node["1-2"].chmod(0)
    # Root can open every node.
    user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    reader = Reader(testbed.environment, **user)
    try:
        reader.until(("condition", "1-3", "ready"))
        reader.until(("condition", "1-2", "not_permitted"))
        assert any(r[0] == "note" and "may not open it" in r[1] for r in reader.seen)
        done = subprocess.run(
            [BUILT / "yichuangctl", "devices", "--json"], capture_output=True, text=True, timeout=CEILING,
            env=testbed.environment | {"YICHUANG_SHARE": str(ROOT)})
        shown = {one["place"]: one for one in json.loads(done.stdout)["devices"]}["1-2"]
        assert not shown["may_be_opened"] and "udev rules" in shown["advice"], shown
        # The rules are put there and loaded: nothing else is done.
        node["1-2"].chmod(0o666)
        reader.wait(("condition", "1-2", "ready"))
        if model == "reader":
            testbed.do("lay r resident")
            reader.wait(("card", "1-2", "resident"))
        # The other one was never disturbed.
        assert [r[2] for r in reader.seen if r[:2] == ("condition", "1-3")] == ["opening", "ready"]
    finally:
        reader.kill()


def addresses(testbed):
    devices = pathlib.Path(testbed.root, "sys/bus/usb/devices")
    return {one.name: int((one / "devnum").read_text()) for one in devices.iterdir()}


def udev(rules, *command):
    """Runs udevadm in a mount namespace of its own whose rules are these and no others; what it says. /run/udev is there only where
    udev's own daemon was started, which a container does not do."""
    binds = "mount -t tmpfs none /etc/udev && mkdir /etc/udev/rules.d && cp \"$1\" /etc/udev/rules.d/60-test.rules && " \
            "mount -t tmpfs none /usr/lib/udev/rules.d && mount -t tmpfs none /run && mkdir /run/udev && shift && exec \"$@\""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    done = subprocess.run([*unshare, "sh", "-c", binds, "sh", str(rules), *command], capture_output=True, text=True, timeout=CEILING)
    return done.returncode, done.stdout + done.stderr


def read_by_udev(rules, folder):
    """What udev finds wrong with a file of rules: `udevadm verify` where it has it (254), else what its reader says when it reads them
    to test an event of a device that is always there."""
    # The daemon's group is made with the package; where it is not, udev would say so of every rule.
    named = pathlib.Path(folder, "named.rules")
    named.write_text(rules.read_text().replace('GROUP="yichuang"', 'GROUP="root"'))
    if subprocess.run(["udevadm", "verify", "--help"], capture_output=True).returncode == 0:
        done = subprocess.run(["udevadm", "verify", "--no-summary", str(named)], capture_output=True, text=True)
        return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()
    status, said = udev(named, "udevadm", "--debug", "test", "/sys/devices/virtual/mem/null")
    assert status == 0 and "Reading rules file: /etc/udev/rules.d/60-test.rules" in said, said
    return [line for line in said.splitlines() if "60-test.rules:" in line]


def test_udev_reads_the_shipped_rules_without_a_word(tmp_path):
    assert shutil.which("udevadm"), "udevadm is missing: run packaging/setup test"
    assert read_by_udev(RULES, tmp_path) == []
    # The control: an unclosed attribute, an unknown key and an unclosed value are reported.
    for mistake in ('ATTRS{idVendor=="0400", MODE="0660"\n', 'SUBSYSTEM=="usb", MOOD="0660"\n', 'SUBSYSTEM=="usb", MODE="0660\n'):
        broken = tmp_path / "broken.rules"
        broken.write_text(RULES.read_text() + mistake)
        assert read_by_udev(broken, tmp_path), mistake


def test_udev_reads_rules_with_scanners_of_ones_own(tmp_path):
    done = subprocess.run(
        [BUILT / "yichuangctl", "devices", "rules", "--keyboard", "1234:5678"], capture_output=True, text=True, timeout=CEILING,
        env=os.environ | {"YICHUANG_SHARE": str(ROOT)})
    own = tmp_path / "own.rules"
    own.write_text(done.stdout)
    assert "5678" in done.stdout and read_by_udev(own, tmp_path) == []

"""Goal: the operator sees what is plugged in, who holds it and what to do, without a daemon and without opening a device.

Method: a made-up sysfs, which is all the tool looks at.
"""
import json
import os
import shutil
import subprocess

import pytest
from testkit.paths import BUILT, ROOT


@pytest.fixture
def machine(tmp_path):
    def plug(port_path, numbers, address, driver=None, holder=None, mode=0o666, product=""):
        vendor, product_id = numbers.split(":")
        device = tmp_path / "sys/bus/usb/devices" / port_path
        device.mkdir(parents=True)
        for name, value in (("idVendor", vendor), ("idProduct", product_id), ("busnum", 1), ("devnum", address), ("product", product)):
            (device / name).write_text(f"{value}\n")
        node = tmp_path / f"dev/bus/usb/001/{address:03}"
        node.parent.mkdir(parents=True, exist_ok=True)
        node.touch()
        node.chmod(mode)
        if driver:
            interface = tmp_path / "sys/bus/usb/devices" / f"{port_path}:1.0"
            interface.mkdir()
            (interface / "driver").symlink_to(f"/sys/bus/usb/drivers/{driver}")
        if holder:
            process = tmp_path / "proc" / str(holder[0])
            (process / "fd").mkdir(parents=True)
            (process / "comm").write_text(holder[1] + "\n")
            (process / "fd/7").symlink_to(node)

    def devices(*words, command="list"):
        done = subprocess.run(
            [BUILT / "yichuangctl", "devices", command, *words, "--json"]
            + (["--root", str(tmp_path)] if command == "list" else []),
            capture_output=True, text=True, env=os.environ | {"YICHUANG_SHARE": str(ROOT)}, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    devices.plug = plug
    return devices


def test_who_holds_what(machine):
    machine.plug("1-1", "0400:c35a", 2, driver="usbfs", holder=(41, "yichuang-readerd"))
    machine.plug("1-2", "0400:c35a", 3, driver="usbfs", holder=(42, "vendor-tool"))
    machine.plug("1-3.1", "0c2e:0907", 4, driver="usbhid", product="Orbit")
    machine.plug("1-4", "2b8b:2721", 5, mode=0o600)
    machine.plug("1-5", "046d:c31c", 6, driver="usbhid", product="Keyboard of a person")
    machine.plug("1-6", "0400:c35a", 7)
    found = {d["place"]: d for d in machine()["devices"]}
    assert set(found) == {"1-1", "1-2", "1-3.1", "1-4", "1-6"}
    assert found["1-1"]["held_by"] == "yichuang-readerd" and found["1-1"]["advice"] == "nothing to do"
    assert found["1-2"]["held_by"] == "vendor-tool (process 42)" and "Another program" in found["1-2"]["advice"]
    assert found["1-3.1"]["model"] == "honeywell-pos" and "usbhid" in found["1-3.1"]["held_by"]
    assert not found["1-4"]["may_be_opened"] and "udev rules" in found["1-4"]["advice"]
    assert found["1-6"]["held_by"] == "nobody" and found["1-6"]["advice"].startswith("free")


def test_a_scanner_that_types_is_known_when_it_is_named(machine):
    machine.plug("1-5", "1234:5678", 6, driver="usbhid")
    assert machine()["devices"] == []
    assert machine("--keyboard", "1234:5678")["devices"][0]["model"] == "generic-keyboard"


def test_the_rules_are_those_that_are_shipped(machine):
    assert machine(command="rules")["rules"] == (ROOT / "systemd/60-yichuang-readers.rules").read_text()
    own = machine("--keyboard", "1234:5678", command="rules")["rules"]
    assert 'ATTR{idProduct}=="5678"' in own and "unbind" in own
    # Where this udev can check its rules it does.
    if shutil.which("udevadm") and subprocess.run(["udevadm", "verify", "--help"], capture_output=True).returncode == 0:
        done = subprocess.run(["udevadm", "verify", str(ROOT / "systemd/60-yichuang-readers.rules")], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

"""Goal: the hall as it is installed, on a real kernel: cards, codes, and devices that are unplugged and plugged in again reach their kiosk.

Method: the shipped unit with its sandbox, udev's rules, the daemon and its reader process unmodified; what the page of the kiosk is told.
The tests go on from one another, in this order.
"""
import json
import re
import subprocess

import pytest
from conftest import UNIT, KernelReaderTestbed
from machine import driver, nodes
from testkit.demo_hall import DemoHall
from testkit.feed import Listener
from testkit.scans import keyboard, line, pos, said
from testkit.waiting import eventually

KIOSK = "kiosk-1"


def systemctl(*words):
    return subprocess.run(["systemctl", "--no-pager", *words], check=True, capture_output=True, text=True).stdout.strip()


def reader_processes():
    return subprocess.run(["pgrep", "-f", "^/usr/bin/yichuang-readerd"], capture_output=True, text=True).stdout.split()


class Kiosk:
    """The hall under its unit, and the page of its kiosk."""

    def __init__(self):
        self.testbed = KernelReaderTestbed()
        systemctl("restart", UNIT)
        # Only its way of asking: this hall is started by systemd.
        self.hall = DemoHall(state="/nowhere", ports=(7310, 7311))
        self.page = Listener.of_kiosk(self.hall, KIOSK)

    def ask(self, method, path, body=None):
        status, content, _ = self.hall.request(7310, method, path, body)
        assert status in (200, 201, 204), content
        return content

    def conditions(self):
        readers = self.ask("GET", f"/v1/kiosks/{KIOSK}/readers")["readers"]
        return sorted((one["kind"], one["condition"] or "") for one in readers)

    def until(self, *conditions):
        eventually(f"{conditions}; {self.conditions()}", lambda: self.conditions() == sorted(conditions))

    def told(self, event, mark):
        return json.loads(self.page.wait(rf"event: {event}\ndata: (.*)\n".encode(), mark)[1])

    def scan(self, device, transfers):
        mark = self.page.mark()
        self.testbed.do(said(device, transfers))
        return self.told("codeScanned", mark)

    def log(self):
        return subprocess.run(["journalctl", "--no-pager", "-o", "cat", "-u", UNIT], capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def kiosk():
    kiosk = Kiosk()
    yield kiosk
    kiosk.testbed.close()
    systemctl("stop", UNIT)


SCANNERS = [("scanner", "ready")] * 3


def test_what_is_plugged_in_is_ready_at_the_kiosk(kiosk):
    for sentence in ("plug r reader-split 1-2", "plug keyboard keyboard 1-3", "plug pos pos 1-4", "plug serial serial 1-5"):
        kiosk.testbed.do(sentence)
    kiosk.until(("card_reader", "ready"), *SCANNERS)
    assert {driver(port_path) for port_path in ("1-2", "1-3", "1-4", "1-5")} == {"usbfs"}
    assert not [one for port_path in ("1-3", "1-4", "1-5") for one in nodes(port_path)]


@pytest.mark.parametrize("model", ["reader-split", "reader", "reader-hid"])
def test_a_number_is_taken_with_a_card(kiosk, model):
    kiosk.testbed.do("unplug r")
    kiosk.until(*SCANNERS)
    kiosk.testbed.do(f"plug r {model} 1-2")
    kiosk.until(("card_reader", "ready"), *SCANNERS)
    mark = kiosk.page.mark()
    kiosk.ask("POST", f"/v1/kiosks/{KIOSK}/cards", {"read": True})
    person = ["reader-split", "reader", "reader-hid"].index(model)
    kiosk.testbed.do(f"lay r resident {person}")
    told = kiosk.told("cardRead", mark)
    assert told["tickets"] == [] and told["name"].startswith("测")
    assert kiosk.ask("POST", "/v1/tickets", {"items": [], "kiosk": KIOSK, "card": told["card"]})["number"]
    kiosk.testbed.do("lift r")
    kiosk.page.wait(rb"event: cardLifted\n", mark)


def foreign(kind, text):
    """What the page is told of a code that is none of the hall's: what sort it is, never what it says."""
    return {"is": "unknown", "kind": kind, "length": len(text)}


@pytest.mark.parametrize("kind,text", [("text", "安居镇便民服务中心 A042"), ("number", "6901234567892")])
def test_codes_in_every_mode(kiosk, kind, text):
    devices = (("keyboard", keyboard), ("pos", lambda one: pos(one.encode())), ("serial", lambda one: line(one.encode("gb18030"))))
    for number, (device, transfers) in enumerate(devices):
        # The same code within two seconds is one, whichever scanner says it.
        own = f"{text}{number}"
        assert kiosk.scan(device, transfers(own)) == foreign(kind, own)


def test_a_plug_that_is_pulled_in_the_middle_and_put_back(kiosk):
    kiosk.testbed.do("fault r silent 20")
    kiosk.testbed.wait("fault", device="r")
    mark = kiosk.page.mark()
    for name in ("r", "keyboard"):
        kiosk.testbed.do(f"unplug {name}")
    kiosk.page.wait(rb"event: readersChanged\n", mark)
    kiosk.until(*SCANNERS[:2])
    kiosk.testbed.do("plug keyboard keyboard 1-3")
    kiosk.testbed.do("plug r reader 1-6")
    kiosk.until(("card_reader", "ready"), *SCANNERS)
    assert kiosk.scan("keyboard", keyboard("again")) == foreign("text", "again")


def test_a_reader_process_that_dies_costs_nobody_anything(kiosk):
    first = reader_processes()
    assert len(first) == 1
    subprocess.run(["kill", "-KILL", *first], check=True)
    eventually("another one", lambda: reader_processes() not in ([], first))
    kiosk.until(("card_reader", "ready"), *SCANNERS)
    assert kiosk.scan("pos", pos("之后".encode())) == foreign("text", "之后")


def test_the_sandbox_costs_no_word_in_the_log(kiosk):
    """Devices of this kernel are reached through the unit's list of devices, its user's own root and its filters."""
    lines = kiosk.log().splitlines()
    assert lines
    assert [one for one in lines if re.search(r"errno|denied|not permitted|may not|refused|Landlock|read-only", one)] == []

"""Goal: what only a real kernel shows of readers and scanners: its own drivers, permissions, who may claim, what a pulled plug does.

Method: the installed yichuang-readerd as the hall's user, with udev's rules, above devices that are plugged into this kernel.
"""
import grp
import os
import signal
import stat

import pytest
import test_cards
from machine import Console, claimed, device, driver, node, nodes
from test_cards import (  # noqa: F401
    test_a_module_that_stays_silent_is_reset_and_comes_back, test_all_kinds_of_cards, test_moved_to_another_place)
from testkit.reader_process import OURS, match
from testkit.scans import keyboard, line, pos, said
from testkit.waiting import eventually

TEXTS = ["6901234567892", "安居镇便民服务中心 A042", "a" * 300]
PLAIN = "046d:c31c"


@pytest.fixture
def console():
    console = Console()
    yield console
    console.close()


def test_devices_that_nobody_takes_are_the_systems(testbed, console):
    """The control: without the reader process a scan is typed into the console, and lines are the system's."""
    testbed.do(f"plug human keyboard 1-3 {PLAIN}")
    testbed.do("plug l serial 1-5")
    eventually("a keyboard", lambda: driver("1-3") == "usbhid" and nodes("1-3"))
    eventually("a line", lambda: driver("1-5") == driver("1-5", 1) == "cdc_acm" and nodes("1-5"))
    testbed.do(said("human", keyboard("a042")))
    assert console.typed(b"\r") == b"a042\r"
    path = eventually("its node", lambda: next((f"/dev/{one}" for one in nodes("1-5") if os.path.exists(f"/dev/{one}")), None))
    with_line = Console(path)
    testbed.do(said("l", line(b"a042")))
    assert with_line.typed(b"\r") == b"a042\r"
    with_line.close()


def test_a_named_scanner_types_nothing_even_while_nobody_reads_it(testbed, console):
    """udev's rule takes it from the system's driver as soon as that has it."""
    testbed.do("plug k keyboard 1-3")
    eventually("the rule", lambda: node("1-3") and stat.S_IMODE(os.stat(node("1-3")).st_mode) == 0o660)
    eventually("no driver", lambda: driver("1-3") is None and not nodes("1-3"))
    testbed.do(said("k", keyboard("secret")))
    testbed.do(f"plug human keyboard 1-4 {PLAIN}")
    eventually("a keyboard", lambda: driver("1-4") == "usbhid" and nodes("1-4"))
    testbed.do(said("human", keyboard("z")))
    assert console.typed(b"\r") == b"z\r"


def scan(testbed, reader, name, port_path, transfers, text, symbol=""):
    """A code that is held up until it is told whole: an emulated processor may stand still for longer than the pause that ends a code."""
    for _ in range(5):
        testbed.do(said(name, transfers))
        told = reader.wait(("code", port_path))
        if told[2] == text:
            break
        heard = told[2]
        while heard != text:
            heard += reader.wait(("code", port_path))[2]
    assert told == ("code", port_path, text, True, symbol)


def test_scans_are_told_once_and_the_system_hears_nothing(testbed, readerd, console):
    reader = readerd(matches=[*OURS, match("keyboard", 0x046D, 0xC31C)])
    port_paths = {"keyboard": "1-3", "pos": "1-4", "serial": "1-5"}
    for name, port_path in port_paths.items():
        testbed.do(f"plug {name} {name} {port_path}")
        reader.wait(("condition", port_path, "ready"))
    assert {port_path: driver(port_path) for port_path in port_paths.values()} == dict.fromkeys(port_paths.values(), "usbfs")
    assert driver("1-5", 1) == "usbfs"
    assert not [one for port_path in port_paths.values() for one in nodes(port_path)]
    for text in TEXTS:
        scan(testbed, reader, "keyboard", "1-3", keyboard(text), text)
        for encoding in ("utf-8", "gb18030"):
            scan(testbed, reader, "pos", "1-4", pos(text.encode(encoding)), text, "]Q1")
            scan(testbed, reader, "serial", "1-5", line(text.encode(encoding)), text)
    assert reader.quiet() == []
    # A keyboard of people is still one; nothing was typed before.
    testbed.do("plug human keyboard 1-6 046d:c31d")
    eventually("a keyboard", lambda: driver("1-6") == "usbhid" and nodes("1-6"))
    testbed.do(said("human", keyboard("z")))
    assert console.typed(b"\r") == b"z\r"


def test_devices_go_back_to_the_system_at_the_end_and_stay_off_after_a_death(testbed, readerd):
    for how, pos_driver, line_driver in ((signal.SIGKILL, None, None), (signal.SIGTERM, "usbhid", "cdc_acm")):
        reader = readerd()
        for name, port_path in (("keyboard", "1-3"), ("pos", "1-4"), ("serial", "1-5")):
            testbed.do(f"plug {name} {name} {port_path}")
            reader.until(("condition", port_path, "ready"))
        assert reader.end(how) == (-how if how == signal.SIGKILL else 0)
        eventually("let go", lambda: driver("1-4") == pos_driver and {driver("1-5"), driver("1-5", 1)} == {line_driver})
        # What types stays off in either case.
        eventually("let go", lambda: driver("1-3") is None)
        for name in ("keyboard", "pos", "serial"):
            testbed.do(f"unplug {name}")


def test_a_node_is_the_halls_and_a_device_never_sleeps(testbed, readerd):
    reader = readerd(matches=[*OURS, match("card_bulk", 0x0400, 0xC35B)])
    testbed.do("plug r reader 1-2")
    reader.wait(("condition", "1-2", "ready"))
    state = os.stat(node("1-2"))
    assert stat.S_IMODE(state.st_mode) == 0o660 and state.st_gid == reader_group()
    assert (device("1-2") / "power/control").read_text() == "on\n"
    # One that no rule names is root's, which is said; and taken when it is mended.
    testbed.do("plug other reader 1-3 0400:c35b")
    reader.wait(("condition", "1-3", "not_permitted"))
    os.chown(node("1-3"), 0, reader_group())
    os.chmod(node("1-3"), 0o660)
    reader.wait(("condition", "1-3", "ready"))


def reader_group():
    return grp.getgrnam("yichuang").gr_gid


def test_another_program_has_it(testbed, readerd):
    testbed.do("plug r reader 1-2")
    other = claimed(eventually("its node", lambda: node("1-2") and os.path.exists(node("1-2")) and node("1-2")))
    reader = readerd()
    reader.wait(("condition", "1-2", "taken"))
    os.close(other)
    reader.wait(("condition", "1-2", "ready"))
    testbed.do("lay r resident")
    reader.wait(("card", "1-2", "resident"))


def test_every_fault_passes(testbed, readerd):
    """Whatever goes wrong with the answer to read, the card is told in the end, and it is told once, in every transport."""
    reader = readerd()
    port_paths = dict(zip(test_cards.TRANSPORTS, ("1-2", "1-3", "1-4")))

    def everywhere(word, times):
        while any(len([r for r in reader.seen if r[:2] == (word, port_path)]) < times for port_path in port_paths.values()):
            reader.wait(lambda r: r[0] == word)

    for model, port_path in port_paths.items():
        testbed.do(f"plug {model} {model} {port_path}")
    for port_path in port_paths.values():
        reader.until(("condition", port_path, "ready"))
    for number, fault in enumerate(test_cards.FAULTS, 1):
        for model in port_paths:
            testbed.do(f"fault {model} {fault} 30")
            testbed.do(f"lay {model} resident {number}")
        everywhere("card", number)
        for model in port_paths:
            testbed.do(f"lift {model}")
        everywhere("empty", number)
    assert len([r for r in reader.seen if r[0] == "card"]) == len(port_paths) * len(test_cards.FAULTS)
    testbed.stats("reader")
    assert len([e for e in testbed.seen if e["event"] == "fault"]) == len(port_paths) * len(test_cards.FAULTS)


@pytest.mark.parametrize("model", test_cards.TRANSPORTS)
def test_unplugged_in_flight_and_put_back(testbed, readerd, model):
    reader = readerd()
    flat = None
    for turn in range(3):
        test_cards.ready(testbed, reader, model)
        testbed.do("fault r silent 30")
        testbed.do("lay r resident")
        testbed.wait("fault", device="r")
        testbed.do("unplug r")
        reader.wait(("left", "1-2"))
        if turn == 0:
            flat = eventually("closed", lambda: closed(reader) and reader.fds())
    assert eventually("closed", lambda: closed(reader) and reader.fds()) == flat
    assert not [r for r in reader.seen if r[0] == "card"]
    # A card that lay there all along is read when the plug is in again, once.
    testbed.do("lay r resident")
    test_cards.ready(testbed, reader, model)
    reader.until(("card", "1-2", "resident"))
    testbed.do("lift r")
    reader.wait(("empty", "1-2"))
    assert len([r for r in reader.seen if r[0] == "card"]) == 1


def closed(reader):
    """Whether the process has no device open."""
    folder = f"/proc/{reader.process.pid}/fd"
    return not any(reader._target(entry).startswith("/dev/bus/usb/") for entry in os.listdir(folder))

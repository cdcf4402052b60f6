"""Goal: every card in every transport becomes one report, and every fault ends in the right state without a restart.

Method: the shipped yichuang-readerd below which only the kernel is emulated. What is expected is written down here, not taken from the code.
"""
import struct

import pytest

TRANSPORTS = ["reader", "reader-split", "reader-hid"]
PERSONS = {
    "resident": ("测试甲", "000000190001010017", "19000101", "长期"),
    "residence_permit": ("测试甲", "810000190001010018", "19000101", "20400101"),
    "permanent_resident_2017": ("合成", "ZZZ000000000015", "19000101", "20300101"),
    "permanent_resident_2023": ("SYNTHETIC, TEST PERSON WITH A NAME OF FORTY", "900000190001010017", "19000101", "20340101"),
}


def ready(testbed, reader, model="reader", port_path="1-2"):
    testbed.do(f"plug r {model} {port_path}")
    reader.wait(("condition", port_path, "ready"))


@pytest.mark.parametrize("model", TRANSPORTS)
def test_all_kinds_of_cards(testbed, readerd, model):
    reader = readerd()
    ready(testbed, reader, model)
    arrival = [r for r in reader.seen if r[0] == "arrived"][-1]
    assert arrival[1:3] == ("1-2", True) and arrival[4].startswith("05.03-20190101-")
    for kind, (name, number, birth, valid_to) in PERSONS.items():
        testbed.do(f"lay r {kind}")
        card = reader.wait(("card", "1-2"))
        assert card[2:4] == (kind, name) and card[5:7] == (birth, valid_to)
        assert card[4][:-1] == number[:-1]
        assert card[7] == ""
        testbed.do("lift r")
        reader.wait(("empty", "1-2"))
    assert len([r for r in reader.seen if r[0] == "card"]) == len(PERSONS)
    assert reader.end() == 0


def test_present_at_start(testbed, readerd):
    testbed.do("plug r reader 1-4")
    testbed.do("lay r resident")
    reader = readerd()
    reader.wait(("card", "1-4", "resident"))
    assert reader.end() == 0
    testbed.wait("released", device="r")


def test_a_card_that_is_none(testbed, readerd):
    reader = readerd()
    ready(testbed, reader)
    testbed.do("lay r foreign")
    reader.wait(("trouble", "1-2", "not_an_identity_card"))
    testbed.do("lay r resident 3")
    reader.wait(("card", "1-2", "resident"))


FAULTS = ["silent", "badsum", "noise", "stall", "late", "chunk 7", "chunk 64", "truncate 1", "truncate 100"]


@pytest.mark.parametrize("command", ["20", "30"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_passes(testbed, readerd, command, fault):
    """Whatever fault the answer to find or read has, the card is reported eventually and only once. All transports run at the same time,
    because none may disturb another."""
    reader = readerd()
    port_paths = dict(zip(TRANSPORTS, ("1-2", "1-3", "1-4")))
    for model, port_path in port_paths.items():
        testbed.do(f"plug {model} {model} {port_path}")
    for port_path in port_paths.values():
        reader.until(("condition", port_path, "ready"))
    for model in port_paths:
        testbed.do(f"fault {model} {fault} {command}")
        testbed.do(f"lay {model} resident")
    for port_path in port_paths.values():
        reader.until(("card", port_path, "resident"))
    testbed.stats("reader")
    assert sorted(e["device"] for e in testbed.seen if e["event"] == "fault") == sorted(TRANSPORTS)
    for model, port_path in port_paths.items():
        testbed.do(f"lift {model}")
    for port_path in port_paths.values():
        reader.until(("empty", port_path))
    assert sorted(r[1] for r in reader.seen if r[0] == "card") == sorted(port_paths.values())
    assert reader.process.poll() is None


@pytest.mark.parametrize("model", TRANSPORTS)
def test_a_module_that_stays_silent_is_reset_and_comes_back(testbed, readerd, model):
    reader = readerd()
    ready(testbed, reader, model)
    for _ in range(3):
        testbed.do("fault r silent")
        testbed.wait("fault", device="r")
    reader.wait(("condition", "1-2", "silent"))
    reader.wait(("condition", "1-2", "ready"))
    testbed.do("lay r resident")
    reader.wait(("card", "1-2"))


def test_four_endpoints_and_whole_frames(testbed, readerd):
    """A module with four endpoints that does not answer in halves is asked in whole frames."""
    reader = readerd()
    testbed.do("plug r reader-split 1-2")
    testbed.do("fault r silent 11")
    reader.wait(("condition", "1-2", "ready"))
    testbed.do("lay r resident")
    reader.wait(("card", "1-2"))


@pytest.mark.parametrize("model", TRANSPORTS)
def test_somebody_else_holds_it(testbed, readerd, model):
    reader = readerd()
    testbed.do("plug s serial 1-3")
    reader.wait(("condition", "1-3", "ready"))
    testbed.do(f"plug r {model} 1-2")
    reader.wait(("condition", "1-2", "ready"))
    testbed.do("taken r on")
    reader.order("reset", b"1-2")
    reader.wait(("condition", "1-2", "taken"))
    testbed.do("taken r off")
    reader.wait(("condition", "1-2", "ready"))
    # The other one was never disturbed.
    assert [r for r in reader.seen if r[:2] == ("condition", "1-3")] == [("condition", "1-3", "opening"), ("condition", "1-3", "ready")]


@pytest.mark.parametrize("model", TRANSPORTS)
def test_unplugged_in_flight(testbed, readerd, model):
    reader = readerd()
    for _ in range(20):
        ready(testbed, reader, model)
        testbed.do("fault r silent 20")
        testbed.do("lay r resident")
        testbed.wait("fault", device="r")
        testbed.do("unplug r")
        reader.wait(("left", "1-2"))
    assert not [r for r in reader.seen if r[0] == "card"]
    ready(testbed, reader, model)
    testbed.do("lay r resident")
    reader.wait(("card", "1-2"))


def test_not_read_while_nobody_may_know(testbed, readerd):
    reader = readerd()
    reader.order("read", b"\0")
    testbed.do("plug r reader 1-2")
    reader.wait(("condition", "1-2", "ready"))
    testbed.do("lay r resident")
    before = testbed.stats("r")["transfers"]
    reader.quiet()
    testbed.do("lift r")
    reader.order("read", b"\1")
    testbed.do("lay r residence_permit")
    assert reader.wait(("card", "1-2"))[2] == "residence_permit"
    assert testbed.stats("r")["transfers"] > before
    assert len([r for r in reader.seen if r[0] == "card"]) == 1


def test_moved_to_another_place(testbed, readerd):
    reader = readerd()
    ready(testbed, reader)
    testbed.do("unplug r")
    testbed.do("plug r reader 1-4")
    reader.wait(("condition", "1-4", "ready"))
    left, came = reader.seen.index(("left", "1-2")), [r[:2] for r in reader.seen].index(("arrived", "1-4"))
    assert left < came
    serials = {r[4] for r in reader.seen if r[0] == "arrived" and r[4]}
    assert len(serials) == 1


def test_the_question_whether_it_lives_is_answered(readerd):
    reader = readerd()
    for number in (1, 2 ** 32 - 1):
        reader.order("ping", struct.pack(">I", number))
        reader.wait(("pong", number))


def test_a_card_is_only_found_until_it_may_be_read(testbed, readerd):
    reader = readerd(cards=False)
    ready(testbed, reader)
    testbed.do("plug o reader 1-3")
    reader.wait(("condition", "1-3", "ready"))
    testbed.do("lay r resident")
    testbed.do("lay o resident 1")
    for port_path in ("1-2", "1-3"):
        reader.until(("found", port_path))
    # Here it may be read now, without being laid down again; there not.
    reader.order("read_cards", b"\1", b"1-2")
    reader.wait(("card", "1-2", "resident"))
    reader.order("read_cards", b"\0", b"1-2")
    testbed.do("lift r")
    reader.until(("empty", "1-2"))
    testbed.do("lay r resident 2")
    reader.wait(("found", "1-2"))
    reader.quiet()
    assert [r[1] for r in reader.seen if r[0] == "card"] == ["1-2"]
    # No command to read that card was sent.
    testbed.stats("o")
    assert not [e for e in testbed.seen if e["event"] == "command" and e["device"] == "o" and e["hex"] in ("2002", "3001")]


@pytest.mark.parametrize("model", TRANSPORTS)
def test_a_card_that_was_read_counts_as_lying_there_until_it_is_lifted(testbed, readerd, model):
    """The module is silent about it; a reset makes it find the card again."""
    reader = readerd()
    ready(testbed, reader, model)
    testbed.do("lay r resident")
    reader.wait(("card", "1-2", "resident"))
    reader.order("read_cards", b"\0")
    # It is looked for several times.
    before = testbed.stats("r")["transfers"]
    while testbed.stats("r")["transfers"] < before + 60:
        pass
    assert not [r for r in reader.quiet() if r[0] in ("found", "empty", "card")]
    testbed.do("lift r")
    reader.wait(("empty", "1-2"))
    testbed.do("lay r resident 1")
    reader.wait(("found", "1-2"))


@pytest.mark.parametrize("number", ["", "0000001900010100", "000000000000000000"])
def test_a_blank_or_damaged_text_is_no_card(testbed, readerd, number):
    reader = readerd()
    ready(testbed, reader)
    text = bytearray(b" \0" * 128)
    for offset, field in ((0, "测试甲"), (36, "19000101"), (122, number)):
        data = field.encode("utf-16-le")
        text[offset:offset + len(data)] = data
    testbed.do(f"lay r text {text.hex()}")
    reader.wait(("trouble", "1-2", "unknown_text"))
    assert not [r for r in reader.seen if r[0] == "card"]
    testbed.do("lift r")
    testbed.do("lay r resident")
    reader.wait(("card", "1-2", "resident"))

"""Goal: in a hall with several kiosks on one machine, what a reader reads is known at its own kiosk's page and nowhere else.

Method: the shipped daemon with its reader process above emulated devices; the feed of each kiosk's page is heard as the page does.
"""
import json
import re
import subprocess

import pytest
from testkit.feed import Listener
from testkit.hall import Hall
from testkit.paths import BUILT, ROOT
from testkit.reader_process import Reader
from testkit.scans import pos, said
from testkit.waiting import CEILING

SERIAL = re.compile(r"05\.03-\d{8}-\d{10}-\d{10}")


@pytest.fixture
def hall(testbed):
    halls = []

    def start(assignments):
        def configure(settings):
            settings["kiosks"] = [{"id": "kiosk-1", "printer": "none"}, {"id": "kiosk-2", "printer": "none"}]
            settings["readers"] = {"places": assignments, "program": str(BUILT / "yichuang-readerd")}

        halls.append(Hall(configure, environment=testbed.environment))
        return halls[-1]

    yield start
    for one in halls:
        one.close()


def number_of(testbed):
    """The number of the card module `b`, asked of it in a reader process of its own."""
    reader = Reader(testbed.environment)
    testbed.do("plug b reader 1-9")
    arrival = reader.wait(lambda r: r[0] == "arrived" and SERIAL.search(r[4]))
    reader.end()
    testbed.do("unplug b")
    return arrival[4]


def agree(hall, kiosk):
    status, content, _ = hall.request(hall.kiosk, "POST", f"/v1/kiosks/{kiosk}/cards", {"read": True})
    assert status == 200, content


def after(page, act, event):
    """What the page is told of an event that follows an act."""
    since = len(page.events)
    act()
    return page.wait_event(event, since=since)


def has(page, since, **conditions):
    """Waits until the page is told, after its first `since` events, that it has these devices in these conditions and no others."""
    page.wait_event("readersChanged", lambda data: {one["kind"]: one["condition"] for one in data["readers"]} == conditions, since)


def after_do(testbed, page, sentence):
    """Has a sentence done; how many events the page had been told before."""
    since = len(page.events)
    testbed.do(sentence)
    return since


def test_each_card_is_known_at_its_own_kiosk_only(testbed, hall):
    # One reader by its port path, one by its module's number wherever it is.
    live = hall([{"at": "1-2", "kiosk": "kiosk-1"}, {"at": "1-5", "kiosk": "kiosk-1"}, {"serial": number_of(testbed), "kiosk": "kiosk-2"}])
    pages = {kiosk: Listener.of_kiosk(live, kiosk) for kiosk in ("kiosk-1", "kiosk-2")}
    one, two = pages.values()
    plugged = {kiosk: len(page.events) for kiosk, page in pages.items()}
    testbed.do("plug a reader 1-2")
    testbed.do("plug b reader 1-3")
    # Nobody's.
    testbed.do("plug c reader 1-4")
    testbed.do("plug s pos 1-5")
    has(one, plugged["kiosk-1"], card_reader="ready", scanner="ready")
    has(two, plugged["kiosk-2"], card_reader="ready")
    for kiosk in pages:
        agree(live, kiosk)
    # Told to nobody; and nobody had agreed there.
    testbed.do("lay c resident 5")
    # 测试乙 and 测试丙.
    assert after(one, lambda: testbed.do("lay a resident 1"), "cardRead")["name"] == "测*乙"
    assert after(two, lambda: testbed.do("lay b resident 2"), "cardRead")["name"] == "测*丙"
    after(one, lambda: testbed.do(said("s", pos(b"A042"))), "codeScanned")
    after(two, lambda: testbed.do("lift b"), "cardLifted")
    # A reader that is moved to a port path without a kiosk keeps its kiosk; at a port path of a kiosk it becomes that kiosk's. Each step waits
    # until the page has been told, because a person is slower than that.
    has(two, after_do(testbed, two, "unplug b"))
    has(two, after_do(testbed, two, "plug b reader 1-6"), card_reader="ready")
    agree(live, "kiosk-2")
    assert after(two, lambda: testbed.do("lay b resident 3"), "cardRead")["name"] == "测*丁"
    has(two, after_do(testbed, two, "unplug b"))
    has(one, after_do(testbed, one, "unplug a"), scanner="ready")
    has(one, after_do(testbed, one, "plug b reader 1-2"), card_reader="ready", scanner="ready")
    agree(live, "kiosk-1")
    assert after(one, lambda: testbed.do("lay b resident 4"), "cardRead")["name"] == "测*戊"
    assert one.names().count("cardRead") == 2 and two.names().count("cardRead") == 2
    assert "codeScanned" not in two.names()
    # The card at nobody's reader was not asked who it is.
    testbed.stats("c")
    assert not [e for e in testbed.seen if e["event"] == "command" and e["device"] == "c" and e["hex"] in ("2002", "3001")]
    live.diary.seek(0)
    log = live.diary.read().decode()
    assert re.search(r"belongs to no kiosk.*place=1-4", log) and not re.search(r"belongs to no kiosk.*place=1-[2356]", log), log


def test_the_tool_says_whose_each_device_is(testbed, hall, tmp_path):
    live = hall([{"at": "1-2", "kiosk": "kiosk-2"}, {"serial": "S-s", "kiosk": "kiosk-1"}])
    for sentence in ("plug a reader 1-2", "plug c reader 1-4"):
        testbed.do(sentence)
    done = subprocess.run(
        [BUILT / "yichuangctl", "devices", "list", "--json", "--config", str(live.configuration)], capture_output=True, text=True,
        env=testbed.environment | {"YICHUANG_SHARE": str(ROOT)}, timeout=CEILING)
    assert done.returncode == 0, done.stderr
    found = {one["place"]: one for one in json.loads(done.stdout)["devices"]}
    assert found["1-2"]["kiosk"] == "kiosk-2" and found["1-2"]["belonging"] == "belongs to kiosk-2"
    assert found["1-4"]["kiosk"] is None
    assert found["1-4"]["belonging"].startswith("unassigned") and "{at: '1-4', kiosk: kiosk-1}" in found["1-4"]["belonging"]


def test_a_configuration_that_cannot_hold_is_refused_with_its_line(testbed, hall):
    with pytest.raises(RuntimeError) as refused:
        hall([{"at": "1-2", "kiosk": "kiosk-1"}, {"at": "1-2", "kiosk": "kiosk-2"}, {"at": "1-3", "kiosk": "kiosk-7"}])
    words = str(refused.value)
    assert re.search(r"yichuang\.yaml:\d+:\d+: the place 1-2 stands here for kiosk-1 and for kiosk-2", words), words
    assert "no kiosk is “kiosk-7”" in words and "kiosk-1, kiosk-2" in words

"""Goal: in a hall with several kiosks on one machine, what a reader reads is known at its own kiosk's page and nowhere else.

Method: the shipped daemon with its reader process above emulated devices; the feed of each kiosk's page is heard as the page does.
"""
import json
import re
import subprocess
import sys
import threading
import urllib.request

import pytest
from link import BUILT, CEILING, ROOT
from scans import pos, said

sys.path.insert(0, str(ROOT / "Tests" / "browser"))
from hall import Hall  # noqa: E402


class Feed:
    """What one kiosk's page is told."""

    def __init__(self, hall, kiosk):
        path = f"/v1/feed/kiosk?kiosk={kiosk}"
        self.answer = urllib.request.urlopen(urllib.request.Request(
            f"http://127.0.0.1:{hall.kiosk}{path}", headers={"Cookie": hall.page_cookies(path, None)}), timeout=600)
        self.events, self.changed = [], threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        name = ""
        try:
            for line in self.answer:
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    name = text[7:]
                elif text.startswith("data: "):
                    with self.changed:
                        self.events.append((name, json.loads(text[6:])))
                        self.changed.notify_all()
        except (OSError, AttributeError, ValueError):
            pass

    def wait(self, name, fits=lambda data: True, since=0):
        def found():
            return next((data for event, data in self.events[since:] if event == name and fits(data)), None)

        with self.changed:
            assert self.changed.wait_for(lambda: found() is not None, CEILING), (name, self.events)
            return found()

    def names(self):
        return [name for name, _ in self.events]


SERIAL = re.compile(r"05\.03-\d{8}-\d{10}-\d{10}")


@pytest.fixture
def hall(bed, monkeypatch):
    for name in ("LD_PRELOAD", "UMOCKDEV_DIR"):
        monkeypatch.setenv(name, bed.environment[name])
    halls = []

    def start(places):
        def configure(settings):
            settings["kiosks"] = [{"id": "kiosk-1", "printer": "none"}, {"id": "kiosk-2", "printer": "none"}]
            settings["readers"] = {"places": places, "program": str(BUILT / "yichuang-readerd")}

        halls.append(Hall(configure))
        return halls[-1]

    yield start
    for one in halls:
        one.close()


def number_of(bed):
    """The number of the card module `b`, asked of it in a reader process of its own."""
    from link import Reader
    reader = Reader(bed.environment)
    bed.do("plug b reader 1-9")
    arrival = reader.wait(lambda r: r[0] == "arrived" and SERIAL.search(r[4]))
    reader.end()
    bed.do("unplug b")
    return arrival[4]


def agree(hall, kiosk):
    status, content, _ = hall.request(hall.kiosk, "POST", f"/v1/kiosks/{kiosk}/cards", {"read": True})
    assert status == 200, content


def test_each_card_is_known_at_its_own_kiosk_only(bed, hall):
    # One reader by its place, one by its module's number wherever it is.
    place = hall([{"at": "1-2", "kiosk": "kiosk-1"}, {"at": "1-5", "kiosk": "kiosk-1"}, {"serial": number_of(bed), "kiosk": "kiosk-2"}])
    feeds = {kiosk: Feed(place, kiosk) for kiosk in ("kiosk-1", "kiosk-2")}
    bed.do("plug a reader 1-2")
    bed.do("plug b reader 1-3")
    # Nobody's.
    bed.do("plug c reader 1-4")
    bed.do("plug s pos 1-5")

    def has(condition, count=1):
        return lambda data: [one["condition"] for one in data["readers"]].count(condition) >= count

    feeds["kiosk-1"].wait("readersChanged", has("ready", 2))
    feeds["kiosk-2"].wait("readersChanged", has("ready"))
    for kiosk in feeds:
        agree(place, kiosk)
    # Told to nobody; and nobody had agreed there.
    bed.do("lay c resident 5")
    bed.do("lay a resident 1")
    first = feeds["kiosk-1"].wait("cardRead")
    bed.do("lay b resident 2")
    second = feeds["kiosk-2"].wait("cardRead")
    # 测试乙 and 测试丙.
    assert (first["name"], second["name"]) == ("测*乙", "测*丙")
    bed.do(said("s", pos(b"A042")))
    feeds["kiosk-1"].wait("codeScanned")
    bed.do("lift b")
    feeds["kiosk-2"].wait("cardLifted")
    # Moved to where no kiosk's device is named: still its own; moved to a place that is named: whose that is.
    bed.do("unplug b")
    bed.do("plug b reader 1-6")
    before = len(feeds["kiosk-2"].events)
    agree_when_ready(place, feeds["kiosk-2"], "kiosk-2", has("ready"))
    bed.do("lay b resident 3")
    feeds["kiosk-2"].wait("cardRead", lambda data: data["name"] == "测*丁", since=before)
    bed.do("unplug b")
    bed.do("unplug a")
    feeds["kiosk-1"].wait("readersChanged", lambda data: [one["kind"] for one in data["readers"]] == ["scanner"])
    before = len(feeds["kiosk-1"].events)
    bed.do("plug b reader 1-2")
    feeds["kiosk-1"].wait("readersChanged", has("ready", 2), since=before)
    agree(place, "kiosk-1")
    bed.do("lay b resident 4")
    feeds["kiosk-1"].wait("cardRead", lambda data: data["name"] == "测*戊", since=before)
    assert feeds["kiosk-1"].names().count("cardRead") == 2 and feeds["kiosk-2"].names().count("cardRead") == 2
    assert "codeScanned" not in feeds["kiosk-2"].names()
    # The card at nobody's reader was not asked who it is.
    bed.stats("c")
    assert not [e for e in bed.seen if e["event"] == "command" and e["device"] == "c" and e["hex"] in ("2002", "3001")]
    place.diary.seek(0)
    log = place.diary.read().decode()
    assert re.search(r"belongs to no kiosk.*place=1-4", log) and not re.search(r"belongs to no kiosk.*place=1-[2356]", log), log


def agree_when_ready(hall, feed, kiosk, ready):
    """After a device came back: the state of it that was told last is ready."""
    with feed.changed:
        def now():
            states = [data for name, data in feed.events if name == "readersChanged"]
            return states and ready(states[-1])

        assert feed.changed.wait_for(now, CEILING), feed.events
    agree(hall, kiosk)


def test_the_tool_says_whose_each_device_is(bed, hall, tmp_path):
    place = hall([{"at": "1-2", "kiosk": "kiosk-2"}, {"serial": "S-s", "kiosk": "kiosk-1"}])
    for sentence in ("plug a reader 1-2", "plug c reader 1-4"):
        bed.do(sentence)
    done = subprocess.run(
        [BUILT / "yichuangctl", "devices", "list", "--json", "--config", str(place.configuration)], capture_output=True, text=True,
        env=bed.environment | {"YICHUANG_SHARE": str(ROOT)}, timeout=CEILING)
    assert done.returncode == 0, done.stderr
    found = {one["place"]: one for one in json.loads(done.stdout)["devices"]}
    assert found["1-2"]["kiosk"] == "kiosk-2" and found["1-2"]["belonging"] == "belongs to kiosk-2"
    assert found["1-4"]["kiosk"] is None
    assert found["1-4"]["belonging"].startswith("unassigned") and "{at: '1-4', kiosk: kiosk-1}" in found["1-4"]["belonging"]


def test_a_configuration_that_cannot_hold_is_refused_with_its_line(bed, hall):
    with pytest.raises(RuntimeError) as refused:
        hall([{"at": "1-2", "kiosk": "kiosk-1"}, {"at": "1-2", "kiosk": "kiosk-2"}, {"at": "1-3", "kiosk": "kiosk-7"}])
    words = str(refused.value)
    assert re.search(r"yichuang\.yaml:\d+:\d+: the place 1-2 stands here for kiosk-1 and for kiosk-2", words), words
    assert "no kiosk is “kiosk-7”" in words and "kiosk-1, kiosk-2" in words

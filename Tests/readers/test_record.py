"""Goal: a transcript of a device's transfers can be sent to a developer, and has no personal data.

Method: the shipped tool records emulated devices through real libusb while planted data pass; the file is searched for them in every
form, and replayed below another reader process, which has to report the same.
"""
import os
import queue
import signal
import subprocess
import threading
import time

import pytest
from testkit.paths import BUILT, ROOT
from testkit.reader_testbed import ReaderTestbed
from testkit.reader_process import READERD, Reader
from testkit.scans import keyboard, line, pos, said
from testkit.waiting import CEILING

# Of nobody: region 000000.
NAME, NUMBER, BIRTH = "查无此人", "000000198702285432", "19870228"
ADDRESS, ISSUER, UNTIL = "子虚市乌有路二十七号", "子虚市公安局", "20310417"
SCANS = ["PRIVATE-7391 查无此人", "000000198702285432", "https://example.test/子虚/Tail?x=7"]
PICTURE = "NOT A PICTURE"


def card(kind="resident", number=NUMBER):
    """The 256 bytes of a card's text, by the tables of GA/T 490."""
    text = bytearray(b" \0" * 128)

    def put(at, value):
        data = value.encode("utf-16-le")
        text[at:at + len(data)] = data

    for at, value in ((0, NAME), (30, "2"), (32, "01"), (36, BIRTH), (52, ADDRESS), (122, number), (158, ISSUER), (188, "20110417"), (204, UNTIL)):
        put(at, value)
    if kind == "residence_permit":
        put(32, "  ")
        put(220, "H77665544")
        put(248, "J")
    return bytes(text).hex()


def forms(text):
    """A text as it might stand in a file: raw and as digits, in every encoding."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        raw = text.encode(encoding)
        yield from (raw, raw.hex().encode(), raw.hex().upper().encode())


class Recorder:
    """yichuangctl devices record, with what it says meanwhile."""

    def __init__(self, environment, path, *words):
        self.process = subprocess.Popen(
            [BUILT / "yichuangctl", "devices", "record", "1-2", "--to", str(path), "--program", READERD, *words],
            env=environment | {"YICHUANG_SHARE": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.said, self.all, self.counted = queue.Queue(), [], {}
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for text in self.process.stderr:
            self.said.put(text.rstrip("\n"))
        self.said.put(None)

    def wait(self, words):
        while True:
            try:
                text = self.said.get(timeout=CEILING)
            except queue.Empty:
                raise AssertionError(f"it did not say {words}; said: {self.all}") from None
            assert text is not None, f"it ended; said: {self.all}"
            self.all.append(text)
            if text.startswith(words):
                return text

    def written(self, path, words):
        """Waits until the file has more lines with these words than at the last call."""
        deadline = time.monotonic() + CEILING
        before = self.counted.get(words, 0)
        while (now := path.read_text().count(words)) <= before:
            assert time.monotonic() < deadline, "nothing was written"
            time.sleep(0.005)
        self.counted[words] = now

    def end(self):
        self.process.send_signal(signal.SIGINT)
        out, _ = self.process.communicate(timeout=CEILING)
        assert self.process.returncode == 0, (out, self.all)
        return out


@pytest.fixture
def second_bed():
    testbed = ReaderTestbed()
    yield testbed
    testbed.close()


def planted_nowhere(folder, *also):
    secrets = [NAME, NUMBER, BIRTH, ADDRESS, ISSUER, UNTIL, "H77665544", PICTURE, *also]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        for secret in secrets:
            for form in forms(secret):
                assert form not in content, (path, secret)


def heard(reader, begun=0):
    """What a hall is told of cards, without who it was."""
    words = ("card", "trouble", "empty", "code", "code_trouble", "left")
    return [r[:3] if r[0] == "card" else r for r in reader.seen[begun:] if r[0] in words]


@pytest.mark.parametrize("model", ["reader", "reader-split", "reader-hid"])
def test_a_card_reader_is_recorded_and_replayed(testbed, second_bed, tmp_path, model):
    testbed.do(f"plug r {model} 1-2")
    path = tmp_path / "reader.transcript"
    recorder = Recorder(testbed.environment, path)
    recorder.wait("ready")
    steps = [
        (f"lay r text {card()}", "a card (resident)", ("card", "1-2")),
        ("lift r", "nothing lies there", ("empty", "1-2")),
        (f"lay r text {card('residence_permit', '810000198702285437')}", "a card (residence_permit)", ("card", "1-2")),
        ("lift r", "nothing lies there", ("empty", "1-2")),
        ("lay r foreign", "no card was read: not_an_identity_card", ("trouble", "1-2")),
        ("lift r", None, None),
        ("fault r noise 30", None, None),
        (f"lay r text {card()}", "a card (resident)", ("card", "1-2")),
        ("lift r", "nothing lies there", ("empty", "1-2")),
        ("fault r badsum 30", None, None),
        (f"lay r text {card()}", "a card (resident)", ("card", "1-2")),
        ("lift r", "nothing lies there", ("empty", "1-2")),
        ("fault r truncate 500 30", None, None),
        (f"lay r text {card()}", "a card (resident)", ("card", "1-2")),
        ("lift r", "nothing lies there", ("empty", "1-2")),
        ("fault r stall 20", None, None),
        (f"lay r text {card()}", "a card (resident)", ("card", "1-2")),
        ("lift r", "nothing lies there", ("empty", "1-2")),
    ]
    # It looks for a card over and over: that is written once.
    before = testbed.stats("r")["transfers"]
    while testbed.stats("r")["transfers"] < before + 20:
        time.sleep(0.05)
    expected = []
    for sentence, words, report in steps:
        testbed.do(sentence)
        if words:
            recorder.wait(words)
            expected.append(report)
    assert "lines are in" in recorder.end()
    testbed.wait("released", device="r")
    planted_nowhere(tmp_path)
    text = path.read_text()
    assert "a card's text (resident), doubts: number_check" in text and " again " in text

    second_bed.do(f"replay r {path} 1-2")
    reader = Reader(second_bed.environment)
    try:
        for report in expected:
            reader.wait(report)
        cards = [r for r in reader.seen if r[0] == "card"]
        assert [r[:2] for r in heard(reader)] == expected
        assert [r[2] for r in cards] == ["resident", "residence_permit"] + ["resident"] * 4
        assert {r[4] for r in cards} == {"000000190001010017", "810000190001010026"}
        assert {r[7] for r in cards} == {""}
    finally:
        reader.kill()


@pytest.mark.parametrize("model,alt", [("keyboard", "gbk"), ("pos", None), ("serial", None)])
def test_a_scanner_is_recorded_and_replayed(testbed, second_bed, tmp_path, model, alt):
    testbed.do(f"plug s {model} 1-2")
    path = tmp_path / "scanner.transcript"
    recorder = Recorder(testbed.environment, path, "--keyboard", "0c2e:0901")
    recorder.wait("ready")
    for text in SCANS:
        transfers = {"keyboard": lambda t: keyboard(t, "gbk"), "pos": lambda t: pos(t.encode()), "serial": lambda t: line(t.encode("gb18030"))}
        testbed.do(said("s", transfers[model](text)))
        recorder.wait(f"a code of {len(text)} characters")
        # The pause after it is over: it is written.
        recorder.written(path, " pause")
    recorder.end()
    planted_nowhere(tmp_path, *SCANS, "PRIVATE-7391", "Tail")

    second_bed.do(f"replay s {path} 1-2")
    reader = Reader(second_bed.environment)
    try:
        reader.wait(("condition", "1-2", "ready"))
        codes = []
        while True:
            second_bed.do("play s")
            if any(e["event"] == "over" for e in second_bed.seen):
                break
            codes.append(reader.wait(("code",)))
        assert [len(c[2]) for c in codes] == [len(t) for t in SCANS]
        assert codes[0][2] == "ABCDEFG-1234 " + ("测测测测" if model == "keyboard" else "测试测试")
        assert codes[1][2] == "123456789012345678"
        assert {c[4] for c in codes} == {"]Q1" if model == "pos" else ""}
    finally:
        reader.kill()


def test_only_one_device_is_touched_and_only_a_new_file_is_written(testbed, tmp_path):
    testbed.do("plug r reader 1-2")
    testbed.do("plug o reader 1-3")
    path = tmp_path / "t"
    recorder = Recorder(testbed.environment, path)
    recorder.wait("ready")
    assert testbed.stats("o")["claims"] == 0 and testbed.stats("r")["claims"] == 1
    recorder.end()
    kept = path.read_bytes()
    again = subprocess.run(
        [BUILT / "yichuangctl", "devices", "record", "1-2", "--to", str(path)], capture_output=True, text=True,
        env=testbed.environment | {"YICHUANG_SHARE": str(ROOT)}, timeout=CEILING)
    assert again.returncode == 64 and "name another file" in again.stderr and path.read_bytes() == kept
    elsewhere = subprocess.run(
        [BUILT / "yichuangctl", "devices", "record", "1-9", "--to", str(tmp_path / "u")], capture_output=True, text=True,
        env=testbed.environment | {"YICHUANG_SHARE": str(ROOT)}, timeout=CEILING)
    assert elsewhere.returncode == 64 and "1-2, 1-3" in elsewhere.stderr and not (tmp_path / "u").exists()


def test_what_is_no_transcript_is_refused(testbed, tmp_path):
    path = tmp_path / "t"
    for words in ("", "yichuang-transcript 2\n", "0.000 opened\n", "yichuang-transcript 1\n0.0 in 81 zz\n", os.urandom(64).hex()):
        path.write_text(words)
        testbed.process.stdin.write(f"replay r {path} 1-2\n")
        testbed.process.stdin.flush()
        testbed.wait("not-understood")

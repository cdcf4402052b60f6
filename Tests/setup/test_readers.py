"""Goal: a reader is known to read before the hall opens, and nothing of what was read stays. Method: emulated devices below the real
libusb, the built reader process, and cards and codes of nobody."""

import pathlib
import subprocess

import pytest
from testkit.paths import BUILT
from testkit.reader_testbed import ReaderTestbed
from testkit.scans import pos, said
from testkit.waiting import CEILING

NUMBER, NAME, SCAN = "000000198702285432", "查无此人", "PRIVATE-7391"


@pytest.fixture
def devices(site):
    testbed = ReaderTestbed()
    site.environment.update({key: testbed.environment[key] for key in ("LD_PRELOAD", "UMOCKDEV_DIR")})
    yield testbed
    testbed.close()


def forget(devices):
    """The library below leaves the socket of a process that may write no file, and a second process would meet it."""
    for path in pathlib.Path(devices.root).glob("event*"):
        path.unlink()


def card():
    """The 256 bytes of a card's text, by the tables of GA/T 490."""
    text = bytearray(b" \0" * 128)
    for at, value in ((0, NAME), (30, "2"), (32, "01"), (36, "19870228"), (52, "子虚市乌有路二十七号"), (122, NUMBER), (158, "子虚市公安局"),
                      (188, "20110417"), (204, "20310417")):
        data = value.encode("utf-16-le")
        text[at:at + len(data)] = data
    return bytes(text).hex()


def up_to_readers(terminal):
    terminal.answer(r"Is the clock right\?.*: ", "y")
    terminal.answer(r"> \[new\]: ", "")
    terminal.answer(r"Which town[^>]*>: ", "安居镇")
    terminal.answer(r"> \[重庆市铜梁区安居镇\]: ", "")
    terminal.answer(r"Sessions[^>]*>.*: ", "always")
    terminal.answer(r"> \[12345\]: ", "")
    terminal.answer(r"> \[12345\]: ", "")
    for count in ("comprehensive", "police", "results"):
        terminal.answer(rf"{count}.*\?.*: |{count}.*none\).*: ", "1")
    terminal.answer(r"Kiosks \[1\]: ", "")
    terminal.answer(r"or none.*: ", "none")
    terminal.answer(r"Show it\?.*: ", "n")


def to_the_end(terminal):
    terminal.answer(r"Enter to type them: ", "")
    terminal.answer(r"Enter to end: ", "演示统筹员 AJ100 统筹人员")
    terminal.answer(r"Enter to end: ", "")
    terminal.answer(r"> \[packaged\]: ", "")
    terminal.answer(r"machine's address[^>]*>.*: ", "none")
    terminal.answer(r"backups[^>]*> \[none\]: ", "")


def test_a_card_is_read_before_the_hall_opens_and_leaves_nothing(site, devices):
    devices.do("plug r reader 1-2")
    terminal = site.terminal("--no-start")
    up_to_readers(terminal)
    terminal.expect("1-2  sam-bulk")
    terminal.answer(r"Use them\? \[y\]: ", "")
    terminal.expect("1-2  sam-bulk: lay an identity card on it now")
    # A bank card first: it is told from an identity card, and the trial goes on.
    devices.do("lay r foreign")
    terminal.expect("that is no identity card")
    devices.do("lift r")
    devices.do("lay r text " + card())
    terminal.expect(r"1-2 works: a card was read \(resident, 18 characters\); nothing of it was kept")
    to_the_end(terminal)
    assert terminal.end() == 0
    assert "readers:" in site.config.read_text()
    kept = [terminal.shown.encode(), *site.files().values()]
    kept += [path.read_bytes() for path in site.state.rglob("*") if path.is_file()]
    for private in (NUMBER, NAME):
        assert not [content for content in kept if private.encode() in content]


def test_enter_goes_on_without_a_trial_and_lets_the_device_go(site, devices):
    devices.do("plug r reader 1-2")
    terminal = site.terminal("--no-start")
    up_to_readers(terminal)
    terminal.answer(r"Use them\? \[y\]: ", "")
    terminal.expect("lay an identity card on it now")
    devices.wait("claimed", device="r")
    terminal.type("")
    terminal.expect("1-2 was not tried: nothing was read")
    devices.wait("released", device="r")
    to_the_end(terminal)
    assert terminal.end() == 0


def test_the_command_says_what_it_read_and_fails_when_nothing_came(site, devices):
    tool = [str(BUILT / "yichuangctl"), "devices", "try"]

    def run(*words, **more):
        return subprocess.run([*tool, *words], capture_output=True, text=True, env={**site.environment, **more}, stdin=subprocess.DEVNULL)

    assert run().returncode == 64
    devices.do("plug r reader-hid 1-4")
    devices.do("lay r text " + card())
    done = run(LANG="zh_CN.UTF-8")
    assert done.returncode == 0 and done.stdout == "1-4 能用：读到一张居民身份证，号码 18 位；内容没有显示，也没有保存\n", done.stderr
    assert NUMBER not in done.stderr
    devices.do("lift r")
    forget(devices)
    done = run("1-4", "--seconds", "1")
    assert done.returncode == 69 and "nothing was read" in done.stderr
    assert run("1-9").returncode == 64
    devices.do("unplug r")
    devices.do("plug s pos 1-3")
    forget(devices)
    scan = subprocess.Popen([*tool, "1-3"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=site.environment, stdin=subprocess.DEVNULL)
    devices.wait("claimed", device="s")
    devices.do(said("s", pos(SCAN.encode())))
    shown, complaint = scan.communicate(timeout=CEILING)
    assert scan.returncode == 0 and f"a code was read (]Q1, {len(SCAN)} characters)" in shown and SCAN not in shown + complaint

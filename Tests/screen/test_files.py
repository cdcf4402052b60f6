"""Goal: the files of `yichuangctl screen on` allow only the one page, and a text that is no board's link is refused with what to write
instead. Method: the program writes below another root, where nothing is started."""

import base64
import json
import subprocess

import pytest

from testkit.paths import BUILT

PROGRAMS = ("usr/bin/chromium", "usr/lib/xorg/Xorg", "usr/bin/xprop", "usr/lib/xorg/modules/input/libinput_drv.so",
            "usr/bin/matchbox-window-manager", "usr/lib/chromium/chrome-sandbox")
LINK = "https://10.1.2.3:7443/board/enter?token=0123456789abcdef"


@pytest.fixture
def root(tmp_path):
    for name in PROGRAMS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def screen(*words):
    done = subprocess.run([BUILT / "yichuangctl", "screen", *map(str, words), "--json"], capture_output=True, text=True)
    text = done.stdout or done.stderr
    return done.returncode, json.loads(text.splitlines()[-1]) if text.startswith("{") else {"sentence": text}


def test_a_board_of_another_machine_gets_its_address_its_authority_and_the_halls_network(root):
    authority = root / "ca.crt"
    authority.write_text("-----BEGIN CERTIFICATE-----\n" + base64.b64encode(b"der" * 40).decode() + "\n-----END CERTIFICATE-----\n")
    status, said = screen("on", "--board", LINK + "&window=3", "--name", "east-3", "--ca", authority, "--root", root)
    assert status == 0 and "0123456789abcdef" not in json.dumps(said), said
    settings = root / "etc/yichuang/screen.conf"
    assert f'SCREEN_PAGE="{LINK}&window=3&screen=east-3"' in settings.read_text()
    assert settings.stat().st_mode & 0o777 == 0o600
    policy = json.loads((root / "etc/chromium/policies/managed/yichuang-screen.json").read_text())
    assert policy["URLAllowlist"][1:] == ["https://10.1.2.3:7443/board/"] and policy["AutoplayAllowlist"] == ["https://10.1.2.3:7443"]
    assert policy["CACertificates"] == [base64.b64encode(b"der" * 40).decode()]
    network = root / "etc/systemd/system/yichuang-screen.service.d/50-board.conf"
    assert "IPAddressAllow=10.0.0.0/8" in network.read_text()
    # A board of this machine needs no network, and loses what was there.
    assert screen("on", "--board", "http://127.0.0.1:7311/board/enter?token=x", "--root", root)[0] == 0
    assert not network.exists()
    assert screen("off", "--root", root)[0] == 0
    assert not settings.exists() and not list(root.glob("etc/chromium/policies/managed/*"))


@pytest.mark.parametrize("link", [
    "http://10.1.2.3:7311/board/enter?token=x", "https://10.1.2.3/window/", "https://10.1.2.3/board/enter", "https://10.1.2.3/board/enter?token=",
    "https://10.1.2.3/board/enter?token=a&token=b", "https://10.1.2.3/board/enter?token=x&next=/window/", "https://a@10.1.2.3/board/enter?token=x",
    'https://10.1.2.3/board/enter?token=x"', "javascript:alert(1)", "board/enter?token=x", "https://10.1.2.3/board/enter?token=x#y", "",
])
def test_what_is_no_boards_link_is_refused(root, link):
    status, said = screen("on", "--board", link, "--root", root)
    assert status == 64 and "https" in said["sentence"], said
    assert not (root / "etc").exists()


@pytest.mark.parametrize("words", [
    ("--board", LINK, "--name", "East"), ("--board", LINK, "--ca", "/dev/null"), ("--board", LINK, "--kiosk", "kiosk-1"), (),
    ("--kiosk", "kiosk-1", "--name", "east"),
])
def test_words_that_do_not_fit_are_refused(root, words):
    status, said = screen("on", *words, "--root", root)
    assert status == 64 and said["sentence"], said
    assert not (root / "etc").exists()


def test_a_machine_with_another_desktop_is_left_alone(root):
    manager = root / "etc/systemd/system/display-manager.service"
    manager.parent.mkdir(parents=True)
    manager.touch()
    status, said = screen("on", "--board", LINK, "--root", root)
    assert status == 1 and "display-manager" in said["sentence"]
    assert not (root / "etc/yichuang").exists()

"""Goal: a file of answers opens a hall without a question, or says every fault with its line and changes nothing."""

import ctypes
import datetime
import os
import re
import subprocess

import pytest
import yaml
from conftest import GOOD, STAFF
from testkit.paths import BUILT, ROOT
from testkit.waiting import eventually

CLONE_NEWNS, MS_REC_PRIVATE = 0x20000, 0x4000 | 0x40000


def test_answers_open_a_hall_that_gives_numbers_and_lets_people_in(site):
    done = site.by_answers()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "安居镇便民服务中心" in done.stdout and "business day" in done.stdout
    assert site.number() == "A001"
    # What the hall can do without for a while is said.
    assert "Still to do:" in done.stdout and "  - nothing says where backups go" in done.stdout
    secret = re.search(r"^  AJ001  (\S+)  演示员甲$", done.stdout, re.M)[1]
    assert site.signs_in("AJ001", secret) == 201
    # The secret stands nowhere but in what was shown.
    assert not [name for name, content in site.files().items() if secret.encode() in content]
    # The file of the demo's own form: hashes with their commas are whole.
    settings = yaml.safe_load(site.config.read_text())
    assert all(member["secret_hash"].count(",") == 2 for member in settings["staff"])
    link = re.search(r"http://\S+/board/enter\?token=\S+", done.stdout)[0]
    assert settings["board"]["token"] in link


def test_a_second_run_on_an_open_hall_changes_what_was_asked_for_and_loses_nothing(site):
    first = site.by_answers()
    assert first.returncode == 0, first.stderr
    assert site.number() == "A001"
    secret = re.search(r"^  AJ001  (\S+)  ", first.stdout, re.M)[1]
    text = site.config.read_text()
    site.config.write_text(text + "\n# 常办\nfrequent: [RS-004]\nqueue:\n  recalls: 5\n")
    # Nothing of kiosks and listeners changes, so the open hall takes it over at once.
    done = site.by_answers(GOOD.replace("comprehensive: 2", "comprehensive: 3"), staff=STAFF + "新来的,AJ002,代办员\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "in force" in done.stdout
    assert re.search(r"^  AJ002  \S+  新来的$", done.stdout, re.M) and "AJ001  " not in done.stdout
    new = re.search(r"^  AJ002  (\S+)  新来的$", done.stdout, re.M)[1]
    assert site.signs_in("AJ002", new) == 201
    assert site.number() == "A002"
    assert site.signs_in("AJ001", secret) == 201
    assert "# 常办\nfrequent: [RS-004]\nqueue:\n  recalls: 5\n" in site.config.read_text()
    assert (site.etc / "yichuang.yaml.1").read_text().startswith(text)
    # What an open hall cannot take over is written, and said in a sentence.
    done = site.by_answers(GOOD.replace("- printer: none", "- {name: 大门口, printer: none}"), staff=STAFF)
    assert done.returncode == 0 and "restart" in done.stdout and "AJ002" in done.stdout
    assert site.number() == "A003"


def test_a_change_that_needs_a_restart_is_in_force_at_once_where_the_day_is_not_open(site):
    # A session of another part of this day (Beijing), whenever this runs.
    hour = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=8)).hour
    closed = GOOD.replace("hours: always", "hours: ['20:00-21:00']" if hour < 12 else "hours: ['01:00-02:00']")
    assert site.by_answers(closed).returncode == 0
    first = site.pid.read_text()
    named = closed.replace("- printer: none", "- {name: 大门口, printer: none}")
    done = site.by_answers(named)
    assert done.returncode == 0 and "restarted, the new configuration is in force" in done.stdout, done.stdout + done.stderr
    assert site.pid.read_text() != first
    # An open one only where somebody says so.
    always = named.replace(closed.splitlines()[3], "hours: always")
    done = site.by_answers(always)
    assert done.returncode == 0 and "in force" in done.stdout, done.stdout + done.stderr
    eventually("the day is open", lambda: "business day none" not in site.tool("status").stdout)
    assert site.number() == "A001"
    second = site.pid.read_text()
    more = always.replace("大门口", "后门口")
    done = site.by_answers(more)
    assert done.returncode == 0 and "systemctl restart yichuangd" in done.stdout and site.pid.read_text() == second
    done = site.by_answers(more.replace("后门口", "边门口"), "--restart")
    assert done.returncode == 0 and "restarted" in done.stdout and site.pid.read_text() != second
    assert site.number() == "A002"


def test_a_usb_printer_says_its_model_or_is_asked_for(site):
    bus = site.folder / "bus"
    node = bus / "sys/class/usbmisc/lp0/device"
    node.mkdir(parents=True)
    (node / "ieee1284_id").write_text("MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;")
    text = GOOD.replace("printer: none", "printer: {device: /dev/usb/lp0}")
    below = {"LD_PRELOAD": "libumockdev-preload.so.0", "UMOCKDEV_DIR": str(bus)}
    done = site.by_answers(text, "--dry-run", **below)
    assert done.returncode == 0, done.stderr
    assert yaml.safe_load(done.stdout)["kiosks"][0]["printer"]["model"] == "epson-tm-t88"
    (node / "ieee1284_id").write_text("MFG:ACME;MDL:Laser 9;")
    done = site.by_answers(text, "--dry-run", **below)
    assert done.returncode == 78 and "answers.yaml:9:3: `model` is missing, and the printer at /dev/usb/lp0" in done.stderr
    assert site.files() == {}


def test_the_same_answers_again_change_no_byte(site):
    assert site.by_answers(GOOD, "--no-start").returncode == 0
    before = site.config.read_bytes()
    assert site.by_answers(GOOD, "--no-start").returncode == 0
    assert site.config.read_bytes() == before


@pytest.mark.parametrize("old, new, line, words", [
    ("machine: new\n", "", 1, "`machine` is missing"),
    ("hours: always", "hourz: always", 4, "did you mean `hours`?"),
    ("consult_phone: '12345'", "consult_phone: '9'", 5, "`consult_phone` is"),
    ("police: 1", "police: many", 7, "`police` is"),
    ("printer: none", "printer: {device: 'a b', model: generic-80}", 8, "--device holds blanks"),
])
def test_a_fault_of_the_answers_is_said_with_its_line_before_anything_is_touched(site, old, new, line, words):
    done = site.by_answers(GOOD.replace(old, new))
    assert done.returncode == 78
    [said] = [text for text in done.stderr.splitlines() if words in text]
    assert f"answers.yaml:{line}:" in said
    assert site.files() == {}


def test_two_people_with_one_badge_are_named_with_both_lines_in_chinese_too(site):
    twice = STAFF + "演示员丙,AJ001,窗口人员\n"
    done = site.by_answers(staff=twice)
    assert done.returncode == 78 and "staff.csv:4: the badge AJ001 stands in line 2 too" in done.stderr
    done = site.by_answers(staff=twice, LANG="zh_CN.UTF-8")
    assert "staff.csv:4: 工号 AJ001 与第 2 行重复：每人一个工号" in done.stderr
    assert site.files() == {}


def test_a_replacement_waits_for_its_backup(site):
    done = site.by_answers(GOOD.replace("machine: new", "machine: replacement"))
    assert done.returncode == 1 and "yichuangctl restore" in done.stderr
    assert site.files() == {}


def test_a_dry_run_shows_a_file_that_can_be_used_and_writes_none(site):
    done = site.by_answers(GOOD, "--dry-run")
    assert done.returncode == 0 and site.files() == {}
    shown = yaml.safe_load(done.stdout)
    assert [window["number"] for window in shown["windows"]] == [1, 2, 3, 4]


def test_the_example_that_nobody_filled_in_gives_way_and_is_kept(site):
    example = (ROOT / "packaging/yichuang.yaml.example").read_bytes()
    site.config.write_bytes(example)
    done = site.by_answers(GOOD, "--no-start")
    assert done.returncode == 0, done.stderr
    assert (site.etc / "yichuang.yaml.1").read_bytes() == example
    check = subprocess.run([str(BUILT / "yichuangd"), "--check", "--config", str(site.config)], capture_output=True, text=True)
    assert check.returncode == 0, check.stderr


def test_a_configuration_that_is_broken_is_left_alone(site):
    assert site.by_answers(GOOD, "--no-start").returncode == 0
    site.config.write_text(site.config.read_text() + "colour: red\n")
    before = site.files()
    done = site.by_answers(GOOD, "--no-start")
    assert done.returncode == 78 and "colour" in done.stderr and "mend these lines" in done.stderr
    assert site.files() == before


def test_a_faulty_catalogue_leaves_everything_as_it_was(site):
    assert site.by_answers(GOOD, "--no-start").returncode == 0
    before = site.files()
    site.write("mine.yaml", "version: nothing\n")
    done = site.by_answers(GOOD + "catalogue: mine.yaml\n", "--no-start")
    assert done.returncode == 78
    assert site.files() == before


def test_a_full_disk_leaves_the_former_hall_in_force(site):
    if os.geteuid() != 0:
        pytest.skip("mounts need root")
    library = ctypes.CDLL(None, use_errno=True)
    assert library.unshare(CLONE_NEWNS) == 0 and library.mount(b"none", b"/", None, MS_REC_PRIVATE, None) == 0
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", site.etc], check=True)
    try:
        assert site.by_answers(GOOD, "--no-start").returncode == 0
        before = site.files()
        with open(site.etc / "filler", "wb", buffering=0) as filler, pytest.raises(OSError):
            while True:
                filler.write(b"x" * 4096)
        more = GOOD.replace("comprehensive: 2", "comprehensive: 9")
        done = site.by_answers(more, "--no-start")
        assert done.returncode == 74, done.stdout + done.stderr
        assert "No space left on device" in done.stderr and "nothing was changed" in done.stderr
        done = site.by_answers(more, "--no-start", LANG="zh_CN.UTF-8")
        assert "磁盘已满" in done.stderr and "什么也没有改" in done.stderr
        (site.etc / "filler").unlink()
        assert site.files() == before
        # With room it goes on.
        assert site.by_answers(more, "--no-start").returncode == 0
        assert site.files() != before
    finally:
        subprocess.run(["umount", site.etc], check=True)

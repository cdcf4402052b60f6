"""Goal: a person who answers questions gets an open hall, and one who goes away in the middle has changed nothing."""

import re

import yaml
import zxingcpp
from conftest import GOOD
from PIL import Image


def scanned(shown):
    """What a phone reads off a dark terminal: two modules a character, filled ones are light."""
    rows = [line for line in shown.splitlines() if re.fullmatch("[█▀▄ ]{30,}", line)]
    picture = Image.new("L", (len(rows[0]), 2 * len(rows)))
    for y, row in enumerate(rows):
        for x, character in enumerate(row):
            picture.putpixel((x, 2 * y), 255 * (character in "█▀"))
            picture.putpixel((x, 2 * y + 1), 255 * (character in "█▄"))
    return [code.text for code in zxingcpp.read_barcodes(picture.resize((8 * picture.width, 8 * picture.height), Image.Resampling.NEAREST))]


def answers(terminal, windows="2", staff=(("演示员甲 AJ001 窗口人员"), ("演示统筹员 AJ100 统筹人员"))):
    """Everything up to the last question but one."""
    terminal.answer(r"Is the clock right\?.*: ", "y")
    terminal.answer(r"replacement of a machine that died[^>]*> \[new\]: ", "")
    terminal.answer(r"Which town or street\?[^>]*>: ", "街道")
    # More than one: it says which, and asks again.
    terminal.answer(r"may be .*巴川街道[^>]*>: ", "安居")
    terminal.expect("安居镇便民服务中心 500151105")
    terminal.answer(r"address[^>]*> \[重庆市铜梁区安居镇\]: ", "")
    terminal.answer(r"Sessions on working days[^>]*>.*: ", "12:00-09:00")
    terminal.answer(r"HH:MM-HH:MM[^>]*>.*: ", "always")
    terminal.answer(r"phone for questions[^>]*> \[12345\]: ", "")
    terminal.answer(r"phone for complaints[^>]*> \[12345\]: ", "")
    terminal.answer(r"comprehensive windows\?.*: ", windows)
    terminal.answer(r"of the police.*: ", "1")
    terminal.answer(r"collecting results.*: ", "1")
    terminal.answer(r"Kiosks \[1\]: ", "")
    terminal.answer(r"or none.*: ", "none")
    terminal.answer(r"Show it\?.*: ", "n")
    terminal.answer(r"Use them\?.*: ", "n")
    terminal.answer(r"Enter to type them: ", "")
    for member in staff:
        terminal.answer(r"Enter to end: ", member)
    terminal.answer(r"Enter to end: ", "")


def test_a_person_answers_and_the_hall_is_open(site):
    terminal = site.terminal()
    answers(terminal, staff=["一个人", "演示员甲 AJ001 窗口人员", "演示统筹员 AJ100 统筹人员", "演示审计员 AJ300 审计管理员"])
    terminal.answer(r"catalogue[^>]*> \[packaged\]: ", "")
    terminal.answer(r"This machine's address[^>]*>.*: ", "none")
    terminal.answer(r"Where do backups go[^>]*> \[none\]: ", "/srv/backup")
    terminal.answer(r"public key.*: ", "age1short")
    terminal.answer(r"no recipient of age[^>]*> \[none\]: ", "none")
    terminal.expect("business day")
    assert terminal.end() == 0
    # What happens with the answer stands at its question.
    assert "It is printed on slips" in terminal.shown
    secret = re.search(r"  AJ100  (\S+)  演示统筹员", terminal.shown)[1]
    assert site.signs_in("AJ100", secret) == 201
    assert site.number() == "A001"
    link = re.search(r"http://\S+/board/enter\?token=\S+", terminal.shown)[0]
    assert scanned(terminal.shown) == [link]

    # Again: what is there is offered, backups too, and three windows are asked for.
    recipient = re.search("age1[0-9a-z]{58}", site.tool("backup", "keygen", str(site.folder / "office.key")).stdout)[0]
    backups = f"recipient: {recipient}\ntargets:\n- folder: /srv/elsewhere\n"
    (site.etc / "backup.yaml").write_text(backups)
    again = site.terminal()
    again.answer(r"Is the clock right\?.*: ", "")
    for question in (r"> \[500151105\]: ", r"> \[重庆市铜梁区安居镇\]: ", r"> \[always\]: ", r"> \[12345\]: ", r"> \[12345\]: "):
        again.answer(question, "")
    again.answer(r"comprehensive windows\? \[2\]: ", "3")
    again.answer(r"police.*\[1\]: ", "")
    again.answer(r"results.*\[1\]: ", "")
    again.answer(r"Kiosks \[1\]: ", "")
    again.answer(r"or none.*: ", "none")
    again.answer(r"Show it\?.*: ", "")
    again.answer(r"Use them\?.*: ", "n")
    again.expect("AJ001  演示员甲  clerk")
    again.expect("AJ300  演示审计员  auditor")
    again.answer(r"Enter for no change.*: ", "")
    again.answer(r"> \[packaged\]: ", "")
    again.answer(r"machine's address[^>]*> \[none\]: ", "")
    again.answer(r"Now: folder /srv/elsewhere [^>]*> \[keep\]: ", "none")
    again.answer(r"backups go on[^>]*> \[keep\]: ", "")
    again.expect("in force")
    assert again.end() == 0
    assert (site.etc / "backup.yaml").read_text() == backups
    assert "First secrets, shown" not in again.shown
    assert len(yaml.safe_load(site.config.read_text())["windows"]) == 5
    assert site.number() == "A002"
    assert site.signs_in("AJ100", secret) == 201


def test_an_open_hall_is_restarted_only_by_yes(site):
    assert site.by_answers().returncode == 0
    assert site.number() == "A001"
    for answer, words in (("n", "systemctl restart yichuangd"), ("y", "restarted, the new configuration is in force")):
        before = site.pid.read_text()
        again = site.terminal()
        again.answer(r"Is the clock right\?.*: ", "")
        for _ in range(5):
            again.answer(r"> \[[^\]]*\]: ", "")
        for count in (r"comprehensive.*\]: ", r"police.*\]: ", r"results.*\]: "):
            again.answer(count, "")
        again.answer(r"Kiosks \[1\]: ", "")
        again.answer(r"or none.*: ", "none")
        again.answer(r"Show it\?.*: ", "")
        again.answer(r"Use them\?.*: ", "y")
        again.answer(r"Enter for no change.*: ", "")
        again.answer(r"> \[packaged\]: ", "")
        again.answer(r"machine's address[^>]*> \[none\]: ", "")
        again.answer(r"backups[^>]*> \[none\]: ", "")
        again.answer(r"Restart now\?.* \[n\]: ", answer)
        again.expect(re.escape(words))
        assert again.end() == 0
        assert (site.pid.read_text() == before) == (answer == "n")
    assert site.number() == "A002"


def test_a_printer_that_says_what_it_is_is_taken_at_its_word_once(site):
    bus = site.folder / "bus"
    for path, text in (("sys/class/usbmisc/lp0/device/ieee1284_id", "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;"), ("dev/usb/lp0", "")):
        (bus / path).parent.mkdir(parents=True)
        (bus / path).write_text(text)
    site.environment.update({"LD_PRELOAD": "libumockdev-preload.so.0", "UMOCKDEV_DIR": str(bus)})
    terminal = site.terminal("--no-start", "--server", str(site.folder / "no.sock"))
    terminal.answer(r"Is the clock right\?.*: ", "y")
    terminal.answer(r"> \[new\]: ", "")
    terminal.answer(r"Which town[^>]*>: ", "安居镇")
    terminal.answer(r"> \[重庆市铜梁区安居镇\]: ", "")
    terminal.answer(r"Sessions[^>]*>.*: ", "always")
    for _ in range(2):
        terminal.answer(r"> \[12345\]: ", "")
    for count in ("comprehensive", "police", "results"):
        terminal.answer(rf"{count}.*\?.*: |{count}.*none\).*: ", "1")
    terminal.answer(r"Kiosks \[1\]: ", "")
    terminal.expect("1. /dev/usb/lp0  EPSON TM-T88V")
    terminal.answer(r"or none.*\[1\]: ", "")
    terminal.expect("it calls itself EPSON TM-T88V: epson-tm-t88")
    terminal.answer(r"r to try again.*: ", "r")
    terminal.answer(r"or none.*: ", "")
    # The second time the person is asked, with that for a default.
    terminal.answer(r"Model .*\[epson-tm-t88\]: ", "generic-80")
    terminal.answer(r"r to try again.*: ", "none")
    terminal.expect("Show it")
    terminal.interrupt()
    assert terminal.end() != 0


def test_ctrl_c_in_the_middle_leaves_the_former_hall_in_force(site):
    assert site.by_answers(GOOD).returncode == 0
    before = site.files()
    terminal = site.terminal()
    terminal.answer(r"Is the clock right\?.*: ", "")
    terminal.answer(r"> \[500151105\]: ", "巴川街道")
    terminal.expect(r"address[^>]*>.*: ")
    terminal.interrupt()
    assert terminal.end() != 0
    assert site.files() == before
    assert site.number() == "A001"


def test_two_people_with_one_badge_are_asked_for_again(site):
    terminal = site.terminal("--no-start")
    answers(terminal, staff=["演示员甲 AJ001 窗口人员", "演示员乙 AJ001 统筹人员"])
    terminal.expect("badge AJ001")
    terminal.expect(r"Enter to type them: ")
    terminal.interrupt()
    assert terminal.end() != 0
    assert site.files() == {}

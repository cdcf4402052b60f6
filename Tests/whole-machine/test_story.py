"""Goal: a machine of its own, from bare Debian to the end of the first visit, by what an IT person types. Method: QEMU boots Debian's kernel on a
disk of its own; the printer hangs on the kernel's USB; a finger is on the machine's own screen, and a clerk at another computer. The tests go on from
one another."""

import re

from clerk import Clerk, fingerprint, trust
from network import at
from whole import CEILING, CLERK, HALL

ANSWERS = """\
machine: new
division: 安居镇
address: 重庆市铜梁区安居镇（测试）
hours: always
consult_phone: '12345'
supervise_phone: '12345'
windows: {{comprehensive: 2, police: 1, pick_up: 1}}
kiosks:
- {{name: 大门口取号机, printer: {{device: /dev/usb/lp0}}}}
screen: true
readers: true
staff:
- {{name: 演示员甲, badge: AJ001, role: 窗口人员}}
- {{name: 演示统筹员, badge: AJ100, role: 统筹人员}}
certificates: {address}
backup: {{recipient: {recipient}, target: /srv}}
"""


def test_a_bare_machine_starts_and_its_printer_is_on_the_kernels_usb(story):
    machine = story.machine
    up = machine.boot()
    story.note(f"a command can be typed {up:.0f} s after the kernel's start")
    assert machine.run("dpkg-query", "-W", "yichuang").returncode != 0
    machine.write("/etc/usb-printer", f"{CLERK} {story.printer.port}\n")
    machine.run("systemctl", "start", "usb-printer.service", check=True)
    machine.until("the kernel's own driver has the printer", lambda: machine.run("test", "-c", "/dev/usb/lp0").returncode == 0)
    assert "TM-T88V" in machine.shell("cat /sys/class/usbmisc/lp0/device/ieee1284_id")


def test_package_and_setup_open_the_hall_without_a_question(story):
    machine = story.machine
    story.type("apt", "install", "-y", "--no-install-recommends", machine.take(story.package))
    said = machine.run("yichuangctl", "backup", "keygen", "/root/office.key", check=True).stdout
    story.answered = ANSWERS.format(address=HALL, recipient=re.search(r"age1[0-9a-z]{58}", said)[0])
    machine.write("/root/answers.yaml", story.answered)
    # The printer says its model, so the answers name none.
    said = story.type("yichuangctl", "setup", "--answers", "/root/answers.yaml")
    story.secrets = dict(re.findall(r"^  (AJ\d+)  (\S+)  ", said, re.M))
    assert set(story.secrets) == {"AJ001", "AJ100"}, said
    assert "epson-tm-t88" in machine.shell("cat /etc/yichuang/yichuang.yaml")
    for unit in ("yichuangd", "yichuang-door", "yichuang-screen", "yichuang-display"):
        assert machine.property("ActiveState", f"{unit}.service") in ("active", "activating"), machine.log(unit)


def test_a_finger_on_its_own_screen_takes_the_first_number_and_the_usb_printer_has_its_slip(story):
    machine, screen = story.machine, story.screen
    machine.until("the page is shown", lambda: "the page is shown" in machine.log("yichuang-screen").splitlines())
    key = machine.until("the page is drawn", screen.main_key)
    mark = story.printer.mark()
    screen.touch(key)
    story.printer.wait("cut", mark, seconds=CEILING)
    [slip] = story.printer.papers(mark)
    assert "A001" in slip["codes"], slip


def test_a_clerk_on_another_computer_trusts_the_hall_by_its_fingerprint(story):
    paper = story.type("yichuangctl", "tls", "fingerprint")
    certificate = story.folder / "yichuang-ca.crt"
    at(story.clerk.init, "curl", "-sS", "--fail", "--noproxy", "*", "-o", certificate, f"http://{HALL}:7380/yichuang-ca.crt")
    assert fingerprint(certificate) in paper.replace(" ", "").upper()
    trust(story.folder / "clerk", certificate)


def test_the_clerk_changes_the_first_secret_calls_hears_and_finishes(story):
    clerk = story.console = Clerk(story.browser(), HALL)
    clerk.sign_in("AJ001", story.secrets["AJ001"])
    clerk.change_first_secret()
    slip = clerk.serve("A001")
    assert (slip["state"], slip["evidence"]) == ("printed", "E3"), slip
    story.first_visit_ends()

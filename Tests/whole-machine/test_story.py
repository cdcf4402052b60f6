"""Goal: a machine of its own, from bare Debian to the end of the first visit, by what an IT person types. Method: QEMU boots Debian's kernel on a
disk of its own; the printer hangs on the kernel's USB; a finger is on the machine's own screen, and a clerk at another computer. Then its power is cut
at moments by chance (SEED), CUTS times, while a ledger outside holds what was answered; a keyboard that nobody knows, an update that loses
power, a second machine in the place of the first and a dead battery follow. The tests go on from one another."""

import json
import os
import pathlib
import re
import shutil

from clerk import OWN_SECRET, Clerk, fingerprint, trust
from network import at
from office_work import OfficeWork
from variants import SIGNATURE, Keys, variant
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


def plug_printer(story):
    machine = story.machine
    machine.write("/etc/usb-printer", f"{CLERK} {story.printer.port}\n")
    machine.run("systemctl", "start", "usb-printer.service", check=True)
    machine.until("the kernel's own driver has the printer", lambda: machine.run("test", "-c", "/dev/usb/lp0").returncode == 0)


def test_a_bare_machine_starts_and_its_printer_is_on_the_kernels_usb(story):
    machine = story.machine
    up = machine.boot()
    story.note(f"a command can be typed {up:.0f} s after the kernel's start")
    assert machine.run("dpkg-query", "-W", "yichuang").returncode != 0
    plug_printer(story)
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


def take_by_finger(story):
    """What a scanner reads on the slip of a number that is taken at the machine's own screen."""
    machine, screen = story.machine, story.screen
    machine.until("the page is shown", lambda: "the page is shown" in machine.log("yichuang-screen").splitlines())
    # The screen of the number before goes by itself.
    key = machine.until("the first screen is there", screen.take_key)
    mark = story.printer.mark()
    screen.touch(key)
    story.printer.wait("cut", mark, seconds=CEILING)
    [slip] = story.printer.papers(mark)
    return slip["codes"]


def test_a_finger_on_its_own_screen_takes_the_first_number_and_the_usb_printer_has_its_slip(story):
    assert "A001" in take_by_finger(story)


def test_a_clerk_on_another_computer_trusts_the_hall_by_its_fingerprint(story):
    paper = story.type("yichuangctl", "tls", "fingerprint")
    certificate = story.certificate = story.folder / "yichuang-ca.crt"
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


def test_cut_after_cut_nothing_that_was_answered_is_missing_or_there_twice(story):
    story.console.page.context.browser.close()
    machine, cuts = story.machine, int(os.environ.get("CUTS") or 10)
    work = story.work = OfficeWork(story.clerk, story.certificate, story.secrets)
    uptimes = []
    for number in range(1, cuts + 1):
        uptimes.append(work.life(machine, story.chance))
        problems = work.wrong + work.look(machine)
        assert not problems, (number, len(problems), problems[:10])
        story.note(f"cut {number}: {len(work.ledger.acknowledged)} numbers and {work.visits.answered} of the clerk's steps answered, "
                   f"{len(work.ledger.unsure)} numbers open, 0 missing, 0 twice")
        if number == cuts:
            story.spare = story.another("control", machine.disk)
        machine.boot()
    if cuts > 1:
        story.note(f"after a cut the first number is given {min(uptimes[1:]):.0f} to {max(uptimes[1:]):.0f} s after the kernel's start, "
                   "60 s of them waiting for a time server that is not there")


def take_number_by_finger(story):
    """The same, of lane A, as a number."""
    [number] = {int(code[1:]) for code in take_by_finger(story) if re.fullmatch(r"A\d{3,4}", code)}
    return number


def test_after_the_cuts_a_finger_takes_the_next_number_and_its_slip_comes_out(story):
    last = max(int(number[1:]) for _, number, _ in story.work.ledger.acknowledged.values() if number[0] == "A")
    # What nobody was answered may have been given too.
    numbers = [f"A{number:03}" for number in range(last + 1, last + len(story.work.ledger.unsure) + 2)]
    assert set(numbers) & set(take_by_finger(story)), numbers


def test_a_keyboard_that_nobody_knows_is_refused_once_the_usb_policy_is_on(story):
    machine = story.machine

    def is_there():
        return "QEMU USB Keyboard" in machine.shell("cat /proc/bus/input/devices")

    # Before, it is a keyboard like any other.
    machine.tell("device_add", driver="usb-kbd", id="keyboard", bus="usb.0")
    machine.until("the kernel has the keyboard", is_there)
    machine.tell("device_del", id="keyboard")
    machine.until("the keyboard is pulled out", lambda: not is_there())
    story.type("yichuangctl", "usb", "on")
    machine.tell("device_add", driver="usb-kbd", id="keyboard", bus="usb.0")
    refused = "device.rule='reject id [^']* name \"QEMU USB Keyboard\".*type='Device.Remove'"
    machine.until("USBGuard rejects it", lambda: re.search(refused, machine.shell("cat /var/log/usbguard/usbguard-audit.log")))
    assert not is_there()
    # The panel and the printer, which were plugged in before, go on.
    assert take_by_finger(story)


def delivered(story, keys, file):
    """A package and its signature, on the machine."""
    keys.sign(file)
    story.machine.take(file.with_name(file.name + SIGNATURE))
    return story.machine.take(file)


def test_an_update_that_loses_power_is_taken_back_by_the_boot_and_can_be_made_again(story):
    machine, keys = story.machine, Keys(story.folder)
    machine.write("/etc/yichuang/update.d/maker.pub", keys.public.read_text())
    delivered(story, keys, pathlib.Path(shutil.copy(story.package, story.folder)))
    path = delivered(story, keys, variant(story.package, story.folder, "99.0"))

    def version():
        return machine.run("dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Version}", "yichuang").stdout.replace(" ", "")

    def phase():
        return json.loads(machine.run("yichuangctl", "update", "status", "--json").stdout).get("phase")

    before, number = version(), take_number_by_finger(story)
    update = ("yichuangctl", "update", path, "--now", "--gate-seconds", "600", "--json")
    machine.run("systemd-run", "--unit=update", *update, check=True)
    # Waited for on the machine: an answer from there would come late.
    writing = "until ls /usr/bin/yichuang*.dpkg-new >/dev/null 2>&1; do systemctl -q is-active update || exit 1; sleep 0.1; done"
    assert machine.run("sh", "-c", writing).returncode == 0, machine.log("update")
    machine.cut()
    machine.boot()
    machine.until("the boot takes it back", lambda: phase() == "rolledBack")
    assert "Unpacking yichuang" in machine.log("yichuang-update-resume.service")
    assert version() == before
    assert take_number_by_finger(story) == number + 1
    answer = json.loads(machine.run(*update).stdout)
    assert (answer["status"], version()) == (0, "ii99.0"), answer
    assert take_number_by_finger(story) == number + 2


def test_a_second_machine_takes_the_place_of_the_first(story):
    """docs/运维手册.md, 换新机器: bare Debian, the newest archive, the key out of the safe."""
    first, work = story.machine, story.work
    first.run("yichuangctl", "backup", "run", check=True)
    first.shell("cp $(ls -t /srv/*.age | grep -v case-keys | head -n 1) /packages/archive.age && cp /root/office.key /packages/ && sync")
    # Nobody who brings an archive knows of it.
    status, after = work.ask_as_coordinator("POST", "/v1/tickets", {"items": [], "lane": "A"})
    assert status == 201, after
    first.cut()
    problems = work.look(first)
    assert not problems, (len(problems), problems[:10])
    second = story.goes_on_with("second", story.image)
    second.boot()
    plug_printer(story)
    second.run("apt", "install", "-y", "--no-install-recommends", second.take(story.package), check=True)
    archive, key = second.take(first.packages / "archive.age"), second.take(first.packages / "office.key")
    second.run("yichuangctl", "restore", archive, "--key", key, check=True)
    second.write("/root/answers.yaml", story.answered.replace("machine: new", "machine: replacement"))
    said = second.run("yichuangctl", "setup", "--answers", "/root/answers.yaml", check=True).stdout
    assert "First secrets" not in said, said
    second.run("yichuangctl", "accept-journal", check=True)
    # Above every number that the first machine may have given after the archive was made.
    number = take_number_by_finger(story)
    assert number == 1001
    # The browser knows the hall's certificate from the first machine, and the hall the clerk's own secret.
    clerk = Clerk(story.browser(), HALL)
    clerk.sign_in("AJ001", OWN_SECRET)

    def slip():
        """It waits behind those who waited at the first machine."""
        [ticket] = [one for one in clerk.queue() if one["number"] == f"A{number}"]
        return ticket["slip"]["state"] == "printed" and ticket["slip"]

    assert second.until("its slip is printed", slip)["evidence"] == "E3"
    clerk.page.context.browser.close()
    story.note(f"a second machine gives A{number} after {after['number']}, which no archive had")


def test_with_a_dead_battery_no_day_is_opened_until_somebody_sets_the_clock(story):
    """systemd takes the last moment that it wrote down. Here that is a day later: the day of that date would be opened."""
    machine, work = story.machine, story.work
    machine.until("the hall answers", machine.hall)
    machine.run("yichuangctl", "day", "close", "--force", check=True)
    machine.run("systemctl", "stop", "systemd-timesyncd.service", check=True)
    machine.shell("touch -d '+1 day' /var/lib/systemd/timesync/clock && sync")
    closed = machine.hall()["clock"][:10]
    machine.cut()
    machine.boot(clock="1970-01-01")

    def doubts():
        hall = machine.hall()
        return hall and "clock_step" in [fault["code"] for fault in hall["faults"]] and hall

    hall = machine.until("the hall doubts the clock", doubts)
    assert hall["clock"][:10] > closed and hall["day"]["business_day"] is None, hall
    status, answer = work.ask_as_coordinator("POST", "/v1/tickets", {"items": [], "lane": "A"})
    assert (status, answer["code"]) == (409, "day_not_open"), answer
    assert doubts()["day"]["business_day"] is None
    # docs/OPERATING.md, what to do.
    for words in (("timedatectl", "set-ntp", "false"), ("timedatectl", "set-time", machine.shell("date -d '+10 minutes' '+%F %T'").strip()),
                  ("timedatectl", "set-ntp", "true"), ("hwclock", "--systohc")):
        machine.run(*words, check=True)
    machine.until("the day is opened by itself", lambda: machine.hall()["day"]["state"] == "open" and not doubts())
    status, answer = work.ask_as_coordinator("POST", "/v1/tickets", {"items": [], "lane": "A"})
    assert status == 201 and answer["business_day"] > closed, answer


def test_the_control_a_daemon_whose_syncs_do_nothing_loses_numbers(story):
    """A copy of the machine on which fsync and fdatasync say that all is well: only the kernel's memory has what was answered."""
    story.machine.cut()
    machine, work = story.spare, story.work
    acknowledged, steps = dict(work.ledger.acknowledged), [list(step) for step in work.visits.steps]
    machine.boot()
    machine.write("/etc/systemd/system/yichuangd.service.d/control.conf", "[Service]\nSystemCallFilter=~fsync:0\nSystemCallFilter=~fdatasync:0\n")
    machine.run("systemctl", "daemon-reload", check=True)
    machine.run("systemctl", "restart", "yichuangd.service", check=True)
    work.life(machine, story.chance)
    lost = [one for one in work.look(machine) if one.startswith(("acknowledged and lost", "the journal cannot be read", "record "))]
    assert lost
    story.note(f"the control was caught: {len(lost)} of {len(work.ledger.acknowledged) + work.visits.answered} answers lost")
    # What this copy answered is no part of the story.
    work.ledger.acknowledged, work.visits.steps = acknowledged, steps

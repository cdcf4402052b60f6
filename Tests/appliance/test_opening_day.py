"""Goal: from a bare Debian to the end of the first visit with two commands and no question. Method: what an IT person types, on a machine with a
real systemd; a simulated network printer; Chromium at the kiosk and, behind a cable, at a clerk's computer. The tests go on from one another."""

import json
import re
import time

import yaml
from clerk import OWN_SECRET, Clerk, fingerprint, trust
from network import CARD, CLERK, HALL, at
from playwright.sync_api import expect
from testkit.memory import memory_by_unit
from testkit.waiting import eventually

ANSWERS = """\
machine: new
division: 安居镇
address: 重庆市铜梁区安居镇（测试）
hours: always
consult_phone: '12345'
supervise_phone: '12345'
windows: {{comprehensive: 2, police: 1, pick_up: 1}}
kiosks:
- {{name: 大门口取号机, printer: {{device: '127.0.0.1:{printer}', model: epson-tm-t88}}}}
screen: true
readers: false
staff:
- {{name: 演示员甲, badge: AJ001, role: 窗口人员}}
- {{name: 演示统筹员, badge: AJ100, role: 统筹人员}}
certificates: {address}
backup: {{recipient: {recipient}, target: /srv}}
"""
SCREEN = ("chromium", "chromium-sandbox", "matchbox-window-manager", "x11-utils", "xserver-xorg-core", "xserver-xorg-input-libinput")
# Most that daemon, browser, X server, cupsd and door may have at rest together, MiB.
MEMORY = 700
# An item without questions: its notice is printed by code alone.
NOTICE = "HALL-002"


def failed_units(machine):
    lines = machine.run("systemctl", "list-units", "--failed", "--plain", "--no-legend", "-q").stdout.splitlines()
    return {line.split()[0] for line in lines}


def test_after_the_installation_nothing_fails_and_nothing_of_the_hall_runs(day, package):
    machine = day.machine
    before = failed_units(machine)
    day.type("apt", "install", machine.take(package))
    eventually("what was started is there or has ended", lambda: not machine.run("systemctl", "list-jobs", "--plain", "--no-legend").stdout.strip())
    failed = failed_units(machine) - before
    assert not failed, machine.run("journalctl", "--no-pager", *(f"--unit={unit}" for unit in failed)).stdout
    for unit in ("yichuangd", "yichuang-door", "yichuang-screen", "yichuang-display", "yichuang-backup", "nginx"):
        assert machine.property("ActiveState", f"{unit}.service") == "inactive", unit
    assert machine.property("UnitFileState", "nginx.service") == "disabled"


def test_setup_by_answers_opens_hall_door_and_backups(day):
    machine = day.machine
    # The office makes its pair of keys, and the district the answers, before anybody goes to the hall.
    said = machine.run("yichuangctl", "backup", "keygen", "/root/office.key", check=True).stdout
    recipient = re.search(r"age1[0-9a-z]{58}", said)[0]
    machine.run("touch", "/root/answers.yaml", check=True)
    text = day.answered = ANSWERS.format(printer=day.printer.port, address=HALL, recipient=recipient)
    machine.write("/root/answers.yaml", text)
    day.answers = len(yaml.safe_load(text))
    said = day.said = day.type("yichuangctl", "setup", "--answers", "/root/answers.yaml")
    day.secrets = dict(re.findall(r"^  (AJ\d+)  (\S+)  ", said, re.M))
    assert set(day.secrets) == {"AJ001", "AJ100"}, said
    assert f"https://{HALL}:7443/window/" in said
    # What is left stands there with its command: this machine has no programs for a screen. Door and backups are done.
    left = said.partition("Still to do:\n")[2]
    assert re.search("apt install --no-install-recommends chromium.*; then yichuangctl screen on --kiosk kiosk-1\n", left), said
    assert not re.search("systemctl|door|backup", left.partition("Windows")[0]), said
    for unit in ("yichuangd.service", "yichuang-door.service", "yichuang-cert.timer", "yichuang-backup.timer", "yichuang-drill.timer"):
        assert machine.property("ActiveState", unit) == "active", machine.log(unit)
        assert machine.property("UnitFileState", unit) == "enabled", unit
    archives = machine.run("sh", "-c", "ls /srv", check=True).stdout
    assert re.search(r"\.age$", archives, re.M), archives
    # Asked again, it changes nothing and ends nobody's work.
    before = machine.run("sh", "-c", "sha256sum /etc/yichuang/*.yaml /etc/yichuang/tls/* /etc/yichuang/door/*").stdout
    pid = machine.property("MainPID", "yichuang-door.service")
    again = machine.run("yichuangctl", "setup", "--answers", "/root/answers.yaml")
    assert again.returncode == 0, again.stdout + again.stderr
    assert machine.run("sh", "-c", "sha256sum /etc/yichuang/*.yaml /etc/yichuang/tls/* /etc/yichuang/door/*").stdout == before
    assert machine.property("MainPID", "yichuang-door.service") == pid
    assert "First secrets" not in again.stdout


def test_somebody_takes_the_first_number_and_its_slip_comes_out(day):
    mark = day.printer.mark()
    page = day.kiosk = day.browser(day.machine.init, day.folder / "kiosk")
    page.goto("http://127.0.0.1:7310/touch/?kiosk=kiosk-1")
    expect(page.locator(".screen.home")).to_be_visible()
    page.locator(".take").click()
    expect(page.locator(".ticket .number")).to_have_text("A001")
    assert "file" in day.printer.wait("cut", mark)


def test_a_clerk_on_another_computer_trusts_the_hall_by_its_fingerprint(day):
    paper = day.type("yichuangctl", "tls", "fingerprint")
    certificate = day.folder / "yichuang-ca.crt"
    at(day.clerk.init, "curl", "-sS", "--fail", "--noproxy", "*", "-o", certificate, f"http://{HALL}:7380/yichuang-ca.crt")
    assert fingerprint(certificate) in paper.replace(" ", "").upper()
    trust(day.folder / "clerk", certificate)


def test_the_clerk_changes_the_first_secret_calls_hears_and_finishes(day):
    day.page = day.browser(day.clerk.init, day.folder / "clerk")
    clerk = Clerk(day.page, HALL)
    clerk.sign_in("AJ001", day.secrets["AJ001"])
    clerk.change_first_secret()
    slip = clerk.serve("A001")
    assert (slip["state"], slip["evidence"]) == ("printed", "E3"), slip
    day.is_over()


def test_the_screens_programs_make_the_machine_a_kiosk_that_boots_into_its_page(day):
    """What setup said was left. The graphics card is one that there is not; the X server, Chromium and the watcher are the shipped ones."""
    machine = day.machine
    day.kiosk.context.browser.close()
    machine.run("mkdir", "-p", "/etc/X11/xorg.conf.d", check=True)
    machine.run("touch", "/etc/X11/xorg.conf.d/card.conf", check=True)
    machine.write("/etc/X11/xorg.conf.d/card.conf", CARD)
    machine.apt("install", "xserver-xorg-video-dummy")
    day.type("apt", "install", *SCREEN)
    day.type("yichuangctl", "screen", "on", "--kiosk", "kiosk-1")

    def is_shown():
        return "the page is shown" in machine.log_of_this_run("yichuang-screen.service").splitlines()

    eventually("the page is shown", is_shown)
    used = memory_by_unit(lambda line: machine.run("sh", "-c", line).stdout)
    together = sum(megabytes for megabytes, _ in used.values())
    day.notes += [f"{unit}: {megabytes:.0f} MiB (PSS), {count} processes" for unit, (megabytes, count) in used.items()]
    day.notes.append(f"together {together:.0f} MiB; {MEMORY} are allowed")
    assert all(count for _, count in used.values()) and together <= MEMORY, used
    begun = time.monotonic()
    machine.cut_and_boot()
    day.clerk.connect(machine)
    machine.run("systemctl", "start", "--no-block", "graphical.target", check=True)
    eventually("the page is shown after a boot", is_shown)
    day.notes.append(f"{time.monotonic() - begun:.0f} s from systemd's start to the touch page")


def test_the_daemon_saw_the_clerks_own_address_and_the_former_secret_is_worth_nothing(day):
    log = day.machine.run("yichuangctl", "audit", "--json").stdout
    assert CLERK in log and day.secrets["AJ001"] not in log, log[-2000:]
    status = day.page.evaluate(
        """body => fetch('/v1/sessions', {method: 'POST', body, headers: {'Content-Type': 'application/json', 'Idempotency-Key': 'former'}})
             .then(answer => answer.status)""", json.dumps({"badge": "AJ001", "secret": day.secrets["AJ001"]}))
    assert status == 401


def test_the_archive_of_tonight_is_made_by_its_unit_and_proven(day):
    day.machine.run("systemctl", "start", "yichuang-backup.service")
    assert day.machine.property("Result", "yichuang-backup.service") == "success", day.machine.log("yichuang-backup.service")
    proven = day.machine.run("yichuangctl", "backup", "drill")
    assert proven.returncode == 0, proven.stdout + proven.stderr


def test_what_the_office_keeps_for_the_day_on_which_the_machine_breaks(day):
    """A notice in somebody's hands, the newest archive, the key in the safe."""
    machine = day.machine
    # The machine has been without power since.
    Clerk(day.page, HALL).sign_in("AJ001", OWN_SECRET)
    day.notice = day.asked("POST", "/v1/notices", {"item": NOTICE, "situations": []})
    assert day.asked("GET", f"/v1/notices/{day.notice['id']}")["item"] == NOTICE
    made = machine.run("yichuangctl", "backup", "run", "--json", check=True).stdout
    day.archive = machine.bring_home(max(machine.run("sh", "-c", "ls /srv/*.age", check=True).stdout.split()), day.folder)
    day.key = machine.bring_home("/root/office.key", day.folder)
    assert day.archive.name in made


def test_a_purge_that_is_told_to_leaves_nothing_of_the_hall(day):
    machine = day.machine
    machine.apt("purge", "yichuang", answers="yichuang yichuang/remove-journal boolean true")
    for path in ("/var/lib/yichuang", "/var/lib/yichuang-backup", "/etc/yichuang", "/usr/bin/yichuangd"):
        assert machine.run("test", "-e", path).returncode != 0, path
    # The office keeps its own files.
    assert machine.run("sh", "-c", "ls /srv/*.age").returncode == 0


def test_a_replacement_machine_goes_on_where_the_archive_ends(day, package, replacement):
    """docs/运维手册.md, 换新机器: package, archive, setup. Consoles, notices and printers work as with the first machine."""
    machine = replacement
    machine.apt("install", machine.take(package))
    archive, key = machine.take(day.archive), machine.take(day.key)
    said = machine.run("yichuangctl", "restore", archive, "--key", key)
    assert said.returncode == 0, said.stdout + said.stderr
    machine.run("touch", "/root/answers.yaml", check=True)
    machine.write("/root/answers.yaml", day.answered.replace("machine: new", "machine: replacement"))
    said = machine.run("yichuangctl", "setup", "--answers", "/root/answers.yaml")
    assert said.returncode == 0, said.stdout + said.stderr
    # Nobody gets another secret, and nothing is left but the screen's programs, which this machine has not.
    assert "First secrets" not in said.stdout and not re.search("systemctl|door|backup.yaml", said.stdout.partition("Still to do:\n")[2]), said.stdout
    accepted = machine.run("yichuangctl", "accept-journal")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    for unit in ("yichuangd.service", "yichuang-door.service", "yichuang-cert.timer", "yichuang-backup.timer", "yichuang-drill.timer"):
        assert machine.property("ActiveState", unit) == "active", machine.log(unit)
    # The console's browser, enrolled at the first machine, opens the page without a warning; the clerk's own secret is known.
    clerk = Clerk(day.page, HALL)
    clerk.sign_in("AJ001", OWN_SECRET)
    expect(day.page.locator(".console")).to_be_visible()
    notice = day.asked("GET", f"/v1/notices/{day.notice['id']}")
    assert (notice["number"], notice["item"]) == (day.notice["number"], NOTICE)
    # Above every number that the first machine may have given after the archive was made, with a slip by the printer as before.
    mark = day.printer.mark()
    page = day.browser(machine.init, day.folder / "second-kiosk")
    page.goto("http://127.0.0.1:7310/touch/?kiosk=kiosk-1")
    expect(page.locator(".screen.home")).to_be_visible()
    page.locator(".take").click()
    expect(page.locator(".ticket .number")).to_have_text("A1001")
    assert "file" in day.printer.wait("cut", mark)
    slip = clerk.serve("A1001")
    assert (slip["state"], slip["evidence"]) == ("printed", "E3"), slip

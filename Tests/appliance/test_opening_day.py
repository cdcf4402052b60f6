"""Goal: from a bare Debian to the end of the first visit with two commands and no question. Method: what an IT person types, on a machine with a
real systemd; a simulated network printer; Chromium at the kiosk and, behind a cable, at a clerk's computer. The tests go on from one another."""

import json
import re
import subprocess

import yaml
from network import CLERK, HALL, at
from playwright.sync_api import expect
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
OWN_SECRET = "榕树下的第三口井 2026"


def failed_units(machine):
    return set(machine.run("systemctl", "list-units", "--failed", "--plain", "--no-legend", "-q").stdout.split()[::5])


def test_after_the_installation_nothing_fails_and_nothing_of_the_hall_runs(day, package):
    machine = day.machine
    before = failed_units(machine)
    day.type("apt", "install", machine.take(package))
    eventually("what was started is there or has ended", lambda: not machine.run("systemctl", "list-jobs", "--plain", "--no-legend").stdout.strip())
    assert failed_units(machine) <= before
    for unit in ("yichuangd", "yichuang-door", "yichuang-screen", "yichuang-display", "yichuang-backup", "nginx"):
        assert machine.property("ActiveState", f"{unit}.service") == "inactive", unit
    assert machine.property("UnitFileState", "nginx.service") == "disabled"


def test_setup_by_answers_opens_hall_door_and_backups(day):
    machine = day.machine
    # The office makes its pair of keys, and the district the answers, before anybody goes to the hall.
    said = machine.run("yichuangctl", "backup", "keygen", "/root/office.key", check=True).stdout
    recipient = re.search(r"age1[0-9a-z]{58}", said)[0]
    machine.run("touch", "/root/answers.yaml", check=True)
    text = ANSWERS.format(printer=day.printer.port, address=HALL, recipient=recipient)
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
    page = day.browser(day.machine.init, day.folder / "kiosk")
    page.goto("http://127.0.0.1:7310/touch/?kiosk=kiosk-1")
    expect(page.locator(".screen.home")).to_be_visible()
    page.locator(".take").click()
    expect(page.locator(".ticket .number")).to_have_text("A001")
    assert "file" in day.printer.wait("cut", mark)


def test_a_clerk_on_another_computer_trusts_the_hall_by_its_fingerprint(day):
    paper = day.type("yichuangctl", "tls", "fingerprint")
    certificate = day.folder / "yichuang-ca.crt"
    at(day.clerk.init, "curl", "-sS", "--fail", "--noproxy", "*", "-o", certificate, f"http://{HALL}:7380/yichuang-ca.crt")
    shown = subprocess.run(["openssl", "x509", "-inform", "der", "-in", certificate, "-noout", "-fingerprint", "-sha256"],
                           capture_output=True, text=True, check=True).stdout
    digits = shown.partition("=")[2].strip().replace(":", "")
    assert digits in paper.replace(" ", "").upper()
    store = day.folder / "clerk/.pki/nssdb"
    store.mkdir(parents=True)
    for words in (("-N", "--empty-password"), ("-A", "-n", "hall", "-t", "C,,", "-i", certificate)):
        subprocess.run(["certutil", "-d", f"sql:{store}", *words], check=True, capture_output=True)


def test_the_clerk_changes_the_first_secret_calls_hears_and_finishes(day):
    page = day.page = day.browser(day.clerk.init, day.folder / "clerk")
    page.goto(f"https://{HALL}:7443/window/")
    page.locator("#badge").fill("AJ001")
    page.locator("#secret").fill(day.secrets["AJ001"])
    page.locator("#window").select_option("1")
    page.get_by_role("button", name="登录").click()
    # Nothing else can be done before.
    expect(page.locator("#first-title")).to_be_visible()
    page.locator("#secret-new").fill(OWN_SECRET)
    page.locator("#secret-again").fill(OWN_SECRET)
    page.locator("button[type=submit]").click()
    expect(page.locator(".console")).to_be_visible()

    def press(verb):
        button = page.locator(f'[data-verb="{verb}"]')
        expect(button).to_be_enabled()
        button.click()

    def ticket():
        [one] = page.evaluate("fetch('/v1/queue').then(answer => answer.json())")["tickets"]
        return one

    press("main")
    expect(page.locator(".present .number")).to_have_text("A001")
    assert ticket()["state"] == "called"
    press("serve")
    eventually("the resident is at the window", lambda: ticket()["state"] == "serving")
    slip = ticket()["slip"]
    assert (slip["state"], slip["evidence"]) == ("printed", "E3"), slip
    press("finish")
    eventually("the visit is finished", lambda: not page.evaluate("fetch('/v1/queue').then(answer => answer.json())")["tickets"])
    day.is_over()


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


def test_a_purge_that_is_told_to_leaves_nothing_of_the_hall(day):
    machine = day.machine
    machine.apt("purge", "yichuang", answers="yichuang yichuang/remove-journal boolean true")
    for path in ("/var/lib/yichuang", "/var/lib/yichuang-backup", "/etc/yichuang", "/usr/bin/yichuangd"):
        assert machine.run("test", "-e", path).returncode != 0, path
    # What the office keeps is the office's.
    assert machine.run("sh", "-c", "ls /srv/*.age").returncode == 0

"""The unit of a training (演练): beside the hall, sandboxed as the hall is, started by hand, ended in good order."""

import http.client
import json

from testkit.demo_hall import free_port
from testkit.waiting import eventually

UNIT = "yichuang-training.service"


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.2", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_a_training_runs_beside_the_hall_and_touches_nothing_of_it(installed):
    machine = installed.machine
    kiosk, hall = free_port(), free_port()
    text = machine.read("/etc/yichuang/yichuang.yaml")
    machine.write("/etc/yichuang/yichuang.yaml", text + f"\ntraining: {{kiosk: '127.0.0.2:{kiosk}', hall: '127.0.0.2:{hall}'}}\n")
    try:
        machine.systemctl("start", "yichuangd.service")
        pid = installed.main_pid()
        assert machine.run("systemctl", "is-enabled", UNIT).stdout.strip() == "static"
        machine.systemctl("start", UNIT)
        status, ready = ask(kiosk, "/readyz")
        assert status == 200 and json.loads(ready)["training"] is True
        status, page = ask(hall, "/window/")
        assert status == 200 and 'id="training"' in page
        # Two daemons of one user: the training's own folder is all that it may write.
        uid = machine.run("id", "-u", "yichuang", check=True).stdout.strip()
        training = machine.property("MainPID", UNIT)
        fields = dict(line.split(":\t", 1) for line in machine.read(f"/proc/{training}/status").splitlines() if ":\t" in line)
        assert fields["Uid"].split() == [uid] * 4 and int(fields["CapEff"], 16) == 0 and fields["Seccomp"] == "2"
        assert machine.run("stat", "-c", "%U %a", "/var/lib/yichuang-training").stdout.strip() == "yichuang 700"
        into = machine.run("nsenter", "-t", training, "-m", "touch", "/var/lib/yichuang/trial")
        assert into.returncode != 0 and "Read-only" in into.stderr
        machine.systemctl("stop", UNIT)
        assert machine.property("Result", UNIT) == "success" and machine.property("ExecMainStatus", UNIT) == "0"
        report = machine.run("yichuangctl", "training-report", "--json")
        assert report.returncode == 0 and len(json.loads(report.stdout)["sessions"]) == 1, report.stdout + report.stderr
        assert installed.main_pid() == pid
        assert machine.run("yichuangctl", "verify", "--state", "/var/lib/yichuang-training").returncode == 73
    finally:
        machine.run("systemctl", "stop", UNIT)
        machine.write("/etc/yichuang/yichuang.yaml", text)


def test_a_crash_goes_on_with_the_training(installed):
    machine = installed.machine
    kiosk, hall = free_port(), free_port()
    text = machine.read("/etc/yichuang/yichuang.yaml")
    machine.write("/etc/yichuang/yichuang.yaml", text + f"\ntraining: {{kiosk: '127.0.0.2:{kiosk}', hall: '127.0.0.2:{hall}'}}\n")
    try:
        machine.systemctl("start", UNIT)
        before = machine.property("MainPID", UNIT)
        machine.run("kill", "-KILL", before, check=True)
        eventually("the training goes on", lambda: (
            machine.property("MainPID", UNIT) not in ("0", before) and machine.property("ActiveState", UNIT) == "active"))
        machine.systemctl("stop", UNIT)
        # The day that the crash left open was not begun anew.
        report = json.loads(machine.run("yichuangctl", "training-report", "--json").stdout)
        assert len(report["sessions"]) == 2
    finally:
        machine.run("systemctl", "stop", UNIT)
        machine.write("/etc/yichuang/yichuang.yaml", text)

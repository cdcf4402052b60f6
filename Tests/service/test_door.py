"""The door's units on a booted machine: who may see what, a renewal, restarts of the daemon behind it. Tests/door tries the door itself."""

import ssl
import urllib.request

import pytest
from machine import Machine, cannot
from test_units import process_status
from testkit.demo_hall import free_port
from testkit.example_configuration import filled_in
from testkit.waiting import eventually

reason = cannot()
DOOR = "yichuang-door.service"


@pytest.fixture(scope="module")
def site():
    if reason:
        pytest.skip(reason)
    port, plain = free_port(), free_port()
    configuration = filled_in(free_port(), free_port()) + f"\ndoor:\n  origins: ['https://127.0.0.1:{port}']\n  plain_port: {plain}\n"
    with Machine(configuration) as machine:
        machine.port = port
        machine.systemctl("start", "yichuangd.service")
        for words in (("tls", "init", "--address", "127.0.0.1"), ("door", "write")):
            done = machine.run("yichuangctl", *words)
            assert done.returncode == 0, done.stdout + done.stderr
        machine.systemctl("start", DOOR)
        yield machine


def main_pid(machine):
    return int(machine.run("systemctl", "show", "-P", "MainPID", DOOR, check=True).stdout)


def answer(machine):
    trust = ssl.create_default_context(cadata=machine.read("/etc/yichuang/tls/ca.crt"))
    try:
        with urllib.request.urlopen(f"https://127.0.0.1:{machine.port}/readyz", context=trust, timeout=5) as response:
            return response.read()
    except OSError:
        return None


def test_the_door_reaches_the_daemon_by_the_socket_of_its_group(site):
    assert eventually("the door answers", lambda: answer(site)) == b'{"ready":true}', site.log(DOOR)
    assert site.run("stat", "-c", "%U %G %a", "/run/yichuang-door").stdout.strip() == "yichuang yichuang-door 2750"
    assert site.run("stat", "-c", "%U %G %a", "/run/yichuang-door/door.sock").stdout.strip() == "yichuang yichuang-door 660"


def test_neither_daemon_nor_door_can_read_the_authoritys_key(site):
    fields = process_status(site, main_pid(site))
    door = site.run("id", "-u", "yichuang-door", check=True).stdout.strip()
    assert fields["Uid"].split() == [door] * 4 and door != "0"
    assert int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) == 0 and fields["NoNewPrivs"] == "1" and fields["Seccomp"] == "2"
    for user in ("yichuang", "yichuang-door"):
        for file in ("tls/ca.key", "tls/hall.key"):
            assert site.run("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "cat", f"/etc/yichuang/{file}").returncode != 0
    assert site.run("setpriv", "--reuid=yichuang", "--regid=yichuang", "--clear-groups", "cat", "/etc/yichuang/door/hall.pem").returncode != 0
    # In its own view of the machine the door has no more of the hall's folder than its own.
    seen = site.run("nsenter", "-t", str(main_pid(site)), "-m", "ls", "-A", "/etc/yichuang", check=True).stdout.split()
    assert seen == ["door"]


def test_the_service_of_the_timer_renews_without_a_restart(site):
    before = main_pid(site), ssl.get_server_certificate(("127.0.0.1", site.port))
    # A key that is not the certificate's makes a renewal due.
    site.run("rm", "/etc/yichuang/tls/hall.key", check=True)
    done = site.run("systemctl", "start", "yichuang-cert.service")
    assert done.returncode == 0, site.log("yichuang-cert.service")
    eventually("the new certificate is shown", lambda: ssl.get_server_certificate(("127.0.0.1", site.port)) != before[1])
    assert main_pid(site) == before[0]
    assert eventually("the door answers", lambda: answer(site)) == b'{"ready":true}'
    assert site.run("stat", "-c", "%U %G %a", "/etc/yichuang/door/hall.pem").stdout.strip() == "root yichuang-door 640"


def test_a_restart_of_the_daemon_behind_the_door_costs_no_answer(site):
    for _ in range(3):
        site.systemctl("restart", "yichuangd.service")
        assert answer(site) == b'{"ready":true}', site.log(DOOR)

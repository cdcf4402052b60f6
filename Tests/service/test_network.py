"""Goal: a hall's machine in its own network: what its firewall lets in and out, and a year without any other network.

Method: a booted machine with a network namespace of its own, a cable to another computer, and no way to a name server or anywhere else. The
shipped units, nft's own judgement of the rules, connections from both ends. The tests go on from one another.
"""

import datetime
import pathlib
import re
import subprocess
import sys

import pytest
from machine import Machine, cannot
from testkit.example_configuration import filled_in
from testkit.paths import ROOT
from testkit.waiting import eventually

sys.path.insert(0, str(ROOT / "Tests/appliance"))
from network import CLERK, HALL, Computer, at  # noqa: E402

reason = cannot()
DOOR, PLAIN, PRINTER, OTHER = 7443, 7380, 9100, 9200
STRANGER, PUBLIC = "203.0.113.9", "203.0.113.1"
TRY = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=float(sys.argv[3]))"
LISTEN = """import socket, sys
many = [socket.create_server(('0.0.0.0', int(port))) for port in sys.argv[1:]]
print('listening', flush=True)
sys.stdin.read()"""


class NetworkMachine(Machine):
    spaces, entered = ("--net",), ("-n",)

    @property
    def init(self):
        return self._init()


class Listener:
    """A program that listens at ports in the network of a process."""

    def __init__(self, process, *ports):
        self._process = subprocess.Popen(["nsenter", "-t", str(process), "-n", sys.executable, "-c", LISTEN, *map(str, ports)],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout.readline() == "listening\n"

    def close(self):
        self._process.stdin.close()
        self._process.wait()


def reaches(process, address, port, seconds=3):
    """Whether a connection from the network of a process comes about; a filter that drops is known by the time that passes."""
    done = subprocess.run(["nsenter", "-t", str(process), "-n", sys.executable, "-c", TRY, address, str(port), str(seconds)],
                          capture_output=True, text=True)
    return True if done.returncode == 0 else done.stderr.strip().splitlines()[-1].split(":")[0]


@pytest.fixture(scope="module")
def site():
    if reason:
        pytest.skip(reason)
    configuration = filled_in(7310, 7311) + f"\ndoor:\n  origins: ['https://{HALL}:{DOOR}']\n  plain_port: {PLAIN}\n"
    with NetworkMachine(configuration) as machine:
        clerk = Computer()
        try:
            clerk.connect(machine)
            # Names are asked of a server that nobody reaches, as in a hall whose line was cut.
            machine.run("sh", "-c", "rm -f /etc/resolv.conf; echo nameserver 192.0.2.53 >/etc/resolv.conf", check=True)
            machine.clerk = clerk.init
            yield machine
        finally:
            clerk.close()


def told(machine, *words):
    done = machine.run("yichuangctl", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_hall_and_door_start_without_names_time_and_network(site):
    site.systemctl("start", "yichuangd.service")
    told(site, "tls", "init", "--address", HALL)
    told(site, "door", "write")
    site.systemctl("start", "yichuang-door.service")
    eventually("the door answers", lambda: reaches(site.clerk, HALL, DOOR) is True)
    trust = site.read("/etc/yichuang/tls/ca.crt")
    file = pathlib.Path(site.layer) / "trust.pem"
    file.write_text(trust)
    done = at(site.clerk, "curl", "-sS", "--noproxy", "*", "--cacert", file, f"https://{HALL}:{DOOR}/readyz")
    assert done.stdout == '{"ready":true}'


def test_what_the_hardware_clock_showed_is_noted_before_the_hall_opens(site):
    line = site.read("/run/yichuang-time/start").split()
    assert len(line) == 3 and all(float(word) >= 0 for word in line)
    # Nobody synchronises this machine's clock, or this computer does: the note is there in that case only. It is never refused its question.
    noted = site.run("test", "-e", "/run/yichuang-time-set/done").returncode == 0
    state = site.property("SubState", "yichuang-time-set.service")
    assert state == ("exited" if noted else "running"), site.log("yichuang-time-set.service")


@pytest.mark.parametrize("days,renews", [(200, False), (290, True), (390, True)])
def test_the_certificate_renews_itself_in_a_year_without_network(site, days, renews):
    """What the timer's unit runs, with a clock that is ahead, and openssl with the same one."""
    site.run("sh", "-ec", "mv /usr/bin/openssl /usr/bin/openssl.real; "
             f"printf '#!/bin/sh\\nexec faketime -f +{days}d /usr/bin/openssl.real \"$@\"\\n' >/usr/bin/openssl; chmod 755 /usr/bin/openssl",
             check=True)
    site.run("sh", "-c", "cp -a /etc/yichuang/tls /tmp/tls-before", check=True)
    done = site.run("faketime", "-f", f"+{days}d", "yichuangctl", "tls", "renew", "--json")
    site.run("mv", "/usr/bin/openssl.real", "/usr/bin/openssl", check=True)
    assert done.returncode == 0, done.stdout + done.stderr
    changed = site.run("cmp", "-s", "/etc/yichuang/tls/hall.crt", "/tmp/tls-before/hall.crt").returncode != 0
    assert changed == renews
    if renews:
        end = site.run("openssl", "x509", "-noout", "-enddate", "-in", "/etc/yichuang/tls/hall.crt", check=True).stdout
        until = datetime.datetime.strptime(end.strip(), "notAfter=%b %d %H:%M:%S %Y GMT")
        assert until > datetime.datetime.utcnow() + datetime.timedelta(days=days + 300)
    site.run("sh", "-c", "rm -rf /etc/yichuang/tls && mv /tmp/tls-before /etc/yichuang/tls", check=True)


def test_holidays_that_end_are_told_in_november_of_their_last_year(site):
    last = max(map(int, re.findall(r"^ +(20\d\d):", site.read("/usr/share/yichuang/reference/holidays.yaml"), re.M)))
    done = site.run("faketime", f"{last}-11-15 09:00:00", "yichuangd", "--check")
    assert done.returncode == 0, done.stderr
    assert str(last + 1) in done.stdout + done.stderr


def test_a_firewall_that_would_shut_ssh_out_is_refused(site):
    ssh = Listener(site.init, 22)
    try:
        done = site.run("yichuangctl", "firewall", "on")
        assert done.returncode == 64 and "--ssh" in done.stderr, done.stdout + done.stderr
    finally:
        ssh.close()
    assert site.run("nft", "list", "tables").stdout == ""


def test_the_firewall_lets_in_the_door_and_out_what_is_configured(site):
    site.systemctl("start", "cups.service")
    site.run("lpadmin", "-p", "kiosk-1", "-E", "-v", f"socket://{CLERK}:{PRINTER}", check=True)
    for process, link, address in ((site.clerk, f"yc{site.clerk}", STRANGER), (site.init, "hall0", PUBLIC)):
        at(process, "ip", "address", "add", f"{address}/24", "dev", link)
    inside, outside = Listener(site.init, OTHER), Listener(site.clerk, PRINTER, OTHER)
    try:
        # The controls: without the rules all of these are reached.
        assert reaches(site.clerk, HALL, OTHER) is True
        assert reaches(site.init, CLERK, OTHER) is True
        told(site, "firewall", "on")
        assert reaches(site.clerk, HALL, DOOR) is True and reaches(site.clerk, HALL, PLAIN) is True
        assert reaches(site.clerk, HALL, OTHER, 1) == "TimeoutError"
        assert reaches(site.init, CLERK, PRINTER) is True
        # Refused at once, not dropped: nothing of the hall waits for it.
        assert reaches(site.init, CLERK, OTHER, 30) in ("OSError", "PermissionError", "ConnectionRefusedError")
        assert reaches(site.init, "127.0.0.1", 7311) is True
        assert f"tcp dport {PRINTER} accept" in told(site, "firewall", "show")
    finally:
        inside.close()
        outside.close()


def test_the_doors_port_is_for_private_networks_only(site):
    # The door's own unit refuses public addresses too, so another program listens instead.
    site.systemctl("stop", "yichuang-door.service")
    listener = Listener(site.init, DOOR)
    try:
        assert reaches(site.clerk, HALL, DOOR) is True
        assert reaches(site.clerk, PUBLIC, DOOR, 1) == "TimeoutError"
        told(site, "firewall", "off")
        assert reaches(site.clerk, PUBLIC, DOOR) is True
        told(site, "firewall", "on")
    finally:
        listener.close()
        site.systemctl("start", "yichuang-door.service")


def test_other_rules_of_the_machine_stay_and_off_is_off(site):
    site.run("nft", "add", "table", "inet", "others", check=True)
    site.systemctl("restart", "yichuang-firewall.service")
    assert "inet others" in site.run("nft", "list", "tables").stdout
    told(site, "firewall", "off")
    assert site.run("nft", "list", "tables").stdout == "table inet others\n"
    listener = Listener(site.init, OTHER)
    try:
        assert reaches(site.clerk, HALL, OTHER) is True
    finally:
        listener.close()


def test_the_doctor_says_what_is_lacking_and_what_is_well(site):
    done = site.run("yichuangctl", "doctor", "--json")
    assert done.returncode in (0, 1) and '"id":"clock"' in done.stdout, done.stdout + done.stderr
    for part in ("hall", "watchdog", "apparmor", "firewall", "usb", "log"):
        assert f'"id":"{part}"' in done.stdout
    assert "yichuangctl firewall on" in site.run("env", "LANG=zh_CN.UTF-8", "yichuangctl", "doctor").stderr + done.stdout
    told(site, "firewall", "on")
    assert "the firewall is on" in site.run("yichuangctl", "doctor", "--json").stdout
    told(site, "firewall", "off")

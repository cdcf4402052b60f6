"""Goal: the profiles of AppArmor are enforced on a kernel that has it, and deny nothing that a hall needs.

Method: the installed units below their enforced profiles, cupsd below Debian's own: a number with a card, its slip from a printer in the network, a
page through the door. Then no denial may be in the kernel's log, and accesses that a taken-over process would try are tried from within each profile.
"""
import os
import pathlib
import re
import socket
import ssl
import subprocess
import urllib.request

import pytest
from conftest import UNIT
from layer import KEYBOARD
from test_hall import KIOSK, Kiosk, systemctl
from testkit.example_configuration import filled_in
from testkit.simulated_printer import SimulatedPrinter
from testkit.waiting import eventually

DOOR, DOOR_PORT = "yichuang-door.service", 7443
CONFIGURATION = pathlib.Path("/etc/yichuang/yichuang.yaml")
QUEUE = "kiosk-1"


def kernel_says():
    return subprocess.run(["journalctl", "--no-pager", "-o", "cat", "_TRANSPORT=audit", "+", "_TRANSPORT=kernel"],
                          capture_output=True, text=True).stdout.splitlines()


def denials():
    """Of the hall's own profiles: Debian's of cupsd denies its cupsd what every cupsd tries (net_admin)."""
    return [line for line in kernel_says() if 'apparmor="DENIED"' in line and re.search('profile="yichuang', line)]


def profile(pid):
    return pathlib.Path(f"/proc/{pid}/attr/apparmor/current").read_text().strip("\0\n")


def main_pid(unit):
    return systemctl("show", "-P", "MainPID", unit)


def told(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def printer(tmp_path_factory):
    printer = SimulatedPrinter(tmp_path_factory.mktemp("printer"))
    systemctl("start", "cups.service")
    told("yichuangctl", "printer", "setup", "--queue", QUEUE, "--model", "generic-80", "--device", f"127.0.0.1:{printer.port}")
    yield printer
    printer.close()


@pytest.fixture(scope="module")
def hall(printer):
    CONFIGURATION.write_text(filled_in(7310, 7311, KEYBOARD) + f"\ndoor:\n  origins: ['https://127.0.0.1:{DOOR_PORT}']\n  plain_port: 7380\n")
    hall = Kiosk()
    told("yichuangctl", "tls", "init", "--address", "127.0.0.1")
    told("yichuangctl", "door", "write")
    systemctl("start", DOOR)
    yield hall
    hall.testbed.close()
    systemctl("stop", DOOR, UNIT)


def test_a_visit_below_the_profiles(hall, printer):
    hall.testbed.do("plug r reader-split 1-2")
    hall.until(("card_reader", "ready"))
    mark, paper = hall.page.mark(), printer.mark()
    hall.ask("POST", f"/v1/kiosks/{KIOSK}/cards", {"read": True})
    hall.testbed.do("lay r resident 0")
    card = hall.told("cardRead", mark)["card"]
    assert hall.ask("POST", "/v1/tickets", {"items": [], "kiosk": KIOSK, "card": card})["number"]
    printer.wait("cut", paper)
    hall.testbed.do("lift r")


def test_a_page_through_the_door(hall):
    trust = ssl.create_default_context(cafile="/etc/yichuang/tls/ca.crt")

    def answer():
        try:
            with urllib.request.urlopen(f"https://127.0.0.1:{DOOR_PORT}/window/", context=trust, timeout=60) as response:
                return response.read()
        except OSError:
            return None
    assert b"<html" in eventually("the door answers", answer)
    systemctl("reload", DOOR)
    assert b"<html" in eventually("the door answers after a reload", answer)


def test_a_backup_and_a_reload(hall):
    told("yichuangctl", "backup", "/root/copy")
    systemctl("reload", UNIT)
    hall.ask("GET", "/v1/hall")


def test_each_process_is_below_its_profile(hall):
    daemon = main_pid(UNIT)
    assert profile(daemon) == "yichuangd (enforce)"
    readers = told("pgrep", "-P", daemon, "-f", "yichuang-readerd").split()
    assert [profile(one) for one in readers] == ["yichuang-readerd//&yichuangd (enforce)"]
    assert profile(main_pid(DOOR)) == "yichuang-door (enforce)"
    assert profile(main_pid("cups.service")) == "/usr/sbin/cupsd (enforce)"


def test_none_of_it_was_denied_anything(hall):
    found = denials()
    assert not found, "\n".join(found)


# What is tried from within a profile: its name, what is to be denied, and what is to be allowed so that the trial itself is known to work.
OPEN = "open('{}', 'rb').close()"
CONNECT = "socket.socket(socket.{})"
PLANTED = [
    ("yichuangd", OPEN.format("/root/secret"), OPEN.format("/etc/yichuang/yichuang.yaml")),
    ("yichuangd", OPEN.format("/etc/shadow"), OPEN.format("/usr/share/yichuang/openapi.yaml")),
    ("yichuangd", OPEN.format("/etc/yichuang/tls/ca.key"), OPEN.format("/etc/passwd")),
    ("yichuangd", "os.posix_spawn('/bin/sh', ['sh', '-c', 'true'], {})", OPEN.format("/usr/share/yichuang/openapi.yaml")),
    ("yichuang-readerd", CONNECT.format("AF_INET"), CONNECT.format("AF_NETLINK, socket.SOCK_RAW, 15")),
    ("yichuang-readerd", "os.listdir('/var/lib/yichuang')", "os.listdir('/sys/bus/usb/devices')"),
    ("yichuang-readerd", OPEN.format("/etc/yichuang/yichuang.yaml"), OPEN.format("/proc/self/status")),
    ("yichuang-door", OPEN.format("/etc/yichuang/yichuang.yaml"), OPEN.format("/etc/yichuang/door/nginx.conf")),
    ("yichuang-door", OPEN.format("/etc/yichuang/tls/ca.key"), CONNECT.format("AF_INET")),
    ("yichuang-pos", OPEN.format("/etc/yichuang/yichuang.yaml"), CONNECT.format("AF_INET")),
    ("yichuang-pos", "os.listdir('/var/lib/yichuang')", "os.listdir('/var/lib/yichuang-pos')"),
    ("yichuang-screen", "os.listdir('/etc/yichuang')", OPEN.format("/usr/share/yichuang/screen/start/index.html")),
    ("yichuang-screen", "open('/var/tmp/kept', 'w')", CONNECT.format("AF_INET")),
    ("yichuang-display", "os.listdir('/var/lib/yichuang')", CONNECT.format("AF_UNIX")),
    ("yichuang-display", "open('/etc/planted', 'w')", "os.listdir('/dev')"),
]


def within(profile, attempt):
    """What a process below the profile that tries this ends with: 0 done, 13 (EACCES) denied. A fork, because all it needs is loaded."""
    child = os.fork()
    if child == 0:
        try:
            if profile:
                pathlib.Path("/proc/self/attr/apparmor/current").write_text(f"changeprofile {profile}")
            exec(attempt, {"os": os, "socket": socket})
            os._exit(0)
        except OSError as error:
            os._exit(error.errno)
        except BaseException:
            os._exit(255)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_what_a_taken_over_process_would_try(hall):
    pathlib.Path("/root/secret").touch()
    found = [(name, denied, within(None, denied), within(name, allowed), within(name, denied)) for name, denied, allowed in PLANTED]
    wrong = [one for one in found if one[2:] != (0, 0, 13)]
    assert not wrong, "\n".join(map(str, wrong))


def test_a_denial_is_in_the_log(hall):
    eventually("the log says what was denied", lambda: re.search('profile="yichuangd" name="/root/secret"', "\n".join(denials())))

"""Goal: a resident finds the hall's page on the screen, whatever a page, a browser, an X server or the daemon does, and nothing else.
Method: `yichuangctl screen on` on a machine with the shipped units, a real X server without a card and Debian's Chromium in its own
sandbox; then each thing goes wrong. The tests go on from one another, in this order.

What is not tried here: a keyboard that X ignores. No keyboard can be plugged in without a kernel of its own; the keys of these
tests come from a client of the X server, past that rule, and try what is behind it."""

import json
import pathlib
import re
import time

import pytest

from screen import DISPLAY, FOLDER, SCREEN
from testkit.example_configuration import BOARD_TOKEN
from testkit.waiting import eventually

POLICY = "/etc/chromium/policies/managed/yichuang-screen.json"
DAEMON = "yichuangd.service"


def test_nothing_of_it_is_there_before_it_is_switched_on(shown):
    machine = shown.machine
    for unit in (SCREEN, DISPLAY):
        assert machine.run("systemctl", "is-enabled", unit).stdout.strip() == "disabled"
        # A condition that does not hold is no failure.
        assert machine.run("systemctl", "start", unit).returncode == 0
        assert machine.property("ActiveState", unit) == "inactive"
    assert machine.run("test", "-e", POLICY).returncode == 1
    status, said = machine.ctl("screen", "show")
    assert status == 0 and said["on"] is False


def test_a_machine_whose_daemon_is_away_shows_the_start_page(shown):
    machine = shown.machine
    status, said = machine.ctl("screen", "on", "--kiosk", "kiosk-9")
    assert status == 64 and "kiosk-1" in said["sentence"], said
    status, said = machine.ctl("screen", "on", "--kiosk", "kiosk-1")
    assert status == 0, said
    assert said["page"] == f"http://127.0.0.1:{shown.hall.kiosk}/touch/?kiosk=kiosk-1&screen=kiosk-1"
    for unit in (SCREEN, DISPLAY):
        assert machine.run("systemctl", "is-enabled", unit).stdout.strip() == "enabled"
    assert machine.run("stat", "-c", "%U %a", "/etc/yichuang/screen.conf").stdout.strip() == "root 600"
    eventually("the start page", machine.is_starting)
    assert machine.property("ActiveState", SCREEN) == "active"
    machine.picture("start")


def test_the_hall_comes_and_its_page_is_shown(shown):
    machine = shown.machine
    machine.systemctl("start", DAEMON)
    machine.page_is_drawn()
    machine.picture("touch")
    assert len(machine.windows()) == 1
    assert machine.property("StatusText", SCREEN) == "the page is shown"
    status, said = machine.ctl("screen", "show")
    assert status == 0 and said["state"] == "active" and said["restarts"] == 0, said


def test_the_browser_is_a_user_of_its_own_inside_chromiums_sandbox(shown):
    machine = shown.machine
    line = machine.run("getent", "passwd", "yichuang-screen").stdout.strip()
    assert line.endswith(":/run/yichuang-screen:/usr/sbin/nologin"), line
    renderers = machine.processes("renderer")
    assert renderers and machine.processes("")
    for pid in renderers:
        fields = dict(line.split(":\t", 1) for line in machine.read(f"/proc/{pid}/status").splitlines() if ":\t" in line)
        assert fields["Seccomp"] == "2" and fields["NoNewPrivs"] == "1" and int(fields["CapEff"], 16) == 0
    # The page's address, which may hold its secret, is in no command line.
    assert "screen=kiosk-1" not in machine.run("sh", "-c", "cat /proc/[0-9]*/cmdline").stdout


def test_hall_and_screen_together_take_little_memory(shown):
    """Proportional set size, so that what processes share counts once. The bound is of a release build; this is a debug one."""
    machine = shown.machine
    machine.page_is_drawn()
    sizes = {}
    for line in machine.run("ps", "-eo", "pid=,user:32=,comm=").stdout.splitlines():
        pid, user, name = line.split(None, 2)
        what = "browser" if user == "yichuang-screen" else name
        if what not in ("browser", "yichuangd", "yichuang-reader", "cupsd", "Xorg"):
            continue
        found = re.search(r"^Pss:\s+(\d+)", machine.run("cat", f"/proc/{pid}/smaps_rollup").stdout, re.MULTILINE)
        sizes[what] = sizes.get(what, 0) + (int(found[1]) if found else 0)
    print("PSS in MiB: " + ", ".join(f"{what} {size // 1024}" for what, size in sorted(sizes.items())))
    assert {"browser", "yichuangd", "Xorg"} <= set(sizes)
    assert sum(sizes.values()) < 700 * 1024, sizes


def test_nobody_else_of_the_machine_is_a_client_of_the_screen(shown):
    machine = shown.machine
    stranger = machine.run("setpriv", "--reuid", "nobody", "--clear-groups", "env", "DISPLAY=:0",
                           "XAUTHORITY=/run/yichuang-display/cookie", "xprop", "-root", "_NET_ACTIVE_WINDOW")
    assert stranger.returncode != 0 and "unable to open display" in stranger.stderr
    # It listens at its socket and at no port.
    assert not re.search(r":60\d\d\b", machine.run("ss", "-ltnH").stdout)


def test_the_policies_hold_this_page_and_no_other_address(shown):
    policy = json.loads(shown.machine.read(POLICY))
    assert {"*", "chrome://*"} <= set(policy["URLBlocklist"])
    assert policy["URLAllowlist"] == [
        "file:///usr/share/yichuang/screen/start/index.html", f"http://127.0.0.1:{shown.hall.kiosk}/touch/"]
    assert policy["DeveloperToolsAvailability"] == 2 and policy["DownloadRestrictions"] == 3
    assert policy["PrintingEnabled"] is False and policy["AllowFileSelectionDialogs"] is False


def test_tools_downloads_printing_and_dialogs_have_no_keys(shown):
    machine = shown.machine
    machine.page_is_drawn()
    before = machine.restarts()
    for keys in ("F12", "F11", "ctrl+shift+i", "ctrl+shift+j", "ctrl+u", "ctrl+p", "ctrl+s", "ctrl+o", "ctrl+l"):
        machine.key(keys)
        assert len(machine.windows()) == 1 and machine.count(), keys
    machine.page_is_drawn()
    machine.picture("after-keys")
    assert len(machine.windows()) == 1 and machine.restarts() == before


def test_what_comes_in_front_of_the_page_is_gone_by_itself(shown):
    """Where a keyboard were not ignored: Ctrl+N opens a window in spite of --kiosk. An address of the consoles is blocked there, and
    a window that does not count is no page of the hall."""
    machine = shown.machine

    def stray():
        machine.key("ctrl+n")
        eventually("a second window", lambda: len(machine.windows()) == 2)
        machine.write_in(f"http://127.0.0.1:{shown.hall.hall}/window/\n")
        eventually("the address is refused", lambda: "127.0.0.1" in machine.title() and not machine.count())
        machine.picture("blocked")

    assert machine.recovered("a second window", stray) < 60
    assert len(machine.windows()) == 1


@pytest.mark.parametrize("what, kind, signal, most", [
    ("a renderer that is stopped", "renderer", "STOP", 40), ("a renderer that is killed", "renderer", "KILL", 40),
    ("a browser that is stopped", "", "STOP", 40), ("a browser that is killed", "", "KILL", 20),
])
def test_a_page_that_does_not_go_on_is_started_anew(shown, what, kind, signal, most):
    machine = shown.machine
    machine.page_is_drawn()
    assert machine.recovered(what, lambda: machine.run("kill", f"-{signal}", *machine.processes(kind), check=True)) < most


def test_a_page_that_hangs_by_itself_is_started_anew(shown):
    machine = shown.machine
    machine.page_is_drawn()
    assert machine.recovered("an endless loop", lambda: machine.key("F8")) < 40


def test_a_page_that_fills_its_memory_is_started_anew(shown):
    """The unit's MemoryMax where this machine's systemd has that controller, else a group of the same size around the browser."""
    machine = shown.machine
    machine.page_is_drawn()
    assert machine.property("MemoryMax", SCREEN) == str(1200 << 20)
    with Limited(machine):
        assert machine.recovered("a full memory", lambda: machine.key("F9")) < 120


class Limited:
    """Around the browser's processes, as they are now: cgroup v1, seen from outside the machine."""

    folder = pathlib.Path("/sys/fs/cgroup/memory/yichuang-screen-test")

    def __init__(self, machine):
        self.machine = machine
        self.is_needed = "memory" not in machine.read("/sys/fs/cgroup/cgroup.controllers").split()

    def __enter__(self):
        if not self.is_needed:
            return
        if not self.folder.parent.is_dir():
            pytest.skip("no memory controller here")
        self.folder.mkdir(exist_ok=True)
        (self.folder / "memory.limit_in_bytes").write_text(str(1200 << 20))
        uid = self.machine.run("id", "-u", "yichuang-screen", check=True).stdout.strip()
        for status in pathlib.Path("/proc").glob("[0-9]*/status"):
            try:
                if f"\nUid:\t{uid}\t" in status.read_text() and "NSpid" in status.read_text():
                    (self.folder / "cgroup.procs").write_text(status.parent.name)
            except OSError:
                pass  # It has ended meanwhile.

    def __exit__(self, *_):
        if not self.is_needed or not self.folder.is_dir():
            return
        eventually("the group is empty", lambda: not (self.folder / "cgroup.procs").read_text())
        self.folder.rmdir()


@pytest.mark.parametrize("what, signal, most", [("is killed", "KILL", 60), ("hangs", "STOP", 90)])
def test_an_x_server_that_dies_comes_back_with_the_page(shown, what, signal, most):
    machine = shown.machine
    machine.page_is_drawn()
    server = machine.run("pgrep", "-x", "Xorg").stdout.split()

    def end():
        machine.run("kill", f"-{signal}", *server, check=True)
        eventually("another X server", lambda: machine.run("pgrep", "-x", "Xorg").stdout.split() not in (server, []))

    assert machine.recovered(f"an X server that {what}", end) < most
    assert machine.property("StatusText", DISPLAY) == "the X server answers"


def test_a_window_manager_that_dies_comes_back_with_the_page(shown):
    machine = shown.machine
    machine.page_is_drawn()
    manager = machine.run("pgrep", "-x", "matchbox-window").stdout.split()
    assert machine.recovered("a window manager that is killed", lambda: machine.run("kill", "-KILL", *manager, check=True)) < 40


def test_a_watcher_that_hangs_is_ended_by_systemd(shown):
    machine = shown.machine
    machine.page_is_drawn()
    watcher = machine.property("MainPID", SCREEN)
    assert machine.recovered("a watcher that is stopped", lambda: machine.run("kill", "-STOP", watcher, check=True)) < 90
    assert machine.property("MainPID", SCREEN) != watcher


def test_a_page_outlives_its_daemon_and_a_browser_without_one_waits_dark(shown):
    machine = shown.machine
    machine.page_is_drawn()
    before = machine.restarts()
    machine.systemctl("stop", DAEMON)
    # It goes on to be drawn, and says itself that the hall does not answer.
    machine.page_is_drawn()
    assert machine.restarts() == before
    machine.run("kill", "-KILL", *machine.processes(""), check=True)
    eventually("the start page", machine.is_starting)
    machine.systemctl("start", DAEMON)
    machine.page_is_drawn()
    assert machine.restarts() == before + 1
    assert "screen_dead" not in shown.faults()


def test_nothing_of_a_resident_is_kept(shown):
    machine = shown.machine
    machine.page_is_drawn()
    assert machine.run("ls", f"{FOLDER}/profile").stdout.split()
    assert machine.property("MainPID", SCREEN) != "0"
    machine.systemctl("stop", SCREEN)
    assert machine.run("test", "-e", FOLDER).returncode == 1
    left = machine.run("find", "/run", "/tmp", "/var", "/home", "/root", "/etc", "-user", "yichuang-screen").stdout
    assert left == ""


def test_a_screen_that_stays_silent_is_a_fault_with_its_remedy(shown):
    fault = eventually("the hall says so", lambda: shown.faults().get("screen_dead"))
    assert fault["kiosk"] == "kiosk-1" and "断电再开" in fault["remedy"]["zh-Hans"] and fault["remedy"]["en"]
    shown.machine.systemctl("start", SCREEN)
    eventually("it is over", lambda: "screen_dead" not in shown.faults())


def test_a_board_is_shown_under_the_name_of_its_screen(shown):
    machine, hall = shown.machine, shown.hall
    status, said = machine.ctl("screen", "on", "--board", f"https://10.1.2.3:7443/board/enter?token={BOARD_TOKEN}&window=2", "--name",
                               "east", "--root", "/run/other")
    # Another root has no programs: it says which are missing, and nothing is written.
    assert status == 72 and "chromium" in said["missing"], said
    status, said = machine.ctl("screen", "on", "--board", f"http://127.0.0.1:{hall.hall}/board/enter?token={BOARD_TOKEN}", "--name", "east")
    assert status == 0 and BOARD_TOKEN not in json.dumps(said), said
    machine.page_is_drawn()
    machine.picture("board")
    assert BOARD_TOKEN not in machine.run("sh", "-c", "cat /proc/[0-9]*/cmdline").stdout
    machine.systemctl("stop", SCREEN)
    fault = eventually("the hall says so", lambda: shown.faults().get("board_dead"))
    assert "east" in fault["remedy"]["zh-Hans"]


def test_switched_off_it_leaves_nothing(shown):
    machine = shown.machine
    status, said = machine.ctl("screen", "off")
    assert status == 0, said
    for unit in (SCREEN, DISPLAY):
        assert machine.run("systemctl", "is-enabled", unit).stdout.strip() == "disabled"
        assert machine.property("ActiveState", unit) in ("inactive", "failed")
    for path in (POLICY, "/etc/yichuang/screen.conf", FOLDER):
        assert machine.run("test", "-e", path).returncode == 1, path

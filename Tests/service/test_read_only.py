"""A machine whose root file system has gone read-only, as ext4 makes itself after an error: state, cache and /var/tmp with it.

The unit has a StateDirectory, a CacheDirectory and a PrivateTmp, which systemd prepares before the daemon is there to show anything.
"""

import contextlib

from testkit.waiting import eventually

UNIT = "yichuangd.service"


@contextlib.contextmanager
def read_only(machine):
    # A remount read-only is refused while a file is open for writing; an error of the disk makes it read-only nevertheless.
    machine.run("journalctl", "--relinquish-var", check=True)
    done = machine.run("mount", "-o", "remount,ro", "/")
    assert done.returncode == 0, done.stderr + machine.run("sh", "-c", "ls -l /proc/[0-9]*/fd 2>/dev/null | grep ' /[ve]'").stdout
    try:
        yield
    finally:
        machine.run("mount", "-o", "remount,rw", "/", check=True)


def test_a_start_on_a_read_only_machine_shows_what_is_known_and_goes_on_by_itself(installed):
    machine, hall = installed.machine, installed.hall
    machine.systemctl("start", UNIT)
    clerk = hall.sign_in("AJ001", window=1)
    status, before, _ = hall.take(kiosk="kiosk-1")
    assert status == 201, before
    machine.systemctl("stop", UNIT)
    with read_only(machine):
        machine.systemctl("start", UNIT)
        assert machine.property("ActiveState") == "active", machine.log()
        assert hall.request(hall.hall, "GET", "/v1/queue", cookie=clerk)[0] == 200
        assert before["number"] in installed.tickets(clerk)
        status, refused, _ = hall.take(kiosk="kiosk-1")
        assert status == 503, refused
        assert hall.request(hall.hall, "GET", "/readyz")[0] == 503
        restarts = machine.property("NRestarts")
        # Nothing starts it again and again meanwhile.
        eventually("another answer", lambda: hall.request(hall.hall, "GET", "/v1/queue", cookie=clerk)[0] == 200)
        assert machine.property("NRestarts") == restarts
    status, after, _ = eventually("numbers are given again, with nobody's hand", lambda: (
        answer if (answer := hall.take(kiosk="kiosk-1"))[0] == 201 else None))
    assert after["number"] != before["number"]
    assert machine.property("ExecMainStatus") == "0"
    assert before["number"] in installed.tickets(clerk) and after["number"] in installed.tickets(clerk)

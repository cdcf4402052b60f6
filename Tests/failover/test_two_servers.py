"""Profile P2 by the commands of the manual: two servers and a monitor of pg_auto_failover in three networks, whose primary is lost twice."""

import threading
import time

import pytest
from crowd import Crowd
from hall_site import ADDRESSES, Site
from testkit.waiting import eventually

# Seconds within which numbers are given again; the aim of the design is 15, on a machine that does nothing else.
LIMIT = 60


@pytest.fixture(scope="module")
def site():
    site = Site([ADDRESSES["192.168.1.10"], ADDRESSES["192.168.1.11"]])
    yield site
    site.close()


def states(monitor):
    """What the monitor wants each server to be, by its name."""
    done = monitor.run("sudo -u postgres psql -p 5433 -d pg_auto_failover -X -q -A -t -c "
                       "\"SELECT nodename || ' ' || reportedstate FROM pgautofailover.node WHERE reportedstate = goalstate\"", check=False)
    return dict(line.split() for line in done.stdout.splitlines()) if done.returncode == 0 else {}


def test_the_manual_sets_up_two_servers(site):
    site.begin()
    site.follow("**Profile P2")
    site.found(has_servers=True)
    ready = threading.Event()

    def hurry():
        # The copy waits for a checkpoint, which takes minutes unless somebody asks for one.
        while not ready.wait(1):
            site.office.run("sudo -u postgres psql -c CHECKPOINT", check=False)

    helper = threading.Thread(target=hurry)
    helper.start()
    try:
        site.follow("**The second server**")
    finally:
        ready.set()
        helper.join()
    eventually("the standby confirms", lambda: states(site.upstairs) == {"office": "primary", "door": "secondary"})
    assert "10.77.0.11:5432: a standby" in site.upstairs.run("yichuangctl shared status").stdout


def test_the_primary_is_lost(site):
    """Its cable is pulled, and later the power of the next one; nothing is lost, and what comes back follows."""
    crowd = Crowd(site, seed=1).begin()
    try:
        crowd.more()
        site.office.computer.cut()
        began, before = time.monotonic(), crowd.by_machine[2]
        eventually("numbers are given upstairs", lambda: crowd.by_machine[2] > before + 5)
        print(f"numbers again after {time.monotonic() - began:.1f} s")
        assert time.monotonic() - began < LIMIT
        site.office.computer.heal()
        eventually("the old primary follows", lambda: states(site.upstairs) == {"office": "secondary", "door": "primary"})
        crowd.more()

        site.door.computer.cut_power()
        before = crowd.by_machine[2]
        eventually("numbers are given upstairs", lambda: crowd.by_machine[2] > before + 5)
        site.door.run("systemctl start pgautofailover")
        site.door.start()
        eventually("it follows", lambda: states(site.upstairs) == {"office": "primary", "door": "secondary"})
        for machine in site.all:
            eventually(f"{machine.name} is ready", machine.is_ready)
        crowd.more()
        crowd.stop()
        crowd.send_again()
        assert not crowd.problems(site.records()) and not crowd.unsure
    finally:
        crowd.stop()

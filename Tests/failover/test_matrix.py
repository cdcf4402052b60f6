"""Rows 4 to 11 of the table of failures: three real daemons on a PostgreSQL with a synchronous standby, residents and clerks at all of them.

The ledger is the clients' own: after each row nothing that was acknowledged is missing, no number and no call is there twice. The tests act as
the manager of the servers, which promotes and lifts the quorum. The rows build on one another. ROUNDS=10 goes through all of
them ten times. test_controls.py has what has to lose something.
"""

import os
import time

import pytest
from people import People
from testkit.machines import Machines
from testkit.private_postgres import ReplicatedPostgres
from testkit.waiting import eventually

SEED = int(os.environ.get("YICHUANG_SEED", time.time_ns() % 1_000_000))
ROUNDS = int(os.environ.get("ROUNDS", 1))


def fault(machine, code):
    return next((one for one in machine.get("/v1/hall")["faults"] if one["code"] == code), None)


class Site:
    """The hall, its servers and its people."""

    def __init__(self, seed):
        print(f"YICHUANG_SEED={seed}")
        self.servers = ReplicatedPostgres()
        try:
            self.machines = Machines("office", "door", "upstairs", postgres=self.servers).open()
            self.servers.replicate()
            self.people = People(self.machines, seed).start(residents=6)
            self.people.more()
        except BaseException:
            self.close()
            raise

    def audit(self):
        """Work goes on, and the ledger has no complaint."""
        self.people.more()
        self.people.agree(self.machines.records)

    def blocked(self):
        """Waits until a commit waits for the standby's confirmation; returns how many numbers the journal has given until then."""
        eventually("a commit waits for the standby", self.servers.primary.waits_for_standby)
        return self.people.ordinary

    def close(self):
        if hasattr(self, "people"):
            self.people.stop()
        if hasattr(self, "machines"):
            self.machines.close()
        self.servers.close()


@pytest.fixture(scope="module", params=range(ROUNDS))
def site(request):
    site = Site(SEED + request.param)
    yield site
    site.close()


def test_standby_dies(site):
    """Nobody gets an answer that might be lost; once the quorum is lifted all goes on, and again when the standby is back."""
    site.servers.standby.cut_power()
    given = site.blocked()
    eventually("the consoles say so", lambda: fault(site.machines[1], "journal_cut_off"))
    assert site.people.ordinary == given
    site.servers.primary.set("synchronous_standby_names", None)
    site.audit()
    site.servers.standby.start()
    site.servers.demand()
    site.audit()


def test_postgres_is_killed(site):
    """Killed on the primary and started again there."""
    site.servers.primary.cut_power()
    site.servers.primary.start()
    site.audit()


def test_primary_is_lost(site):
    """With what it had not passed on yet: the standby is promoted, and only what nobody was told is gone."""
    site.servers.primary.freeze_senders()
    site.blocked()
    site.servers.primary.cut_power()
    site.servers.promote()
    site.audit()


def test_old_primary_returns(site):
    """It is refused by its timeline, also by a machine whose list of hosts begins with it; alone it is refused by name."""
    old, new, door = site.servers.standby, site.servers.primary, site.machines[1]
    old.start()
    assert old.sql("SELECT pg_is_in_recovery()", "postgres") == ["f"], "it takes itself for the primary"
    old.set("synchronous_standby_names", None)
    assert old.hosts == site.servers.hosts[:1]
    door.kill()
    door.start()
    site.audit()
    assert "old primary" in door.log_tail() or "timeline" in door.log_tail()
    new.stop("fast")
    behind = eventually("the consoles say why", lambda: fault(door, "journal_behind"))
    assert behind["remedy"]["en"].startswith(f"{old.address}:{old.port}: it is an old primary: its timeline is 1, 2 was seen")
    assert "旧的主库" in behind["remedy"]["zh-Hans"]
    new.start()
    site.audit()
    old.cut_power()
    site.servers.replicate()
    site.audit()


def test_primary_is_stopped_in_a_wait(site):
    """A fast stop ends the wait for the standby as if the commit were done, and the standby never got it."""
    site.servers.primary.freeze_senders()
    site.blocked()
    site.servers.primary.program("pg_ctl", "-D", site.servers.primary.data, "-m", "fast", "-W", "stop")
    for machine in site.machines.all:
        eventually("no machine is connected", lambda m=machine: m.request(m.kiosk, "GET", "/readyz")[1]["journal"] != "ok")
    site.servers.primary.cut_power()
    site.servers.promote()
    site.audit()


def test_only_server_dies(site):
    """Profile P1: every machine shows what it knows and decides nothing but numbers of its leases; all goes on with the server."""
    site.servers.primary.cut_power()
    for machine in site.machines.all:
        eventually("it is cut off", lambda m=machine: fault(m, "journal_cut_off"))
        status, content, _ = machine.take(kiosk="kiosk-1", lane="A")
        assert status == 201 and content["leased"] or content["code"] in ("journal_cut_off", "no_leased_numbers")
    site.servers.primary.start()
    site.audit()
    site.people.stop()
    site.people.send_again()
    site.people.agree(site.machines.records)
    assert not site.people.unsure and len(site.people.called) > 10 and min(site.people.by_machine) > 0
    for machine in site.machines.all:
        # The hall goes on by itself: a record of the outbox may come after all people have gone.
        eventually("the copy is whole", lambda m=machine: m.ctl("verify", config=False)[1]["head"] == site.machines.records()[-1][2].hex())

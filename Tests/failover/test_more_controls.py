"""Controls that take longer: the ledger must notice each mistake that loses what was acknowledged."""

from people import lost
from testkit.waiting import eventually


def test_local_commits(hall):
    """A server that does not wait for its standby: what it did not pass on is lost with it."""
    servers, machines, people = hall("office", office="any-settings")
    servers.primary.set("synchronous_commit", "local")
    people.more(5)
    servers.primary.freeze_senders()
    people.more(5)
    servers.primary.cut_power()
    servers.promote()
    assert lost(people.problems_now(machines.records))


def test_any_timeline(hall):
    """A machine that takes any server that can be written: its numbers are on the returned old primary, and nowhere else."""
    servers, machines, people = hall("office", "door", door="any-timeline")
    door = machines[1]
    # It was off for what the promoted server has got since.
    door.kill()
    servers.primary.cut_power()
    servers.promote()
    people.more(5)
    servers.standby.start()
    servers.standby.set("synchronous_standby_names", None)
    door.start()
    eventually("the ledger notices", lambda: lost(people.problems_now(machines.records)))

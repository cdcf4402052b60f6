"""A control of the failures: the same ledger must detect a lost number, and one that is given twice.

More of them are in test_more_controls.py, which `make test-failover` runs too; that of a journal that compares nothing is in
Tests/shared/test_race.py, and Tests/JournalPostgresTests has each of them below a single machine.
"""

from people import lost
from testkit.waiting import eventually


def test_first_result(hall):
    """A machine that takes the first result of a commit for the commit: a stop in the wait for the standby loses numbers."""
    servers, machines, people = hall("office", office="first-result")
    # Nobody asks for anything, so that what waits for the standby is the next number and nothing else.
    people.stop()
    servers.primary.freeze_senders()
    people.start(residents=2, clerks=False)
    eventually("a commit waits for the standby", servers.primary.waits_for_standby)
    servers.primary.program("pg_ctl", "-D", servers.primary.data, "-m", "fast", "-W", "stop")
    office = machines[0]
    eventually("it is not connected", lambda: office.request(office.kiosk, "GET", "/readyz")[1]["journal"] != "ok")
    servers.primary.cut_power()
    servers.promote()
    before = people.ordinary
    # Numbers that the promoted server gives say that it lacks nothing but what it will never get.
    eventually("a loss, or numbers again", lambda: lost(people.problems_now(machines.records)) or people.ordinary >= before + 5)
    assert lost(people.problems_now(machines.records))

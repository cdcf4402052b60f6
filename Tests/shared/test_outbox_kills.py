"""A kiosk's machine is killed at each step of giving a number while it is cut off, and its disk is copied to another machine: no number twice."""

import pytest
from conftest import has_lease, leases
from testkit.client import CUT
from testkit.machines import Machines
from testkit.relay import Relay
from testkit.waiting import eventually

KIOSK = "kiosk-2"
CARDS = "YICHUANG_TEST_CARDS"


@pytest.fixture(scope="module")
def cut():
    """An office, and a door machine behind a link that can be cut."""
    machines = Machines("office", "door")
    link = Relay(machines.postgres.port)
    try:
        machines[1].change(lambda settings: settings["shared"].update(hosts=[f"127.0.0.1:{link.port}"]))
        machines[1].environment[CARDS] = "52:54:00:00:00:01"
        yield machines.open(), link
    finally:
        link.close()
        machines.close()


def restart(machine, failpoint=None):
    """Started so that it kills itself at a point, or without one."""
    machine.stop()
    machine.environment.pop("YICHUANG_FAILPOINT", None)
    if failpoint:
        machine.environment["YICHUANG_FAILPOINT"] = failpoint
    machine.start()
    machine.cookie = None


def take(machine, key):
    """The number that a request is given, nil where its machine dies first."""
    try:
        status, content, _ = machine.request(
            machine.kiosk, "POST", "/v1/tickets", {"kiosk": KIOSK, "lane": "A"}, key=key)
    except CUT:
        return None
    assert status == 201, content
    return content["number"]


def waiting(machine):
    return [one["number"] for one in machine.tickets("waiting")]


def is_merged(machines, number):
    office, door = machines.all
    eventually("it is in the journal", lambda: number in waiting(office) and not leases(door)["pending"])
    numbers = waiting(office)
    assert numbers.count(number) == 1 and len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("point", ["outbox-before-number", "outbox-number-stored"])
def test_killed_while_it_gives(cut, point):
    """The page asks again with its key after the start: it is told the number that was stored, or another one, and the journal has it once."""
    machines, link = cut
    door = machines[1]
    link.mend()
    has_lease(door)
    restart(door, point)
    link.cut()
    assert take(door, point) is None
    restart(door)
    number = take(door, point)
    assert int(number[1:]) > 9000 and take(door, point) == number
    link.mend()
    is_merged(machines, number)


def test_killed_when_the_journal_has_it(cut):
    """The outbox does not know it yet: it is brought once more, and adopted once."""
    machines, link = cut
    door = machines[1]
    has_lease(door)
    restart(door, "outbox-number-adopted")
    link.cut()
    number = take(door, "adopted")
    link.mend()
    eventually("it has killed itself", lambda: not door.is_up())

    def adopted():
        return [body for _, body, _ in machines.records() if b'"ticketAdopted"' in body and f'"{number}"'.encode() in body]

    once = adopted()
    assert len(once) == 1
    restart(door)
    is_merged(machines, number)
    assert adopted() == once


def test_killed_with_a_new_lease(cut):
    """The journal has leased numbers, the outbox has stored them, and the machine dies: the next start goes on with them."""
    machines, link = cut
    office, door = machines.all
    has_lease(door)
    start = next(one["from"] for one in leases(door)["out"] if one["kiosk"] == KIOSK and one["lane"] == "A")
    restart(door, "outbox-lease-stored")
    link.cut()
    for n in range(25):
        take(door, f"many-{n}")
    link.mend()
    eventually("it has killed itself", lambda: not door.is_up())
    restart(door)
    has_lease(door)
    out = [one for one in leases(office)["out"] if one["kiosk"] == KIOSK and one["lane"] == "A"]
    assert out[-1]["from"] > start and len({one["from"] for one in out}) == len(out)
    link.cut()
    number = take(door, "after")
    assert out[-1]["from"] <= int(number[1:]) < out[-1]["from"] + 50
    link.mend()
    is_merged(machines, number)


def test_answer_and_machine_lost(cut):
    """The journal has the number, nobody was told, and the machine starts again cut off: the page is given another one, and the first is withdrawn."""
    machines, link = cut
    door = machines[1]
    has_lease(door)
    restart(door, "before-answer")
    assert take(door, "nobody-told") is None
    link.cut()
    restart(door)
    number = take(door, "nobody-told")
    assert int(number[1:]) > 9000
    link.mend()
    is_merged(machines, number)
    withdrawn = [body for _, body, _ in machines.records() if b'"ticketWithdrawn"' in body]
    assert len(withdrawn) == 1


def test_copied_disk(cut):
    """Two machines with one disk's contents, both cut off: only the one whose leases they are gives numbers."""
    machines, link = cut
    office, door = machines.all
    has_lease(door)
    link.cut()
    door.stop()
    clone = door.copied(("office", "door"), environment={CARDS: "52:54:00:00:00:02"})
    try:
        restart(door)
        clone.start()
        assert "the outbox was another machine's" in clone.log_tail()
        number = take(door, "original")
        assert int(number[1:]) > 9000
        status, content, _ = clone.request(clone.kiosk, "POST", "/v1/tickets", {"kiosk": KIOSK, "lane": "A"}, key="copy")
        assert (status, content["code"]) == (503, "journal_cut_off")
    finally:
        clone.close()
    link.mend()
    is_merged(machines, number)

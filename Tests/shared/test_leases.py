"""A kiosk whose machine is cut off from the hall's journal gives numbers, prints them, and afterwards each is called once."""

import pathlib
import tempfile

import pytest
from conftest import has_lease, leases
from testkit.machines import Machines
from testkit.private_cups import PrivateCUPS
from testkit.relay import Relay
from testkit.simulated_printer import SimulatedPrinter
from testkit.waiting import eventually

KIOSK = "kiosk-2"


@pytest.fixture(scope="module")
def cut():
    """An office, and a door machine with a printer behind a link that can be cut."""
    with tempfile.TemporaryDirectory(prefix="yc-leases-", dir="/tmp") as here:
        pathlib.Path(here).chmod(0o755)
        printer = SimulatedPrinter(pathlib.Path(here) / "slips")
        cups = PrivateCUPS(printer.port)
        machines = Machines("office", "door")
        link = Relay(machines.postgres.port)

        def printing(settings):
            settings["kiosks"][1]["printer"] = {"queue": cups.queue, "paper_mm": 80, "server": cups.socket}

        try:
            for machine in machines.all:
                machine.change(printing)
            machines[1].change(lambda settings: settings["shared"].update(hosts=[f"127.0.0.1:{link.port}"]))
            yield machines.open(), link, printer
        finally:
            link.close()
            machines.close()
            cups.close()
            printer.close()


def waiting(machine):
    return [one["number"] for one in machine.tickets("waiting")]


def test_gives_and_is_adopted(cut):
    machines, link, printer = cut
    office, door = machines.all
    has_lease(door)
    first = office.join()["number"]
    eventually("the door has it", lambda: first in waiting(door))
    mark = printer.mark()
    link.cut()
    given = [door.join(kiosk=KIOSK) for _ in range(3)]
    numbers = [one["number"] for one in given]
    start = next(one["from"] for one in leases(door)["out"] if one["kiosk"] == KIOSK and one["lane"] == "A")
    assert numbers == [f"A{start + n}" for n in range(3)] and all(one["leased"] for one in given)
    assert door.get(f"/v1/tickets/{given[0]['id']}")["number"] == numbers[0]
    eventually("three slips come out", lambda: len(printer.papers(mark)) == 3)
    codes = [code for paper in printer.papers(mark) for code in paper["codes"]]
    assert [sum(one["id"] in code for code in codes) for one in given] == [1, 1, 1]
    assert leases(door)["pending"] == numbers
    later = office.join()["number"]
    link.mend()
    eventually("the office has them", lambda: set(numbers) <= set(waiting(office)))
    assert not leases(door)["pending"]
    assert waiting(office) == [first, *numbers, later]
    eventually("the door follows", lambda: waiting(door) == waiting(office))
    cookie = office.sign_in("AJ001", 1)
    called = []
    for _ in range(5):
        answer = office.ask("POST", "/v1/windows/1/calls", {}, port=office.hall, cookie=cookie)
        called.append(answer["number"])
        for verb in ("serve", "finish"):
            office.ask("POST", f"/v1/windows/1/{verb}", {}, port=office.hall, cookie=cookie)
    assert called == [first, *numbers, later]


def test_killed_while_cut_off(cut):
    """It starts cut off, goes on with its lease, and what it gave before and after is there once."""
    machines, link, _ = cut
    office, door = machines.all
    has_lease(door)
    link.cut()
    before = door.join(kiosk=KIOSK)["number"]
    door.kill()
    door.start()
    after = door.join(kiosk=KIOSK)["number"]
    assert after != before
    door.cookie = None
    link.mend()
    eventually("both are there", lambda: {before, after} <= set(waiting(office)))
    numbers = waiting(office)
    assert len(set(numbers)) == len(numbers)


def test_answer_lost(cut):
    """What was asked went through and nobody heard it: the number on paper takes its place."""
    machines, link, _ = cut
    office, door = machines.all
    has_lease(door)
    count = len(machines.records())
    link.deafen()
    number = door.join(kiosk=KIOSK)["number"]
    assert int(number[1:]) > 9000
    eventually("the request went through", lambda: len(machines.records()) > count)
    link.mend()
    eventually("it is there", lambda: number in waiting(office) and not leases(door)["pending"])
    ids = [one["number"] for one in office.tickets("waiting")]
    assert len(set(ids)) == len(ids)
    kept = [body for _, body, _ in machines.records() if b'"ticketWithdrawn"' in body]
    assert len(kept) == 1


def test_paper(cut):
    """Slips that were printed beforehand are entered afterwards, each once."""
    machines, _, _ = cut
    office = machines[0]
    office.cookie = office.sign_in("AJ100")

    def ask(path, body):
        return office.ask("POST", path, body, port=office.hall, cookie=office.cookie)

    ask("/v1/leases/slips", {"lane": "A"})
    slips = [one for one in leases(office)["out"] if one["kiosk"] is None]
    number = f"A{slips[0]['from']}"
    assert ask("/v1/leases/tickets", {"number": number, "given_at": "00:01"})["leased"]
    assert number in waiting(office)
    status, content, _ = office.request(
        office.hall, "POST", "/v1/leases/tickets", {"number": number}, cookie=office.cookie, key="again")
    assert (status, content["code"]) == (409, "number_given_before")
    ask("/v1/leases/by-hand", {"number": number, "done": "served"})
    assert number not in waiting(office)

"""Two releases in one hall: a machine that meets a record which its program does not know follows no further and decides nothing."""

import json

from testkit.waiting import eventually


def faults(machine):
    return {one["code"] for one in machine.get("/v1/hall")["faults"]}


def test_older_program(hall):
    machines = hall("office", "door")
    office, door = machines.all
    # To the door's program the opening of a window is an event of a later release.
    door.environment["YICHUANG_TEST_UNKNOWN_EVENT"] = "windowOpened"
    machines.open()
    known = door.join(kiosk="kiosk-2")["number"]
    office.sign_in("AJ001", 1)
    later = office.join()["number"]
    eventually("the door says so", lambda: "program_older" in faults(door))
    assert "journal_behind" not in faults(door)
    numbers = {one["number"] for one in door.tickets()}
    assert known in numbers and later not in numbers, "it goes on behind what it does not know"
    status, content, _ = door.take(kiosk="kiosk-2")
    assert status == 503, content
    assert "is of a newer program (windowOpened" in door.log_tail()
    head = len(machines.records())

    # It says the same after a start, and the office goes on.
    door.stop()
    door.start()
    eventually("the door says so again", lambda: "program_older" in faults(door))
    assert door.take(kiosk="kiosk-2")[0] == 503
    assert len(machines.records()) == head

    # The same release: it reads on from where it stopped.
    door.stop()
    del door.environment["YICHUANG_TEST_UNKNOWN_EVENT"]
    door.start()
    eventually("the door decides", lambda: door.take(kiosk="kiosk-2")[0] == 201)
    assert "program_older" not in faults(door)


def test_updated_one_after_the_other(hall):
    """What only the newer program can read is not written before every machine is updated; nothing else stands still meanwhile."""
    machines = hall("office", "door")
    office, door = machines.all
    # The program of today, to which the opening of a window is an event of a later release.
    door.environment["YICHUANG_TEST_UNKNOWN_EVENT"] = "windowOpened"
    machines.open()
    eventually("what both read is in use", lambda: raised(machines) == [2])

    # The office is updated: to its program that event is a record of the next format.
    office.stop()
    office.environment["YICHUANG_TEST_NEW_EVENT"] = "windowOpened"
    office.start()
    cookie = office.sign_in("AJ001")

    def open_window():
        return office.request(office.hall, "POST", "/v1/windows/1/open", {}, cookie=cookie)

    status, content, _ = open_window()
    assert (status, content["code"]) == (409, "format_not_raised"), content
    assert office.take(kiosk="kiosk-1")[0] == door.take(kiosk="kiosk-2")[0] == 201
    told = office.ctl("shared", "status")[1]
    assert {one["machine"]: one["reads_format"] for one in told["machines"]} == {"office": 3, "door": 2}
    assert "program_older" not in faults(door)

    # The door is updated too.
    door.stop()
    del door.environment["YICHUANG_TEST_UNKNOWN_EVENT"]
    door.environment["YICHUANG_TEST_NEW_EVENT"] = "windowOpened"
    door.start()
    eventually("the new format is in use", lambda: raised(machines) == [2, 3])
    assert open_window()[0] in (200, 201)
    number = door.take(kiosk="kiosk-2")[1]["number"]
    eventually("the office has it", lambda: number in {one["number"] for one in office.tickets()})

    # Whoever installs the older program again decides nothing, and says why.
    door.stop()
    del door.environment["YICHUANG_TEST_NEW_EVENT"]
    door.start()
    eventually("the door says so", lambda: "program_older" in faults(door))
    eventually("and decides nothing", lambda: door.take(kiosk="kiosk-2")[0] == 503)
    assert office.take(kiosk="kiosk-1")[0] == 201


def raised(machines):
    """The formats to which the hall went, in order."""
    records = [json.loads(body) for _, body, _ in machines.records()]
    return [one["e"]["format"] for one in records if one["t"] == "formatRaised"]

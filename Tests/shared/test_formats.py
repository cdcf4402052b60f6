"""Two releases in one hall: a machine that meets a record which its program does not know follows no further and decides nothing."""

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

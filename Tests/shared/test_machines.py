"""Founding a shared journal, joining it, and going back to one machine, with the operator's tool as it is shipped."""

import sqlite3
import subprocess

from testkit.paths import BUILT
from testkit.waiting import eventually


def fault(machine, code):
    return next((one for one in machine.get("/v1/hall")["faults"] if one["code"] == code), None)


def test_founds_joins_and_ends(hall):
    """A hall that was on one machine goes on on two, and afterwards on one again; nothing is lost on either way."""
    machines = hall("office", "door")
    office, door = machines.all
    part = {}
    office.change(lambda settings: part.update(settings.pop("shared")))
    office.start()
    first = office.join()["number"]
    assert office.ctl("day", "close", config=False)[0] == 0
    office.stop()

    office.change(lambda settings: settings.update(shared=part))
    before = office.ctl("verify", config=False)[1]["records"]
    assert machines.answer(office.admin("found"))["records"] == before
    status, again = office.admin("found")
    assert status == 73, again
    office.start()
    assert office.ctl("day", "open", "--confirm", config=False)[0] == 0
    machines.join(door)

    second = door.join(kiosk="kiosk-2")["number"]
    assert second != first
    eventually("the office has it", lambda: any(one["number"] == second for one in office.tickets()))
    told = machines.answer(office.ctl("shared", "status"))
    assert [one["machine"] for one in told["machines"]] == ["door", "office"] and told["configuration_is_adopted"]
    for machine in machines.all:
        assert machine.ctl("verify", config=False)[1]["sound"]

    # Whoever takes `shared` out of the configuration does not write to the copy alone.
    door.stop()
    alone = door.change(lambda settings: settings.pop("shared"), door.configuration.with_name("alone.yaml"))
    done = subprocess.run([str(BUILT / "yichuangd"), "--config", str(alone)], env=door.environment, capture_output=True, text=True)
    assert done.returncode == 73 and "copy of a journal that several machines share" in done.stderr, done.stderr
    door.start()

    machines.answer(office.admin("leave", "door"))
    refused = eventually("the door is told why", lambda: fault(door, "journal_behind"))
    assert "left the hall" in refused["remedy"]["en"] and "已退出" in refused["remedy"]["zh-Hans"]
    assert door.request(door.kiosk, "GET", "/readyz")[1]["journal"] == "behind"
    status, content, _ = door.take(kiosk="kiosk-2")
    assert status == 503 and content["code"] in ("journal_behind", "journal_cut_off")

    assert office.ctl("day", "close", "--force", config=False)[0] == 0
    office.stop()
    count = len(machines.records())
    assert machines.answer(office.ctl("shared", "end"))["records"] == count
    office.change(lambda settings: settings.pop("shared"))
    office.start()
    assert office.ctl("day", "open", "--confirm", config=False)[0] == 0
    assert office.join()["number"] not in (first, second)


def test_rescue(hall):
    """The database is lost with its disk: a copy founds it anew, and no number is given twice."""
    machines = hall("office", "door")
    machines.open()
    office, door = machines.all
    given = [machine.join()["number"] for machine in (office, door, office, door)]
    eventually("the office has all", lambda: set(given) <= {one["number"] for one in office.tickets()})
    head = len(machines.records())
    machines.postgres.stop("immediate")
    for machine in machines.all:
        machine.stop()
    before = machines.postgres
    machines.postgres = type(before)()
    try:
        for machine in machines.all:
            machine.postgres = machines.postgres
            machine.change(lambda settings: settings["shared"].update(hosts=[f"127.0.0.1:{machines.postgres.port}"]))
        # The machine still knows the identity of the lost cluster, so it does not accept another one instead.
        assert machines.answer(office.admin("rescue"))["records"] >= head
        office.start()
        machines.join(door)
        more = [machine.join()["number"] for machine in (office, door)]
        assert len(set(given + more)) == len(given + more)
        database = sqlite3.connect(f"file:{door.state}/journal.sqlite?mode=ro", uri=True)
        assert database.execute("SELECT count(*) FROM journal").fetchone()[0] >= head + 1
        database.close()
    finally:
        before.close()


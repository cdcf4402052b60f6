"""The hall's clock is the database's: a machine whose own clock is an hour off writes the hall's moments, and opens and closes no day."""

from datetime import datetime

import pytest
from testkit.machines import Machines
from testkit.waiting import eventually

HOUR = 3_600_000


@pytest.fixture(scope="module")
def three():
    """The office's clock is right; the door's and the annex's are an hour ahead. The annex has not joined yet."""
    machines = Machines("office", "door", "annex")
    try:
        for machine in machines[1:]:
            machine.environment["YICHUANG_TEST_CLOCK_AHEAD"] = str(HOUR)
        machines.found()
        machines.join(machines[1])
        yield machines
    finally:
        machines.close()


def faults(machine):
    return {one["code"] for one in machine.get("/v1/hall")["faults"]}


def now(machine):
    return datetime.fromisoformat(machine.get("/v1/hall")["at"])


def test_an_hour_ahead(three):
    office, door, annex = three.all
    # An hour is far more than a busy machine may take for what comes between two questions.
    assert abs((now(door) - now(office)).total_seconds()) < 600
    assert door.take(kiosk="kiosk-2")[0] == 201
    written = [int(line) for line in three.postgres.sql(
        "SELECT abs(extract(epoch FROM written) * 1000 - (convert_from(body, 'UTF8')::json->>'at')::bigint)::bigint FROM yc.records ORDER BY seq DESC LIMIT 3")]
    assert max(written) < 600_000, written
    eventually("the door says it", lambda: {"clock_apart", "clock_step"} <= faults(door))
    assert not {"clock_apart", "clock_step"} & faults(office)

    # Most machines report that the database's clock is wrong: it is not trusted, and staff confirm the time before a day is opened.
    three.join(annex)
    eventually("the office doubts it", lambda: "clock_step" in faults(office))
    assert "clock_apart" not in faults(office)

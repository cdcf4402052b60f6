"""Four real daemons, residents and clerks at all of them, while a machine is killed and PostgreSQL is stopped.

The ledger is the clients' own. Its control is a journal that treats an overtaken append as written.
"""

import os
import re
import time

from race import Race
from testkit.waiting import eventually

NAMES = ("office", "door", "upstairs", "annex")
LEASED = re.compile(r"lost: [A-Z]9\d{3}$")
SEED = int(os.environ.get("YICHUANG_SEED", time.time_ns() % 1_000_000))
# Compares nothing: of two machines that append behind one record, one loses what it acknowledged.
CARELESS = """
CREATE OR REPLACE FUNCTION yc.append_1(h int, mine bigint, expected bigint, prev bytea, bodies bytea[], digests bytea[])
RETURNS TABLE (o_at timestamptz, o_seq bigint, o_body bytea, o_digest bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = yc, pg_temp AS $$
BEGIN
  o_at := clock_timestamp();
  RETURN NEXT;
  INSERT INTO yc.records (hall, seq, body, digest)
    SELECT h, expected + u.o, u.b, u.g FROM unnest(bodies, digests) WITH ORDINALITY AS u(b, g, o) ON CONFLICT DO NOTHING;
END $$;
"""


def more(race, count=40):
    """Waits until so many more numbers are given."""
    before = len(race.given)
    eventually(f"{count} more numbers", lambda: len(race.given) >= before + count)


def test_race(hall):
    print(f"YICHUANG_SEED={SEED}")
    machines = hall(*NAMES).open()
    race = Race(machines, SEED).start(residents=12)
    more(race)
    killed = machines[2]
    killed.kill()
    more(race)
    killed.start()
    for mode in ("fast", "immediate"):
        machines.postgres.stop(mode)
        machines.postgres.start()
        more(race)
    race.stop()
    race.send_again()
    eventually("what was given while cut off is in the journal", lambda: not race.problems(machines.records()))
    assert not race.unsure and len(race.called) > 10 and min(race.by_machine) > 0
    # Every machine's own copy is the same journal, to the end.
    for machine in machines.all:
        eventually("the copy is whole", lambda m=machine: m.ctl("verify", config=False)[1]["head"] == machines.records()[-1][2].hex())

    # The control: the same ledger, and a journal that compares nothing.
    machines.postgres.sql(CARELESS)
    race = Race(machines, SEED).start(residents=8)
    # A number of a lease (应急号) may still be on its way.
    eventually("the ledger notices", lambda: [one for one in race.problems(machines.records()) if not LEASED.search(one)])
    race.halt.set()

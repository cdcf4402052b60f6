"""Three daemons in three networks, two kiosks, four windows and a board: profile P1 by the commands of the manual, then anything fails.

YICHUANG_SEED repeats a run. `make test-failover` does the same for an hour.
"""

import json
import os
import time

import pytest
from chaos import Chaos
from crowd import Crowd
from hall_site import ADDRESSES, Site
from testkit.client import CUT
from testkit.waiting import eventually

SEED = int(os.environ.get("YICHUANG_SEED", time.time_ns() % 1_000_000))
STEPS = int(os.environ.get("STEPS", 3))
MINUTES = float(os.environ.get("MINUTES", 0))


@pytest.fixture(scope="module")
def site():
    site = Site([ADDRESSES["192.168.1.10"]])
    yield site
    site.close()


def test_the_manual_sets_up_a_hall_of_three(site):
    """The commands of docs/OPERATING.md, one after the other; what the hall had on one machine goes on on three."""
    site.begin()
    site.found()
    told = site.office.run("yichuangctl shared status --json").stdout
    assert all(f'"{name}"' in told for name in ("office", "door", "upstairs"))
    assert [machine.take(kiosk=kiosk, lane="A")[0] for machine, kiosk in ((site.door, "kiosk-1"), (site.upstairs, "kiosk-2"))] == [201, 201]
    numbers = {one["number"] for one in map(read_ticket, site.records()) if one}
    assert len(numbers) == 3


def read_ticket(record):
    one = json.loads(record[1])
    return one["e"] if one["t"] == "ticketIssued" else None


def test_the_firewall_knows_the_journal(site):
    """With the packet filter on at every machine the others reach the journal, and only on the machine that serves it its port is open."""
    rules = {machine.name: json.loads(machine.run("yichuangctl firewall on --no-ssh --dry-run --json").stdout)["rules"] for machine in site.all}
    assert {name for name, text in rules.items() if "# The shared journal of the hall's machines." in text} == {"office"}
    assert all(f"ip daddr {site.office.computer.address} tcp dport 5432 accept" in rules[name] for name in ("door", "upstairs"))
    office = (site.office.computer.address, 5432)
    # The control: with another machine's rules there it is not reached.
    for machine in site.all:
        machine.computer.run("nft", "-f", "-", input=rules["door"], text=True)
    with pytest.raises(CUT):
        site.door.computer.connect(office, timeout=1)
    site.office.computer.run("nft", "-f", "-", input=rules["office"], text=True)
    site.door.computer.connect(office).close()
    for machine, kiosk in ((site.door, "kiosk-1"), (site.upstairs, "kiosk-2")):
        # A connection from before the rules would be let through as an answer.
        machine.stop()
        machine.start()
        eventually(f"{machine.name} is ready", machine.is_ready)
        assert machine.take(kiosk=kiosk, lane="A")[0] == 201


def test_the_certificate_is_made_anew(site):
    """Machines that were connected stay so, and one that starts afterwards trusts the new one."""
    def serial():
        data = site.office.run("sudo -u postgres psql -X -q -A -t -c 'SHOW data_directory'").stdout.strip()
        return site.office.run(f"openssl x509 -in {data}/yichuang-server.crt -noout -serial").stdout

    before = serial()
    site.office.run("yichuangctl shared certificate")
    assert serial() != before
    assert site.door.take(kiosk="kiosk-1", lane="A")[0] == 201
    site.upstairs.stop()
    site.upstairs.start()
    eventually("upstairs is ready", site.upstairs.is_ready)
    assert site.upstairs.take(kiosk="kiosk-2", lane="A")[0] == 201


def test_anything_fails(site):
    """The ledger has no number twice, nobody called twice, nothing shown and lost, whatever failed before."""
    print(f"YICHUANG_SEED={SEED}")
    crowd = Crowd(site, SEED).begin()
    try:
        crowd.more()
        chaos = Chaos(site, crowd, SEED)
        until = time.monotonic() + MINUTES * 60
        while sum(chaos.counts.values()) < STEPS or time.monotonic() < until:
            chaos.step()
        chaos.end()
    finally:
        crowd.stop()
    assert len(crowd.called) > 5 and len(crowd.shown) > 2

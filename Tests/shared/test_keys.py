"""Keys and secrets that are the same on every machine: marks of people, cases, reservations, secrets of staff."""

import json

import pytest
from testkit.client import set_cookie
from testkit.demo_hall import SECRET
from testkit.feed import Listener
from testkit.machines import Machines
from testkit.waiting import eventually

# Of nobody: a region that is assigned to nobody.
NUMBER = "000000190001010033"
CHOSEN = "合成-own-secret-27"


@pytest.fixture(scope="module")
def three():
    """Two machines with emulated devices; the third has not joined yet."""
    machines = Machines("office", "door", "annex")
    try:
        for machine in machines.all:
            machine.environment["YICHUANG_TEST_EMULATED"] = "1"
        machines.found()
        machines.join(machines[1])
        yield machines
    finally:
        machines.close()


def show(machine, kiosk, card="resident"):
    """A card at a kiosk, and the number that was asked for with it: what the page was told, and the answer."""
    page = Listener.of_kiosk(machine, kiosk)
    mark = page.mark()
    machine.hand(kiosk, "lift")
    assert machine.request(machine.kiosk, "POST", f"/v1/kiosks/{kiosk}/cards", {"read": True})[0] == 200
    machine.hand(kiosk, "lay", card=card)
    told = json.loads(page.wait(rb"event: cardRead\ndata: (.*)\n", mark)[1])
    status, content, _ = machine.take(kiosk=kiosk, card=told["card"])
    return told, status, content


def chain(machine):
    return {path.name: path.read_bytes() for path in (machine.state / "keys").glob("chain-day-*.key")}


def turn_day(machine):
    """Closes the day and opens it again."""
    assert machine.ctl("day", "close", "--force", config=False)[0] == 0
    status, answer = machine.ctl("day", "open", "--confirm", config=False)
    # The hall is always open: its clock may have been quicker.
    assert status in (0, 1, 65, 69), answer


def test_one_person_has_one_number_at_every_machine(three):
    office, door, _ = three.all
    _, status, first = show(office, "kiosk-1")
    assert status == 201, first
    eventually("the door has it", lambda: any(one["number"] == first["number"] for one in door.tickets()))
    told, status, refused = show(door, "kiosk-2")
    assert (status, refused["code"], told["tickets"]) == (409, "holder_has_ticket", [first["id"]]), (told, refused)

    # A slip that one machine printed is read under a scanner of another one.
    cookie = door.sign_in("AJ100")
    read = door.ask("POST", "/v1/codes", {"text": first["id"]}, port=door.hall, cookie=cookie)
    assert read["is"] == "ticket", read

    # The door is off while a day ends: it winds forward, and what the day's key was is at no machine any more.
    before = chain(office)
    assert before == chain(door)
    door.stop()
    turn_day(office)
    eventually("the office has wound forward", lambda: chain(office) != before and len(chain(office)) == 1)
    door.start()
    eventually("so has the door", lambda: chain(door) == chain(office))
    _, status, second = show(door, "kiosk-2")
    assert status == 201, second
    eventually("the office has it", lambda: any(one["id"] == second["id"] for one in office.tickets()))
    told, status, refused = show(office, "kiosk-1")
    assert (status, refused["code"], told["tickets"]) == (409, "holder_has_ticket", [second["id"]])


def test_a_case_is_read_where_it_was_not_opened(three):
    office, door, annex = three.all
    cookie = office.sign_in("AJ001", 1)
    paper = next(line["name"] for line in office.get("/v1/items/NY-001")["materials"] if line["kind"] == "form")
    made = office.ask("POST", "/v1/cases", {
        "item": "NY-001", "situations": ["new"], "by": "self", "papers": [{"material": paper, "originals": 1}],
        "applicant": {"name": "测试己办件", "number": NUMBER, "phone": "000-5550-0166"}}, port=office.hall, cookie=cookie)
    wish = {"lane": "A", "name": "测试庚预约", "phone": "000-5550-0155"}
    days = office.ask("GET", "/v1/reservations/slots?lane=A", port=office.hall, cookie=cookie)["days"]
    day = days[-1]
    office.ask("POST", "/v1/reservations", {**wish, "date": day["date"], "from": day["slots"][0]["from"]}, port=office.hall, cookie=cookie)

    def reads(machine):
        own = machine.sign_in("AJ002", 2)
        eventually("the case is there", lambda: machine.request(machine.hall, "GET", f"/v1/cases/{made['id']}", cookie=own)[0] == 200)
        whole = machine.ask("POST", f"/v1/cases/{made['id']}/unmask", {"reason": "电话通知"}, port=machine.hall, cookie=machine.sign_in("AJ100"))
        assert (whole["name"], whole["number"]) == ("测试己办件", NUMBER), whole
        found = machine.ask("POST", "/v1/cases/find", {"number": NUMBER}, port=machine.hall, cookie=own)
        assert [one["id"] for one in found["cases"]] == [made["id"]]
        listed = machine.ask("GET", f"/v1/reservations?date={day['date']}", port=machine.hall, cookie=own)["reservations"]
        assert [(one["name"], one["phone"]) for one in listed] == [(wish["name"], wish["phone"])]

    reads(door)
    three.join(annex)
    reads(annex)


def test_a_secret_chosen_at_one_machine_holds_at_the_others(three):
    office, door, _ = three.all

    def signs_in(machine, secret):
        status, content, answer = machine.request(machine.hall, "POST", "/v1/sessions", {"badge": "AJ003", "secret": secret})
        return set_cookie(answer) if status == 201 else None

    there, here = signs_in(door, SECRET), signs_in(office, SECRET)
    assert here and there
    office.ask("POST", "/v1/sessions/current/secret", {"secret": SECRET, "new_secret": CHOSEN}, port=office.hall, cookie=here)
    eventually("it signs in at the door", lambda: signs_in(door, CHOSEN))
    assert door.request(door.hall, "GET", "/v1/sessions/current", cookie=there)[0] == 401, "a session with the old secret goes on"
    assert not signs_in(door, SECRET)
    # Chosen while the journal is off: the others have it once it is back, and after a start.
    again = signs_in(door, CHOSEN)
    three.postgres.stop("fast")
    door.ask("POST", "/v1/sessions/current/secret", {"secret": CHOSEN, "new_secret": CHOSEN + "-2"}, port=door.hall, cookie=again)
    door.stop()
    three.postgres.start()
    door.start()
    eventually("it signs in at the office", lambda: signs_in(office, CHOSEN + "-2"))


def test_the_database_has_no_key_in_clear(three):
    """Last: what was sealed before is in the database, and its files and a dump of it tell nobody how to open it."""
    assert len({(machine.state / "hall.key").read_bytes() for machine in three.all}) == 1, "codes of badges follow from it"
    secrets = {}
    for machine in three.all:
        for path in [machine.state / "hall.key", *(machine.state / "keys").glob("*.key")]:
            secrets[f"{machine.name} {path.name}"] = path.read_bytes()
        own = json.loads((machine.state / "staff.secrets").read_text())
        assert own and all(one["changed"] for one in own)
        for one in own:
            secrets[f"{machine.name} {one['badge']}"] = one["hash"].encode()
    dump = three.postgres.program("pg_dump", "-h", three.postgres.socket, "-p", str(three.postgres.port), "-U", three.postgres.user, "yichuang")
    found = {"dump": dump.encode()}
    assert b"staff/AJ003" in found["dump"]
    for path in three.postgres.folder.rglob("*"):
        if path.is_file() and path.stat().st_size < 64 << 20:
            found[str(path)] = path.read_bytes()
    for source, content in found.items():
        for name, secret in secrets.items():
            for form in (secret, secret.hex().encode(), secret.hex().upper().encode()):
                assert form not in content, f"{name} stands in {source}"

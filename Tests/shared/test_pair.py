"""Two machines: what a machine's role may do, another configuration, and a console whose machine is cut off."""

import json
import os
import pathlib
import subprocess
from concurrent.futures import ThreadPoolExecutor

from conftest import DOORS, has_lease
from playwright.sync_api import expect, sync_playwright
from testkit.demo_hall import SECRET
from testkit.paths import ROOT
from testkit.private_postgres import PROGRAMS
from testkit.waiting import CEILING, eventually

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
# As generous as CEILING: pages that share a busy machine draw late.
expect.set_options(timeout=60_000)


def fault(machine, code):
    return next((one for one in machine.get("/v1/hall")["faults"] if one["code"] == code), None)


def test_rights_and_plain_text(pair):
    """A machine's role calls functions and nothing else; nothing goes in plain text."""
    machines, office = pair, pair[0]
    password = (office.configuration.parent / "shared" / "password").read_text().strip()

    def psql(sql, mode="require"):
        return subprocess.run(
            [str(PROGRAMS / "psql"), f"host=127.0.0.1 port={machines.postgres.port} dbname=yichuang user=yc_office sslmode={mode}", "-X",
             "-A", "-t", "-c", sql], capture_output=True, text=True, env={"PGPASSWORD": password, "LC_ALL": "C"})

    assert psql("SELECT count(*) > 0 FROM yc.records").stdout.strip() == "t"
    for sql in ("DELETE FROM yc.records", "TRUNCATE yc.records", "UPDATE yc.records SET body = ''", "INSERT INTO yc.meta VALUES (2)",
                "DELETE FROM yc.machines", "UPDATE yc.halls SET configuration = ''", "CREATE TABLE yc.own (n int)"):
        done = psql(sql)
        assert done.returncode != 0 and "denied" in done.stderr, (sql, done)
    refused = psql("SELECT 1", "disable")
    assert refused.returncode != 0 and "no encryption" in refused.stderr, refused
    told = machines.postgres.sql("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename LIKE 'yc_%'")
    assert told == ["t"]


def test_at_once(pair, tmp_path):
    """Commands of an administrator that change the same rows of PostgreSQL's catalogues at one moment: each does its work."""
    machines, office = pair, pair[0]
    names = [f"annex-{n}" for n in range(6)]
    with ThreadPoolExecutor(len(names)) as pool:
        for said in pool.map(lambda name: office.admin("invite", name, tmp_path / name), names):
            machines.answer(said)
        passwords = [json.loads((tmp_path / name).read_text())["password"] for name in names]
        may = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'yc_annex%' AND rolcanlogin AND pg_has_role(oid, 'yc_machine', 'member')"
        assert len(set(passwords)) == len(machines.postgres.sql(may)) == len(names)
        for said in pool.map(lambda name: office.admin("leave", name), names):
            machines.answer(said)
    assert not machines.postgres.sql(may)


def test_other_configuration(pair):
    """A machine with another configuration follows and decides nothing, until its file is the hall's, or the hall's is its own."""
    machines, (office, door) = pair, pair.all
    assert door.take(kiosk="kiosk-2")[0] == 201
    door.change(lambda settings: settings["windows"][3].update(name="发件窗口"))
    status, answer = door.ctl("reload", config=False)
    assert status == 78 and "shared adopt" in answer["sentence"]
    door.stop()
    door.start()
    eventually("the door says so", lambda: fault(door, "configuration_differs"))
    status, content, _ = door.take(kiosk="kiosk-2")
    assert (status, content["code"]) == (503, "journal_behind")
    number = office.join()["number"]
    cookie = office.sign_in("AJ100")
    assert any(one["number"] == number for one in office.ask("GET", "/v1/queue", port=office.hall, cookie=cookie)["tickets"])
    eventually("status says which", lambda: [
        one["configuration_differs"] for one in machines.answer(office.ctl("shared", "status"))["machines"]] == [True, False])
    machines.answer(door.ctl("shared", "adopt"))
    eventually("now it is the office", lambda: fault(office, "configuration_differs"))
    eventually("the door decides", lambda: door.take(kiosk="kiosk-2")[0] == 201)
    office.change(lambda settings: settings["windows"][3].update(name="发件窗口"))
    assert office.ctl("reload", config=False)[0] == 0
    eventually("the office decides too", lambda: office.take()[0] == 201)


def is_told(machine, code, english, chinese):
    """Waits for a fault with these words on the consoles, and for the English ones in the log."""
    def has_words():
        remedy = (fault(machine, code) or {}).get("remedy") or {}
        return english in remedy.get("en", "") and chinese in remedy.get("zh-Hans", "")

    eventually(f"the consoles say: {english}", has_words)
    assert english in pathlib.Path(machine.diary.name).read_text(errors="replace")


def decides(machine, kiosk):
    eventually(f"{machine.name} decides", lambda: machine.take(kiosk=kiosk)[0] == 201)


def test_bad_servers_are_told(pair):
    """What is wrong with the server or the machine's way in: one sentence on the consoles and in the log; it goes on once that is put right."""
    machines, (office, door) = pair, pair.all
    sql = machines.postgres.sql
    for wrong, right, english, chinese in (
            ("ALTER ROLE yc_door VALID UNTIL '2020-01-01'", "ALTER ROLE yc_door VALID UNTIL 'infinity'",
             "it refuses this machine's password", "不认本机的口令"),
            ("UPDATE yc.meta SET version = 0", "UPDATE yc.meta SET version = 1", "its schema has version 0", "第 0 版")):
        sql(wrong)
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'yc_door'")
        is_told(door, "journal_behind", english, chinese)
        assert door.request(door.kiosk, "GET", "/readyz")[1]["journal"] == "behind"
        decides(office, "kiosk-1")
        sql(right)
        decides(door, "kiosk-2")
    sql("CREATE DATABASE other", "postgres")
    sql((ROOT / "packaging" / "shared" / "schema-1.sql").read_text(), "other")
    sql("INSERT INTO yc.records (hall, seq, body, digest) VALUES (1, 1, 'x', sha256('x'))", "other")
    for database, english, chinese in (("other", "it has another hall's journal", "另一个大厅的账本"),
                                       ("postgres", "it has no journal of a hall", "没有大厅账本"), ("yichuang", "", "")):
        door.stop()
        door.change(lambda settings, to=database: settings["shared"].update(database=to))
        door.start()
        if english:
            is_told(door, "journal_behind", english, chinese)
    decides(door, "kiosk-2")


def test_clock_an_hour_off(pair):
    """A machine whose clock is an hour from the server's says by how much, and which way."""
    machines, door = pair, pair[1]
    beat = "\n".join(machines.postgres.sql("SELECT pg_get_functiondef('yc.beat_1'::regproc)"))
    behind = beat.replace("epoch FROM moment) * 1000)", "epoch FROM moment - interval '1 hour') * 1000)")
    assert behind != beat
    machines.postgres.sql(behind)
    is_told(door, "clock_apart", "60 min ahead of the journal's server", "快 60 分钟")
    machines.postgres.sql(beat)
    eventually("it is right again", lambda: not fault(door, "clock_apart"))


def test_cloned_disk(pair):
    """Two machines with one disk's contents: the second to start works, the first says that somebody has its name, and goes on afterwards."""
    door = pair[1]
    door.stop()
    clone = door.copied(("office", "door"))
    try:
        door.start()
        decides(door, "kiosk-2")
        clone.start()
        decides(clone, "kiosk-2")
        door.take(kiosk="kiosk-2")
        is_told(door, "journal_behind", "another machine at 127.0.0.1 works under this one's name", "也用本机的名字")
        decides(clone, "kiosk-2")
    finally:
        clone.close()
    decides(door, "kiosk-2")


def test_starts_cut_off(pair):
    """A machine that starts while the journal is off shows what its copy has, gives its leased numbers, and goes on by itself."""
    machines, (office, door) = pair, pair.all
    has_lease(door)
    number = office.take()[1]["number"]
    eventually("the door has it", lambda: any(one["number"] == number for one in door.tickets()))
    door.stop()
    machines.postgres.stop("fast")
    door.start()
    assert door.request(door.kiosk, "GET", "/readyz")[1]["journal"] == "cut_off"
    assert any(one["number"] == number for one in door.tickets())
    given = door.join(kiosk="kiosk-2")
    assert given["leased"] and int(given["number"][1:]) > 9000
    # Not for a kiosk of another machine.
    status, content, _ = door.take(kiosk="kiosk-1")
    assert (status, content["code"]) == (503, "journal_cut_off")
    machines.postgres.start()
    eventually("the door decides", lambda: not door.take(kiosk="kiosk-2")[1].get("leased", True))
    eventually("the office has what was given", lambda: given["number"] in [one["number"] for one in office.tickets()])
    eventually("so does the office", lambda: office.take()[0] == 201)


def test_goes_on_elsewhere(pair):
    """Last, because the journal is gone afterwards."""
    machines, office = pair, pair[0]
    asked, gone = [], []

    def other(route):
        url = route.request.url
        if route.request.is_navigation_request():
            gone.append(url)
            return route.fulfill(body="<p id=other>another machine</p>", content_type="text/html")
        asked.append(url)
        status = 200 if url.startswith(DOORS[1]) else 503
        return route.fulfill(status=status, json={"ready": status == 200}, headers={"Access-Control-Allow-Origin": office.desk_url})

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="zh-CN").new_page()
        page.set_default_timeout(CEILING * 1000)
        # The fifteen seconds for which a page waits pass at once.
        page.clock.install()
        page.route("https://192.168.7.*/**", other)
        page.goto(f"{office.desk_url}/window/")
        page.locator("#badge").fill("AJ001")
        page.locator("#secret").fill(SECRET)
        page.locator("#window").select_option("1")
        page.get_by_role("button", name="登录").click()
        expect(page.locator(".console")).to_be_visible()
        assert not asked
        machines.postgres.stop("fast")
        expect(page.locator(".banner.fault", has_text="连不上大厅的账本")).to_be_visible()
        if pictures := os.environ.get("YICHUANG_PICTURES"):
            page.screenshot(path=str(pathlib.Path(pictures) / "cut-off.png"))
        eventually("it goes on", lambda: gone or page.clock.fast_forward(16_000), pause=0.5)
        expect(page.locator("#other")).to_be_visible()
        browser.close()
    # The first that was asked is not ready, and nobody goes there.
    assert asked[:2] == [f"{door}/readyz" for door in DOORS]
    assert gone == [f"{DOORS[1]}/window/?moved=1"]

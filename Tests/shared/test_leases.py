"""A kiosk whose machine is cut off from the hall's journal gives numbers, prints them, and afterwards each is called once."""

import os
import pathlib
import tempfile

import pytest
from conftest import has_lease, leases
from playwright.sync_api import expect, sync_playwright
from testkit.demo_hall import SECRET
from testkit.machines import Machines
from testkit.private_cups import PrivateCUPS
from testkit.relay import Relay
from testkit.simulated_printer import SimulatedPrinter
from testkit.waiting import eventually

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
KIOSK = "kiosk-2"
# As generous as CEILING: pages that share a busy machine draw late.
expect.set_options(timeout=60_000)


def picture(page, name):
    if folder := os.environ.get("YICHUANG_PICTURES"):
        page.screenshot(path=str(pathlib.Path(folder) / f"{name}.png"))


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
    """A request went through and its answer was lost: the number on paper replaces its number."""
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


def test_what_people_see(cut):
    """A resident at a kiosk that is cut off, and a coordinator who enters a slip and what was called by voice."""
    machines, link, _ = cut
    office, door = machines.all
    has_lease(door)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="zh-CN", viewport={"width": 1080, "height": 1920}, has_touch=True).new_page()
        page.goto(f"{door.kiosk_url}/touch/?kiosk={KIOSK}")
        page.get_by_role("button", name="办事取号").wait_for()
        link.cut()
        page.locator(".take").tap()
        expect(page.get_by_text("应急号，照常排队")).to_be_visible()
        picture(page, "leased-kiosk")
        number = page.locator(".number").inner_text()
        link.mend()
        eventually("it is there", lambda: number in waiting(office))

        desk = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900}).new_page()
        desk.goto(f"{office.desk_url}/window/")
        desk.locator("#badge").fill("AJ100")
        desk.locator("#secret").fill(SECRET)
        desk.get_by_role("button", name="登录").click()
        expect(desk.locator(".console, .today").first).to_be_visible()
        desk.goto(f"{office.desk_url}/manage/")
        desk.get_by_role("link", name="应急号").click()
        expect(desk.get_by_role("rowheader", name=number)).to_be_visible()
        desk.get_by_role("button", name="领 50 个号").click()
        desk.get_by_role("button", name="打印").last.wait_for()
        start = [one["from"] for one in leases(office)["out"] if one["kiosk"] is None][-1]
        desk.locator("#paper-number").fill(f"A{start + 3}")
        desk.get_by_role("form", name="补录应急小票").get_by_role("button", name="录入").click()
        expect(desk.get_by_role("rowheader", name=f"A{start + 3}")).to_be_visible()
        desk.locator("#voice-number").fill(number)
        desk.get_by_role("form", name="补录口头叫过的号").get_by_role("button", name="录入").click()
        expect(desk.get_by_role("rowheader", name=number)).to_have_count(0)
        picture(desk, "leases-page")
        desk.evaluate("window.print = () => {}")
        desk.locator("section[aria-label='印应急小票'] p button").last.click()
        desk.emulate_media(media="print")
        assert desk.locator(".sheet .slip:visible").count() == 50
        if folder := os.environ.get("YICHUANG_PICTURES"):
            desk.pdf(path=str(pathlib.Path(folder) / "leases-slips.pdf"), prefer_css_page_size=True)
        browser.close()


def test_no_paper_while_cut_off(cut):
    """The list of papers stands on the screen where no notice can be made; a lost slip has its copy once the link is back, and until then the
    kiosk says that the number holds."""
    machines, link, printer = cut
    office, door = machines.all
    has_lease(door)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="zh-CN", viewport={"width": 1080, "height": 1920}, has_touch=True).new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{door.kiosk_url}/touch/?kiosk={KIOSK}")
        page.locator(".frequent .chip").first.wait_for()
        link.cut()
        page.locator(".frequent .chip").first.tap()
        page.locator(".answers, .materials").first.wait_for()
        while page.locator(".answers").count():
            asked = page.locator(".answers").element_handle()
            page.locator(".answer").first.press("Enter")
            asked.wait_for_element_state("hidden")
            page.locator(".answers, .materials").first.wait_for()
        names = page.locator(".materials li strong").all_inner_texts()
        page.locator(".mark-missing").first.tap()
        page.locator(".print").tap()
        expect(page.get_by_role("heading", name="现在打不出告知单")).to_be_visible()
        expect(page.get_by_text("请到窗口找工作人员")).to_be_visible()
        assert page.locator(".materials li strong").all_inner_texts() == names
        expect(page.locator(".is-missing")).to_have_count(1)
        picture(page, "cut-off-list")
        with page.expect_response("**/v1/tickets") as taken:
            page.get_by_role("button", name="取号").tap()
        given = taken.value.json()
        expect(page.locator(".ticket .number")).to_have_text(given["number"])
        page.evaluate("ticket => import('/touch/main.js').then(({ app }) => app.show('progress', { ticket }))", given)
        page.get_by_role("button", name="补打小票").tap()
        expect(page.get_by_text("号照样有效，不用再取")).to_be_visible()
        picture(page, "cut-off-copy")
        link.mend()
        eventually("it is there", lambda: given["number"] in waiting(office))
        mark = printer.mark()
        office.cookie = office.sign_in("AJ100")
        again = office.ask("POST", f"/v1/tickets/{given['id']}/reprint", {"kiosk": KIOSK}, port=office.hall, cookie=office.cookie)
        assert again["number"] == given["number"]
        eventually("the copy comes out", lambda: any(given["id"] in code for paper in printer.papers(mark) for code in paper["codes"]))
        eventually("its outcome is known", lambda: office.ask("GET", f"/v1/tickets/{given['id']}", port=office.hall, cookie=office.cookie)["slip"]["paper"] == "out")
        browser.close()


def emergencies(machine):
    if not machine.cookie:
        machine.cookie = machine.sign_in("AJ100")
    return [one["badge"] for one in machine.ask("GET", "/v1/emergency", port=machine.hall, cookie=machine.cookie)["emergencies"]]


def test_silent_call(cut):
    """It is seen at every machine of the hall; where its own is cut off, whoever called is told to shout, and the others see it later."""
    machines, link, _ = cut
    office, door = machines.all
    office.cookie = door.cookie = None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768}).new_page()
        page.goto(f"{door.desk_url}/window/")
        page.locator("#badge").fill("AJ002")
        page.locator("#secret").fill(SECRET)
        page.locator("#window").select_option("2")
        page.get_by_role("button", name="登录").click()
        expect(page.locator(".console")).to_be_visible()

        def call():
            page.keyboard.down("Control")
            for _ in range(2):
                page.keyboard.press("Alt")
            page.keyboard.up("Control")

        call()
        expect(page.locator(".emergency .dot")).to_be_visible()
        eventually("the office sees it", lambda: emergencies(office) == ["AJ002"])
        expect(page.locator(".emergency .hint")).to_have_count(0)
        [one] = office.ask("GET", "/v1/emergency", port=office.hall, cookie=office.cookie)["emergencies"]
        office.ask("POST", f"/v1/emergency/{one['id']}/end", {}, port=office.hall, cookie=office.cookie)
        expect(page.locator(".emergency .dot")).to_have_count(0)

        link.cut()
        expect(page.locator(".banner.fault").first).to_be_visible()
        call()
        expect(page.locator(".emergency .dot")).to_be_visible()
        expect(page.locator(".emergency .hint", has_text="请喊人或打电话")).to_be_visible()
        picture(page, "cut-off-silent-call")
        assert emergencies(door) == ["AJ002"] and emergencies(office) == []
        link.mend()
        eventually("the office sees it now", lambda: emergencies(office) == ["AJ002"])
        expect(page.locator(".emergency .hint")).to_have_count(0)
        browser.close()

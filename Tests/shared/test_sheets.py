"""The pages 办件, 代办 and 我的首问 in a hall with two machines: they fail over by themselves, and never while a form is half written."""

import pytest
from playwright.sync_api import expect
from testkit.demo_hall import SECRET
from testkit.waiting import eventually

from pages import goes_to, learnt, page_of, picture

HELD = "没提交的表格还留在这里"


@pytest.fixture(autouse=True)
def mended(doors):
    """Restores for the next test whatever a test left cut off or dead."""
    yield
    machines, _ = doors
    machines.postgres.sql("ALTER ROLE yc_office LOGIN")
    if not machines[0].is_up():
        machines[0].start()


def enter(page, badge, window=""):
    page.locator("#badge").fill(badge)
    page.locator("#secret").fill(SECRET)
    page.locator("#window").select_option(window)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#badge")).to_have_count(0)


def sheet(browser, front, badge, name):
    """A sheet of somebody who is signed in, once it knows the addresses of the machines."""
    page = page_of(browser, f"{front.origin}/window/")
    page.set_viewport_size({"width": 1366, "height": 768})
    enter(page, badge)
    with learnt(page):
        page.goto(f"{front.origin}/window/{name}")
    expect(page.locator(".cases main")).to_be_visible()
    return page


def says(page, words):
    expect(page.locator(".cases .banner.machines", has_text=words)).to_be_visible()


def stays(page, front):
    """Long after the time at which it would have gone."""
    page.clock.run_for(60_000)
    assert page.url.startswith(front.origin)


def cut(machines):
    machines.postgres.sql("ALTER ROLE yc_office NOLOGIN")
    machines.postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'yc_office'")


def test_machine_dies(doors, browser):
    """Each comes back to its page after signing in; what is half written holds its page until somebody gives it up."""
    machines, (here, there) = doors
    office = machines[0]
    lists = sheet(browser, here, "AJ100", "cases.html#list=overdue")
    agency = sheet(browser, here, "DB001", "agency.html")
    asked = sheet(browser, here, "AJ002", "firstasked.html")
    writing = sheet(browser, here, "AJ001", "cases.html")
    writing.get_by_role("button", name="受理新件").click()
    writing.locator("#case-name").fill("测试甲")
    office.kill()
    for page in (lists, agency, asked):
        says(page, "会自动转到大厅的另一台机器")
        goes_to(page, there)
        expect(page.locator(".machines", has_text="已经换到这台机器")).to_be_visible()
    says(writing, HELD)
    stays(writing, here)
    expect(writing.locator("#case-name")).to_have_value("测试甲")
    picture(writing, "sheet-held")
    for page, badge in ((lists, "AJ100"), (agency, "DB001"), (asked, "AJ002")):
        enter(page, badge)
        expect(page.locator(".cases main")).to_be_visible()
    assert lists.url == f"{there.origin}/window/cases.html#list=overdue"
    assert agency.url.startswith(f"{there.origin}/window/agency.html")
    assert asked.url.startswith(f"{there.origin}/window/firstasked.html")
    expect(lists.get_by_role("button", name="超期", exact=True)).to_have_attribute("aria-pressed", "true")
    writing.get_by_role("button", name="现在转过去").click()
    goes_to(writing, there)


def test_machine_is_cut_off(doors, browser):
    """A form is sent once the machine is back; a dialog says itself why its page stays, and the page goes once it is closed."""
    machines, (here, there) = doors
    office = machines[0]
    eventually("the office decides", lambda: office.take()[0] == 201)
    note = sheet(browser, here, "AJ002", "firstasked.html")
    find = sheet(browser, here, "AJ001", "cases.html")
    note.locator("#consult-topic").fill("城乡居民医保怎么转")
    find.get_by_role("button", name="按证件找").click()
    find.get_by_role("dialog").locator("input").first.fill("测试")
    cut(machines)
    says(note, HELD)
    expect(find.get_by_role("dialog").locator(".banner", has_text=HELD)).to_be_visible()
    stays(find, here)
    picture(find, "sheet-dialog-held")
    find.keyboard.press("Escape")
    goes_to(find, there)
    stays(note, here)
    machines.postgres.sql("ALTER ROLE yc_office LOGIN")
    expect(note.locator(".banner.machines")).to_have_count(0)
    expect(note.locator("#consult-topic")).to_have_value("城乡居民医保怎么转")
    note.locator(".first-asked form button[type=submit]").click()
    expect(note.locator("[role=status]", has_text="记下了")).to_be_visible()


def test_signed_out(doors, browser):
    """Who is signed out while writing is told; the page leads to the sign-in once nothing is written there."""
    machines, (here, _) = doors
    office = machines[0]
    eventually("the office decides", lambda: office.take()[0] == 201)
    page = sheet(browser, here, "AJ001", "cases.html")
    page.get_by_role("button", name="受理新件").click()
    page.locator("#case-name").fill("测试甲")
    page.evaluate("fetch('/v1/sessions/current', { method: 'DELETE', headers: { 'Idempotency-Key': 'out' } })")
    says(page, "您要重新登录")
    expect(page.locator("#case-name")).to_have_value("测试甲")
    page.get_by_role("button", name="取消").click()
    expect(page.locator("#badge")).to_be_visible()

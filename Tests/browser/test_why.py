"""为什么先叫 at a console: asked by keyboard alone, read out, and on paper for the resident."""

from people import SMALL, Clerk
from playwright.sync_api import expect
from test_access import findings

# Milliseconds between keys: faster keys count as a scanner's.
TYPING = 150


def test_why_a_number_went_first_is_told_and_printed_for_the_resident(hall, people, picture):
    cookie = hall.sign_in("AJ001", window=1)
    hall.join()
    status, preferred, _ = hall.take(priority=True)
    assert status == 201
    called = hall.ask("POST", "/v1/windows/1/calls", {}, port=hall.hall, cookie=cookie)
    assert called["number"] == preferred["number"] == "A002"
    clerk = Clerk(people.page(SMALL), hall, badge="AJ002", window=2)
    page = clerk.page
    page.get_by_role("button", name="为什么先叫").click()
    expect(page.get_by_label("先叫的号")).to_be_focused()
    page.keyboard.type("a002", delay=TYPING)
    page.keyboard.press("Tab")
    page.keyboard.type("a001", delay=TYPING)
    page.keyboard.press("Enter")
    expect(page.locator(".said.answer")).to_contain_text("A002 是优先号，可以先叫（连续第 1 个）。A001 已让过 1 次")
    assert findings(page) == []
    expect(page.locator("#why-printer")).to_be_visible()
    before = len(hall.dock()["kiosk-1"]["slips"])
    page.get_by_role("button", name="打印给居民").press("Enter")
    expect(page.locator(".result")).to_have_text("已在大门口取号机打印。")
    picture(page, "why-printed")
    assert len(hall.dock()["kiosk-1"]["slips"]) == before + 1
    hall.break_printer("kiosk-1", "paper_out")
    page.get_by_role("button", name="打印给居民").click()
    expect(page.locator(".result")).to_contain_text("没有打印出来")

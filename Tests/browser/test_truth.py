"""Whether the resident has a slip: the kiosk's question, the clerk's view and steps, and the evidence."""

import re

from playwright.sync_api import expect

from people import PORTRAIT, Board, Clerk, LANDSCAPE, Resident
from testkit.waiting import eventually


def test_what_nobody_can_know_is_asked_and_a_copy_keeps_the_number(hall, people, picture):
    hall.break_printer("kiosk-1", "paper_out_in_next_slip")
    clerk = Clerk(people.page(), hall)
    resident = Resident(people.page(PORTRAIT), hall)
    assert resident.take() == "A001"
    expect(resident.page.locator(".slip")).to_contain_text("小票出来了吗")
    picture(resident.page, "touch-asked")
    # For half a minute it is the resident's question alone.
    expect(clerk.page.locator(".list.waiting")).to_contain_text("A001")
    expect(clerk.page.locator(".list.waiting")).not_to_contain_text("未出票")

    hall.break_printer("kiosk-1", "paper_out", on=False)
    eventually("the paper is in", lambda: hall.get("/v1/hall")["faults"] == [])
    resident.press("没有，补打")
    expect(resident.page.locator(".slip")).to_contain_text("请取小票")
    expect(resident.number).to_have_text("A001")
    slips = hall.dock()["kiosk-1"]["slips"]
    assert sorted(one["whole"] for one in slips) == [False, True]
    assert hall.tickets("waiting")[0]["slip"]["attempt"] == 2


def test_a_resident_who_has_the_slip_says_so_and_nobody_asks_again(hall, people):
    hall.break_printer("kiosk-1", "paper_out_in_next_slip")
    resident = Resident(people.page(PORTRAIT), hall)
    resident.take()
    resident.press("已取到")
    expect(resident.page.locator(".screen.home")).to_be_visible()
    slip = hall.tickets("waiting")[0]["slip"]
    assert slip["acknowledged"] and slip["asked_until"] is None


def test_a_question_without_an_answer_becomes_a_mark_and_a_clerk_ends_it(hall, people, picture):
    hall.break_printer("kiosk-1", "paper_out_in_next_slip")
    clerk = Clerk(people.page(), hall)
    ticket = hall.join()
    eventually("the outcome is unknown", lambda: hall.get(f"/v1/tickets/{ticket['id']}")["slip"]["state"] == "unknown")
    row = clerk.page.locator(".list.waiting li").first
    expect(row).to_contain_text("A001")
    expect(row).not_to_contain_text("未出票")
    expect(row).to_contain_text("未出票", timeout=60_000)
    # A mark where the ticket stands, never a dialog; pressed, it offers what can be done.
    expect(clerk.page.locator(".dialog")).to_have_count(0)
    row.get_by_role("button", name="未出票").click()
    expect(row.get_by_role("button", name="补打")).to_be_visible()
    picture(clerk.page, "window-mark-open")
    row.get_by_role("button", name="已有小票").click()
    expect(row).not_to_contain_text("未出票")
    expect(row).to_contain_text("A001")
    assert clerk.call() == "A001"


def test_a_ticket_without_slip_is_called_shown_and_marked_where_it_stands(hall, people, picture):
    hall.break_printer("kiosk-1", "paper_out")
    eventually("the hall hears of it", lambda: hall.get("/v1/hall")["faults"])
    clerk = Clerk(people.page(), hall)
    strip = Clerk(people.page({"width": 420, "height": 160}), hall, "AJ002", 2, strip=True)
    board = Board(people.page(LANDSCAPE), hall)
    hall.join()
    hall.join()
    expect(clerk.page.locator(".list.waiting")).to_contain_text("未出票", timeout=40_000)
    assert clerk.call() == "A001"
    expect(board.number).to_have_text("A001")
    expect(clerk.page.locator(".present .slip-mark")).to_have_text("未出票")
    strip.press("main")
    expect(strip.page.locator(".stripe .number")).to_have_text("A002")
    # Its slip waited behind the first one until its time was over.
    expect(strip.page.locator(".stripe-top .mark")).to_be_visible(timeout=40_000)
    expect(strip.page.locator(".stripe-top .mark")).to_have_text("未出票")
    picture(strip.page, "strip-mark")

    # A copy that a clerk asks for comes out at the kiosk as soon as there is paper.
    clerk.page.locator(".present .slip-mark").click()
    reprint = clerk.page.locator(".present").get_by_role("button", name="补打")
    expect(reprint).to_be_visible()
    picture(clerk.page, "window-present-mark")
    reprint.click()
    hall.break_printer("kiosk-1", "paper_out", on=False)
    expect(clerk.page.locator(".present .slip-mark")).to_have_count(0, timeout=40_000)
    assert hall.tickets("called")[0]["slip"]["attempt"] == 2
    eventually("the copy is at the kiosk", lambda: hall.dock()["kiosk-1"]["slips"])


def test_what_is_wrong_is_said_with_what_to_do(hall, people, picture):
    clerk = Clerk(people.page(), hall)
    resident = Resident(people.page(PORTRAIT), hall)
    hall.break_printer("kiosk-1", "paper_out")
    expect(clerk.page.locator(".notices")).to_contain_text("放入新纸卷")
    expect(resident.page.locator("#notes")).to_contain_text("放入新纸卷")
    picture(resident.page, "touch-remedy")
    resident.press("English")
    expect(resident.page.locator("#notes")).to_contain_text("lay a new roll in")
    shown = hall.get("/readyz")
    assert shown["printers"][0]["conditions"] == ["paper_out"]
    assert shown["printers"][0]["path"] == "emulated"
    assert "new roll" in shown["faults"][0]["remedy"]["en"]


def test_the_roll_is_counted_and_changed_at_the_console_and_the_count_survives(hall, people, picture):
    clerk = Clerk(people.page(), hall)
    for _ in range(3):
        hall.join()
    clerk.page.get_by_role("button", name="打印机").click()
    card = clerk.page.locator(".printer").first
    expect(card).to_contain_text("（3 张）")
    expect(card).to_contain_text(re.compile(r"已用 0\.[1-9] m"))
    expect(card).to_contain_text("约剩")
    expect(card).to_contain_text("已打印，打印机已确认（E3）")
    picture(clerk.page, "window-printers")
    hall.kill()
    hall.start()
    eventually("the count is there again", lambda: hall.get("/readyz")["printers"][0]["roll"]["slips"] == 3)
    page = people.page()
    clerk = Clerk(page, hall)
    page.get_by_role("button", name="打印机").click()
    page.locator(".printer").first.get_by_role("button", name="已换纸").click()
    expect(page.locator(".printer").first).to_contain_text("已用 0.0 m（0 张）")


def test_after_a_crash_in_mid_slip_the_resident_is_asked(hall, people):
    hall.break_printer("kiosk-1", "stalled")
    resident = Resident(people.page(PORTRAIT), hall)
    assert resident.take() == "A001"
    ticket = hall.tickets("waiting")[0]["id"]
    eventually("the slip is on its way", lambda: hall.get(f"/v1/tickets/{ticket}")["slip"]["state"] == "printing")
    hall.kill()
    hall.start()
    eventually("numbers go on", hall.is_ready)
    expect(resident.page.locator(".slip")).to_contain_text("小票出来了吗", timeout=40_000)
    expect(resident.number).to_have_text("A001")
    resident.press("没有，补打")
    expect(resident.page.locator(".slip")).to_contain_text("请取小票")

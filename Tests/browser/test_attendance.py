"""考勤: a coordinator's month of everybody, with a note beside the minutes, and a clerk's own."""

from playwright.sync_api import expect

from people import SMALL, Clerk
from testkit.demo_hall import SECRET


def test_a_coordinator_sees_who_was_there_and_notes_leave(hall, people, picture):
    Clerk(people.page(), hall)
    page = people.page(SMALL)
    page.goto(f"{hall.desk_url}/manage/")
    page.locator("#badge").fill("AJ100")
    page.locator("#secret").fill(SECRET)
    page.locator("form button[type=submit]").click()
    page.get_by_role("link", name="考勤").click()
    row = page.locator(".people tbody tr", has_text="AJ001")
    expect(row).to_be_visible()
    row.locator("button").click()
    sessions = page.locator(".sessions-of tbody tr")
    expect(sessions).to_have_count(1)
    # The demo is always open, so nobody is judged.
    expect(sessions.locator(".verdict")).to_have_text("非排班")
    sessions.get_by_role("button", name="登记").click()
    page.locator("#note-reason").fill("体检")
    page.locator(".dialog").get_by_role("button", name="登记").click()
    expect(sessions.locator(".notes")).to_have_text("请假: 体检")
    picture(page, "attendance")
    page.get_by_role("button", name="登记检查").click()
    page.locator("#seen-window").fill("1")
    page.locator("#seen-text").fill("台面杂物")
    page.locator(".dialog").get_by_role("button", name="登记").click()
    expect(page.locator("main li")).to_contain_text("台面杂物")


def test_a_clerk_sees_only_the_own_month(hall, people):
    clerk = Clerk(people.page(), hall)
    page = clerk.page
    page.goto(f"{hall.desk_url}/manage/attendance.html")
    expect(page.locator(".people tbody tr")).to_have_count(1)
    expect(page.locator(".people")).to_contain_text("AJ001")
    expect(page.get_by_role("button", name="登记检查")).to_have_count(0)

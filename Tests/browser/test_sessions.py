"""Staff change their own secret at the console, a coordinator sees who is signed in and ends a session."""

from people import SMALL, Clerk
from playwright.sync_api import expect
from testkit.demo_hall import SECRET

FRESH = "牛奶要趁热喝完再走"


def change(page, present, new, again=None):
    page.locator("#secret-present").fill(present)
    page.locator("#secret-new").fill(new)
    page.locator("#secret-again").fill(again or new)
    page.get_by_role("button", name="改", exact=True).click()


def test_a_clerk_changes_the_own_secret_and_is_told_why_one_is_refused(hall, people, picture):
    here, elsewhere = Clerk(people.page(SMALL), hall), Clerk(people.page(SMALL), hall, window=None)
    here.page.get_by_role("button", name="改口令").click()
    dialog = here.page.get_by_role("dialog")
    change(here.page, SECRET, FRESH, "牛奶要趁热喝完再来")
    expect(dialog).to_contain_text("两次输的新口令不一样")
    change(here.page, SECRET, "admin888")
    expect(dialog).to_contain_text("这个口令太常见")
    picture(here.page, "console-secret")
    change(here.page, "not the present one", FRESH)
    expect(dialog).to_contain_text("现在的口令不对")
    change(here.page, SECRET, FRESH)
    expect(dialog).to_contain_text("口令已改")
    dialog.get_by_role("button", name="关闭").click()
    expect(here.page.locator(".console")).to_be_visible()
    # The other computer shows the sign-in by itself.
    expect(elsewhere.page.locator("#secret")).to_be_visible()
    elsewhere.page.locator("#badge").fill("AJ001")
    elsewhere.page.locator("#secret").fill(FRESH)
    elsewhere.page.locator("#window").select_option("")
    elsewhere.page.get_by_role("button", name="登录").click()
    expect(elsewhere.page.locator(".console")).to_be_visible()


def test_a_coordinator_sees_who_is_signed_in_and_ends_a_session(hall, people, picture):
    clerk = Clerk(people.page(SMALL), hall)
    expect(clerk.page.get_by_role("button", name="登录情况")).to_have_count(0)
    chief = Clerk(people.page(SMALL), hall, badge="AJ100", window=None)
    picture(chief.page, "console-coordinator")
    chief.page.get_by_role("button", name="登录情况").click()
    dialog = chief.page.get_by_role("dialog").get_by_role("group", name="登录情况")
    row = dialog.get_by_role("row").filter(has_text="AJ001")
    expect(row).to_contain_text("1 号窗口")
    expect(dialog.get_by_role("row").filter(has_text="AJ100")).to_contain_text("这里")
    picture(chief.page, "console-sessions")
    row.get_by_role("button").click()
    expect(row).to_have_count(0)
    expect(clerk.page.locator("#secret")).to_be_visible()
    expect(chief.page.locator(".console")).to_be_visible()

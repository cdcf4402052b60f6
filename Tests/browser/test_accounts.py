"""Who forgot a secret is helped at the counter; three administrators have a page of their own."""

import pytest
from people import SMALL, Clerk
from playwright.sync_api import expect
from testkit.demo_hall import SECRET

OWN = "牛奶要趁热喝完再走"


def enter(page, hall, badge, secret, window=""):
    page.goto(f"{hall.desk_url}/window/")
    page.locator("#badge").fill(badge)
    page.locator("#secret").fill(secret)
    page.locator("#window").select_option(window)
    page.get_by_role("button", name="登录").click()


def test_a_forgotten_secret_is_given_anew_and_changed_before_the_window_opens(hall, people, picture):
    chief = Clerk(people.page(SMALL), hall, badge="AJ100", window=None)
    chief.page.get_by_role("button", name="登录情况").click()
    dialog = chief.page.get_by_role("dialog").last
    dialog.get_by_role("button", name="给 AJ002 演示员乙 发首次口令").click()
    chief.page.get_by_role("dialog").last.get_by_role("button", name="发首次口令", exact=True).click()
    word = chief.page.locator(".secretword")
    expect(word).to_be_visible()
    first = word.inner_text()
    picture(chief.page, "console-first-secret-given")
    chief.page.get_by_role("button", name="已告诉本人").click()
    expect(dialog).to_contain_text("还没有改首次口令")
    picture(chief.page, "console-accounts")

    clerk = people.page(SMALL)
    enter(clerk, hall, "AJ002", first, "2")
    expect(clerk.locator("h1")).to_have_text("第一次登录，请改口令")
    picture(clerk, "console-first-secret")
    clerk.locator("#secret-new").fill(first)
    clerk.locator("#secret-again").fill(first)
    clerk.get_by_role("button", name="改", exact=True).click()
    expect(clerk.get_by_role("alert")).to_contain_text("新口令和发的口令一样")
    # After a reload the given secret is asked for again.
    clerk.reload()
    clerk.locator("#secret-present").fill(first)
    clerk.locator("#secret-new").fill(OWN)
    clerk.locator("#secret-again").fill(OWN)
    clerk.get_by_role("button", name="改", exact=True).click()
    expect(clerk.locator(".console")).to_be_visible()
    expect(clerk.locator("header.bar .window")).to_contain_text("2")


@pytest.mark.parametrize("badge, role, sections", [
    ("XT001", "系统管理员", ["故障", "配置变更"]),
    ("AQ001", "安全管理员", ["登录情况", "账号", "配置变更"]),
    ("SJ001", "审计管理员", ["安全日志", "配置变更"]),
])
def test_an_administrator_sees_what_is_the_roles_and_no_queue(hall, people, picture, badge, role, sections):
    page = people.page(SMALL)
    enter(page, hall, badge, SECRET, "1")
    expect(page.locator("header.bar .window")).to_have_text(role)
    expect(page.locator("main.admin h2")).to_have_text(sections)
    expect(page.locator(".console")).to_have_count(0)
    picture(page, f"admin-{badge}")
    page.get_by_role("button", name="退出").click()
    expect(page.locator("#badge")).to_be_visible()


def test_an_auditor_finds_a_sign_in_by_event_and_badge(hall, people, picture):
    Clerk(people.page(SMALL), hall)
    page = people.page(SMALL)
    enter(page, hall, "SJ001", SECRET)
    expect(page.locator("table.log tr").first).to_be_visible()
    page.locator("#audit-event").select_option("signed_in")
    page.locator("#audit-badge").fill("AJ001")
    page.get_by_role("button", name="查", exact=True).click()
    rows = page.locator("table.log tr")
    expect(rows.first).to_contain_text("登录 工号=AJ001")
    picture(page, "admin-audit")
    page.locator("#audit-until").fill("2020-01-01")
    page.get_by_role("button", name="查", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("没有这样的记录")

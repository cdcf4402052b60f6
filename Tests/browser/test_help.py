"""请人帮忙: the kiosk says that staff know when a console shows the ring, and whom to phone when none does."""

from playwright.sync_api import expect

from people import LANDSCAPE, PORTRAIT, Board, Clerk, Resident


def ring(hall, people, size=PORTRAIT):
    resident = Resident(people.page(size), hall)
    resident.page.locator("#foot .help").click()
    return resident, resident.page.locator("#notes")


def test_where_no_console_is_open_the_kiosk_says_whom_to_reach(hall, people, picture):
    board = Board(people.page(LANDSCAPE), hall)
    resident, notes = ring(hall, people)
    expect(notes).to_contain_text("没有工作人员收到呼叫")
    expect(notes).to_contain_text("打电话")
    expect(notes).not_to_contain_text("已经通知")
    phone = hall.get("/v1/hall")["hall"]["consult_phone"]
    expect(notes).to_contain_text(phone)
    picture(resident.page, "touch-help-unheard")
    # The board looks for somebody, and says neither where nor for whom.
    expect(board.page.locator(".wanted")).to_be_visible(timeout=30_000)
    expect(board.page.locator(".wanted")).to_have_text("请工作人员到取号机")
    picture(board.page, "board-help")
    # The first console that is opened hears it.
    clerk = Clerk(people.page(), hall)
    expect(clerk.page.locator(".rings .banner")).to_be_visible()
    expect(notes).to_contain_text("再次提醒")
    clerk.page.get_by_role("button", name="我去").click()
    expect(notes).to_contain_text("正在过来")
    expect(board.page.locator(".wanted")).to_be_hidden()


def test_a_console_that_shows_the_ring_is_what_makes_it_heard(hall, people):
    clerk = Clerk(people.page(), hall)
    # No request of this page reaches the hall.
    clerk.page.route("**/v1/help/*/hear", lambda route: route.abort())
    resident, notes = ring(hall, people)
    expect(clerk.page.locator(".rings .banner")).to_be_visible()
    expect(notes).to_contain_text("正在通知")
    expect(notes).not_to_contain_text("已经通知")
    clerk.page.unroute("**/v1/help/*/hear")
    expect(notes).to_contain_text("已经通知工作人员", timeout=30_000)


def test_a_ring_that_nobody_answers_grows_louder_after_a_minute(hall, people, picture):
    board = Board(people.page(LANDSCAPE), hall)
    clerk = Clerk(people.page(), hall)
    strip = Clerk(people.page({"width": 420, "height": 160}), hall, "AJ002", 2, strip=True)
    resident, notes = ring(hall, people)
    expect(notes).to_contain_text("已经通知工作人员")
    expect(board.page.locator(".wanted")).to_be_hidden()
    expect(clerk.page.locator("html")).to_have_attribute("data-ring", "new")
    expect(notes).to_contain_text("再次提醒", timeout=90_000)
    expect(notes).to_contain_text("打电话")
    expect(board.page.locator(".wanted")).to_be_visible()
    expect(clerk.page.locator("html")).to_have_attribute("data-ring", "late")
    expect(strip.page.locator("html")).to_have_attribute("data-ring", "late")
    picture(clerk.page, "window-help-late")
    picture(strip.page, "strip-help-late")
    clerk.page.get_by_role("button", name="我去").click()
    expect(notes).to_contain_text("正在过来")
    expect(board.page.locator(".wanted")).to_be_hidden()
    expect(clerk.page.locator("html[data-ring]")).to_have_count(0)

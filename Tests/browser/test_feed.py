"""Screens that lose their connection: they say so, and catch up by themselves."""

from playwright.sync_api import expect

from people import LANDSCAPE, PORTRAIT, Board, Clerk, Resident


def test_a_page_that_nobody_uses_keeps_a_connection_to_the_hall(hall, people):
    kiosk, console = people.page(), people.page()
    for page in (kiosk, console):
        page.clock.install()
    kiosk.goto(f"{hall.kiosk_url}/touch/?kiosk=kiosk-1")
    console.goto(f"{hall.desk_url}/window/")
    for page in (kiosk, console):
        expect(page.locator("button").first).to_be_visible()
        with page.expect_response("**/healthz") as answered:
            page.clock.run_for(61_000)
        assert answered.value.status == 200


def test_a_cut_line_is_told_and_mended(hall, people, picture):
    page = people.page()
    page.clock.install()
    clerk = Clerk(page, hall)
    hall.join()
    expect(page.locator(".list.waiting")).to_contain_text("A001")
    # A pulled cable: no answer comes, and no connection is refused.
    hall.freeze()
    # A heartbeat that was sent before may still arrive.
    for _ in range(4):
        page.clock.run_for(25_000)
        if page.locator(".notices .stale").count():
            break
    expect(page.locator(".notices .stale")).to_contain_text("信息可能已过时")
    picture(page, "window-stale")
    hall.thaw()
    hall.join()
    page.clock.resume()
    expect(page.locator(".list.waiting")).to_contain_text("A002", timeout=60_000)
    expect(page.locator(".notices .stale")).to_have_count(0)
    assert clerk.call() == "A001"


def test_every_screen_comes_back_after_the_daemon(hall, people, picture):
    board = Board(people.page(LANDSCAPE), hall)
    resident = Resident(people.page(PORTRAIT), hall)
    clerk = Clerk(people.page(), hall)
    hall.join()
    assert clerk.call() == "A001"
    hall.stop()
    expect(board.page.locator(".banner.stale")).to_be_visible(timeout=40_000)
    expect(resident.page.locator("#notes")).to_contain_text("正在重新连接", timeout=40_000)
    picture(board.page, "board-stale")
    expect(board.number).to_have_text("A001")
    hall.start()
    expect(board.page.locator(".banner.stale")).to_be_hidden(timeout=60_000)
    expect(resident.page.locator("#notes")).not_to_contain_text("正在重新连接", timeout=60_000)
    expect(board.number).to_have_text("A001")
    hall.join()
    expect(resident.page.locator(".take")).to_contain_text("前面 1 人")
    # A restart signs nobody out: the console shows its ticket again, and its verbs work.
    expect(clerk.page.locator(".list.waiting")).to_contain_text("A002", timeout=60_000)
    expect(clerk.number).to_have_text("A001")
    clerk.press("serve")
    expect(clerk.page.locator(".present .stateline")).to_contain_text("办理中")


def test_a_board_that_was_away_shows_what_it_missed(hall, people):
    board = Board(people.page(LANDSCAPE), hall)
    clerk = Clerk(people.page(), hall)
    expect(board.page.locator(".welcome")).to_be_visible()
    board.page.context.set_offline(True)
    for _ in range(2):
        hall.join()
    assert clerk.call() == "A001"
    board.page.context.set_offline(False)
    expect(board.number).to_have_text("A001", timeout=60_000)
    expect(board.page.locator(".panel .lanes")).to_contain_text("1 人")


def test_signing_out_ends_the_console(hall, people):
    clerk = Clerk(people.page(), hall)
    other = clerk.page.context.new_page()
    other.goto(f"{hall.desk_url}/window/?strip")
    expect(other.locator(".stripe")).to_be_visible()
    clerk.page.get_by_role("button", name="退出").click()
    expect(clerk.page.locator("#badge")).to_be_visible()
    expect(other.locator("#badge")).to_be_visible(timeout=60_000)

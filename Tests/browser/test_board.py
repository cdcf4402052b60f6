"""The board: numbers and windows only, shown and spoken."""

import re

from playwright.sync_api import expect

from hall import eventually
from people import LANDSCAPE, SMALL, Board, Clerk

# Notes when each sound begins and ends, by a wrapper around the browser's own.
EAR = """
(() => {
  const heard = (window.heard = []);
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...when) {
    const one = { from: performance.now(), length: this.buffer.duration, to: null };
    heard.push(one);
    this.addEventListener('ended', () => { one.to = performance.now(); });
    return start.apply(this, when);
  };
})();
"""


def test_each_call_is_spoken_twice_one_after_the_other_and_never_cut_off(hall, people):
    page = people.page(LANDSCAPE)
    page.add_init_script(EAR)
    asked = []
    page.on("request", lambda sent: asked.append(sent.url) if "/v1/speech" in sent.url else None)
    board = Board(page, hall)
    page.mouse.click(200, 200)
    expect(page.locator(".sound")).to_be_hidden()
    for _ in range(2):
        hall.join()
    clerks = [Clerk(people.page(), hall, "AJ001", 1), Clerk(people.page(), hall, "AJ002", 2)]
    for clerk in clerks:
        clerk.call()
    expect(board.number).to_have_text("A002")
    heard = eventually(
        "two calls spoken twice",
        lambda: (now := page.evaluate("heard")) and len(now) == 4 and all(one["to"] for one in now) and now, seconds=90)
    for one, following in zip(heard, heard[1:]):
        assert following["from"] >= one["to"]
    for one in heard:
        assert one["to"] - one["from"] >= one["length"] * 1000 * 0.9
        assert one["length"] > 1
    assert [re.search(r"number=(\w+)", url).group(1) for url in asked] == ["A001", "A002"]


def test_a_board_that_may_not_speak_says_so_and_one_touch_helps(hall, people, picture):
    board = Board(people.page(LANDSCAPE), hall)
    expect(board.page.locator(".sound")).to_contain_text("声音未打开")
    picture(board.page, "board-no-sound")
    board.page.locator(".sound").click()
    expect(board.page.locator(".sound")).to_be_hidden()


def test_the_board_knows_numbers_and_windows_only(hall, people, picture):
    board = Board(people.page(SMALL), hall)
    board.page.route("**/v1/feed/public", lambda route: route.continue_())
    hall.join(["MZ-001"])
    hall.join()
    clerk = Clerk(people.page(), hall)
    clerk.call()
    clerk.press("miss")
    expect(board.page.locator(".missed")).to_contain_text("A001")
    clerk.call()
    expect(board.number).to_have_text("A002")
    picture(board.page, "board")
    text = board.page.content()
    for secret in ("最低生活保障", "MZ-001", "AJ001", "演示员"):
        assert secret not in text


def test_a_new_call_flashes_and_then_rests(hall, people):
    page = people.page(LANDSCAPE)
    page.clock.install()
    board = Board(page, hall)
    hall.join()
    Clerk(people.page(), hall).call()
    expect(board.number).to_have_text("A001")
    expect(page.locator(".now.fresh")).to_be_visible()
    page.clock.run_for(10_000)
    expect(page.locator(".now.fresh")).to_have_count(0)


def test_the_small_screen_of_a_window(hall, people, picture):
    screen = Board(people.page({"width": 800, "height": 480}), hall, window=1)
    expect(screen.page.locator(".words")).to_have_text("暂未开放")
    hall.join()
    clerk = Clerk(people.page(), hall)
    expect(screen.page.locator(".words")).to_have_text("欢迎光临")
    clerk.call()
    expect(screen.page.locator(".words")).to_have_text("请到本窗口")
    expect(screen.page.locator(".number")).to_have_text("A001")
    picture(screen.page, "board-window")
    clerk.press("serve")
    expect(screen.page.locator(".words")).to_have_text("正在办理")
    clerk.press("finish")
    expect(screen.page.locator(".words")).to_have_text("欢迎光临")
    expect(screen.page.locator(".number")).to_be_hidden()


def test_without_its_link_a_board_says_how_to_get_one(hall, people):
    page = people.page(LANDSCAPE)
    page.goto(f"{hall.desk_url}/board/")
    expect(page.get_by_role("heading", name="此屏幕还没有接通")).to_be_visible()

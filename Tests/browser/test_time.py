"""Screens whose machine was suspended or whose clock was set: they show and speak the present state, by the server's time."""

import re

import pytest
from playwright.sync_api import expect

from people import LANDSCAPE, Board, Clerk
from testkit.waiting import eventually
from test_board import EAR

# A machine that can be suspended: nothing is read from the network and `performance.now` stands still meanwhile, as
# CLOCK_MONOTONIC does, while the wall clock goes on. `rest` is how long it slept beyond the time that the test took.
SLEEPER = """
(() => {
  const real = performance.now.bind(performance);
  const wall = Date.now.bind(Date);
  const read = ReadableStreamDefaultReader.prototype.read;
  let lost = 0, fell = null, beyond = 0, wakes = Promise.resolve(), open = null;
  performance.now = () => (fell === null ? real() : fell) - lost;
  Date.now = () => wall() + beyond;
  ReadableStreamDefaultReader.prototype.read = async function () {
    const chunk = await read.call(this);
    await wakes;
    return chunk;
  };
  window.fallAsleep = () => { fell = real(); wakes = new Promise((done) => { open = done; }); };
  window.wakeUp = (rest) => { lost += real() - fell; fell = null; beyond += rest; open(); };
  window.stepWall = (milliseconds) => { beyond += milliseconds; };
})();
"""


def speaking_board(hall, people):
    """A board that may speak, its page, and the numbers whose sound it asked for."""
    page = people.page(LANDSCAPE)
    page.add_init_script(EAR)
    page.add_init_script(SLEEPER)
    asked = []
    page.on("request", lambda sent: asked.append(sent.url.split("number=")[1][:4]) if "/v1/speech" in sent.url else None)
    board = Board(page, hall)
    page.mouse.click(200, 200)
    expect(page.locator(".sound")).to_be_hidden()
    expect(page.locator(".welcome")).to_be_visible()
    return board, page, asked


def spoken(page):
    return [one for one in page.evaluate("heard") if one["length"] > 1]


def test_a_board_that_slept_shows_what_was_called_and_speaks_only_the_present(hall, people):
    board, page, asked = speaking_board(hall, people)
    clerk = Clerk(people.page(), hall)
    for _ in range(3):
        hall.join()
    page.evaluate("fallAsleep()")
    assert clerk.call() == "A001"
    # An hour passes for the hall and for the wall clock of the board's machine, none for its steady clock.
    hall.set_clock(3600)
    page.evaluate("wakeUp(3600000)")
    expect(board.number).to_have_text("A001")
    expect(page.locator(".now.fresh")).to_have_count(0)
    clerk.press("serve")
    clerk.press("finish")
    assert clerk.call() == "A002"
    expect(board.number).to_have_text("A002")
    expect(page.locator(".now.fresh")).to_be_visible()
    eventually("the new call is spoken", lambda: spoken(page))
    assert asked == ["A002"]
    # The time that it shows is the hall's.
    shown = page.locator(".when time").text_content()
    expect(clerk.page.locator("time.clock")).to_have_text(shown)


@pytest.mark.parametrize("step", [-86_400_000, 7_200_000, 31_536_000_000])
def test_a_board_whose_machine_clock_steps_speaks_a_new_call_at_once(hall, people, step):
    board, page, asked = speaking_board(hall, people)
    clerk = Clerk(people.page(), hall)
    hall.join()
    hall.join()
    page.evaluate(f"stepWall({step})")
    assert clerk.call() == "A001"
    expect(board.number).to_have_text("A001")
    expect(page.locator(".now.fresh")).to_be_visible()
    eventually("the call is spoken", lambda: spoken(page))
    page.evaluate(f"stepWall({-step})")
    clerk.press("serve")
    clerk.press("finish")
    assert clerk.call() == "A002"
    eventually("the second call is spoken", lambda: "A002" in asked and len(spoken(page)) >= 3)
    assert asked == ["A001", "A002"]


def test_a_console_that_slept_counts_by_the_hall_and_not_by_its_machine(hall, people):
    page = people.page()
    page.add_init_script(SLEEPER)
    clerk = Clerk(page, hall)
    hall.join()
    hall.join()
    assert clerk.call() == "A001"
    present = page.locator(".present")
    expect(present).to_contain_text("不到 1 分钟")
    page.evaluate("fallAsleep()")
    hall.set_clock(1500)
    # The machine's own clock is a day off on top of it.
    page.evaluate("wakeUp(86400000)")
    expect(present).to_contain_text("25 分钟")
    page.evaluate("stepWall(-172800000)")
    clerk.press("serve")
    clerk.press("finish")
    assert clerk.call() == "A002"
    expect(present).to_contain_text("等候25 分钟")
    expect(page.locator(".notices .stale")).to_have_count(0)


def test_a_coordinator_confirms_the_clock_at_the_console(hall, people, picture):
    page = people.page()
    clerk = Clerk(page, hall, badge="AJ100", window=None)
    hall.join()
    # Three days on, in the midst of an open day: nothing is closed or opened without somebody who looks at a calendar.
    hall.set_clock(3 * 86_400)
    fault = page.locator(".notices .fault")
    expect(fault).to_contain_text("请统筹人员对照手机核对日期和时间")
    before = hall.get("/v1/hall")["day"]["business_day"]
    picture(page, "window-clock-doubted")
    fault.get_by_role("button", name="核对时间").click()
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"机器显示：20\d\d年\d+月\d+日"))
    picture(page, "window-clock-confirm")
    page.get_by_role("button", name="时间对，开始营业").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(fault).to_have_count(0)
    after = hall.get("/v1/hall")["day"]["business_day"]
    assert after > before
    assert hall.join()["number"] == "A001"
    assert clerk.page is page


def test_a_day_opened_by_a_clock_ahead_is_closed_by_one_press(hall, people, picture):
    page = people.page()
    Clerk(page, hall, badge="AJ100", window=None)
    board = Board(people.page(), hall)
    assert hall.join()["number"] == "A001"
    right = hall.get("/v1/hall")["day"]["business_day"]
    hall.set_clock(20 * 86_400)
    fault = page.locator(".notices .fault")
    fault.get_by_role("button", name="核对时间").click()
    page.get_by_role("button", name="时间对，开始营业").click()
    expect(fault).to_have_count(0)
    wrong = hall.get("/v1/hall")["day"]["business_day"]
    assert wrong > right
    hall.join()
    hall.join()
    # Somebody has set the clock right.
    hall.set_clock(0)
    fault.get_by_role("button", name="核对时间").click()
    dialog = page.get_by_role("dialog")
    words = [r"{}年{}月{}日 星期.".format(*map(int, day.split("-"))) for day in (wrong, right)]
    expect(dialog).to_contain_text(re.compile(rf"关闭开错的营业日 {words[0]}（还在等候的 2 个号作废，请他们重新取号），打开 {words[1]}"))
    picture(page, "window-clock-wrong-day")
    page.get_by_role("button", name="时间对，开始营业").click()
    expect(dialog).to_have_count(0)
    expect(fault).to_have_count(0)
    assert hall.get("/v1/hall")["day"]["business_day"] == right
    ticket = hall.join()
    assert ticket["number"] == "A002"
    assert ticket["issued_at"].startswith(right)
    # No page keeps a time in the future.
    year, month, day = right.split("-")
    expect(board.page.locator("body")).to_contain_text(f"{int(month)}月{int(day)}日")
    assert page.evaluate("import('/shared/clock.js').then((one) => one.isoDate(one.hallClock.now()))") == right


def test_a_clerk_is_told_whom_to_ask_when_the_clock_is_doubted(hall, people):
    page = people.page()
    Clerk(page, hall)
    hall.set_clock(3 * 86_400)
    fault = page.locator(".notices .fault")
    expect(fault).to_contain_text("请统筹人员")
    expect(fault.get_by_role("button")).to_have_count(0)


def test_a_day_left_open_is_closed_by_itself_when_the_clock_is_put_right(hall, people, picture):
    hall.join()
    before = hall.get("/v1/hall")["day"]["business_day"]
    hall.stop()
    hall.start()
    page = people.page()
    Clerk(page, hall)
    hall.set_clock(3 * 86_400)
    expect(page.locator(".notices")).to_contain_text("上一个营业日没有关，已自动关闭")
    picture(page, "window-day-overtaken")
    day = eventually("today is open", lambda: hall.get("/v1/hall")["day"]["business_day"])
    assert day > before
    assert hall.join()["number"] == "A001"

"""号已发完: a lane whose windows cannot serve more people until closing time, on every page, and what a resident can do instead.

The demo hall gets office hours on one weekday that is not today's, and its clock is set there before a day is open.
"""

import datetime
import re

import pytest
import yaml
from playwright.sync_api import expect

from people import LANDSCAPE, PORTRAIT, SMALL, Board, Clerk, Resident
from test_access import findings
from test_sweep import share_of
from test_today import Coordinator
from testkit.hall import Hall
from testkit.paths import ROOT
from testkit.waiting import eventually

BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def working_day(now):
    """The next weekday of another name than today's that no notice of holidays speaks of."""
    notices = (ROOT / "packaging" / "reference" / "holidays.yaml").read_text()
    for ahead in range(2, 30):
        day = now.date() + datetime.timedelta(days=ahead)
        if day.weekday() < 5 and day.weekday() != now.weekday() and day.isoformat() not in notices:
            return day
    raise AssertionError("a month without a working day")


@pytest.fixture
def hall(tmp_path):
    """A demo hall at 16:30 of a day that closes at 17:30; services usually take eight minutes."""
    now = datetime.datetime.now(BEIJING)
    day = working_day(now)
    share = share_of(tmp_path)
    file = share / "packaging" / "reference" / "demo.yaml"
    settings = yaml.safe_load(file.read_text())
    name = ["monday", "tuesday", "wednesday", "thursday", "friday"][day.weekday()]
    settings["opening"] = {"sessions": {name: ["09:00-12:00", "14:00-17:30"]}, "cut_off_minutes": 15}
    file.write_text(yaml.safe_dump(settings, allow_unicode=True))
    hall = Hall(share=share)
    hall.set_clock(int((datetime.datetime.combine(day, datetime.time(16, 30), BEIJING) - now).total_seconds()))
    eventually("the day is open", lambda: hall.get("/v1/hall")["day"]["state"] == "open")
    yield hall
    hall.close()


def stop(hall):
    """More people wait than one window can serve in an hour."""
    for _ in range(7):
        hall.join()
    eventually("the lane is stopped", lambda: lane(hall)["stopped"])


def lane(hall, letter="A"):
    return next(one for one in hall.get("/v1/hall")["lanes"] if one["letter"] == letter)


def test_a_stopped_lane_leads_to_the_notice_and_to_a_person_and_every_page_says_so(hall, people, picture):
    clerk = Clerk(people.page(SMALL), hall)
    resident = Resident(people.page(PORTRAIT), hall)
    board = Board(people.page(LANDSCAPE), hall)
    expect(resident.page.locator(".take")).to_contain_text("前面 0 人")
    stop(hall)
    take = resident.page.locator(".take")
    expect(take).to_contain_text("今天的号已发完")
    picture(resident.page, "touch-stopped-home")
    take.click()
    expect(resident.page.locator("h1")).to_have_text("今天这个队列的号已发完")
    keys = resident.page.locator(".press .tile .title")
    expect(keys).to_have_text(["打印告知单", "预约改天来", "请工作人员过来"])
    expect(resident.page.locator(".head")).to_contain_text("再来取号")
    assert findings(resident.page) == []
    picture(resident.page, "touch-stopped")
    resident.press("请工作人员过来")
    expect(clerk.page.locator(".ring, .rings, [class*=ring]").first).to_be_visible()
    resident.press("打印告知单")
    expect(resident.page.locator(".screen.browse")).to_be_visible()
    # An item of the lane: its list is printed as ever, and 取号 says why not.
    resident.page.reload()
    expect(resident.page.locator(".screen.home")).to_be_visible()
    resident.open_item("社会保障卡申领")
    resident.press("取号")
    expect(resident.page.locator("h1")).to_have_text("今天这个队列的号已发完")
    resident.press("打印告知单")
    expect(resident.page.locator(".materials").first).to_be_visible()
    expect(board.page.locator(".lanes")).to_contain_text(re.compile("今日号已发完.*7 人"))
    picture(board.page, "board-stopped")
    expect(clerk.page.locator(".lanes tbody tr").first).to_contain_text("号已发完")
    today = Coordinator(people.page(SMALL), hall)
    expect(today.row("lanes", "号已发完")).to_have_count(1)
    # Staff may take a number all the same, and are warned.
    clerk.page.get_by_role("button", name="代取号").click()
    dialog = clerk.page.get_by_role("dialog")
    expect(dialog.get_by_role("note")).to_contain_text("今天的号已发完")
    picture(clerk.page, "console-stopped")
    dialog.get_by_role("button", name="取号", exact=True).click()
    expect(dialog.locator(".number")).to_have_text("A008")


def test_a_press_that_meets_the_stop_leads_there_too_and_english_says_it(hall, people, picture):
    Clerk(people.page(SMALL), hall)
    resident = Resident(people.page(PORTRAIT), hall)
    resident.page.get_by_role("button", name="English").click()
    # The page does not hear of the stop, as where its feed has been cut for a moment.
    resident.page.route("**/v1/feed/kiosk*", lambda route: route.abort())
    resident.page.evaluate("window.dispatchEvent(new Event('online'))")
    take = resident.page.locator(".take")
    stop(hall)
    take.click()
    expect(resident.page.locator("h1")).to_have_text("No more numbers of this lane today")
    picture(resident.page, "touch-stopped-english")


def test_where_no_window_is_open_numbers_are_given_and_it_is_said(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    expect(resident.page.locator(".take")).to_contain_text("目前没有窗口办理")
    picture(resident.page, "touch-no-window")
    for _ in range(9):
        hall.join()
    assert lane(hall)["stopped"] is None
    clerk = Clerk(people.page(SMALL), hall)
    expect(resident.page.locator(".take")).not_to_contain_text("目前没有窗口办理")
    eventually("the lane is stopped", lambda: lane(hall)["stopped"])
    assert clerk.call() == "A001"


def test_a_coordinator_adds_a_session_by_the_keyboard_and_every_page_tells_its_hours(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    board = Board(people.page(LANDSCAPE), hall)
    today = Coordinator(people.page(SMALL), hall)
    opener = today.page.locator("nav.tools button").filter(has_text="安排")
    opener.focus()
    today.page.keyboard.press("Enter")
    dialog = today.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    # Each field is reached by Tab, in the order in which they stand.
    reached = []
    for _ in range(20):
        reached.append(today.page.evaluate("document.activeElement.id"))
        if "arrange-from" in reached:
            break
        today.page.keyboard.press("Tab")
    assert [one for one in reached if one.startswith("arrange-")][:3] == ["arrange-lane", "arrange-reason", "arrange-date"]
    dialog.locator("#arrange-from").fill("18:00")
    dialog.locator("#arrange-to").fill("20:00")
    picture(today.page, "today-arrange-session")
    dialog.locator("#arrange-to").press("Enter")
    expect(dialog).to_have_count(0)
    expect(today.page.locator(".arranged .banner")).to_contain_text("加开 18:00–20:00")
    expect(resident.page.locator(".hours")).to_contain_text("加开 18:00–20:00")
    expect(board.page.locator(".board")).to_contain_text("加开 18:00–20:00")
    picture(resident.page, "touch-extra-session")
    # The lane closes later now: what would have been too many is not.
    Clerk(people.page(SMALL), hall)
    for _ in range(9):
        hall.join()
    assert lane(hall)["stopped"] is None
    hall.stop()
    hall.start()
    assert hall.get("/v1/hall")["day"]["extra_sessions"][0]["to"].endswith("T20:00:00+08:00")

"""Halls of another kind: windows divided among departments, and a hall outside its hours."""

from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Resident
from testkit.hall import Hall


def without_printers(settings):
    settings["kiosks"] = [{"id": "kiosk-1", "printer": "none"}]


def departmental(settings):
    without_printers(settings)
    settings["window_mode"] = "departmental"
    settings["lanes"] = [
        {"letter": "A", "name": "综合", "comprehensive": True},
        {"letter": "C", "name": "医保", "groups": ["医保"]},
        {"letter": "F", "name": "社保", "groups": ["社保"]},
        {"letter": "H", "name": "公安户籍", "groups": ["公安户籍"]},
        {"letter": "E", "name": "出件", "groups": ["出件"]},
    ]
    settings["windows"] = [
        {"number": 1, "name": "综合窗口", "lanes": ["A"]},
        {"number": 2, "name": "医保社保窗口", "lanes": ["C", "F"]},
        {"number": 3, "name": "公安派驻", "lanes": ["H"]},
        {"number": 4, "name": "出件窗口", "lanes": ["E"]},
    ]


def closed_now(settings):
    """Opens for half an hour, three hours from now and on every working day."""
    without_printers(settings)
    hour = (datetime.now(timezone(timedelta(hours=8))).hour + 3) % 24
    session = f"{hour:02}:00-{hour:02}:30"
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    settings["opening"] = {"always_open": False, "sessions": {day: [session] for day in days}}


@pytest.fixture
def hall_of(request):
    halls = []

    def make(configure):
        halls.append(Hall(configure))
        return halls[-1]

    yield make
    for hall in halls:
        hall.close()


def test_three_touches_where_windows_are_divided(hall_of, people, picture):
    hall = hall_of(departmental)
    page = people.page(PORTRAIT)
    for panel in (PORTRAIT, SMALL):
        page.set_viewport_size(panel)
        resident = Resident(page, hall)
        resident.page.locator(".take").click()
        picture(resident.page, "touch-departments")
        resident.page.locator(".grid .tile", has_text="医保").click()
        picture(resident.page, "touch-lane")
        resident.page.locator(".lane .tile.main").click()
        expect(resident.number).to_have_text("C001" if panel is PORTRAIT else "C002")
    resident = Resident(page, hall)
    page.locator(".take").click()
    resident.reach(resident.page.locator(".frequent .chip", has_text="医疗保险参保登记")).click()
    resident.press("取号")
    expect(resident.number).to_have_text("C003")


def test_a_kiosk_without_a_printer_says_what_to_do(hall_of, people, picture):
    hall = hall_of(without_printers)
    resident = Resident(people.page(PORTRAIT), hall)
    resident.take()
    expect(resident.page.locator(".slip")).to_contain_text("请记住或拍下号码")
    expect(resident.page.get_by_role("button", name="重新打印")).to_have_count(0)
    expect(resident.page.get_by_role("button", name="找工作人员")).to_be_visible()
    picture(resident.page, "touch-no-printer")
    resident.press("已记住")
    expect(resident.page.locator(".screen.home")).to_be_visible()


def test_a_closed_hall_says_when_to_come_and_offers_the_notice(hall_of, people, picture):
    hall = hall_of(closed_now)
    page = people.page(PORTRAIT)
    for panel in (PORTRAIT, SMALL):
        page.set_viewport_size(panel)
        resident = Resident(page, hall)
        expect(page.locator(".closed")).to_contain_text("现在不取号")
        expect(page.locator(".closed")).to_contain_text("再来")
        expect(page.locator(".take")).to_have_count(0)
        picture(page, "touch-closed")
        resident.open_item("社会保障卡申领")
        expect(page.locator(".closed-line")).to_contain_text("现在不取号")
        picture(page, "touch-item-closed")
        # Nothing can be printed: the notice is on the screen at once, and no button offers paper.
        expect(page.get_by_role("button", name="打印")).to_have_count(0)
        resident.press("看这份清单")
        expect(page.get_by_role("heading", name="告知单")).to_be_visible()
        expect(page.locator("img.page")).to_be_visible()
        expect(page.get_by_role("button", name="取号")).to_have_count(0)


def test_the_lane_where_papers_are_handed_out_has_whatever_letter_the_hall_gives_it(hall_of, people):
    def another_letter(settings):
        without_printers(settings)
        for lane in settings["lanes"]:
            lane["letter"] = {"E": "Q", "H": "E"}.get(lane["letter"], lane["letter"])
        for window in settings["windows"]:
            window["lanes"] = [{"E": "Q", "H": "E"}.get(letter, letter) for letter in window["lanes"]]

    hall = hall_of(another_letter)
    resident = Resident(people.page(PORTRAIT), hall)
    resident.page.get_by_role("button", name="取件").click()
    expect(resident.number).to_have_text("Q001")

"""预约: made at the kiosk and at a console, and one scan that makes a number."""

from datetime import datetime

from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Clerk, Resident
from testkit.waiting import eventually


def first_slot(hall, days=1):
    offer = hall.get("/v1/reservations/slots?item=RS-004")
    day = offer["days"][days - 1]
    return day["date"], next(one for one in day["slots"] if one["free"] > 0)["from"]


def test_a_resident_reserves_with_a_day_and_a_slot_and_gets_a_slip(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    resident.open_item("RS-004")
    resident.press("预约改天来")
    expect(resident.page.locator(".days .day").first).to_be_visible()
    picture(resident.page, "reserve")
    resident.page.locator(".days .day").nth(1).click()
    expect(resident.page.locator(".days .day").nth(1)).to_have_attribute("aria-pressed", "true")
    resident.reach(resident.page.locator(".slots .slot:not(:disabled)").first).click()
    expect(resident.page.locator(".reserved h1")).to_be_visible()
    expect(resident.page.locator(".slip")).to_contain_text("请取预约单")
    picture(resident.page, "reserved")
    assert len(hall.dock()["kiosk-1"]["slips"]) == 1
    resident.press("取消这个预约")
    expect(resident.page.locator(".reserved")).to_contain_text("预约已取消")


def test_the_keys_fit_on_a_small_panel(hall, people, picture):
    resident = Resident(people.page(SMALL), hall)
    resident.open_item("RS-004")
    resident.press("预约改天来")
    expect(resident.page.locator(".slots .slot").first).to_be_visible()
    picture(resident.page, "reserve")


def test_a_console_reserves_for_whoever_calls_and_one_scan_makes_the_number(hall, people, picture):
    clerk = Clerk(people.page(SMALL), hall)
    clerk.page.get_by_role("button", name="预约", exact=True).click()
    clerk.page.get_by_role("button", name="代预约").click()
    clerk.page.locator("#reserve-query").fill("RS-004")
    clerk.page.locator(".hits .button").first.click()
    expect(clerk.page.locator("#reserve-slot option").first).to_be_attached()
    # Today's slots are offered to staff while there are some; the last day always has free ones.
    clerk.page.locator("#reserve-date").select_option(index=clerk.page.locator("#reserve-date option").count() - 1)
    clerk.page.locator("#reserve-name").fill("演示员丙")
    clerk.page.locator("#reserve-phone").fill("023-45800009")
    picture(clerk.page, "reserve-for")
    clerk.page.locator(".takefor button[type=submit]").click()
    expect(clerk.page.locator(".result")).to_contain_text("已约好")
    clerk.page.locator(".dialog").last.get_by_role("button", name="关闭").click()
    picture(clerk.page, "reservations")


def test_a_scan_too_early_says_when_and_offers_to_give_it_back(hall, people, picture):
    date, start = first_slot(hall, 2)
    made = hall.ask("POST", "/v1/reservations", {"items": ["RS-004"], "date": date, "from": start, "kiosk": "kiosk-1"})
    resident = Resident(people.page(PORTRAIT), hall)
    hall.hand("kiosk-1", "scan", text=made["id"])
    expect(resident.page.locator(".reserved")).to_contain_text("还没到预约的时间")
    picture(resident.page, "reserved-early")
    eventually("nothing was taken", lambda: hall.tickets() == [])
    resident.press("取消这个预约")
    expect(resident.page.locator(".reserved")).to_contain_text("预约已取消")
    assert hall.get(f"/v1/reservations/{made['id']}")["state"] == "cancelled"


def test_one_scan_at_its_time_makes_a_number_that_is_marked(hall, people, picture):
    date, start = first_slot(hall)
    made = hall.ask("POST", "/v1/reservations", {"items": ["RS-004"], "date": date, "from": start, "kiosk": "kiosk-1"})
    cookie = hall.sign_in("AJ100")
    now = hall.get("/v1/hall")["clock"]
    hall.set_clock(seconds_between(now, made["starts_at"]))
    hall.ask("POST", "/v1/day/close", {"force": True}, port=hall.hall, cookie=cookie)
    eventually("the day of the slot is open", lambda: hall.get("/v1/hall")["day"]["business_day"] == date or open_day(hall))
    resident = Resident(people.page(PORTRAIT), hall)
    clerk = Clerk(people.page(SMALL), hall)
    hall.hand("kiosk-1", "scan", text=made["id"])
    expect(resident.number).to_have_text("A001")
    picture(resident.page, "reserved-number")
    expect(clerk.page.locator(".list.waiting")).to_contain_text(f"约 {start}")
    picture(clerk.page, "reserved-waiting")
    assert clerk.call() == "A001"


def test_the_card_with_which_it_was_made_makes_the_number_without_a_slip(hall, people, picture):
    date, start = first_slot(hall)
    resident = Resident(people.page(PORTRAIT), hall)
    resident.open_item("RS-004")
    resident.press("预约改天来")
    hall.hand("kiosk-1", "lay", card="resident")
    resident.page.get_by_role("button", name="按这里刷身份证").click()
    resident.press("同意")
    expect(resident.page.locator(".press .tile .title").first).to_have_text("取号")
    resident.press("预约改天来")
    resident.reach(resident.page.locator(".slots .slot:not(:disabled)").first).click()
    expect(resident.page.locator(".reserved")).to_contain_text("刷身份证或扫预约单")
    picture(resident.page, "reserved-card")
    hall.hand("kiosk-1", "lift")
    resident.press("好的")
    cookie = hall.sign_in("AJ100")
    made = hall.ask("GET", f"/v1/reservations?date={date}", port=hall.hall, cookie=cookie)["reservations"][0]
    assert made["by_card"] and made["name"] is None
    hall.set_clock(seconds_between(hall.get("/v1/hall")["clock"], made["starts_at"]))
    hall.ask("POST", "/v1/day/close", {"force": True}, port=hall.hall, cookie=cookie)
    eventually("the day of the slot is open", lambda: hall.get("/v1/hall")["day"]["business_day"] == date or open_day(hall))
    hall.hand("kiosk-1", "lay", card="resident")
    resident.press("同意")
    expect(resident.page.locator(".layout")).to_contain_text("您今天有预约")
    picture(resident.page, "card-reserved")
    resident.press("按预约取号")
    expect(resident.number).to_have_text("A001")
    assert hall.tickets()[0]["reserved"]["from"] == start


def seconds_between(now, then):
    return int((datetime.fromisoformat(then) - datetime.fromisoformat(now)).total_seconds()) + 5


def open_day(hall):
    """A clock that was moved is doubted until a coordinator confirms the date."""
    hall.request(hall.hall, "POST", "/v1/day/open", {"confirm": True, "close_other": True}, cookie=hall.sign_in("AJ100"))
    return False

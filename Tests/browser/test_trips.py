"""An agent's trip (代办批次): one number for all of it, at a kiosk, and every agency case of it at the window that calls it."""

from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Clerk, Resident
from test_access import findings
from test_agency import signed_in
from testkit.waiting import eventually


def carried(hall, count=2):
    """Agency cases of one item that are on their way, by the agent; the trip's list."""
    agent = hall.sign_in("DB001")

    def ask(path, body):
        return hall.ask("POST", path, body, port=hall.hall, cookie=agent)

    made = []
    for ordinal in range(count):
        principal = {"name": f"测试{'乙丙丁'[ordinal]}"}
        one = ask("/v1/agency", {"item": "RS-004", "situations": answers(hall, "RS-004"), "principal": principal, "originals": [{"name": "居民身份证", "count": 1}]})
        ask(f"/v1/agency/{one['id']}/take", {})
        made.append(one)
    return ask("/v1/agency/batches", {"agency": [one["id"] for one in made]}), made


def answers(hall, item):
    """The first answer to each question."""
    given = []
    while question := hall.ask("GET", f"/v1/items/{item}/checklist?answers={','.join(given)}")["question"]:
        given.append(question["answers"][0]["key"])
    return given


def test_one_number_for_a_trip_and_every_case_of_it_at_the_window(hall, people, picture):
    trip, made = carried(hall)
    clerk = Clerk(people.page(SMALL), hall)
    resident = Resident(people.page(PORTRAIT), hall)
    hall.hand("kiosk-1", "scan", text=trip["id"])
    expect(resident.page.locator("h1")).to_have_text("代办批次")
    expect(resident.page.locator(".head")).to_contain_text("这趟共 2 件")
    picture(resident.page, "touch-trip")
    assert findings(resident.page) == []
    words = resident.page.locator("body").inner_text()
    assert "社会保障卡" not in words and "测试乙" not in words
    resident.page.get_by_role("button", name="综合 取号").click()
    expect(resident.number).to_be_visible()
    number = resident.number.inner_text()
    # The same list again: the number that it has.
    mine = resident.page.get_by_role("button", name="综合 已有号")

    def scanned_again():
        hall.hand("kiosk-1", "scan", text=trip["id"])
        return mine.count() > 0

    # The same code within two seconds is one.
    eventually("the list is read again", scanned_again, pause=2.5)
    mine.click()
    expect(resident.page.locator("body")).to_contain_text(number)
    assert clerk.call() == number
    with clerk.page.expect_popup() as opened:
        clerk.page.get_by_role("button", name="办件", exact=True).click()
    page = opened.value
    page.set_viewport_size(SMALL)
    table = page.get_by_role("table", name=trip["number"])
    expect(table.locator("tbody tr")).to_have_count(2)
    picture(page, "cases-trip")
    assert findings(page) == []
    table.get_by_role("button", name="收件").first.click()
    expect(page.locator("table.papers")).to_be_visible()
    expect(page.locator("#case-name")).to_have_count(0)


def test_what_must_be_done_in_person_is_said_before_anything_is_typed(hall, people, picture):
    page = signed_in(hall, people, "DB001", "/window/agency.html")
    page.get_by_role("button", name="新委托").click()
    page.locator("#agency-item").fill("待遇领取资格认证")
    page.locator(".hits button").first.click()
    expect(page.locator(".opening .said")).to_contain_text("这件事不能代办：要本人比对人脸")
    expect(page.locator("table.originals")).to_have_count(0)
    picture(page, "agency-in-person")
    assert findings(page) == []

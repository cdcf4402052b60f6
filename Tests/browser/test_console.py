"""The console beside its verbs: who sits where, numbers for others, lost slips, rings and faults on the strip, the end of the day."""

import re

from playwright.sync_api import expect

from people import Clerk
from testkit.demo_hall import SECRET
from testkit.waiting import eventually


def take_for(clerk):
    clerk.page.get_by_role("button", name="代取号").click()
    return clerk.page.locator("#take-query")


def test_a_number_is_not_issued_while_what_is_written_is_no_item(hall, people, picture):
    clerk = Clerk(people.page(), hall)
    field = take_for(clerk)
    field.fill("zzzz")
    clerk.page.get_by_role("button", name="取号", exact=True).click()
    expect(clerk.page.locator(".takefor .said")).to_contain_text("还没有选定")
    picture(clerk.page, "takefor-unresolved")
    field.fill("社会保障卡")
    field.press("Enter")
    field.press("Enter")
    assert hall.tickets() == []
    field.fill("")
    clerk.page.get_by_role("button", name="取号", exact=True).click()
    expect(clerk.page.locator(".result .number")).to_have_text("A001")
    assert [one["items"] for one in hall.tickets()] == [[]]


def test_enter_takes_the_only_suggestion(hall, people):
    clerk = Clerk(people.page(), hall)
    field = take_for(clerk)
    field.fill("社会保障卡补换")
    field.press("Enter")
    expect(clerk.page.get_by_role("button", name="取号", exact=True)).to_be_focused()
    clerk.page.keyboard.press("Enter")
    expect(clerk.page.locator(".result .number")).to_be_visible()
    assert [one["code"] for one in hall.tickets()[0]["items"]] == ["RS-005"]


def test_a_taken_window_is_refused_at_sign_in_with_who_sits_there(hall, people, picture):
    Clerk(people.page(), hall)
    other = people.page()
    other.goto(f"{hall.desk_url}/window/")
    other.locator("#badge").fill("AJ002")
    other.locator("#secret").fill(SECRET)
    other.locator("#window").select_option("1")
    other.get_by_role("button", name="登录").click()
    expect(other.locator(".said")).to_contain_text("1 号窗口有人")
    expect(other.locator(".said")).to_contain_text("AJ001")
    picture(other, "signin-taken")
    other.locator("#secret").fill(SECRET)
    other.locator("#window").select_option("2")
    other.get_by_role("button", name="登录").click()
    expect(other.locator(".console")).to_be_visible()


def test_whoever_signs_out_frees_the_window(hall, people):
    first = Clerk(people.page(), hall)
    first.page.get_by_role("button", name="退出").click()
    expect(first.page.locator("#badge")).to_be_visible()
    second = Clerk(people.page(), hall, badge="AJ002")
    expect(second.page.locator(".bar .window")).to_contain_text("空闲")


def test_a_lost_slip_is_printed_again_where_the_clerk_says(hall, people, picture):
    ticket = hall.join()
    eventually("the first slip is out", lambda: hall.tickets()[0]["slip"]["state"] == "printed")
    clerk = Clerk(people.page(), hall)
    clerk.page.get_by_role("button", name=f"补打 {ticket['number']}").click()
    expect(clerk.page.get_by_role("dialog")).to_contain_text("在哪里打印")
    picture(clerk.page, "reprint-where")
    clerk.page.get_by_role("button", name="二楼取号机").click()
    slip = eventually("the copy is out", lambda: (hall.tickets()[0]["slip"]["attempt"] == 2 and hall.tickets()[0]["slip"]["state"] == "printed") and hall.tickets()[0]["slip"])
    assert slip["attempt"] == 2
    # Beside the present number too.
    clerk.call()
    expect(clerk.page.locator(".present .reprint")).to_be_visible()


def test_kiosks_are_called_by_their_names(hall, people):
    clerk = Clerk(people.page(), hall)
    hall.ask("POST", "/v1/help", {"kiosk": "kiosk-1"})
    expect(clerk.page.locator(".rings")).to_contain_text("大门口取号机")
    hall.break_printer("kiosk-2", "paper_out")
    expect(clerk.page.locator(".notices")).to_contain_text("二楼取号机")
    expect(clerk.page.locator(".console")).not_to_contain_text(re.compile(r"kiosk-\d"))


def test_the_strip_shows_ring_and_fault_and_answers_the_ring(hall, people, picture):
    page = people.page({"width": 420, "height": 160})
    Clerk(page, hall, strip=True)
    going = page.locator('[data-verb="help"]')
    expect(going).to_be_hidden()
    hall.break_printer("kiosk-1", "paper_out")
    expect(page.locator(".stripe-line")).to_contain_text("没有纸")
    hall.ask("POST", "/v1/help", {"kiosk": "kiosk-2"})
    expect(page.locator(".stripe-line")).to_contain_text("请人帮忙")
    expect(page.locator(".stripe-line")).to_contain_text("没有纸")
    expect(going).to_be_visible()
    picture(page, "strip-ring")
    box = going.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 420 and box["y"] + box["height"] <= 160
    going.click()
    expect(going).to_be_hidden()
    expect(page.locator(".stripe-line")).not_to_contain_text("请人帮忙")


def test_a_closed_day_leaves_nothing_in_the_lists(hall, people):
    for _ in range(3):
        hall.join()
    clerk = Clerk(people.page(), hall)
    clerk.call()
    clerk.press("miss")
    expect(clerk.page.locator(".list.missed")).to_contain_text("A001")
    coordinator = hall.sign_in("AJ100")
    hall.ask("POST", "/v1/day/close", {"force": True}, port=hall.hall, cookie=coordinator)
    expect(clerk.page.locator(".list .number")).to_have_count(0)
    expect(clerk.page.locator(".notices")).not_to_be_empty()


def test_the_space_bar_is_the_main_verb_again_after_a_dialog(hall, people):
    for _ in range(2):
        hall.join()
    clerk = Clerk(people.page(), hall)
    clerk.page.get_by_role("button", name="代取号").focus()
    clerk.page.keyboard.press("Enter")
    expect(clerk.page.get_by_role("dialog")).to_be_visible()
    clerk.page.keyboard.press("Escape")
    expect(clerk.page.get_by_role("dialog")).to_have_count(0)
    clerk.page.keyboard.press("Space")
    expect(clerk.number).to_have_text("A001")
    expect(clerk.page.get_by_role("dialog")).to_have_count(0)


def test_the_digit_row_works_as_the_keypad_does(hall, people):
    hall.join()
    clerk = Clerk(people.page(), hall)
    expect(clerk.verb("calls")).to_be_enabled()
    clerk.page.keyboard.press("Digit1")
    expect(clerk.number).to_have_text("A001")
    expect(clerk.verb("serve")).to_be_enabled()
    clerk.page.keyboard.press("Digit3")
    expect(clerk.page.locator(".present .stateline")).to_contain_text("办理中")


def test_a_notice_is_printed_at_a_kiosk_that_has_a_name(hall, people):
    clerk = Clerk(people.page(), hall)
    clerk.page.get_by_role("button", name="打印告知单").click()
    expect(clerk.page.locator("#notice-kiosk option")).to_have_text(["大门口取号机", "二楼取号机"])


def test_a_question_that_was_refused_is_left_by_escape(hall, people):
    hall.join()
    Clerk(people.page(), hall).call()
    coordinator = Clerk(people.page(), hall, badge="AJ100", window=None)
    coordinator.page.get_by_role("button", name="结束一天").click()
    coordinator.page.locator(".dialog .button.main").click()
    expect(coordinator.page.locator(".dialog .said")).to_contain_text("A001")
    coordinator.page.keyboard.press("Escape")
    expect(coordinator.page.locator(".dialog")).to_have_count(0)

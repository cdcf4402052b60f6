"""Waits and the hall's promise: the words beside a resident's number, and when a console marks a lane."""

import re

from playwright.sync_api import expect

from people import LANDSCAPE, PORTRAIT, Board, Clerk, Resident

PROMISED = 20 * 60


def test_a_lane_turns_amber_and_red_and_a_coordinator_is_advised_which_window_to_open(hall, people, picture):
    clerk = Clerk(people.page(), hall)
    chief = Clerk(people.page(), hall, badge="AJ100", window=None)
    for _ in range(6):
        hall.join()
    assert clerk.call() == "A001"
    longest = chief.page.locator(".lanes tbody tr").first.locator("td").nth(1)
    expect(longest).to_have_class("")
    hall.set_clock(PROMISED * 4 // 5 + 5)
    expect(longest).to_have_class("amber")
    expect(chief.page.locator(".advice")).to_have_count(0)
    picture(chief.page, "console-wait-amber")
    hall.set_clock(PROMISED + 5)
    expect(longest).to_have_class("red")
    expect(longest).to_contain_text("超过承诺")
    advice = chief.page.locator(".advice")
    expect(advice).to_contain_text(re.compile(r"等了超过 20 分钟.*建议增开窗口：\d+ 号窗口可以办"))
    picture(chief.page, "console-wait-red")
    expect(clerk.page.locator(".lanes td.red")).to_have_count(1)
    expect(clerk.page.locator(".advice")).to_have_count(0)
    # The call that comes too late breaks the promise, and fewer than five are over it.
    clerk.press("serve")
    clerk.press("finish")
    assert clerk.call() == "A002"
    expect(advice).to_have_count(0)
    _, metrics, _ = hall.request(hall.kiosk, "GET", "/metrics")
    assert b"yichuang_wait_promises_broken_today 1\n" in metrics


def test_the_promise_stands_apart_from_the_wait_on_kiosk_and_board(hall, people, picture):
    board = Board(people.page(LANDSCAPE), hall)
    expect(board.page.locator(".promise")).to_have_text("本大厅承诺：等候不超过 20 分钟")
    clerk = Clerk(people.page(), hall)
    resident = Resident(people.page(PORTRAIT), hall)
    resident.take()
    expect(resident.page.locator(".position")).to_have_text("下一个就是您，有窗口空着")
    expect(resident.page.locator(".beside")).to_have_text("本大厅承诺：等候不超过 20 分钟")
    picture(resident.page, "touch-ticket-free")
    resident.press("好的")
    assert clerk.call() == "A001"
    resident.take()
    expect(resident.page.locator(".position")).to_have_text("下一个就是您，约 20 分钟以内")
    picture(resident.page, "touch-ticket-within")
    picture(board.page, "board-promise")

"""A visit from the touch to the end, seen from kiosk, window and board."""

from playwright.sync_api import expect

from people import PORTRAIT, Board, Clerk, LANDSCAPE, Resident
from testkit.waiting import eventually


def test_a_visit_from_the_touch_to_the_end(hall, people, picture):
    board = Board(people.page(LANDSCAPE), hall)
    resident = Resident(people.page(PORTRAIT), hall)
    number = resident.take()
    assert number == "A001"
    expect(resident.page.locator(".slip")).to_contain_text("请取小票")
    picture(resident.page, "visit-number")
    assert len(hall.dock()["kiosk-1"]["slips"]) == 1

    clerk = Clerk(people.page(), hall)
    expect(clerk.page.locator(".present")).to_contain_text("等候 1 人")
    clerk.page.keyboard.press("Space")
    expect(clerk.number).to_have_text(number)
    expect(board.number).to_have_text(number)
    expect(board.window).to_have_text("1 号窗口")
    expect(resident.page.locator(".position")).to_have_text("请到 1 号窗口")
    picture(board.page, "visit-called")
    picture(clerk.page, "visit-called-window")

    clerk.press("serve")
    expect(clerk.page.locator(".present .stateline")).to_contain_text("办理中")
    following = hall.join()
    clerk.press("main")
    expect(clerk.number).to_have_text(following["number"])
    expect(board.number).to_have_text(following["number"])
    expect(board.page.locator(".recent")).to_contain_text(number)
    assert [one["number"] for one in hall.tickets()] == [following["number"]]


def test_an_ordinary_visit_costs_one_press_when_the_next_is_waiting(hall, people):
    for _ in range(3):
        hall.join()
    clerk = Clerk(people.page(), hall)
    clerk.call()
    clerk.press("main")
    expect(clerk.number).to_have_text("A002")
    clerk.press("main")
    expect(clerk.number).to_have_text("A003")
    clerk.press("main")
    expect(clerk.page.locator(".present")).to_contain_text("没有人在等候")
    assert hall.tickets() == []


def test_a_reloaded_console_shows_what_it_showed(hall, people):
    hall.join()
    clerk = Clerk(people.page(), hall)
    number = clerk.call()
    clerk.page.reload()
    expect(clerk.number).to_have_text(number)
    clerk.press("serve")
    expect(clerk.page.locator(".present .stateline")).to_contain_text("办理中")
    clerk.page.reload()
    expect(clerk.page.locator(".present .stateline")).to_contain_text("办理中")
    expect(clerk.verb("recall")).to_be_disabled()
    expect(clerk.verb("finish")).to_be_enabled()


def test_two_windows_that_press_together_never_get_one_ticket(hall, people):
    for _ in range(8):
        hall.join()
    clerks = [Clerk(people.page(), hall, "AJ001", 1), Clerk(people.page(), hall, "AJ002", 2)]
    called = []
    for _ in range(3):
        for clerk in clerks:
            expect(clerk.verb("main")).to_be_enabled()
        # Both pages press at the same moment of the machine's clock.
        moment = clerks[0].page.evaluate("() => Date.now() + 700")
        for clerk in clerks:
            clerk.page.evaluate(
                "moment => { setTimeout(() => document.querySelector('[data-verb=main]').click(), moment - Date.now()); }",
                moment,
            )
        for clerk in clerks:
            before = called[-2:]
            expect(clerk.number).to_be_visible()
            number = eventually(
                "another number", lambda: (shown := clerk.number.inner_text()) not in before and shown)
            called.append(number)
    assert len(called) == len(set(called)) == 6
    assert len(hall.tickets("waiting")) == 2


def test_a_call_pressed_twice_takes_one_ticket(hall, people):
    for _ in range(3):
        hall.join()
    clerk = Clerk(people.page(), hall)
    expect(clerk.verb("main")).to_be_enabled()
    clerk.verb("main").dblclick()
    expect(clerk.number).to_have_text("A001")
    clerk.page.keyboard.press("Space")
    clerk.page.keyboard.press("NumpadEnter")
    assert [one["number"] for one in hall.tickets("waiting")] == ["A002", "A003"]

    # And where one press finishes and calls, a second press does not finish whoever was just called.
    clerk.press("serve")
    clerk.press("main")
    clerk.page.keyboard.press("Space")
    expect(clerk.number).to_have_text("A002")
    clerk.page.keyboard.press("Space")
    assert [one["number"] for one in hall.tickets("waiting")] == ["A003"]
    assert [one["number"] for one in hall.tickets("called")] == ["A002"]

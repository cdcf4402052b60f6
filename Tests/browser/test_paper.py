"""Paper at the kiosks: where a slip comes out, and what the page says when it does not."""

import pytest
from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Clerk, Resident
from testkit.waiting import eventually


def test_each_slip_comes_out_where_it_was_touched(hall, people, picture):
    first = Resident(people.page(PORTRAIT), hall, "kiosk-1")
    second = Resident(people.page(SMALL), hall, "kiosk-2")
    first.take()
    second.take()
    for resident in (first, second):
        expect(resident.page.locator(".slip")).to_contain_text("请取小票")
    assert [len(hall.dock()[kiosk]["slips"]) for kiosk in ("kiosk-1", "kiosk-2")] == [1, 1]
    resident = Resident(second.page, hall, "kiosk-2")
    resident.open_item("居住证申领")
    resident.press("打印告知单")
    expect(resident.page.get_by_role("heading", name="请取告知单")).to_be_visible()
    assert [len(hall.dock()[kiosk]["slips"]) for kiosk in ("kiosk-1", "kiosk-2")] == [1, 2]

    dock = people.page()
    dock.goto(f"{hall.kiosk_url}/dock/")
    expect(dock.locator(".slips img")).to_have_count(3)
    eventually("the slips' pictures load", lambda: dock.evaluate(
        "() => [...document.querySelectorAll('.slips img')].every(one => one.naturalWidth > 300)"))
    picture(dock, "dock")


def test_without_paper_the_number_stays_and_the_console_knows(hall, people, picture):
    hall.break_printer("kiosk-1", "paper_out")
    clerk = Clerk(people.page(), hall)
    expect(clerk.page.locator(".notices")).to_contain_text("大门口取号机：没有纸")
    resident = Resident(people.page(PORTRAIT), hall)
    expect(resident.page.locator("#notes")).to_contain_text("本机暂时不能打印")
    resident.take()
    # A slip that cannot be printed is not waited for: the words come before its timeout of 15 s.
    expect(resident.page.locator(".slip")).to_contain_text("请记住或拍下号码", timeout=12_000)
    expect(resident.page.get_by_role("button", name="打印")).to_have_count(0)
    picture(resident.page, "touch-no-paper")
    expect(clerk.page.locator(".list.waiting")).to_contain_text("未出票")
    picture(clerk.page, "window-no-paper")

    # The ticket keeps its place in the queue: it can be called.
    resident.press("已记住")
    expect(resident.page.locator(".screen.home")).to_be_visible()
    expect(clerk.page.locator(".list.waiting")).not_to_contain_text("未出票")
    assert clerk.call() == "A001"

    hall.break_printer("kiosk-1", "paper_out", on=False)
    expect(clerk.page.locator(".notices .fault")).to_have_count(0)
    expect(resident.page.locator("#notes")).not_to_contain_text("不能打印")


def test_a_slip_that_failed_is_printed_again_when_asked(hall, people):
    hall.break_printer("kiosk-1", "paper_out")
    resident = Resident(people.page(PORTRAIT), hall)
    resident.take()
    # As long as the hall itself still tries, paper that comes back prints the slip without anybody asking.
    expect(resident.page.locator(".paper-failed")).to_be_visible(timeout=40_000)
    expect(resident.page.get_by_role("button", name="重新打印")).to_have_count(0)
    hall.break_printer("kiosk-1", "paper_out", on=False)
    # The key comes with the paper, unless the hall's own next try was faster.
    again = resident.page.get_by_role("button", name="重新打印")
    expect(again.or_(resident.page.locator(".paper-out")).first).to_be_visible()
    # Looked for and pressed at one moment: between the two the hall may have printed.
    resident.page.evaluate("() => { const key = [...document.querySelectorAll('button')].find(one => one.textContent.includes('重新打印')); if (key) key.click(); }")
    expect(resident.page.locator(".slip")).to_contain_text("请取小票")
    expect(resident.number).to_have_text("A001")
    assert len(hall.dock()["kiosk-1"]["slips"]) == 1


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "offline"])
def test_a_notice_that_cannot_be_printed_is_on_the_screen_at_once(hall, people, picture, fault):
    hall.break_printer("kiosk-1", fault)
    resident = Resident(people.page(PORTRAIT), hall)
    expect(resident.page.locator("#notes")).to_contain_text("不能打印")
    resident.open_item("社会保障卡申领")
    # No button offers paper, and no slip is waited for.
    expect(resident.page.get_by_role("button", name="打印")).to_have_count(0)
    with resident.page.expect_request("**/v1/notices") as asked:
        resident.press("看这份清单")
    assert "kiosk" not in asked.value.post_data_json
    expect(resident.page.locator("img.page")).to_be_visible()
    expect(resident.page.get_by_role("button", name="打印")).to_have_count(0)
    expect(resident.page.get_by_role("button", name="补打")).to_have_count(0)
    eventually("the notice's picture loads", lambda: resident.page.evaluate(
        "() => document.querySelector('.page').naturalWidth > 300"))
    picture(resident.page, f"touch-notice-on-screen-{fault}")
    hall.break_printer("kiosk-1", fault, on=False)
    expect(resident.page.locator("#notes")).not_to_contain_text("不能打印")


def test_the_dock_tears_the_paper_by_touch(hall, people):
    dock = people.page()
    dock.goto(f"{hall.kiosk_url}/dock/")
    lever = dock.locator('[aria-labelledby="printer-kiosk-2"] [data-condition="paper_out"]')
    lever.click()
    expect(lever).to_have_attribute("aria-pressed", "true")
    eventually("the hall hears of it", lambda: [
        fault for fault in hall.get("/v1/hall")["faults"] if fault["kiosk"] == "kiosk-2" and fault["code"] == "paper_out"])
    lever.click()
    eventually("the hall hears that it is mended", lambda: hall.get("/v1/hall")["faults"] == [])


def test_the_dock_lets_the_next_slip_run_out_and_the_power_go(hall, people):
    dock = people.page()
    dock.goto(f"{hall.kiosk_url}/dock/")
    printer = dock.locator('[aria-labelledby="printer-kiosk-1"]')
    printer.locator('[data-condition="paper_out_in_next_slip"]').click()
    expect(printer.locator('[data-condition="paper_out_in_next_slip"]')).to_have_attribute("aria-pressed", "true")
    code = hall.join()["id"]
    eventually("the slip is unknown", lambda: hall.get(f"/v1/tickets/{code}")["slip"]["state"] == "unknown")
    expect(printer.locator(".torn")).to_contain_text("没有打完")
    expect(printer.locator('[data-condition="paper_out"]')).to_have_attribute("aria-pressed", "true")
    printer.locator('[data-condition="roll"]').click()
    expect(printer.locator('[data-condition="paper_out"]')).to_have_attribute("aria-pressed", "false")
    printer.locator('[data-condition="power_off"]').click()
    eventually("the hall hears of it", lambda: "offline" in [fault["code"] for fault in hall.get("/v1/hall")["faults"]])
    expect(printer.locator('[data-condition="offline"]')).to_have_attribute("aria-pressed", "false")
    printer.locator('[data-condition="power_off"]').click()
    eventually("the hall hears that it is mended", lambda: hall.get("/v1/hall")["faults"] == [])

"""The console: every verb, what can be taken back, the strip and the keypad."""

import re

import pytest
from playwright.sync_api import expect

from people import SMALL, Clerk
from testkit.demo_hall import SECRET
from testkit.waiting import eventually


def test_only_what_is_possible_can_be_pressed(hall, people, picture):
    clerk = Clerk(people.page(), hall)
    verbs = ["calls", "recall", "serve", "finish", "miss", "suspend", "abandon", "main"]
    expect(clerk.page.locator(".present")).to_contain_text("没有人在等候")
    for verb in verbs:
        expect(clerk.verb(verb)).to_be_disabled()
    hall.join()
    expect(clerk.verb("calls")).to_be_enabled()
    clerk.call()
    possible = {verb: clerk.verb(verb).is_enabled() for verb in verbs if verb not in ("finish", "main")}
    assert possible == {"calls": False, "recall": True, "serve": True, "miss": True, "suspend": False, "abandon": True}
    clerk.press("serve")
    expect(clerk.verb("suspend")).to_be_enabled()
    expect(clerk.verb("recall")).to_be_disabled()
    expect(clerk.verb("miss")).to_be_disabled()
    picture(clerk.page, "window-serving")


def test_a_wrong_press_is_taken_back(hall, people):
    hall.join()
    clerk = Clerk(people.page(), hall)
    clerk.call()
    clerk.press("miss")
    expect(clerk.page.locator(".list.missed")).to_contain_text("A001")
    clerk.verb("undo").click()
    expect(clerk.number).to_have_text("A001")
    expect(clerk.page.locator(".present .stateline")).to_contain_text("已叫")
    expect(clerk.verb("undo")).to_be_hidden()


def test_suspended_and_missed_tickets_are_remembered_and_come_back(hall, people, picture):
    for _ in range(4):
        hall.join()
    clerk = Clerk(people.page(), hall)
    clerk.call()
    clerk.press("serve")
    clerk.press("suspend")
    expect(clerk.page.locator(".list.suspended")).to_contain_text("A001")
    clerk.press("main")
    expect(clerk.number).to_have_text("A002")
    clerk.press("miss")
    expect(clerk.page.locator(".list.missed")).to_contain_text("A002")
    picture(clerk.page, "window-lists")
    clerk.page.get_by_role("button", name="回呼 A001").click()
    expect(clerk.number).to_have_text("A001")
    clerk.press("finish")
    # Nothing else is asked while a step is on its way.
    expect(clerk.verb("main")).to_be_enabled()
    clerk.page.get_by_role("button", name="A002 报到").click()
    # Behind the head of the lane, as the hall says; not where it stood before, nor at the end.
    expect(clerk.page.locator(".list.waiting .number")).to_have_text(["A003", "A002", "A004"])
    expect(clerk.page.locator(".list.missed .number")).to_have_count(0)


def test_the_verbs_work_from_a_keypad(hall, people):
    for _ in range(2):
        hall.join()
    clerk = Clerk(people.page(), hall)
    keys = clerk.page.keyboard
    expect(clerk.verb("calls")).to_be_enabled()
    keys.press("Numpad1")
    expect(clerk.number).to_have_text("A001")
    expect(clerk.verb("serve")).to_be_enabled()
    keys.press("Numpad3")
    expect(clerk.page.locator(".present .stateline")).to_contain_text("办理中")
    expect(clerk.verb("main")).to_be_enabled()
    keys.press("NumpadEnter")
    expect(clerk.number).to_have_text("A002")
    expect(clerk.verb("miss")).to_be_enabled()
    keys.press("Numpad5")
    expect(clerk.page.locator(".list.missed")).to_contain_text("A002")
    expect(clerk.verb("undo")).to_be_enabled()
    keys.press("Numpad0")
    expect(clerk.number).to_have_text("A002")


def test_a_pause_asks_why_and_the_window_resumes(hall, people, picture):
    clerk = Clerk(people.page(), hall)
    clerk.page.get_by_role("button", name="暂停", exact=True).click()
    picture(clerk.page, "window-pause")
    clerk.page.get_by_role("button", name="用餐").click()
    expect(clerk.page.locator(".present")).to_contain_text("窗口已暂停")
    expect(clerk.page.locator(".present")).to_contain_text("用餐")
    clerk.page.reload()
    expect(clerk.page.locator(".present")).to_contain_text("窗口已暂停")
    clerk.press("main")
    expect(clerk.page.locator(".present")).to_contain_text("没有人在等候")


def test_a_number_for_a_resident_who_does_not_use_the_kiosk(hall, people, picture):
    clerk = Clerk(people.page(), hall)
    clerk.page.get_by_role("button", name="代取号").click()
    clerk.page.locator("#take-query").fill("gljt")
    clerk.page.locator(".hits button").first.click()
    clerk.page.locator("#take-priority").check()
    clerk.page.get_by_role("button", name="取号", exact=True).click()
    expect(clerk.page.locator(".result .number")).to_have_text("A001")
    picture(clerk.page, "window-take-for")
    clerk.page.get_by_role("button", name="关闭").click()
    clerk.call()
    expect(clerk.page.locator(".present")).to_contain_text("高龄津贴申请")
    expect(clerk.page.locator(".present .stateline")).to_contain_text("优")


def test_the_strip_is_a_whole_console_in_420_by_160(hall, people, picture):
    for _ in range(2):
        hall.join()
    page = people.page({"width": 420, "height": 160})
    clerk = Clerk(page, hall, strip=True)
    expect(page.locator(".stripe .number")).to_have_text("空闲")
    clerk.press("main")
    expect(page.locator(".stripe .number")).to_have_text("A001")
    picture(page, "strip")
    clerk.press("serve")
    clerk.press("main")
    expect(page.locator(".stripe .number")).to_have_text("A002")
    clerk.press("miss")
    expect(clerk.verb("undo")).to_be_enabled()
    outside = page.evaluate(
        """() => [...document.querySelectorAll('button')].filter(one => !one.hidden).filter(one => {
          const box = one.getBoundingClientRect();
          return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight;
        }).length""")
    assert outside == 0
    assert page.evaluate("document.documentElement.scrollHeight") <= 160


def test_the_strip_has_every_verb_under_more_and_a_transfer_in_it(hall, people, picture):
    for _ in range(2):
        hall.join()
    page = people.page({"width": 420, "height": 160})
    clerk = Clerk(page, hall, strip=True)
    more = page.get_by_role("button", name="更多")
    # Somebody who only has a question, by key and by hand.
    more.click()
    dialog = page.get_by_role("dialog")
    picture(page, "strip-more")
    assert dialog.locator("[data-verb]").evaluate_all("all => all.map(one => one.dataset.verb)") == [
        "finish", "abandon", "transfer", "serve-unnumbered"]
    page.keyboard.press("Digit9")
    expect(page.locator(".stripe-line")).to_have_text("无号办理中")
    clerk.press("main")
    expect(page.locator(".stripe .number")).to_have_text("空闲")
    clerk.press("main")
    expect(page.locator(".stripe .number")).to_have_text("A001")
    more.click()
    dialog.locator('[data-verb="transfer"]').click()
    expect(dialog).to_contain_text("A001")
    picture(page, "strip-transfer")
    dialog.get_by_role("button", name="现在没有窗口开着").first.click()
    dialog.get_by_role("button", name="转错").click()
    # Nobody is open there: the hall asks, and the clerk may insist.
    dialog.get_by_role("button", name="仍要转").click()
    expect(page.locator(".stripe .number")).to_have_text("空闲")
    # Who is suspended comes back from the lists, which are the whole console's.
    clerk.press("main")
    expect(page.locator(".stripe .number")).to_have_text("A002")
    clerk.press("serve")
    clerk.press("suspend")
    expect(page.locator(".stripe .number")).to_have_text("空闲")
    more.click()
    dialog.get_by_role("button", name="等候、挂起、过号").click()
    picture(page, "strip-lists")
    dialog.get_by_role("button", name="回呼 A002").click()
    dialog.get_by_role("button", name="关闭").click()
    expect(page.locator(".stripe .number")).to_have_text("A002")
    # Escape leaves without doing anything, and Tab stays inside.
    more.click()
    page.keyboard.press("Shift+Tab")
    expect(dialog.get_by_role("button", name="取消")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_strip_in_a_window_of_its_own_grows_while_a_dialog_is_open(hall, people):
    clerk = Clerk(people.page(SMALL), hall)
    with clerk.page.expect_popup() as opened:
        clerk.page.get_by_role("button", name="小窗").click()
    strip = opened.value
    strip.evaluate("""() => { globalThis.asked = []; globalThis.resizeTo = (width, height) => globalThis.asked.push([width, height]); }""")
    strip.get_by_role("button", name="更多").click()
    expect(strip.get_by_role("dialog")).to_be_visible()
    eventually("it grows", lambda: strip.evaluate("globalThis.asked.length") == 1)
    strip.keyboard.press("Escape")
    eventually("it is small again", lambda: strip.evaluate("globalThis.asked.length") == 2)
    (grown, back) = strip.evaluate("globalThis.asked")
    assert grown[0] >= 760 and grown[1] >= 620 and back[0] <= grown[0]


@pytest.mark.parametrize("badge", ["AJ001", "AJ100"])
@pytest.mark.parametrize("size", [{"width": 1366, "height": 768}, {"width": 1280, "height": 720}])
def test_the_console_is_one_screen(hall, people, picture, size, badge):
    for item in ("MZ-004", "RS-004", "GA-002"):
        hall.join([item])
    clerk = Clerk(people.page(size), hall, badge=badge)
    clerk.call()
    seen = clerk.page.evaluate(
        """() => ({
          tall: document.documentElement.scrollHeight, wide: document.documentElement.scrollWidth,
          small: [...document.querySelectorAll('body *')].filter(one => one.childNodes.length &&
            [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) &&
            parseFloat(getComputedStyle(one).fontSize) < 14).map(one => one.textContent.slice(0, 20)),
        })""")
    picture(clerk.page, f"console-{badge}-{size['width']}")
    assert seen["tall"] <= size["height"] and seen["wide"] <= size["width"]
    assert seen["small"] == []


def test_a_badge_that_is_scanned_signs_in_with_its_secret(hall, people):
    page = people.page()
    page.goto(f"{hall.desk_url}/window/")
    expect(page.locator("#badge")).to_be_focused()
    # A scanner types the badge and ends with Enter.
    page.keyboard.type("AJ001")
    page.keyboard.press("Enter")
    expect(page.locator("#secret")).to_be_focused()
    # A hand types the secret; at a scanner's pace it would be a code.
    page.keyboard.type(SECRET, delay=130)
    page.locator("#window").select_option("1")
    page.locator("#secret").press("Enter")
    expect(page.locator(".console")).to_be_visible()


def test_a_clerk_gives_one_more_number_and_says_why(hall, people, picture):
    clerk = Clerk(people.page(), hall)
    clerk.page.get_by_role("button", name="代取号").click()
    clerk.page.locator("#take-reason").fill("陪同两位老人")
    picture(clerk.page, "window-take-for")
    with clerk.page.expect_response("**/v1/tickets") as answered:
        clerk.page.locator("form.takefor button[type=submit]").click()
    assert answered.value.status == 201
    assert answered.value.request.post_data_json == {"items": [], "reason": "陪同两位老人"}
    expect(clerk.page.locator(".result .number")).to_have_text("A001")


def test_a_wrong_secret_is_told_and_the_field_is_emptied(hall, people, picture):
    page = people.page()
    page.goto(f"{hall.desk_url}/window/")
    page.locator("#badge").fill("AJ001")
    page.locator("#secret").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("工号或口令不对")
    expect(page.locator("#secret")).to_have_value("")
    picture(page, "window-wrong-secret")


def test_the_clerks_view_is_kept_and_nothing_else(hall, people):
    clerk = Clerk(people.page(), hall)
    clerk.page.get_by_role("button", name="字号").click()
    clerk.page.reload()
    expect(clerk.page.locator("html")).to_have_attribute("data-size", "larger")
    assert clerk.page.evaluate("Object.keys(localStorage)") == ["yichuang.window.view"]
    assert clerk.page.evaluate("sessionStorage.length + document.cookie.length") == 0


def test_the_coordinator_ends_the_day_and_begins_another(hall, people):
    coordinator = Clerk(people.page(), hall, "AJ100", None)
    page = coordinator.page
    expect(page.locator(".present")).to_contain_text("大厅概况")
    hall.join()
    page.get_by_role("button", name="结束一天").click()
    page.get_by_role("dialog").get_by_role("button", name="结束一天").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="开始一天")).to_be_visible()
    page.get_by_role("button", name="开始一天").click()
    page.get_by_role("dialog").get_by_role("button", name="开始一天").click()
    expect(page.get_by_role("button", name="结束一天")).to_be_visible()


def test_a_closed_day_is_summed_up_with_its_head_and_its_slip(hall, people, picture):
    clerk, coordinator = Clerk(people.page(), hall, "AJ001", 1), Clerk(people.page(), hall, "AJ100", None)
    hall.join()
    page = coordinator.page
    page.get_by_role("button", name="结束一天").click()
    page.get_by_role("dialog").get_by_role("button", name="结束一天").click()
    banner = page.locator(".banner.closing")
    expect(banner).to_contain_text("账本校验头")
    head = banner.locator("code").inner_text()
    assert re.fullmatch(r"\d+ \d{8}( [0-9A-Z]{4}){6}", head), head
    picture(page, "window-closing")
    banner.get_by_role("button", name="看日结单").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(head)
    expect(dialog).to_contain_text("已在")
    expect(dialog.locator("tbody tr")).to_contain_text("A")
    picture(page, "window-closing-slip")
    dialog.get_by_role("button", name="补打").click()
    expect(dialog).to_contain_text("已在")
    dialog.get_by_role("button", name="关闭").click()
    # It is the coordinator's alone, and gone with the next day.
    expect(clerk.page.locator(".banner.closing")).to_have_count(0)
    page.get_by_role("button", name="开始一天").click()
    page.get_by_role("dialog").get_by_role("button", name="开始一天").click()
    expect(banner).to_have_count(0)


def test_what_lies_under_a_finger_stays_until_it_is_lifted(hall, people):
    for _ in range(2):
        hall.join()
    clerk = Clerk(people.page(), hall)
    other = Clerk(people.page(), hall, "AJ002", 2)
    button = clerk.page.get_by_role("button", name="叫 A002")
    expect(button).to_be_enabled()
    button.hover()
    clerk.page.mouse.down()
    # The list changes while the finger is down; the press is not lost and means what was pressed.
    assert other.call() == "A001"
    hall.join()
    expect(other.page.locator(".list.waiting")).to_contain_text("A003")
    clerk.page.mouse.up()
    expect(clerk.number).to_have_text("A002")
    expect(clerk.page.locator(".list.waiting")).to_contain_text("A003")


def test_a_clerk_prints_the_notice_with_its_stub(hall, people, picture):
    hall.join(["MZ-004"])
    clerk = Clerk(people.page(), hall)
    page = clerk.page
    clerk.call()
    page.get_by_role("button", name="打印告知单").click()
    # What the resident at the window came for stands first.
    page.locator(".hits button", has_text="残疾人生活补贴").click()
    expect(page.locator(".ask legend")).to_have_text("申请哪项补贴")
    go = page.get_by_role("button", name="窗口留存联")
    expect(go).to_be_disabled()
    page.locator(".ask button", has_text="困难残疾人生活补贴").click()
    page.locator(".ask button", has_text="继续").click()
    expect(page.locator(".ask legend")).to_have_text("谁来申请")
    page.get_by_role("button", name="上一个回答").click()
    expect(page.locator(".ask legend")).to_have_text("申请哪项补贴")
    page.locator(".ask button", has_text="以上都不是").click()
    page.locator(".ask button", has_text="代理申请").click()
    expect(page.locator(".case")).to_contain_text("要带：")
    picture(page, "window-notice")
    page.locator("#notice-kiosk").select_option("kiosk-2")
    with page.expect_request("**/v1/notices") as sent:
        go.click()
    body = sent.value.post_data_json
    assert body["situations"] == ["none:allowance", "by_agent"] and body["kiosk"] == "kiosk-2"
    assert body["ticket"] == hall.tickets("called")[0]["id"]
    expect(page.locator(".result")).to_contain_text("GZ-500151105-")
    expect(page.locator(".result")).to_contain_text("已打印")
    assert len(hall.dock()["kiosk-2"]["slips"]) == 1
    page.get_by_role("button", name="关闭").click()
    expect(page.locator(".dialog")).to_have_count(0)


def test_what_those_who_wait_came_for_can_be_read(hall, people, picture):
    for items in (["RS-005"], [], ["YB-001"]):
        hall.join(items)
    status, _, _ = hall.take(["MZ-004"], priority=True)
    assert status == 201
    page = Clerk(people.page(SMALL), hall).page
    what = page.locator(".list.waiting .what:visible")
    # The one without an item has no line for it.
    expect(what).to_have_count(3)
    picture(page, "window-waiting")
    assert what.evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")

"""A kiosk beside a visit: the publicity while nobody uses it, the awareness question, and reading aloud."""

import base64

import pytest
from playwright.sync_api import expect

from people import LANDSCAPE, PORTRAIT, SMALL, Board, Clerk, Resident
from testkit.hall import Hall
from testkit.waiting import eventually
from test_access import check_targets, findings

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


@pytest.fixture
def shown_hall(tmp_path):
    """A hall with an idle screen of a text and a picture, and a photo of one clerk."""
    shown, faces = tmp_path / "shown", tmp_path / "faces"
    shown.mkdir()
    faces.mkdir()
    (shown / "1.txt").write_text("代办帮办，就在您身边\n行动不便的居民，可请代办员上门。\n咨询电话 12345", encoding="utf-8")
    (shown / "2.png").write_bytes(PIXEL)
    (shown / "3.exe").write_bytes(b"MZ")
    (faces / "AJ001.png").write_bytes(PIXEL)

    def configure(settings):
        for kiosk in settings["kiosks"]:
            kiosk["printer"] = "none"
        settings["staff_photos"] = str(faces)
        settings["staff"][0] |= {"display_name": True, "party_member": True}
        settings["windows"][0]["pause_text"] = "办事请到 2 号窗口"
        settings["publicity"] = {
            "folder": str(shown), "after_seconds": 60,
            "awareness": {"ask": "您知道村里可以代办吗？", "answers": ["知道", "听说过", "不知道"]}}

    hall = Hall(configure)
    yield hall
    hall.close()


def idle(people, hall, panel=PORTRAIT):
    """A kiosk before which nobody has stood for a minute."""
    page = people.page(panel)
    page.clock.install()
    Resident(page, hall)
    expect(page.locator(".publicity")).to_have_count(0)
    page.clock.run_for(62_000)
    expect(page.locator(".publicity")).to_be_visible()
    return page


def test_the_idle_screen_turns_its_pages_and_any_touch_is_the_first_screen(shown_hall, people, picture):
    page = idle(people, shown_hall)
    expect(page.locator(".publicity h1")).to_have_text("代办帮办，就在您身边")
    check_targets(page, "publicity")
    assert findings(page) == []
    picture(page, "touch-publicity")
    page.clock.run_for(13_000)
    expect(page.locator(".publicity img")).to_be_visible()
    eventually("the picture loads", lambda: page.evaluate("document.querySelector('.publicity img').naturalWidth === 1"))
    expect(page.locator(".awareness")).to_have_count(0)
    # A touch where 办事取号 lies on the first screen takes nobody's number.
    page.mouse.click(300, 900)
    expect(page.locator(".publicity")).to_have_count(0)
    expect(page.locator(".screen.home")).to_be_visible()
    assert shown_hall.tickets() == []
    # Whoever works at the page is never interrupted.
    page.get_by_role("button", name="查找事项").click()
    page.clock.run_for(40_000)
    expect(page.locator(".publicity")).to_have_count(0)


def test_a_key_leaves_the_idle_screen_too(shown_hall, people):
    page = idle(people, shown_hall, SMALL)
    page.keyboard.press("Enter")
    expect(page.locator(".publicity")).to_have_count(0)
    assert shown_hall.tickets() == []


def test_the_question_is_counted_and_says_nothing_of_anybody(shown_hall, people, picture):
    page = idle(people, shown_hall, LANDSCAPE)
    picture(page, "touch-awareness")
    with page.expect_request("**/v1/awareness") as sent:
        page.get_by_role("button", name="听说过").click()
    assert set(sent.value.post_data_json) == {"question", "answer", "kiosk"}
    expect(page.locator(".thanks")).to_have_text("谢谢您！")
    cookie = shown_hall.sign_in("AJ100")

    def counts():
        told = shown_hall.ask("GET", "/v1/awareness/counts", port=shown_hall.hall, cookie=cookie)
        assert told["question"] == "您知道村里可以代办吗？"
        return [one["count"] for one in told["answers"]]

    eventually("the answer is counted", lambda: counts() == [0, 1, 0])
    shown_hall.stop()
    shown_hall.start()
    cookie = shown_hall.sign_in("AJ100")
    assert counts() == [0, 1, 0]


def without_publicity(settings):
    settings.pop("publicity", None)
    settings["kiosks"] = [{"id": "kiosk-1", "printer": "none"}]


def test_a_hall_without_publicity_keeps_its_first_screen(people):
    hall = Hall(without_publicity)
    try:
        page = people.page(PORTRAIT)
        page.clock.install()
        Resident(page, hall)
        page.clock.run_for(300_000)
        expect(page.locator(".publicity")).to_have_count(0)
    finally:
        hall.close()


def test_the_demo_shows_texts_a_picture_and_its_question_at_rest(hall, people, picture):
    page = people.page(PORTRAIT)
    page.clock.install()
    Resident(page, hall)
    page.clock.run_for(92_000)
    expect(page.locator(".publicity h1")).to_contain_text("先问清楚要带什么")
    expect(page.locator(".awareness")).to_contain_text("您知道村里可以代办吗")
    page.clock.run_for(13_000)
    expect(page.locator(".publicity img")).to_be_visible()
    eventually("the picture is drawn", lambda: page.evaluate("document.querySelector('.publicity img').naturalWidth") == 1400)
    picture(page, "touch-demo-at-rest")


def test_the_screen_is_read_aloud_until_the_resident_has_left(hall, people, picture):
    page = people.page(PORTRAIT)
    page.clock.install()
    said = []
    page.on("request", lambda sent: said.append(sent.post_data_json["text"]) if "/v1/readings" in sent.url else None)
    resident = Resident(page, hall)
    assert said == []
    key = page.locator("#foot .read")
    expect(key).to_have_attribute("aria-pressed", "false")
    with page.expect_response("**/v1/readings") as answered:
        key.press("Enter")
    assert answered.value.status == 200 and answered.value.headers["content-type"] == "audio/wav"
    expect(key).to_have_attribute("aria-pressed", "true")
    assert "办事取号" in said[0]
    resident.press("社会保障卡补换")
    assert resident.asked() == "原来的卡怎么了"
    # Asking the page lets the requests that it has made be heard of.
    eventually("the question is read", lambda: page.title() and "原来的卡怎么了" in said)
    picture(page, "touch-reading")
    # What the keyboard reaches is said too.
    before = len(said)
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "损坏换卡"
    eventually("the answer in focus is read", lambda: page.title() and "损坏换卡" in said[before:])
    page.clock.run_for(62_000)
    expect(page.locator(".screen.home")).to_be_visible()
    expect(page.locator("#foot .read")).to_have_attribute("aria-pressed", "false")
    count = len(said)
    resident.press("我不清楚")
    expect(page.get_by_role("heading", name="没关系")).to_be_visible()
    assert len(said) == count


def test_a_hall_that_cannot_read_says_so(hall, people):
    page = people.page(SMALL)
    page.route("**/v1/readings", lambda route: route.fulfill(status=404, json={"code": "cannot_speak", "title": "", "detail": ""}))
    Resident(page, hall)
    page.locator("#foot .read").click()
    expect(page.locator("#notes")).to_contain_text("现在不能朗读")
    page.locator("#foot .read").click()
    expect(page.locator("#notes")).not_to_contain_text("现在不能朗读")


def test_the_strip_shows_badge_and_photo_and_does_without(shown_hall, people, picture):
    small = {"width": 800, "height": 480}
    strips = {window: Board(people.page(small), shown_hall, window=window).page for window in (1, 2)}
    for page in strips.values():
        expect(page.locator(".clerk")).to_be_hidden()
    Clerk(people.page(), shown_hall, "AJ001", 1)
    Clerk(people.page(), shown_hall, "AJ002", 2)
    for window, badge in ((1, "AJ001"), (2, "AJ002")):
        page = strips[window]
        expect(page.locator(".clerk .badge")).to_have_text(f"工号 {badge}")
    expect(strips[1].locator(".clerk .photo")).to_be_visible()
    eventually("the photo loads", lambda: strips[1].evaluate("document.querySelector('.photo').naturalWidth === 1"))
    expect(strips[2].locator(".clerk .photo")).to_be_hidden()
    picture(strips[1], "strip-photo")
    picture(strips[2], "strip-no-photo")
    for page in strips.values():
        assert findings(page) == []
    # Names stay inside where the configuration does not show them.
    expect(strips[1].locator(".clerk .name")).to_have_text("演示员甲")
    expect(strips[1].locator(".clerk .party")).to_be_visible()
    assert "演示员" not in strips[2].content()
    expect(strips[2].locator(".clerk .party")).to_be_hidden()


def test_the_strip_shows_a_substitute_and_what_to_do_while_the_window_pauses(shown_hall, people, picture):
    strip = Board(people.page({"width": 800, "height": 480}), shown_hall, window=1).page
    clerk = Clerk(people.page(), shown_hall, "AJ001", 1)
    expect(strip.locator(".clerk .badge")).to_have_text("工号 AJ001")
    chief = shown_hall.sign_in("AJ100")
    _, today, _ = shown_hall.request(shown_hall.hall, "GET", "/v1/today", cookie=chief)
    note = {"badge": "AJ002", "date": today["date"], "kind": "substitute", "substituted": "AJ001"}
    assert shown_hall.request(shown_hall.hall, "POST", "/v1/attendance/notes", note, cookie=chief)[0] == 201
    clerk.page.get_by_role("button", name="暂停").click()
    clerk.page.keyboard.press("2")
    expect(strip.locator(".turn .words")).to_have_text("暂停服务")
    expect(strip.locator(".turn .pause")).to_have_text("办事请到 2 号窗口")
    expect(strip.locator(".clerk .badge")).to_have_text("工号 AJ002（顶岗）")
    # The name and the sign were the other's.
    expect(strip.locator(".clerk .name")).to_be_hidden()
    assert "休息" not in strip.content()
    picture(strip, "strip-substitute")

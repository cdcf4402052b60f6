"""Pages for everybody: axe-core without findings, touch targets, type sizes, at every size of panel."""

import importlib.util
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from people import LANDSCAPE, PANELS, PORTRAIT, SMALL, Board, Clerk, Resident
from testkit.paths import ROOT
from testkit.waiting import eventually

AXE = Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js"
# Beside axe's ordinary rules, text at 7:1 (WCAG 2.2 SC 1.4.6).
OPTIONS = {"rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}}


def findings(page):
    # The tests' script is injected through the browser's debugging protocol, which the page's Content-Security-Policy does not block.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text() + "; undefined")
    result = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        (one["id"], node["target"], node.get("failureSummary", "")[:200]) for one in result["violations"] for node in one["nodes"]
    ]


def texts_under(page, pixels):
    return page.evaluate(
        """least => [...document.querySelectorAll('body *')].filter(one =>
          [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) &&
          one.getClientRects().length && !one.closest('.unseen') &&
          parseFloat(getComputedStyle(one).fontSize) < least).map(one => one.textContent)""",
        pixels)


def targets(page):
    """Every button's box, and whether it lies on the screen; what stands on another page of its list is none."""
    return page.evaluate(
        """() => [...document.querySelectorAll('button')].filter(one => one.getClientRects().length).filter(one => {
          const box = one.getBoundingClientRect();
          const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return !one.closest('.box') || (hit !== null && one.contains(hit));
        }).map(one => {
          const box = one.getBoundingClientRect();
          return { name: one.textContent, x: box.left, w: box.width, h: box.height, top: box.top, bottom: box.bottom,
            inside: box.left >= 0 && box.right <= innerWidth + 1 && box.top >= 0 && box.bottom <= innerHeight + 1 };
        })""")


def check_targets(page, where):
    boxes = targets(page)
    assert boxes, where
    for box in boxes:
        assert box["inside"], (where, box)
        assert box["h"] >= 95.5 and box["w"] >= 95.5, (where, box)
    for index, one in enumerate(boxes):
        for other in boxes[index + 1:]:
            apart_x = max(one["x"], other["x"]) - min(one["x"] + one["w"], other["x"] + other["w"])
            apart_y = max(one["top"], other["top"]) - min(one["bottom"], other["bottom"])
            assert max(apart_x, apart_y) >= 11.5, (where, one, other)


def walk(resident):
    """The kiosk's screens, one after the other, by name."""
    page = resident.page
    yield "home"
    resident.reach(page.locator(".departments .chip").nth(3)).click()
    expect(page.locator(".screen.department")).to_be_visible()
    yield "department"
    resident.reach(page.locator(".items .chip").first).click()
    assert resident.asked() == "家里有这些情况吗"
    yield "question"
    resident.answer("都不是")
    assert resident.asked() == ""
    yield "item"
    resident.reach(page.locator(".mark-missing").first).click()
    page.locator("#foot").get_by_role("button", name="首页").click()
    resident.reach(page.locator(".departments .chip", has_text="养老服务")).click()
    resident.reach(page.locator(".items .chip", has_text="高龄津贴")).click()
    assert resident.asked()
    yield "question-elsewhere"
    resident.answer("本人申请")
    assert resident.asked() == ""
    yield "item-elsewhere"
    page.locator("#foot").get_by_role("button", name="首页").click()
    resident.press("查找事项")
    page.locator("#query").fill("sh")
    expect(page.locator(".items .chip").first).to_be_visible()
    yield "search"
    page.locator("#foot").get_by_role("button", name="首页").click()
    resident.press("我不清楚")
    yield "consult"
    page.locator("#foot").get_by_role("button", name="首页").click()
    resident.take()
    expect(page.locator(".paper-out")).to_be_visible()
    yield "ticket"


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("size", ["标准", "大字", "特大"])
def test_every_screen_of_the_kiosk_can_be_read_and_pressed(hall, people, picture, panel, size):
    page = people.page(PANELS[panel])
    resident = Resident(page, hall)
    page.get_by_role("button", name=size, exact=True).click()
    for screen in walk(resident):
        where = f"{screen} {panel} {size}"
        check_targets(page, where)
        assert texts_under(page, 20) == [], where
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
        if size != "标准":
            picture(page, f"touch-{screen}-{'large' if size == '大字' else 'extra'}")


@pytest.mark.parametrize("panel, contrast", [("1080x1920", "ordinary"), ("1366x768", "high")])
def test_axe_finds_nothing_on_the_kiosk(hall, people, picture, panel, contrast):
    page = people.page(PANELS[panel])
    resident = Resident(page, hall)
    if contrast == "high":
        page.get_by_role("button", name="高对比").click()
    for screen in walk(resident):
        assert findings(page) == [], screen
        if contrast == "high":
            picture(page, f"touch-{screen}-contrast")


def test_axe_finds_nothing_in_english(hall, people):
    page = people.page(SMALL)
    resident = Resident(page, hall)
    page.get_by_role("button", name="English").click()
    assert findings(page) == []
    check_targets(page, "English")
    resident.reach(page.locator(".frequent .chip").first).click()
    expect(page.locator(".answers")).to_be_visible()
    assert findings(page) == []
    check_targets(page, "English question")
    page.locator(".answer").first.press("Enter")
    expect(page.locator("h1")).to_have_text("谁来办理")
    page.locator(".answer").first.press("Enter")
    expect(page.locator(".materials")).to_be_visible()
    assert findings(page) == []
    check_targets(page, "English list")


def test_axe_finds_nothing_when_something_is_wrong(hall, people):
    hall.break_printer("kiosk-1", "paper_out")
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    expect(page.locator("#notes")).to_contain_text("不能打印")
    assert findings(page) == []
    resident.page.locator("#foot .help").click()
    resident.take()
    expect(page.locator(".paper-away, .paper-failed")).to_be_visible()
    assert findings(page) == []
    check_targets(page, "number without paper")


def test_axe_finds_nothing_at_the_window(hall, people):
    page = people.page(SMALL)
    page.goto(f"{hall.desk_url}/window/")
    expect(page.locator("#badge")).to_be_visible()
    assert findings(page) == []
    hall.break_printer("kiosk-2", "paper_out")
    for _ in range(3):
        hall.join(["MZ-004"])
    clerk = Clerk(page, hall)
    hall.ask("POST", "/v1/help", {"kiosk": "kiosk-1"})
    expect(page.locator(".rings .banner")).to_be_visible()
    assert findings(page) == []
    clerk.call()
    clerk.press("serve")
    clerk.press("suspend")
    expect(page.locator(".list.suspended .number")).to_be_visible()
    assert findings(page) == []
    clerk.page.get_by_role("button", name="代取号").click()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="对比").click()
    assert findings(page) == []
    page.set_viewport_size({"width": 420, "height": 160})
    page.goto(f"{hall.desk_url}/window/?strip")
    expect(page.locator(".stripe")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("button", name="更多").click()
    assert findings(page) == []


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_axe_finds_nothing_in_the_dialogs_of_a_window(hall, people, language):
    """Every dialog that a clerk can open from the bar and the row of verbs, in both languages and by the keyboard."""
    for _ in range(3):
        hall.join()
    words = json.loads((ROOT / "Kiosk" / "locales" / f"{language}.json").read_text())
    page = people.page(SMALL)
    clerk = Clerk(page, hall)
    clerk.call()
    page.goto(f"{hall.desk_url}/window/?lang={language}")
    expect(clerk.verb("main")).to_be_enabled()
    assert page.locator("html").get_attribute("lang") == language
    assert findings(page) == []
    dialog = page.get_by_role("dialog")
    for name in ("takeFor", "reservations", "noticeFor", "why", "printers", "pause"):
        page.get_by_role("button", name=words[f"bar.{name}"], exact=True).focus()
        page.keyboard.press("Enter")
        expect(dialog).to_be_visible()
        assert findings(page) == [], name
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    # 转号: where to, why, in words.
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("Digit8")
    for _ in range(2):
        assert findings(page) == [], dialog.inner_text()
        page.keyboard.press("Enter")
    assert findings(page) == []


def test_axe_finds_nothing_on_the_boards_and_the_dock(hall, people):
    board = Board(people.page(LANDSCAPE), hall)
    hall.join()
    Clerk(people.page(), hall).call()
    expect(board.number).to_have_text("A001")
    assert findings(board.page) == []
    eventually("the flash is over", lambda: board.page.locator(".fresh").count() == 0)
    assert findings(board.page) == []
    strip = Board(people.page({"width": 800, "height": 480}), hall, window=1)
    assert findings(strip.page) == []
    dock = people.page()
    dock.goto(f"{hall.kiosk_url}/dock/")
    expect(dock.locator(".printer").first).to_be_visible()
    assert findings(dock) == []


def test_controls_lie_low_and_lower_still_for_who_sits(hall, people, picture):
    page = people.page(PORTRAIT)
    Resident(page, hall)
    top = page.locator(".take").bounding_box()["y"]
    assert top >= PORTRAIT["height"] * 0.38
    page.get_by_role("button", name="轮椅").click()
    assert page.locator(".take").bounding_box()["y"] > top + 100
    check_targets(page, "low")
    picture(page, "touch-low")


def test_the_pages_ask_for_nothing_elsewhere_and_need_no_inline_code(hall, people):
    page = people.page()
    asked = []
    page.on("request", lambda sent: asked.append(sent.url))
    resident = Resident(page, hall)
    resident.take()
    assert asked and all(url.startswith(hall.kiosk_url) for url in asked)
    policy = page.request.get(f"{hall.kiosk_url}/touch/").headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy


def test_the_pages_stay_within_the_declared_browsers():
    """Chromium 90 is the oldest browser supported; what came later is not used."""
    later = [
        "structuredClone", ".at(", "Object.hasOwn", "randomUUID", "AbortSignal.timeout", "findLast", ".toSorted",
        ":has(", "@container", "color-mix(", "dvh", "svh", "@layer", "inert", "accent-color-mix", "text-wrap",
    ]
    found = [
        (file.name, word)
        for file in (ROOT / "Kiosk").rglob("*") if file.suffix in (".js", ".css", ".html")
        for word in later if word in file.read_text()
    ]
    assert found == []

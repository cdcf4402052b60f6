"""Gestures on a kiosk: whatever a finger does beside pressing a button is undone before the next resident.

Touches come from Chromium's own input pipeline (CDP Input), as a touch screen's would, not from events made in the page.
"""

import re
import tempfile

import pytest
from playwright.sync_api import expect

from people import LANDSCAPE, PANELS, PORTRAIT, Board, Resident
from testkit.paths import ROOT
from testkit.waiting import eventually

PLAIN = "<!doctype html><meta name=viewport content='width=device-width'><p style='height:3000px;width:3000px'>Text to zoom and to select.</p>"


class Hand:
    """A hand on a touch screen."""

    def __init__(self, page):
        self.page = page
        self.cdp = page.context.new_cdp_session(page)

    def touch(self, kind, *points):
        self.cdp.send("Input.dispatchTouchEvent", {
            "type": kind,
            "touchPoints": [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(points)]})

    def pinch(self, x, y, factor=2.5, source="touch"):
        self.cdp.send("Input.synthesizePinchGesture", {
            "x": x, "y": y, "scaleFactor": factor, "relativeSpeed": 1200, "gestureSourceType": source})

    def spread(self, x, y):
        """Two fingers that part, touch by touch."""
        self.touch("touchStart", (x - 20, y), (x + 20, y))
        for step in range(1, 12):
            self.touch("touchMove", (x - 20 - 12 * step, y), (x + 20 + 12 * step, y))
        self.touch("touchEnd")

    def double_tap(self, x, y):
        self.cdp.send("Input.synthesizeTapGesture", {"x": x, "y": y, "tapCount": 2, "gestureSourceType": "touch"})

    def swipe(self, x, y, to_x, to_y, steps=12):
        self.touch("touchStart", (x, y))
        for step in range(1, steps + 1):
            self.touch("touchMove", (x + (to_x - x) * step / steps, y + (to_y - y) * step / steps))
        self.touch("touchEnd")

    def press_long(self, x, y):
        self.cdp.send("Input.synthesizeTapGesture", {
            "x": x, "y": y, "duration": 1500, "tapCount": 1, "gestureSourceType": "touch"})

    def draw_over(self, x, y, to_x, to_y):
        """A mouse's drag over text, as a touch screen in mouse mode makes it."""
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(to_x, to_y, steps=8)
        self.page.mouse.up()


# Zooming and scrolling end within the frames after a touch.
TRACES = """async () => {
  for (let frame = 0; frame < 4; frame += 1) await new Promise((next) => requestAnimationFrame(next));
  return ({
  scale: visualViewport.scale,
  moved: [visualViewport.offsetLeft, visualViewport.offsetTop, visualViewport.pageLeft, visualViewport.pageTop],
  scrolled: [scrollX, scrollY, document.body.scrollLeft, document.body.scrollTop],
  selected: String(getSelection()),
  ratio: devicePixelRatio,
  width: innerWidth,
  address: location.href,
  menus: window.menus || 0,
  });
}"""

# Counts menus that the page let the browser open.
MENUS = """() => {
  window.menus = 0;
  addEventListener('contextmenu', (event) => { if (!event.defaultPrevented) window.menus += 1; });
}"""


def everything(hand, size):
    """All that fingers do beside pressing, over the whole of a screen."""
    width, height = size["width"], size["height"]
    middle = (width // 2, height // 2)
    hand.pinch(*middle)
    hand.spread(*middle)
    hand.pinch(width // 2, height // 4, 0.4)
    hand.pinch(*middle, source="mouse")
    for x, y in (middle, (width // 3, height // 5), (width // 2, 40)):
        hand.double_tap(x, y)
    for y in (height // 5, height // 2):
        hand.swipe(2, y, width - 20, y)
        hand.swipe(width - 2, y, 20, y)
    hand.swipe(width // 2, 2, width // 2, height - 30)
    hand.swipe(width // 2, height - 2, width // 2, 30)
    hand.press_long(width // 4, 40)
    hand.draw_over(30, 30, width - 60, height // 4)


def test_a_page_without_the_guard_is_zoomed_and_selected_by_the_same_hand(people):
    """The control: without the page's protection each gesture has the effect that the tests below exclude."""
    page = people.page(LANDSCAPE, has_touch=True)
    page.set_content(PLAIN)
    hand = Hand(page)
    hand.draw_over(5, 20, 400, 30)
    assert page.evaluate("String(getSelection())") != ""
    hand.spread(500, 400)
    page.wait_for_function("visualViewport.scale > 1.2")


def test_the_browsers_command_line_in_the_manual_lets_a_page_speak_untouched(chromium):
    """The flags of docs/OPERATING.md, as a kiosk's unit starts chromium with them."""
    manual = (ROOT / "docs" / "OPERATING.md").read_text()
    command = re.search(r"^    chromium (--kiosk (?:.*\\\n)*.*)$", manual, re.MULTILINE).group(1)
    flags = [one for one in command.replace("\\\n", " ").split() if one.startswith("--")]
    assert {"--kiosk", "--disable-pinch", "--overscroll-history-navigation=0"} <= set(flags)
    # The profile is playwright's to choose.
    flags = [one for one in flags if not one.startswith("--user-data-dir")]
    with tempfile.TemporaryDirectory() as profile:
        context = chromium.browser_type.launch_persistent_context(
            profile, executable_path="/usr/bin/chromium", args=["--no-sandbox", *flags], no_viewport=True)
        try:
            page = context.pages[0]
            page.set_content(PLAIN)
            page.evaluate("() => { window.sound = new AudioContext(); }")
            page.wait_for_function("sound.state === 'running'")
        finally:
            context.close()


@pytest.mark.parametrize("size", PANELS.values(), ids=PANELS.keys())
def test_no_gesture_leaves_a_trace_at_the_kiosk(hall, people, size, picture):
    page = people.page(size, has_touch=True)
    # Where a swipe from the edge would lead to.
    page.goto(f"{hall.kiosk_url}/locales/en.json")
    resident = Resident(page, hall)
    page.evaluate(MENUS)
    hand = Hand(page)
    before = page.evaluate(TRACES)
    everything(hand, size)
    # A double tap may have pressed a button. That is its purpose, and the reset removes the effect.
    page.evaluate("() => document.activeElement && document.activeElement.blur()")
    assert page.evaluate(TRACES) == before
    if page.locator(".screen.home").count() == 0:
        page.get_by_role("button", name="首页").click()
    expect(page.locator(".screen.home")).to_be_visible()
    resident.press("查找事项")
    page.locator("#query").fill("社保")
    field = page.locator("#query").bounding_box()
    hand.press_long(field["x"] + 60, field["y"] + field["height"] / 2)
    hand.double_tap(field["x"] + 60, field["y"] + field["height"] / 2)
    everything(hand, size)
    page.get_by_role("button", name="首页").first.click()
    expect(page.locator(".screen.home")).to_be_visible()
    assert page.evaluate(TRACES) == before
    picture(page, f"touch-after-gestures-{size['width']}x{size['height']}")
    # A number can still be taken as usual.
    page.wait_for_timeout(500)
    assert resident.take() == "A001" or page.locator(".ticket .number").inner_text().startswith("A")


def test_lists_still_move_under_a_finger(hall, people):
    page = people.page(PORTRAIT, has_touch=True)
    Resident(page, hall)
    page.evaluate("""() => {
      const list = document.createElement('div');
      list.id = 'long';
      Object.assign(list.style, { position: 'fixed', inset: '0', overflowY: 'auto', zIndex: '99' });
      const inside = document.createElement('p');
      inside.style.height = '6000px';
      list.append(inside);
      document.body.append(list);
    }""")
    Hand(page).swipe(500, 1500, 500, 300)
    eventually("the list has moved", lambda: page.evaluate("document.getElementById('long').scrollTop") > 200)


def test_keys_that_would_leave_or_zoom_the_page_do_nothing(hall, people):
    page = people.page(LANDSCAPE)
    page.goto(f"{hall.kiosk_url}/locales/en.json")
    Resident(page, hall)
    before = page.evaluate(TRACES)
    for keys in ("Control+Equal", "Control+Minus", "Alt+ArrowLeft", "F5", "Control+r", "Control+p", "Control+a"):
        page.keyboard.press(keys)
    page.mouse.wheel(0, 0)
    expect(page.locator(".screen.home")).to_be_visible()
    assert page.evaluate(TRACES) == before


def test_no_gesture_leaves_a_trace_on_a_board(hall, people):
    page = people.page(LANDSCAPE, has_touch=True)
    Board(page, hall)
    page.evaluate(MENUS)
    before = page.evaluate(TRACES)
    everything(Hand(page), LANDSCAPE)
    assert page.evaluate(TRACES) == before


def test_a_finger_that_was_lifted_unseen_does_not_hold_the_screen(hall, people):
    page = people.page(LANDSCAPE, has_touch=True)
    Resident(page, hall)
    hand = Hand(page)
    # Two fingers go down, and only the end of one is told.
    hand.touch("touchStart", (300, 300), (900, 300))
    hand.touch("touchEnd")
    hand.double_tap(20, 20)
    hall.join()
    expect(page.locator(".take")).to_contain_text("前面 1 人")

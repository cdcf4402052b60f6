"""Numbers of four figures: the longest number that a hall can call is shown completely on every screen."""

import pytest
from playwright.sync_api import expect

from people import PANELS, PORTRAIT, SMALL, Board, Clerk, Resident
from testkit.hall import Hall


def thousands(settings):
    """Lanes with wide letters late on a busy day, and windows of two figures."""
    settings["kiosks"] = [{"id": "kiosk-1", "printer": "none"}]
    settings["lanes"] = [
        {"letter": "W", "name": "综合服务（社保医保民政）", "comprehensive": True, "start": 9800},
        {"letter": "M", "name": "民政与退役军人事务", "groups": ["社保"], "start": 9988},
        {"letter": "E", "name": "出件", "groups": ["出件"], "start": 9000},
        {"letter": "H", "name": "公安户籍", "groups": ["公安户籍"], "start": 8888},
        {"letter": "Q", "name": "税务", "groups": ["医保"], "start": 8888},
    ]
    settings["windows"] = [{"number": 90 + n, "name": "综合窗口", "lanes": ["W", "M", "E", "H", "Q"]} for n in range(1, 10)]
    staff = settings["staff"]
    pattern = next(one for one in staff if one["badge"] == "AJ001")
    known = {one["badge"] for one in staff}
    staff += [{**pattern, "badge": f"AJ00{n}"} for n in range(1, 10) if f"AJ00{n}" not in known]


@pytest.fixture(scope="module")
def busy():
    hall = Hall(thousands)
    for _ in range(24):
        hall.join()
    yield hall
    hall.close()


# Texts that do not lie whole inside their boxes, and boxes that do not lie whole inside the screen or over one another.
CUT = """(selectors) => {
  const found = [];
  for (const one of document.querySelectorAll(selectors)) {
    if (!one.getClientRects().length) continue;
    const range = document.createRange();
    range.selectNodeContents(one);
    const whole = range.getBoundingClientRect();
    if (!whole.width) continue;
    // Of a line's box the figures' ink takes the middle: a font for Chinese has room for 1.45 em, figures need 0.75.
    const spare = Math.max(0, (whole.height - 0.8 * parseFloat(getComputedStyle(one).fontSize)) / 2);
    const text = { left: whole.left, right: whole.right, width: whole.width, top: whole.top + spare, bottom: whole.bottom - spare };
    const name = `${one.className || one.tagName} “${one.textContent}”`;
    if (text.left < -1 || text.right > innerWidth + 1 || text.bottom > innerHeight + 1) found.push(`${name} leaves the screen`);
    if (range.getClientRects().length > 1 && one.children.length === 0 && one.className !== 'became') found.push(`${name} is broken`);
    for (let box = one; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      const frame = box.getBoundingClientRect();
      if (style.overflowX !== 'visible' && (text.right > frame.right + 1 || text.left < frame.left - 1)) found.push(`${name} is cut by ${box.className}`);
    }
    const row = one.closest('li, p, div');
    for (const other of row.children) {
      if (other === one || other.contains(one) || one.contains(other) || !other.getClientRects().length) continue;
      const near = other.getBoundingClientRect();
      if (near.width && near.left < text.right - 1 && near.right > text.left + 1 && near.top < text.bottom - 2 && near.bottom > text.top + 2)
        found.push(`${name} lies over ${other.className || other.tagName}`);
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def called(busy):
    """A hall in which nine windows have called; two serve, one has missed."""
    cookies = {n: busy.sign_in(f"AJ00{n}") for n in range(1, 10)}
    for n, cookie in cookies.items():
        def press(verb):
            return busy.ask("POST", f"/v1/windows/{90 + n}/{verb}", {}, port=busy.hall, cookie=cookie)
        press("open")
        press("calls")
        if n in (2, 5):
            press("serve")
        if n in (3, 6, 7, 8):
            press("miss")
    return busy


@pytest.mark.parametrize("size", PANELS.values(), ids=PANELS.keys())
def test_the_board_holds_the_longest_number(called, people, size, picture):
    board = Board(people.page(size), called)
    expect(board.number).to_have_text("W9808")
    picture(board.page, f"board-figures-{size['width']}x{size['height']}")
    cut = board.page.evaluate(CUT, ".call .number, .call .to, .recent b, .recent .to, .recent .became, .lanes .count, p.missed b")
    assert cut == []
    # At least a third of the height of its band: the rule for the hall's last row.
    tall = board.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.call .number')).fontSize)")
    band = board.page.locator(".now").bounding_box()["height"]
    assert tall >= band / 3 - 1


@pytest.mark.parametrize("size", [{"width": 800, "height": 480}, {"width": 480, "height": 800}, SMALL, PORTRAIT])
def test_a_windows_small_screen_holds_the_longest_number(called, people, size, picture):
    screen = Board(people.page(size), called, window=99)
    expect(screen.page.locator(".number")).to_have_text("W9808")
    picture(screen.page, f"board-window-figures-{size['width']}x{size['height']}")
    assert screen.page.evaluate(CUT, ".number, .window-name, .words") == []


@pytest.mark.parametrize("size", PANELS.values(), ids=PANELS.keys())
@pytest.mark.parametrize("letters", ["standard", "large", "extra"])
def test_the_kiosk_holds_the_longest_number(busy, people, size, letters, picture):
    resident = Resident(people.page(size), busy)
    resident.page.locator(f".size-{letters}").click()
    number = resident.take()
    assert len(number) == 5
    picture(resident.page, f"touch-figures-{letters}-{size['width']}x{size['height']}")
    assert resident.page.evaluate(CUT, ".ticket .number") == []


def test_the_console_and_its_strip_hold_the_longest_number(called, people, picture):
    clerk = Clerk(people.page(SMALL), called, "AJ009", 99)
    expect(clerk.number).to_have_text("W9808")
    picture(clerk.page, "window-figures")
    assert clerk.page.evaluate(CUT, ".present .number") == []
    strip = Clerk(people.page({"width": 420, "height": 160}), called, "AJ009", 99, strip=True)
    expect(strip.page.locator(".stripe .number")).to_have_text("W9808")
    picture(strip.page, "strip-figures")
    assert strip.page.evaluate(CUT, ".stripe .number, .stripe .side span, .stripe .undo") == []

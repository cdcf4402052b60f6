"""The board: numbers and windows only, shown and spoken."""

import re

from playwright.sync_api import expect

from people import LANDSCAPE, PANELS, SMALL, Board, Clerk
from testkit.hall import Hall
from testkit.waiting import eventually
from test_halls import closed_now

# Notes when each sound begins and ends, by a wrapper around the browser's own.
EAR = """
(() => {
  const heard = (window.heard = []);
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...when) {
    const one = { from: performance.now(), length: this.buffer.duration, to: null };
    heard.push(one);
    this.addEventListener('ended', () => { one.to = performance.now(); });
    return start.apply(this, when);
  };
})();
"""


def test_each_call_is_spoken_twice_one_after_the_other_and_never_cut_off(hall, people):
    page = people.page(LANDSCAPE)
    page.add_init_script(EAR)
    asked = []
    page.on("request", lambda sent: asked.append(sent.url) if "/v1/speech" in sent.url else None)
    board = Board(page, hall)
    page.mouse.click(200, 200)
    expect(page.locator(".sound")).to_be_hidden()
    for _ in range(2):
        hall.join()
    clerks = [Clerk(people.page(), hall, "AJ001", 1), Clerk(people.page(), hall, "AJ002", 2)]
    for clerk in clerks:
        clerk.call()
    expect(board.number).to_have_text("A002")
    heard = eventually(
        "two calls spoken twice",
        lambda: (now := page.evaluate("heard")) and len(now) == 4 and all(one["to"] for one in now) and now, seconds=90)
    for one, following in zip(heard, heard[1:]):
        assert following["from"] >= one["to"]
    for one in heard:
        assert one["to"] - one["from"] >= one["length"] * 1000 * 0.9
        assert one["length"] > 1
    assert [re.search(r"number=(\w+)", url).group(1) for url in asked] == ["A001", "A002"]


def test_a_board_that_may_not_speak_says_so_and_one_touch_helps(hall, people, picture):
    board = Board(people.page(LANDSCAPE), hall)
    expect(board.page.locator(".sound")).to_contain_text("声音未打开")
    picture(board.page, "board-no-sound")
    board.page.locator(".sound").click()
    expect(board.page.locator(".sound")).to_be_hidden()


def test_the_board_knows_numbers_and_windows_only(hall, people, picture):
    board = Board(people.page(SMALL), hall)
    board.page.route("**/v1/feed/public", lambda route: route.continue_())
    hall.join(["MZ-001"])
    hall.join()
    clerk = Clerk(people.page(), hall)
    clerk.call()
    clerk.press("miss")
    expect(board.page.locator(".missed")).to_contain_text("A001")
    clerk.call()
    expect(board.number).to_have_text("A002")
    picture(board.page, "board")
    text = board.page.content()
    for secret in ("最低生活保障", "MZ-001", "AJ001", "演示员"):
        assert secret not in text


def test_a_new_call_flashes_and_then_rests(hall, people):
    page = people.page(LANDSCAPE)
    page.clock.install()
    board = Board(page, hall)
    hall.join()
    Clerk(people.page(), hall).call()
    expect(board.number).to_have_text("A001")
    expect(page.locator(".now.fresh")).to_be_visible()
    page.clock.run_for(10_000)
    expect(page.locator(".now.fresh")).to_have_count(0)


def test_the_small_screen_of_a_window(hall, people, picture):
    screen = Board(people.page({"width": 800, "height": 480}), hall, window=1)
    expect(screen.page.locator(".words")).to_have_text("暂未开放")
    hall.join()
    clerk = Clerk(people.page(), hall)
    expect(screen.page.locator(".words")).to_have_text("欢迎光临")
    clerk.call()
    expect(screen.page.locator(".words")).to_have_text("请到本窗口")
    expect(screen.page.locator(".number")).to_have_text("A001")
    picture(screen.page, "board-window")
    clerk.press("serve")
    expect(screen.page.locator(".words")).to_have_text("正在办理")
    clerk.press("finish")
    expect(screen.page.locator(".words")).to_have_text("欢迎光临")
    expect(screen.page.locator(".number")).to_be_hidden()


def test_without_its_link_a_board_says_how_to_get_one(hall, people):
    page = people.page(LANDSCAPE)
    page.goto(f"{hall.desk_url}/board/")
    expect(page.get_by_role("heading", name="此屏幕还没有接通")).to_be_visible()


# Notes which number stands large, and whether it flashes, whenever a call's words begin.
EYE = """
(() => {
  window.seen = [];
  const read = Response.prototype.arrayBuffer;
  Response.prototype.arrayBuffer = async function () {
    const bytes = await read.call(this);
    bytes.url = this.url;
    return bytes;
  };
  const decode = AudioContext.prototype.decodeAudioData;
  AudioContext.prototype.decodeAudioData = async function (bytes) {
    const url = bytes.url;
    const sound = await decode.call(this, bytes);
    sound.url = url;
    return sound;
  };
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...when) {
    window.seen.push({
      spoken: /number=(\\w+)/.exec(this.buffer.url)[1],
      shown: document.querySelector('.call .number').textContent,
      flashes: document.querySelector('.now.fresh') !== null,
    });
    return start.apply(this, when);
  };
})();
"""


def windows_of(hall, count):
    """Opens windows, each with its clerk's session; answers what presses their verbs."""
    cookies = [hall.sign_in(f"AJ00{n}") for n in range(1, count + 1)]

    def press(window, verb, body=None):
        return hall.ask("POST", f"/v1/windows/{window}/{verb}", body or {}, port=hall.hall, cookie=cookies[window - 1])

    for window in range(1, count + 1):
        press(window, "open")
    return press


def test_the_number_that_is_spoken_is_the_number_that_flashes_and_a_queue_is_spoken_shorter(hall, people):
    page = people.page(LANDSCAPE)
    page.add_init_script(EYE)
    Board(page, hall)
    page.mouse.click(200, 200)
    expect(page.locator(".sound")).to_be_hidden()
    press = windows_of(hall, 3)
    for _ in range(3):
        hall.join()
    numbers = [press(window, "calls")["number"] for window in (1, 2, 3)]
    assert numbers == ["A001", "A002", "A003"]
    eventually("all are spoken", lambda: {one["spoken"] for one in page.evaluate("seen")} == set(numbers), seconds=90)
    expect(page.locator(".now.fresh")).to_have_count(0, timeout=60_000)
    seen = page.evaluate("seen")
    for one in seen:
        assert one["shown"] == one["spoken"] and one["flashes"], seen
    # The first is spoken once, because two wait behind it; the last twice, because nobody does.
    assert [one["spoken"] for one in seen] == ["A001", "A002", "A002", "A003", "A003"]


def test_a_call_that_is_over_before_its_turn_is_not_spoken(hall, people):
    page = people.page(LANDSCAPE)
    page.add_init_script(EYE)
    Board(page, hall)
    page.mouse.click(200, 200)
    press = windows_of(hall, 3)
    for _ in range(3):
        hall.join()
    for window in (1, 2, 3):
        press(window, "calls")
    # Who was called second has been quick.
    press(2, "serve")
    eventually("the third is spoken", lambda: "A003" in [one["spoken"] for one in page.evaluate("seen")], seconds=90)
    assert "A002" not in [one["spoken"] for one in page.evaluate("seen")]


def test_a_call_that_was_missed_or_is_over_does_not_stand_as_a_call(hall, people, picture):
    board = Board(people.page(LANDSCAPE), hall)
    press = windows_of(hall, 2)
    for _ in range(2):
        hall.join()
    row = board.page.locator(".recent li")
    press(1, "calls")
    expect(board.number).to_have_text("A001")
    press(1, "miss")
    expect(board.page.locator(".call")).to_be_hidden()
    expect(row).to_have_count(1)
    expect(row).to_contain_text("过号")
    expect(board.page.locator("p.missed")).to_contain_text("A001")
    press(2, "calls")
    press(2, "serve")
    expect(board.number).to_have_text("A002")
    expect(board.page.locator(".call .please")).to_have_text("正在办理")
    picture(board.page, "board-marks")
    press(2, "finish")
    expect(board.page.locator(".call")).to_be_hidden()
    expect(row).to_have_count(2)
    expect(row.first).to_contain_text("办完")
    # Back again: nothing of the missed call stays.
    code = hall.tickets("missed")[0]["id"]
    hall.ask("POST", f"/v1/tickets/{code}/check-in", {})
    expect(row).to_have_count(1)
    expect(board.page.locator("p.missed")).not_to_contain_text("A001")


def test_windows_that_are_paused_are_named(hall, people, picture):
    board = Board(people.page(LANDSCAPE), hall)
    press = windows_of(hall, 3)
    expect(board.page.locator(".paused")).to_be_hidden()
    for window in (1, 3):
        press(window, "pause", {"reason": "meal"})
    expect(board.page.locator(".paused")).to_have_text("暂停服务：1、3 号窗口")
    assert "meal" not in board.page.content() and "用餐" not in board.page.content()
    picture(board.page, "board-paused")
    press(1, "open")
    expect(board.page.locator(".paused")).to_have_text("暂停服务：3 号窗口")


def test_a_closed_hall_says_when_it_opens(people, picture):
    hall = Hall(closed_now)
    try:
        board = Board(people.page(LANDSCAPE), hall)
        expect(board.page.locator(".welcome")).to_contain_text("现在不办公")
        expect(board.page.locator(".welcome .opens")).to_have_text(re.compile(r"\d\d:00 开门"))
        picture(board.page, "board-closed")
        strip = Board(people.page({"width": 800, "height": 480}), hall, window=1)
        expect(strip.page.locator(".opens:not(.pause)")).to_have_text(re.compile(r"\d\d:00 开门"))
        picture(strip.page, "board-window-closed")
    finally:
        hall.close()


def test_a_board_that_lost_the_hall_says_so_in_letters_for_the_last_row(hall, people, picture):
    pages = [Board(people.page(size), hall).page for size in PANELS.values()]
    hall.stop()
    for page in pages:
        banner = page.locator(".banner.stale")
        expect(banner).to_be_visible(timeout=40_000)
        letters = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.banner.stale')).fontSize)")
        size = page.viewport_size
        assert letters >= 0.036 * min(size["width"], size["height"] * 1.4)
        picture(page, f"board-stale-{size['width']}x{size['height']}")
        for part in (".now", ".below", ".line"):
            box = page.locator(part).bounding_box()
            assert box["y"] + box["height"] <= size["height"] + 1


# Elements in a wrong position: under the banner, outside the screen, or cut by the list or panel that holds them.
HIDDEN = """
() => {
  const box = (one) => one.getBoundingClientRect();
  const banner = document.querySelector('.board > .banner');
  const top = banner.hidden ? 0 : box(banner).bottom;
  const holders = '.recent, .lanes, .panel, .now';
  const shown = (one) => box(one).width > 0;
  return [...document.querySelectorAll('.call .number, .call .to, .top > *, .recent b, .recent .to, .lanes .name, .lanes .count, .told, p.missed, .line')]
    .filter(shown)
    .flatMap((one) => {
      const { top: above, bottom, right } = box(one);
      const holder = one.parentElement.closest(holders);
      const inside = holder ? box(holder) : { top, bottom: innerHeight };
      const out = [above < top - 1, bottom > innerHeight + 1, right > innerWidth + 1, bottom > inside.bottom + 1, above < inside.top - 1];
      return out.some(Boolean) ? [`${one.className || one.tagName} ${one.textContent}: ${Math.round(above)}-${Math.round(bottom)}`] : [];
    });
}
"""


def test_the_banner_of_a_board_that_goes_on_elsewhere_hides_no_number_and_no_lane(hall, people, picture):
    """A full board at each size: the banner takes its room from the empty space of the large call."""
    sizes = {"1280x720": {"width": 1280, "height": 720}, **PANELS}
    press = windows_of(hall, 3)
    for _ in range(9):
        hall.join()
    for _ in range(2):
        for window in (1, 2):
            press(window, "calls")
            press(window, "miss")
    for window in (1, 2, 3):
        press(window, "calls")
    press(2, "miss")
    press(2, "pause", {"reason": "meal"})
    for name, size in sizes.items():
        page = people.page(size)
        told = {"doors": ["https://192.168.7.8:7443"], "decides": True, "pass": None}
        page.route("**/v1/board/machines", lambda route, _, told=told: route.fulfill(json=told))
        board = Board(page, hall)
        expect(board.number).to_be_visible()
        expect(page.locator(".recent li")).to_have_count(6)
        assert page.evaluate(HIDDEN) == []
        told["decides"] = False
        expect(page.locator(".banner .going")).to_contain_text("自动换到另一台机器")
        picture(page, f"board-leaves-{name}")
        assert page.evaluate(HIDDEN) == [], name

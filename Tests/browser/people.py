"""The people who use the pages: a resident, a clerk, a board's viewer."""

import time

from playwright.sync_api import expect

from testkit.demo_hall import SECRET

PORTRAIT = {"width": 1080, "height": 1920}
LANDSCAPE = {"width": 1920, "height": 1080}
SMALL = {"width": 1366, "height": 768}
PANELS = {"1080x1920": PORTRAIT, "1920x1080": LANDSCAPE, "1366x768": SMALL}


def lies_open(target):
    """Whether a finger in the middle of `target` meets it."""
    return target.evaluate(
        """one => { const box = one.getBoundingClientRect();
                    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                    return hit !== null && one.contains(hit); }""")


# Seconds and pixels in which the touch page takes a second touch for a trembling finger, and a little more.
TREMBLING_TIME = 0.45
TREMBLING_REACH = 60


class Resident:
    """Somebody before a kiosk."""

    def __init__(self, page, hall, kiosk="kiosk-1"):
        self.page = page
        self.hall = hall
        # Where and when the finger touched last.
        self.touched = None
        hall.browsers.append(lambda: self.pages())
        # An event about a card or a code is sent once, to the feeds that are open then.
        with page.expect_response(lambda answer: "/v1/feed/kiosk" in answer.url):
            page.goto(f"{hall.kiosk_url}/touch/?kiosk={kiosk}")
        expect(page.locator(".screen.home")).to_be_visible()
        expect(page.locator(".frequent .chip").first).to_be_attached()

    def pages(self):
        """The secrets of the touch pages in this browser, by cookie; none once it is closed."""
        if self.page.is_closed():
            return {}
        found = self.page.context.cookies(self.hall.kiosk_url)
        return {one["name"]: one["value"] for one in found if one["name"].startswith("yichuang_page_")}

    @property
    def number(self):
        return self.page.locator(".ticket .number")

    def take(self):
        """办事取号 where one touch is enough; answers the number."""
        self.page.locator(".take").click()
        expect(self.number).to_be_visible()
        return self.number.inner_text()

    def press(self, words):
        self.touch(self.reach(self.page.get_by_role("button", name=words).first))

    def touch(self, target):
        """A touch of its own, not the trembling of the finger that touched the last one."""
        box = target.bounding_box()
        point = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if self.touched:
            (x, y), at = self.touched
            is_near = abs(x - point[0]) < TREMBLING_REACH and abs(y - point[1]) < TREMBLING_REACH
            # A person who reads the next screen before touching takes longer than this.
            if is_near:
                time.sleep(max(0, at + TREMBLING_TIME - time.monotonic()))
        target.click()
        self.touched = point, time.monotonic()

    def reach(self, target):
        """Turns the pages of the list that `target` stands in until it lies open under a finger."""
        expect(target).to_be_attached()
        for _ in range(30):
            if lies_open(target):
                break
            turn = target.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' pager ')]").locator(".turn").last
            if not turn.count() or turn.is_disabled():
                break
            turn.evaluate("one => one.click()")
        return target

    def open_item(self, code_or_name, *answers):
        """The list of an item's materials; questions are answered in these words, beyond them by their first answer."""
        self.press("查找事项")
        self.page.locator("#query").fill(code_or_name)
        self.reach(self.page.locator(".items .chip").first).click()
        said = list(answers)
        while self.asked():
            self.answer(said.pop(0) if said else "")
        expect(self.page.locator(".materials, .layout > .hint").first).to_be_visible()

    def asked(self):
        """The question on the screen; empty when the list is there."""
        expect(self.page.locator(".answers, .materials").first).to_be_visible()
        return self.page.locator("h1").inner_text() if self.page.locator(".answers").count() else ""

    def answer(self, words):
        """Presses an answer, by the keyboard: a second touch at the same point within 0.4 s would be ignored as a trembling finger."""
        answers = self.page.locator(".answers").element_handle()
        self.page.locator(".answer", has_text=words).first.press("Enter")
        answers.wait_for_element_state("hidden")


class Clerk:
    """Somebody at a window, signed in."""

    def __init__(self, page, hall, badge="AJ001", window=1, strip=False):
        self.page = page
        self.hall = hall
        page.goto(f"{hall.desk_url}/window/{'?strip' if strip else ''}")
        page.locator("#badge").fill(badge)
        page.locator("#secret").fill(SECRET)
        page.locator("#window").select_option("" if window is None else str(window))
        page.get_by_role("button", name="登录").click()
        expect(page.locator(".stripe" if strip else ".console")).to_be_visible()

    @property
    def number(self):
        return self.page.locator(".present .number")

    def verb(self, name):
        return self.page.locator(f'[data-verb="{name}"]')

    def press(self, name):
        button = self.verb(name)
        expect(button).to_be_enabled()
        button.click()

    def call(self):
        """叫下一位; answers the number called."""
        self.press("main")
        expect(self.number).to_be_visible()
        return self.number.inner_text()


class Board:
    """The hall's screen, opened by its link."""

    def __init__(self, page, hall, window=None):
        self.page = page
        page.goto(hall.board_link)
        if window:
            page.goto(f"{hall.desk_url}/board/?window={window}")
            expect(page.locator(".window-strip")).to_be_visible()
        else:
            expect(page.locator(".board")).to_be_visible()

    @property
    def number(self):
        return self.page.locator(".call .number")

    @property
    def window(self):
        return self.page.locator(".call .to")

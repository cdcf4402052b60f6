"""A kiosk has one page: a second one is refused with an explanation, and staff at a console decide which of the two is right."""

import pytest
from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Clerk, Resident
from testkit.hall import Refused


class Second:
    """A page opened in another browser at a kiosk that has one."""

    def __init__(self, page, hall, kiosk="kiosk-1"):
        self.page = page
        page.goto(f"{hall.kiosk_url}/touch/?kiosk={kiosk}")
        expect(self.refusal).to_be_visible()

    @property
    def refusal(self):
        return self.page.locator(".screen.claim")


@pytest.fixture
def banner():
    """The line of a console about two pages at one kiosk."""
    return lambda clerk: clerk.page.locator(".banner.fault", has_text="第二个页面")


def test_a_second_page_is_refused_with_words_and_a_clerk_lets_it_in(hall, people, picture, banner):
    first = Resident(people.page(PORTRAIT), hall)
    clerk = Clerk(people.page(SMALL), hall)
    expect(banner(clerk)).to_have_count(0)
    second = Second(people.page(PORTRAIT), hall)
    # What residents do, and what staff do: the words of the keys that the console shows.
    expect(second.page.locator("h1")).to_have_text("这台取号机暂时不能用")
    expect(second.refusal).to_contain_text("请用别的取号机，或者找工作人员")
    expect(second.refusal).to_contain_text("这台取号机已有页面在用")
    picture(second.page, "touch-claim")
    expect(banner(clerk)).to_contain_text("大门口取号机")
    keys = banner(clerk).get_by_role("button")
    expect(keys).to_have_text(["保留原页面", "换成新页面"])
    for words in keys.all_inner_texts():
        expect(second.refusal).to_contain_text(f"“{words}”")
    picture(clerk.page, "window-second-page")
    # The page that is there works meanwhile.
    assert first.take() == "A001"
    keys.filter(has_text="换成新页面").click()
    expect(second.page.locator(".screen.home")).to_be_visible(timeout=30_000)
    # The page that was there knows that it is not the kiosk any more, and shows nothing of whoever stood before it.
    expect(first.page.locator(".screen.claim")).to_be_visible(timeout=30_000)
    expect(first.page.locator("body")).not_to_contain_text("A001")
    second.page.locator(".take").click()
    expect(second.page.locator(".ticket .number")).to_have_text("A002")


def test_a_clerk_keeps_the_page_that_is_there(hall, people, banner):
    first = Resident(people.page(PORTRAIT), hall)
    clerk = Clerk(people.page(SMALL), hall)
    second = Second(people.page(SMALL), hall)
    with clerk.page.expect_response("**/page/decision") as decided:
        banner(clerk).get_by_role("button", name="保留原页面").click()
    assert decided.value.json() == {"kiosk": "kiosk-1", "state": "page_kept"}
    # It asks again by itself, and is refused again.
    with second.page.expect_response("**/v1/kiosks/kiosk-1/page") as asked:
        pass
    assert asked.value.status == 409
    expect(second.refusal).to_be_visible()
    assert first.take() == "A001"


def test_a_page_that_comes_back_is_no_second_page(hall, people, banner):
    first = Resident(people.page(PORTRAIT), hall)
    clerk = Clerk(people.page(SMALL), hall)
    for _ in range(3):
        first.page.reload()
        expect(first.page.locator(".screen.home")).to_be_visible()
    assert first.take() == "A001"
    # The kiosk's browser is closed: the kiosk is free for another page.
    first.page.context.close()
    assert Resident(people.page(PORTRAIT), hall).take() == "A002"
    expect(banner(clerk)).to_have_count(0)


def test_the_kiosks_own_page_takes_its_kiosk_back_from_one_that_came_meanwhile(hall, people, banner):
    first = Resident(people.page(PORTRAIT), hall)
    clerk = Clerk(people.page(SMALL), hall)
    profile = first.page.context.storage_state()
    first.page.context.close()
    other = Resident(people.page(PORTRAIT), hall)
    assert other.take() == "A001"
    # The kiosk's browser starts again with what it kept.
    own = Resident(people.page(PORTRAIT, storage_state=profile), hall)
    expect(other.page.locator(".screen.claim")).to_be_visible(timeout=30_000)
    expect(banner(clerk)).to_be_visible()
    assert own.take() == "A002"


def test_a_program_beside_the_page_may_look_and_not_press(hall, people):
    Resident(people.page(PORTRAIT), hall)
    assert hall.ask("GET", "/v1/hall", cookie="")["hall"]["name"]
    for method, path, body in (
        ("POST", "/v1/tickets", {"items": [], "kiosk": "kiosk-1"}), ("POST", "/v1/help", {"kiosk": "kiosk-1"}),
        ("GET", "/v1/feed/kiosk?kiosk=kiosk-1", None), ("POST", "/v1/kiosks/kiosk-1/cards", {"read": True}),
    ):
        with pytest.raises(Refused, match="401 .*page_needed"):
            hall.ask(method, path, body, cookie="")
    with pytest.raises(Refused, match="409 .*kiosk_held"):
        hall.ask("POST", "/v1/kiosks/kiosk-1/page", {}, cookie="")

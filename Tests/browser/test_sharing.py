"""Several pages in one browser share one stream, so that none of them blocks another's connections.

A browser opens six connections to one host (HTTP/1.1); ten streams of their own would leave none for a verb.
"""

import pytest
from playwright.sync_api import expect

from people import Board, Clerk
from testkit.waiting import eventually


class Streams:
    """The streams that the pages of one browser profile hold open."""

    def __init__(self, context, beside):
        self.open = set()
        self.beside = beside
        context.on("request", lambda one: self.open.add(one) if "/v1/feed" in one.url else None)
        for name in ("requestfinished", "requestfailed"):
            context.on(name, lambda one: self.open.discard(one))

    def now(self):
        # Asking another page lets playwright hear what happened.
        self.beside.evaluate("0")
        # Of a page that was closed playwright does not always tell how its requests ended.
        self.open = {one for one in self.open if not one.frame.page.is_closed()}
        return self.open


@pytest.fixture
def office(hall, people):
    """Ten pages of one clerk's browser: consoles, strips and boards."""
    first = people.page()
    context = first.context
    streams = Streams(context, people.page())
    clerk = Clerk(first, hall)
    pages = [first]
    for index in range(1, 10):
        page = context.new_page()
        if index % 3 == 2:
            Board(page, hall, window=1 if index == 5 else None)
        else:
            page.goto(f"{hall.desk_url}/window/{'?strip' if index % 3 else ''}")
            expect(page.locator(".stripe, .console").first).to_be_visible()
        pages.append(page)
    yield clerk, pages, streams


def shows_called(page, number):
    expect(page.locator(".present .number, .stripe .number, .call .number, .turn .number").first).to_have_text(number, timeout=30_000)


def few(streams):
    eventually("one stream for the consoles and one for the boards", lambda: len(streams.now()) == 2)


def test_ten_pages_share_a_stream_and_every_one_works(hall, office):
    clerk, pages, streams = office
    few(streams)
    hall.join()
    hall.join()
    # The page that was opened last asks, and all of them hear.
    pages[9].bring_to_front()
    last = Clerk.__new__(Clerk)
    last.page = pages[9]
    last.press("main")
    for page in pages:
        shows_called(page, "A001")
    few(streams)
    last.press("serve")
    last.press("finish")
    for page in pages:
        expect(page.locator(".present .number, .stripe .number, .call .number, .turn .number").filter(has_text="A001")).to_have_count(0)
    assert all("过时" not in page.content() for page in pages if page.locator(".stale:visible").count())


def test_when_the_page_that_leads_is_closed_another_leads_at_once(hall, office):
    clerk, pages, streams = office
    for leader in pages[:2]:
        leader.close()
        hall.join()
        others = [page for page in pages if not page.is_closed()]
        for page in others:
            if page.locator(".stripe").count():
                expect(page.locator(".stripe .side")).to_contain_text(f"等候 {pages.index(leader) + 1} 人")
        few(streams)
    # The boards' leader too.
    pages[2].close()
    clerk = Clerk.__new__(Clerk)
    clerk.page = pages[3]
    pages[3].bring_to_front()
    clerk.press("main")
    for page in pages[3:]:
        shows_called(page, "A001")
    few(streams)


def test_when_the_page_that_leads_is_frozen_another_leads_and_nothing_is_missed(hall, office):
    clerk, pages, streams = office
    few(streams)
    # Beside their streams there may be one of a page that has just come and asks for a snapshot.
    frozen = []

    def only_leaders():
        frozen[:] = {stream.frame.page for stream in streams.now()}
        return len(frozen) == 2

    eventually("two pages have a stream", only_leaders)
    alive = [page for page in pages if page not in frozen]
    freezers = [page.context.new_cdp_session(page) for page in frozen]
    for one in freezers:
        one.send("Page.setWebLifecycleState", {"state": "frozen"})
    hall.join()
    caller = Clerk.__new__(Clerk)
    caller.page = next(page for page in alive if page.locator(".console").count())
    caller.page.bring_to_front()
    expect(caller.page.locator(".list.waiting")).to_contain_text("A001", timeout=30_000)
    caller.press("main")
    for page in alive:
        shows_called(page, "A001")
    for one in freezers:
        one.send("Page.setWebLifecycleState", {"state": "active"})
    for page in pages:
        shows_called(page, "A001")
    few(streams)
    # The former leaders are followers now, and still receive events.
    caller.press("serve")
    for page in frozen:
        expect(page.locator("body")).to_contain_text("办理")


def test_a_browser_without_locks_or_channels_still_shows_the_hall(hall, people):
    page = people.page()
    page.add_init_script("delete window.BroadcastChannel; delete Navigator.prototype.locks;")
    clerk = Clerk(page, hall)
    hall.join()
    assert clerk.call() == "A001"


def test_signing_out_in_one_page_ends_all_of_them_and_signing_in_again_works(hall, office):
    clerk, pages, _ = office
    clerk.page.bring_to_front()
    clerk.page.get_by_role("button", name="退出").click()
    consoles = [page for index, page in enumerate(pages) if index % 3 != 2]
    for page in consoles:
        expect(page.locator("#badge")).to_be_visible(timeout=30_000)
    again = Clerk(consoles[-1], hall, strip=True)
    hall.join()
    expect(again.page.locator(".stripe .side")).to_contain_text("等候 1 人")

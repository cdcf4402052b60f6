"""A training (演练) beside the hall: marked on every page, never in the hall, and over at its end."""

import pytest
from playwright.sync_api import expect

from people import LANDSCAPE, PANELS, PORTRAIT, SMALL, Board, Clerk, Resident, lies_open
from testkit.training import Training


@pytest.fixture
def training(hall):
    training = Training(hall)
    training.start()
    yield training
    training.stop()


def covers_nothing(page):
    """The band is whole, on top of everything, and what fills the page begins below it."""
    band = page.locator("#training")
    expect(band).to_contain_text("演练")
    assert lies_open(band.locator("strong"))
    bottom, left = band.evaluate("one => [one.getBoundingClientRect().bottom, one.querySelector('strong').getBoundingClientRect().left]")
    assert left >= 0
    first = page.evaluate(
        "() => Math.min(...[...document.body.children].filter((one) => one.id !== 'training' && one.getClientRects().length)"
        ".map((one) => one.getBoundingClientRect().top))")
    assert first >= bottom - 1
    assert page.evaluate("() => document.body.getBoundingClientRect().bottom <= innerHeight + 1")


@pytest.mark.parametrize("size", PANELS)
def test_the_kiosk_has_a_band_and_gives_t001_and_no_key_is_cut(training, people, picture, size):
    resident = Resident(people.page(PANELS[size]), training)
    covers_nothing(resident.page)
    expect(resident.page.locator("#screen")).to_have_attribute("data-whole", "yes")
    picture(resident.page, "training-kiosk")
    assert resident.take() == "T001"
    covers_nothing(resident.page)
    # It is told once, in the page's own words, before everything else.
    assert resident.page.locator("#training").count() == 1
    assert resident.page.evaluate("() => document.body.firstElementChild.id") == "training"


def test_windows_boards_and_reports_are_marked_and_end_together(hall, training, people, picture):
    resident = Resident(people.page(PORTRAIT), training)
    resident.take()
    board = Board(people.page(LANDSCAPE), training)
    clerk = Clerk(people.page(SMALL), training, "AJ001", 1)
    covers_nothing(clerk.page)
    assert clerk.call() == "T001"
    expect(board.number).to_have_text("T001")
    covers_nothing(board.page)
    for one, name in ((clerk, "console"), (board, "board")):
        picture(one.page, f"training-{name}")
    clerk.press("serve")
    strip = Clerk(people.page({"width": 420, "height": 160}), training, "AJ002", 2, strip=True)
    covers_nothing(strip.page)
    report = clerk.page.context.new_page()
    report.goto(f"{training.desk_url}/manage/practice.html")
    row = report.locator("tbody tr").first
    expect(row).to_contain_text("AJ001")
    # Of oneself alone: the other clerk opened a window.
    expect(report.locator("tbody tr")).to_have_count(1)
    covers_nothing(report)
    picture(report, "training-report")
    # The hall beside it knows nothing of all this.
    assert hall.tickets() == []
    assert hall.join()["number"] == "A001"
    assert training.end() == 0
    for page in (resident.page, board.page, clerk.page, strip.page):
        expect(page.locator("h1")).to_have_text("演练结束了")
    assert [one["number"] for one in hall.tickets()] == ["A001"]


def test_neither_link_opens_the_others_board_and_neither_cookie_is_the_others(hall, training, people):
    page = people.page(LANDSCAPE)
    for link, other in ((hall.board_link, training.desk_url), (training.board_link, hall.desk_url)):
        answer = page.goto(f"{other}/board/enter?{link.split('?')[1]}")
        assert answer.status == 403
    # One browser at both: each side keeps its own people.
    clerk = Clerk(page, training, "AJ001", 1)
    other = Clerk(clerk.page.context.new_page(), hall, "AJ002", 2)
    clerk.page.reload()
    expect(clerk.page.locator(".bar")).to_contain_text("AJ001")
    expect(other.page.locator(".bar")).to_contain_text("AJ002")
    assert other.page.locator("#training").count() == 0


def test_monitoring_never_takes_a_training_for_the_hall(hall, training):
    assert training.request(training.kiosk, "GET", "/metrics")[0] == 404
    assert hall.request(hall.kiosk, "GET", "/metrics")[0] == 200
    for path in ("/healthz", "/readyz"):
        assert training.request(training.kiosk, "GET", path)[1]["training"] is True
        assert "training" not in hall.request(hall.kiosk, "GET", path)[1]

"""From the touch through a real cupsd to the bytes at the printer's socket, read back as people and scanners read them."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

from people import PORTRAIT, Board, Clerk, LANDSCAPE, Resident
from testkit.hall import Hall
from testkit.private_cups import PrivateCUPS
from testkit.raster_printer import RasterPrinter
from testkit.waiting import eventually


@pytest.fixture
def printed_hall():
    """A configured hall whose first kiosk prints on a raw queue of a cupsd of its own."""
    with RasterPrinter() as printer, PrivateCUPS(printer.port) as cups:

        def configure(settings):
            settings["kiosks"] = [
                {"id": "kiosk-1", "printer": {"queue": cups.queue, "paper_mm": 80, "server": cups.socket}}]

        hall = Hall(configure)
        hall.printer, hall.cups = printer, cups
        yield hall
        hall.close()


def read(slip, folder):
    """What tesseract reads on a slip, without blanks, and what zbar finds in its codes."""
    picture = folder / "slip.png"
    picture.write_bytes(slip.png())
    words = subprocess.run(
        ["tesseract", str(picture), "-", "-l", "chi_sim", "--psm", "11"], capture_output=True, text=True, check=True)
    codes = subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, text=True)
    return re.sub(r"\s", "", words.stdout), codes.stdout


def line_heights(slip):
    """The heights of a slip's lines in dots, from the top: each an unbroken run of rows with ink."""
    heights = [0]
    for row in slip.rows:
        if any(row):
            heights[-1] += 1
        elif heights[-1]:
            heights.append(0)
    return [one for one in heights if one]


def number_and_wait(slip):
    """How high the number stands in ink, and the line 前面 N 人 under it."""
    heights = line_heights(slip)
    index = next(index for index, height in enumerate(heights) if height >= 160)
    return heights[index], heights[index + 1]


def test_a_visit_from_the_touch_through_cups_to_the_bytes_and_the_call(printed_hall, people, tmp_path):
    hall = printed_hall
    # Somebody is here already: tesseract reads every number but A001, in which it finds a U.
    hall.join()
    hall.printer.wait_slip(0)
    resident = Resident(people.page(PORTRAIT), hall)
    number = resident.take()
    assert number == "A002"
    slip = hall.printer.wait_slip(1)
    expect(resident.page.locator(".slip")).to_contain_text("请取小票")
    first, ticket = hall.tickets("waiting")
    words, codes = read(slip, tmp_path)
    assert number in words
    assert ticket["id"] in codes

    board = Board(people.page(LANDSCAPE), hall)
    clerk = Clerk(people.page(), hall)
    assert clerk.call() == first["number"]
    clerk.press("main")
    expect(board.number).to_have_text(number)
    clerk.press("serve")
    clerk.press("finish")
    eventually("nobody is left", lambda: hall.tickets() == [])
    assert len(hall.printer.slips) == 2


def test_the_wait_is_said_on_screen_and_slip_and_a_large_page_gives_a_large_slip(printed_hall, people, picture, tmp_path):
    hall = printed_hall
    clerk = Clerk(people.page(), hall)
    hall.join()
    assert clerk.call() == "A001"
    hall.join()
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    resident.take()
    # One window, busy: two services of the usual eight minutes, spread as the table says, in whole steps of five.
    expect(page.locator(".position")).to_have_text("前面 1 人，约 5–40 分钟")
    expect(page.locator(".beside")).to_have_text("本大厅承诺：等候不超过 20 分钟")
    words, _ = read(hall.printer.wait_slip(2), tmp_path)
    assert re.search("约5.40分钟", words), words
    assert "本大厅承诺" in words, words
    resident.press("好的")

    page.get_by_role("button", name="特大").click()
    resident.take()
    expect(page.locator(".position")).to_have_text("前面 2 人，约 5–55 分钟")
    picture(page, "touch-ticket-extra")
    ordinary, large = hall.printer.wait_slip(2), hall.printer.wait_slip(3)
    # The number fills the paper's width on both; what is larger on a large slip are the words under it.
    (number, wait), (number_large, wait_large) = number_and_wait(ordinary), number_and_wait(large)
    assert min(number, number_large) >= 160
    assert wait_large >= 1.15 * wait and wait_large >= 44, (wait, wait_large)
    words, codes = read(large, tmp_path)
    # Of 前 tesseract makes a 责 in this size.
    assert "面2人，约5-55分钟" in words, words
    asked = hall.tickets("waiting")[-1]
    assert asked["id"] in codes
    # A copy is as large as the first; only the word 补打 and its line come on top.
    hall.ask("POST", f"/v1/tickets/{asked['id']}/reprint", {})
    assert number_and_wait(hall.printer.wait_slip(4)) == (number_large, wait_large)


def test_a_notice_through_cups_names_the_item(printed_hall, people, tmp_path):
    hall = printed_hall
    resident = Resident(people.page(PORTRAIT), hall)
    resident.open_item("居住证申领")
    resident.press("打印告知单")
    slip = hall.printer.wait_slip(0)
    # Before the slip is read, which takes a while: the screen goes home when nobody touches it.
    expect(resident.page.get_by_role("heading", name="请取告知单")).to_be_visible()
    words, _ = read(slip, tmp_path)
    assert "居住证申领" in words
    assert "本人相片" in words


def test_a_frozen_cupsd_never_keeps_a_number_back(printed_hall, people):
    hall = printed_hall
    resident = Resident(people.page(PORTRAIT), hall)
    hall.cups.freeze()
    try:
        assert resident.take() == "A001"
        expect(resident.page.locator(".slip")).to_contain_text("请记住或拍下号码", timeout=40_000)
        assert hall.printer.slips == []
    finally:
        hall.cups.thaw()

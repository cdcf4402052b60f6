"""From the touch through a real cupsd to the bytes at the printer's socket, read back as people and scanners read them."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

from hall import Hall, eventually
from people import PORTRAIT, Board, Clerk, LANDSCAPE, Resident
from private_cups import PrivateCUPS, Printer


@pytest.fixture
def printed_hall():
    """A configured hall whose first kiosk prints on a raw queue of a cupsd of its own."""
    with Printer() as printer, PrivateCUPS(printer.port) as cups:

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


def test_a_notice_through_cups_names_the_item(printed_hall, people, tmp_path):
    hall = printed_hall
    resident = Resident(people.page(PORTRAIT), hall)
    resident.open_item("居住证申领")
    resident.press("打印告知单")
    words, _ = read(hall.printer.wait_slip(0), tmp_path)
    assert "居住证申领" in words
    assert "本人相片" in words
    expect(resident.page.get_by_role("heading", name="请取告知单")).to_be_visible()


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

"""The sheets for the wall (docs/墙上-*.html): each prints as one page of A4, whole, in letters that are read from a step away."""

import subprocess

import pytest

from testkit.paths import ROOT

SHEETS = sorted((ROOT / "docs").glob("墙上-*.html"))
# Points: 14 pt is read at arm's length without glasses.
SMALLEST = 14


def test_there_are_four_sheets():
    assert [one.stem for one in SHEETS] == ["墙上-协调员", "墙上-断网", "墙上-窗口", "墙上-自助机"]


@pytest.fixture(params=SHEETS, ids=lambda one: one.stem)
def sheet(request, people):
    page = people.page({"width": 794, "height": 1123})
    page.goto(request.param.as_uri())
    return page


def pages(page, file):
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    said = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
    return dict(line.split(":", 1) for line in said.splitlines())


def overflow(page):
    """Pixels by which the content is higher or wider than the sheet, and by which its parts lie over each other."""
    return page.evaluate("""() => {
      const body = document.body, inner = body.getBoundingClientRect();
      const bottom = inner.bottom - parseFloat(getComputedStyle(body).paddingBottom);
      const parts = [...body.children].map(one => one.getBoundingClientRect());
      const laps = parts.slice(1).map((one, index) => parts[index].bottom - one.top);
      return Math.max(0, ...laps, ...parts.map(one => one.bottom - bottom),
                      ...[...document.querySelectorAll("body *")].map(one => one.getBoundingClientRect().right - inner.right)); }""")


def test_a_sheet_is_one_page_of_a4(sheet, tmp_path, picture):
    picture(sheet, f"wall-{sheet.title()}")
    told = pages(sheet, tmp_path / "sheet.pdf")
    assert told["Pages"].strip() == "1"
    assert "A4" in told["Page size"]
    assert overflow(sheet) <= 1


def test_a_sheet_with_more_on_it_is_found(sheet):
    sheet.evaluate("document.body.append(...[...document.querySelectorAll('section')].map(one => one.cloneNode(true)))")
    assert overflow(sheet) > 50


def test_letters_are_large(sheet):
    sizes = sheet.evaluate("[...document.querySelectorAll('body *')].map(one => parseFloat(getComputedStyle(one).fontSize) * 72 / 96)")
    assert min(sizes) >= SMALLEST

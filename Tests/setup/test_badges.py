"""Badges of a hall that was set up: printed with their codes, and replaced while it is open."""

import re
import subprocess

from conftest import GOOD, STAFF

AGENT = STAFF + "演示代办员,DB001,代办员\n"


def code(site, badge):
    """What the QR code of a printed badge says."""
    pdf = site.folder / f"{badge}.pdf"
    done = site.tool("badge", "print", badge, "--pdf", str(pdf), "--config", str(site.config))
    assert done.returncode == 0, done.stderr
    assert pdf.stat().st_mode & 0o777 == 0o600
    picture = site.folder / badge
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", str(pdf), str(picture)], check=True)
    read = subprocess.run(["zbarimg", "-q", "--raw", f"{picture}.png"], capture_output=True, text=True).stdout.strip()
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True).stdout
    assert re.sub(r"\s", "", read) in re.sub(r"\s", "", text)
    return read


def test_a_lost_badge_is_replaced_while_the_hall_is_open(site):
    assert site.by_answers(GOOD, staff=AGENT).returncode == 0
    first = code(site, "DB001")
    assert re.fullmatch(r"YB-DB001-1-[0-9A-HJKMNP-TV-Z]{10}", first)

    def meaning(text):
        return site.hall.request(site.hall.hall, "POST", "/v1/codes", {"text": text})[1]["is"]

    before = site.config.read_text()
    done = site.tool("badge", "reissue", "DB001", "--config", str(site.config))
    assert done.returncode == 0, done.stderr
    assert "issue 2" in done.stdout
    assert site.config.read_text() == before.replace('badge: "DB001"\n', 'badge: "DB001"\n    badge_issue: 2\n', 1) != before
    second = code(site, "DB001")
    assert second.startswith("YB-DB001-2-") and second[-10:] != first[-10:]
    # Before sign-in a code tells nobody which badges there are.
    assert meaning(first) == meaning("YB-DB777-1-0000000000") == "badge"
    unknown = site.tool("badge", "reissue", "DB009", "--config", str(site.config))
    assert unknown.returncode == 1 and "DB009" in unknown.stderr


def test_all_badges_are_printed_on_one_page(site):
    assert site.by_answers(GOOD, staff=AGENT).returncode == 0
    pdf = site.folder / "all.pdf"
    done = site.tool("badge", "print", "--pdf", str(pdf), "--config", str(site.config))
    assert done.returncode == 0 and "3 badges" in done.stdout
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+1\b", said) and "A4" in said

"""Goal: a printer is found out by what comes out of it. Method: a cupsd of its own with the built backend, and a simulated printer."""

import json
import pathlib
import re
import subprocess

import pytest
import yaml
from conftest import GOOD, STAFF
from testkit.demo_hall import free_port
from testkit.paths import BUILT
from testkit.private_cups import PrivateCUPS
from testkit.simulated_printer import SimulatedPrinter
from testkit.waiting import eventually

SILENT = "but the printer does not answer"


@pytest.fixture
def cups():
    with PrivateCUPS(free_port(), queue="unused", backends=[str(BUILT / "yichuang-pos")]) as service:
        yield service


@pytest.fixture
def printer(tmp_path):
    simulated = SimulatedPrinter(tmp_path / "slips")
    yield simulated
    simulated.close()


def test_a_person_tries_a_silent_printer_and_then_the_right_one(site, cups, printer):
    site.environment["YICHUANG_POS_CLAIMS"] = cups.claims
    terminal = site.terminal("--server", cups.socket)
    terminal.answer(r"Is the clock right\?.*: ", "")
    terminal.answer(r"> \[new\]: ", "")
    terminal.answer(r"Which town[^>]*>: ", "安居镇")
    terminal.answer(r"> \[重庆市铜梁区安居镇\]: ", "")
    terminal.answer(r"Sessions[^>]*>.*: ", "always")
    terminal.answer(r"> \[12345\]: ", "")
    terminal.answer(r"> \[12345\]: ", "")
    for count in ("comprehensive", "police", "results"):
        terminal.answer(rf"{count}.*\?.*: |{count}.*none\).*: ", "1")
    terminal.answer(r"Kiosks \[1\]: ", "")
    terminal.answer(r"or none.*: ", f"127.0.0.1:{free_port()}")
    terminal.answer(r"Model.*: ", "epson-tm-t88")
    terminal.expect(SILENT)
    terminal.answer(r"Did a test slip come out.*\[n\]: ", "n")
    terminal.answer(r"r to try again.*: ", "r")
    terminal.answer(r"or none.*: ", f"127.0.0.1:{printer.port}")
    terminal.answer(r"Model.*: ", "epson-tm-t88")
    terminal.answer(r"Did a test slip come out.*\[y\]: ", "y")
    terminal.answer(r"Show it\?.*: ", "n")
    terminal.answer(r"Use them\?.*: ", "n")
    terminal.answer(r"Enter to type them: ", "")
    terminal.answer(r"Enter to end: ", "演示统筹员 AJ100 统筹人员")
    terminal.answer(r"Enter to end: ", "")
    terminal.answer(r"> \[packaged\]: ", "")
    terminal.answer(r"machine's address[^>]*>.*: ", "none")
    terminal.answer(r"backups[^>]*> \[none\]: ", "")
    terminal.answer(r"Print the first secrets \(1\) on slips at kiosk-1.*\[n\]: ", "y")
    terminal.expect("1 of 1 first secrets came out at kiosk-1")
    terminal.expect("business day")
    assert terminal.end() == 0 and "First secrets, shown" not in terminal.shown
    kiosk = yaml.safe_load(site.config.read_text())["kiosks"][0]
    assert kiosk["printer"] == {"queue": "kiosk-1", "server": cups.socket, "model": "epson-tm-t88"}
    assert site.number() == "A001"


def test_answers_with_a_silent_printer_open_the_hall_and_say_so(site, cups):
    device = f"printer: {{device: '127.0.0.1:{free_port()}', model: epson-tm-t88}}"
    done = site.by_answers(GOOD.replace("printer: none", device), "--server", cups.socket)
    assert done.returncode == 0, done.stdout + done.stderr
    assert SILENT in done.stdout
    assert "kiosk-1" in cups_queues(cups)
    assert site.number() == "A001"


def cups_queues(cups):
    return subprocess.run(["lpstat", "-h", cups.socket, "-e"], capture_output=True, text=True).stdout.split()


def jobs(cups):
    return subprocess.run(["lpstat", "-h", cups.socket, "-o", "kiosk-1"], capture_output=True, text=True).stdout


def kiosk_printer(printer):
    return GOOD.replace("printer: none", f"printer: {{device: '127.0.0.1:{printer.port}', model: epson-tm-t88}}")


def spooled(cups):
    """Documents that the print service keeps."""
    return [path.name for path in pathlib.Path(cups.folder, "spool").iterdir() if path.name.startswith("d")]


def test_first_secrets_come_out_as_one_cut_slip_for_each_person_and_stay_nowhere(site, cups, printer):
    site.environment["YICHUANG_POS_CLAIMS"] = cups.claims
    mark = printer.mark()
    done = site.by_answers(kiosk_printer(printer), "--server", cups.socket, "--print-secrets", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0 and told["first_secrets"] == {}, done.stdout
    slips = printer.papers(mark)
    assert [slip["event"] for slip in slips] == ["cut", "cut"]
    eventually("the spool is empty", lambda: not spooled(cups) and not jobs(cups))
    # A slip of its own for the next one, and nothing on the screen.
    mark = printer.mark()
    more = STAFF + "新来的,AJ002,代办员\n"
    done = site.by_answers(kiosk_printer(printer), "--server", cups.socket, "--print-secrets", staff=more)
    assert done.returncode == 0 and "1 of 1 first secrets came out at kiosk-1" in done.stdout, done.stdout + done.stderr
    assert "AJ002  " not in done.stdout and len(printer.papers(mark)) == 1


def test_a_secret_that_is_not_surely_on_paper_is_shown_and_holds(site, cups, printer):
    site.environment["YICHUANG_POS_CLAIMS"] = cups.claims
    printer.tell("paper out")
    done = site.by_answers(kiosk_printer(printer), "--server", cups.socket, "--print-secrets")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 of 2 first secrets came out" in done.stdout and "2 are not known to be on paper" in done.stdout
    secret = re.search(r"^  AJ001  (\S+)  演示员甲$", done.stdout, re.M)[1]
    assert site.signs_in("AJ001", secret) == 201
    eventually("the spool is empty", lambda: not spooled(cups) and not jobs(cups))
    # The secret is in no file and no log of print service, hall or setup.
    printer.tell("paper in")
    folders = [site.etc, site.state, pathlib.Path(cups.folder)]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in [*files, site.folder / "log"] if secret.encode() in path.read_bytes()]

"""Goal: a printer is found out by what comes out of it. Method: a cupsd of its own with the built backend, and a simulated printer."""

import subprocess

import pytest
import yaml
from conftest import GOOD
from testkit.demo_hall import free_port
from testkit.paths import BUILT
from testkit.private_cups import PrivateCUPS
from testkit.simulated_printer import SimulatedPrinter

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
    terminal.expect("business day")
    assert terminal.end() == 0
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

"""Halls of several machines."""

import os
import pathlib
import sys

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from testkit.machines import Machines  # noqa: E402
from testkit.suite import closing_line  # noqa: E402
from testkit.tls_front import TLSFront  # noqa: E402
from testkit.waiting import eventually  # noqa: E402


CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
# The doors of two other machines. Nothing listens there: tests answer for them.
DOORS = ("https://192.168.7.8:7443", "https://192.168.7.9:7443")


def leases(machine):
    if not machine.cookie:
        machine.cookie = machine.sign_in("AJ100")
    return machine.ask("GET", "/v1/leases", port=machine.hall, cookie=machine.cookie)


def has_lease(machine):
    def look():
        own = leases(machine)["own"]
        return own and all(one["left"] >= 30 for one in own)

    eventually("its kiosk has numbers for the time without the journal", look)


@pytest.fixture
def hall():
    """Makes halls of machines with these names, and ends them."""
    made = []

    def make(*names):
        made.append(Machines(*names))
        return made[-1]

    yield make
    for machines in made:
        machines.close()


@pytest.fixture(scope="module")
def pair():
    """Two machines that run, for the tests of a file one after the other."""
    machines = Machines("office", "door")
    try:
        machines[0].change(lambda settings: settings["shared"].update(doors=list(DOORS)))
        yield machines.open()
    finally:
        machines.close()


@pytest.fixture(scope="module")
def doors():
    """Two machines that run, each behind TLS of its own address, as browsers on other machines see them."""
    machines, fronts = Machines("office", "door"), []
    try:
        fronts += [TLSFront(f"127.0.0.{n}", machine.hall) for n, machine in enumerate(machines.all, 2)]
        for front, machine in zip(fronts, machines.all):
            def behind(settings, front=front):
                settings["listeners"]["public_address"] = front.origin
                settings["shared"]["doors"] = [one.origin for one in fronts]
            machine.change(behind)
        machines.open()
        yield machines, fronts
    finally:
        for front in fronts:
            front.close()
        machines.close()


@pytest.fixture
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter):
    closing_line("shared", terminalreporter)

"""Fixtures: one chromium for the run, a hall for each test, and a page for each person in it."""

import os
import re

import pytest
from people import SMALL
from playwright.sync_api import expect, sync_playwright
from testkit.hall import Hall
from testkit.paths import ROOT
from testkit.suite import closing_line

# Debian's chromium without its own windows and menus: the same engine with three quarters of the work for the machine. CHROMIUM names
# another browser, as /usr/bin/chromium, which `make soak` takes and a kiosk has (Tests/screen).
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
SCREENSHOTS = ROOT / ".build" / "screenshots"
# Milliseconds, as generous as CEILING: pages on a busy machine draw late.
TIMEOUT = 60_000
expect.set_options(timeout=TIMEOUT)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        # --no-sandbox: containers that run the tests as root give chromium no user namespaces.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def hall():
    hall = Hall()
    yield hall
    hall.close()


class People:
    """Opens pages, each in a browser profile of its own, and remembers what went wrong in them."""

    # Statuses that the server sends on purpose and that the browser logs as errors.
    expected = re.compile(r"status of (401|403|409|422|404|503)|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_INCOMPLETE|ERR_FAILED")

    def __init__(self, chromium):
        self.chromium = chromium
        self.contexts = []
        self.trouble = []

    def page(self, size=SMALL, **options):
        context = self.chromium.new_context(viewport=size, locale="zh-CN", **options)
        context.set_default_timeout(TIMEOUT)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", self.noted)
        return page

    def noted(self, message):
        if message.type == "error" and not self.expected.search(message.text):
            self.trouble.append(message.text)

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture
def people(chromium):
    people = People(chromium)
    yield people
    people.close()
    # A page that breaks its own rules (an exception, a blocked script) has failed whatever it shows.
    assert people.trouble == []


@pytest.fixture
def picture(request):
    """Keeps a screenshot: `picture(page, "home")`."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def keep(page, name):
        size = page.viewport_size
        page.screenshot(path=SCREENSHOTS / f"{name}-{size['width']}x{size['height']}.png")

    return keep


def pytest_terminal_summary(terminalreporter):
    closing_line("browser", terminalreporter)

"""One hall with a public address and a monitoring token for all tests of the edges."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from testkit.hall import Hall  # noqa: E402
from testkit.suite import closing_line  # noqa: E402

PUBLIC = "hall.example.gov.cn"
MONITORING = "0123456789abcdef-monitoring"


def configure(settings):
    settings["listeners"]["public_address"] = f"https://{PUBLIC}"
    settings["monitoring"] = {"token": MONITORING}


@pytest.fixture(scope="session")
def hall():
    hall = Hall(configure)
    yield hall
    hall.close()


def pytest_terminal_summary(terminalreporter):
    closing_line("strangers", terminalreporter)

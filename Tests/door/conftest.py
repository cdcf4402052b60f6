"""One hall with an open door for the tests that change nothing of it."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from testkit.door import Door  # noqa: E402
from testkit.suite import closing_line  # noqa: E402


@pytest.fixture(scope="session")
def door():
    with Door() as door:
        door.make_certificates()
        door.write()
        yield door.open()


@pytest.fixture
def own_door():
    """Makes a hall with a door of its own; certificates are there, nginx is not started."""
    made = []

    def make(**settings):
        door = Door(**settings)
        made.append(door)
        door.make_certificates()
        return door

    yield make
    for door in made:
        door.__exit__()


def pytest_terminal_summary(terminalreporter):
    closing_line("door", terminalreporter)

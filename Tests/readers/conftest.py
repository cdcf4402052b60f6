import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from bed import Bed  # noqa: E402
from link import Reader  # noqa: E402


@pytest.fixture
def bed():
    assert os.path.exists("/dev/ptmx"), "emulated devices need /dev/ptmx and a mounted /dev/pts"
    bed = Bed()
    yield bed
    bed.close()


@pytest.fixture
def readerd(bed):
    """Starts yichuang-readerd on the bed; ends before the bed does."""
    started = []

    def start(**settings):
        started.append(Reader(bed.environment, **settings))
        return started[-1]

    yield start
    for reader in started:
        reader.kill()


def pytest_terminal_summary(terminalreporter):
    stats = terminalreporter.stats
    failed = len(stats.get("failed", [])) + len(stats.get("error", []))
    # A machine that cannot emulate devices has not tested them.
    failed += len(stats.get("skipped", []))
    terminalreporter.write_line(f"readers: {len(stats.get('passed', []))} passed, {failed} failed")

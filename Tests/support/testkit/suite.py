"""What the conftest.py of several suites say alike. A conftest.py imports the fixtures that it wants."""

import os

import pytest

from .reader_testbed import ReaderTestbed
from .reader_process import Reader


def closing_line(name, terminalreporter, fails_skipped=False):
    """Writes the line that Tests/run reads. `fails_skipped`: what a machine cannot do was not tested."""
    count = {kind: len(terminalreporter.stats.get(kind, [])) for kind in ("passed", "failed", "error", "skipped")}
    failed = count["failed"] + count["error"] + (count["skipped"] if fails_skipped else 0)
    terminalreporter.write_line(f"{name}: {count['passed']} passed, {failed} failed")


def started_readers(testbed, program=Reader):
    """Starts reader processes on a testbed; ends them before the testbed is closed."""
    started = []

    def start(**settings):
        started.append(program(testbed.environment, **settings))
        return started[-1]

    yield start
    for reader in started:
        reader.kill()


@pytest.fixture
def testbed():
    """Emulated devices."""
    assert os.path.exists("/dev/ptmx"), "emulated devices need /dev/ptmx and a mounted /dev/pts"
    testbed = ReaderTestbed()
    yield testbed
    testbed.close()


@pytest.fixture
def readerd(testbed):
    """Starts yichuang-readerd on the testbed."""
    yield from started_readers(testbed)

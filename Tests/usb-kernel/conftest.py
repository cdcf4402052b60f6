"""Emulated devices below the running kernel, and what is installed on this machine above it."""

import os
import subprocess
import sys

import pytest
from testkit.paths import ROOT
from testkit.reader_testbed import ReaderTestbed
from testkit.reader_process import Reader
from testkit.suite import started_readers

# Tests of Tests/readers that are run again here.
sys.path.insert(0, str(ROOT / "Tests" / "readers"))

UNIT = "yichuangd.service"


class KernelReaderTestbed(ReaderTestbed):
    ARGUMENTS, SURROUNDINGS = ["--kernel"], {}
    environment = dict(os.environ)


class Installed(Reader):
    """The installed reader process as the hall's user, which may open what udev's rules let it open."""
    PROGRAM = "/usr/bin/yichuang-readerd"

    def __init__(self, *words, **settings):
        super().__init__(*words, **settings, user="yichuang", group="yichuang", extra_groups=[])


@pytest.fixture
def testbed():
    testbed = KernelReaderTestbed()
    yield testbed
    testbed.close()


@pytest.fixture
def readerd(testbed):
    """Starts yichuang-readerd above the kernel; ends before the testbed does. The hall's own stands still meanwhile."""
    subprocess.run(["systemctl", "stop", UNIT], check=True)
    yield from started_readers(testbed, Installed)


def pytest_runtest_logreport(report):
    """What failed is said at once: a machine that is ended has no summary."""
    if report.failed:
        print("\n" + report.longreprtext, flush=True)


def pytest_terminal_summary(terminalreporter):
    stats = terminalreporter.stats
    failed = len(stats.get("failed", [])) + len(stats.get("error", []))
    # What was left out was not tried.
    failed += len(stats.get("skipped", []))
    terminalreporter.write_line(f"usb-kernel: counted {len(stats.get('passed', []))} {failed}")

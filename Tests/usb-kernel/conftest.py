"""Emulated devices below the running kernel, and what is installed on this machine above it."""

import os
import subprocess
import sys

import pytest
from testkit.paths import ROOT
from testkit.reader_bed import Bed
from testkit.reader_process import Reader
from testkit.suite import started_readers

# Tests of Tests/readers that are run again here.
sys.path.insert(0, str(ROOT / "Tests" / "readers"))

UNIT = "yichuangd.service"


class KernelBed(Bed):
    ARGUMENTS, SURROUNDINGS = ["--kernel"], {}
    environment = dict(os.environ)


class Installed(Reader):
    """The installed reader process as the hall's user, which may open what udev's rules let it open."""
    PROGRAM = "/usr/bin/yichuang-readerd"

    def __init__(self, *words, **settings):
        super().__init__(*words, **settings, user="yichuang", group="yichuang", extra_groups=[])


@pytest.fixture
def bed():
    bed = KernelBed()
    yield bed
    bed.close()


@pytest.fixture
def readerd(bed):
    """Starts yichuang-readerd above the kernel; ends before the bed does. The hall's own stands still meanwhile."""
    subprocess.run(["systemctl", "stop", UNIT], check=True)
    yield from started_readers(bed, Installed)


def pytest_terminal_summary(terminalreporter):
    stats = terminalreporter.stats
    failed = len(stats.get("failed", [])) + len(stats.get("error", []))
    # What was left out was not tried.
    failed += len(stats.get("skipped", []))
    terminalreporter.write_line(f"usb-kernel: counted {len(stats.get('passed', []))} {failed}")

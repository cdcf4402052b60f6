"""One bare machine for all tests, which go on from one another."""

import os
import pathlib
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from testkit.paths import BUILT, ROOT  # noqa: E402
from testkit.suite import closing_line  # noqa: E402


def made(version=None):
    subprocess.run([ROOT / "packaging/make-deb", BUILT, *([version] if version else [])],
                   env={**os.environ, "YICHUANG_COMPRESSION": "-Zgzip -z1"}, check=True)
    newest = max((ROOT / ".build/deb").glob("yichuang_*.deb"), key=lambda path: path.stat().st_mtime)
    return newest


@pytest.fixture(scope="session")
def package():
    """Made anew, unless YICHUANG_PACKAGE names one."""
    named = os.environ.get("YICHUANG_PACKAGE")
    return pathlib.Path(named) if named else made()


@pytest.fixture(scope="session")
def next_package(package):
    return made("99.0")


def pytest_terminal_summary(terminalreporter):
    closing_line("package", terminalreporter)

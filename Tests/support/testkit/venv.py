"""The Python with the tests' packages (packaging/setup test)."""

import os
import sys

from .paths import ROOT

VENV = ROOT / ".build" / "venv"


def enter():
    """Starts this program again in the environment of the tests, unless it runs there."""
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        python = str(VENV / "bin" / "python3")
        os.execv(python, [python, *sys.argv])

"""Emulated devices and the reader process above them; one testbed a test."""

from testkit.suite import testbed, closing_line, readerd  # noqa: F401


def pytest_terminal_summary(terminalreporter):
    # A machine that cannot emulate devices has not tested them.
    closing_line("readers", terminalreporter, fails_skipped=True)

"""A browser's trust in the hall's certificate."""

import subprocess


def enrol(home, certificate):
    """Imports the certificate as the enrolment page says, into the store that Chromium reads."""
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    run = lambda *words: subprocess.run(["certutil", "-d", f"sql:{store}", *map(str, words)], check=True, capture_output=True)  # noqa: E731
    run("-N", "--empty-password")
    run("-A", "-n", "hall", "-t", "C,,", "-i", certificate)

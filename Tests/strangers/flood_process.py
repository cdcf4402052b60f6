"""A flood of connections in a process of its own, for as long as a `with` lasts."""

import contextlib
import os
import pathlib
import subprocess
import sys

FLOOD = pathlib.Path(__file__).resolve().parent / "flood.py"


@contextlib.contextmanager
def flood(port, kind, count, *sources, processor=None):
    """`count` connections of a kind are open when it begins, and go on coming until its end; on one processor, where one is named."""
    process = subprocess.Popen([sys.executable, FLOOD, str(port), kind, str(count), *sources],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                               preexec_fn=None if processor is None else lambda: os.sched_setaffinity(0, {processor}))
    try:
        if process.stdout.readline().strip() != "open":
            raise RuntimeError("the flood did not come up")
        yield process
    finally:
        process.stdin.close()
        process.wait()

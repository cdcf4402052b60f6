"""Waiting for what happens in another process. Every wait is for an event or a state, never for a time."""

import os
import time

# Seconds after which something that was waited for has failed. It is generous, so that a test passes on a busy machine too.
CEILING = float(os.environ.get("YICHUANG_CEILING", 120))


class NotInTime(AssertionError):
    """What was waited for did not happen."""


def eventually(what, ask, seconds=CEILING, pause=0.05):
    """Asks again and again until `ask` answers something true, and answers that."""
    deadline = time.monotonic() + seconds
    while True:
        # Looked at before asking: whoever was kept from running until the deadline still gets one answer after it.
        is_last = time.monotonic() > deadline
        answer = ask()
        if answer:
            return answer
        if is_last:
            raise NotInTime(f"not within {seconds:.0f} s: {what}")
        time.sleep(pause)

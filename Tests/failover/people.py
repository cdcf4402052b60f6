"""Residents and clerks of a hall whose machines fail, and what they know of it. Standard library only."""

import copy

from race import Race
from testkit.waiting import eventually


class People(Race):
    """The clients of a race, with a ledger that may be read while they go on."""

    def more(self, count=20):
        """Waits until so many more numbers are given."""
        with self.lock:
            before = len(self.given)
        eventually(f"{count} more numbers", lambda: len(self.given) >= before + count)

    def problems_now(self, fetch):
        """What the journal, as `fetch` brings it, says otherwise than those who heard of it before that."""
        with self.lock:
            before = copy.copy(self)
            before.given, before.called, before.wrong = dict(self.given), dict(self.called), list(self.wrong)
        return before.problems(fetch())


def lost(problems):
    return [one for one in problems if one.startswith("acknowledged and lost")]

"""Residents and clerks of a hall whose machines fail, with a ledger of its answers. Standard library only."""

import copy

from race import Race
from testkit.waiting import eventually


class People(Race):
    """The clients of a race, with a ledger that may be read while they go on."""

    @property
    def ordinary(self):
        """How many numbers the journal gave; a machine that is cut off gives others (应急号, from 9001) by itself."""
        with self.lock:
            return sum(int(number[1:]) <= 9000 for _, number, _ in self.given.values())

    def more(self, count=20):
        """Waits until the journal gave so many more numbers."""
        before = self.ordinary
        eventually(f"{count} more numbers", lambda: self.ordinary >= before + count)

    def agree(self, fetch):
        """Waits until the journal has all that its people know; what was given while cut off is brought in by and by."""
        eventually("the ledger has no complaint", lambda: not self.problems_now(fetch))

    def problems_now(self, fetch):
        """Differences between the journal, as `fetch` returns it, and the answers that were received before."""
        with self.lock:
            before = copy.copy(self)
            before.given, before.called, before.wrong = dict(self.given), dict(self.called), list(self.wrong)
        return before.problems(fetch())


def lost(problems):
    return [one for one in problems if one.startswith("acknowledged and lost")]

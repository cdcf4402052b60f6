"""What a screen is told. Standard library only."""

import re
import threading
import urllib.request

from demo_hall import CEILING


class Listener:
    """A screen that writes down all that it is told."""

    def __init__(self, url, cookie=None, ceiling=CEILING):
        self.heard = b""
        self._changed = threading.Condition()
        request = urllib.request.Request(url, headers={"Accept": "text/event-stream", **({"Cookie": cookie} if cookie else {})})
        self._stream = urllib.request.urlopen(request, timeout=ceiling)
        self.ceiling = ceiling
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait(rb"event: snapshot")

    def _listen(self):
        try:
            while line := self._stream.readline():
                with self._changed:
                    self.heard += line
                    self._changed.notify_all()
        except OSError:
            pass

    def mark(self):
        with self._changed:
            return len(self.heard)

    def wait(self, pattern, mark=0):
        """The first event after `mark` that fits."""
        with self._changed:
            if not self._changed.wait_for(lambda: re.search(pattern, self.heard[mark:]), self.ceiling):
                raise RuntimeError(f"nothing like {pattern} was told within {self.ceiling} s")
            return re.search(pattern, self.heard[mark:])

"""The feed of a screen. Standard library only."""

import json
import re
import threading
import urllib.request

from .waiting import CEILING, NotInTime


class Listener:
    """A screen that records its feed: the bytes in `heard`, and each event with its data in `events`."""

    def __init__(self, url, cookie=None):
        self.heard, self.events = b"", []
        self._changed = threading.Condition()
        request = urllib.request.Request(url, headers={"Accept": "text/event-stream", **({"Cookie": cookie} if cookie else {})})
        self._stream = urllib.request.urlopen(request, timeout=CEILING)
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait(rb"event: snapshot")

    @classmethod
    def of_kiosk(cls, hall, kiosk):
        """The page of one kiosk."""
        path = f"/v1/feed/kiosk?kiosk={kiosk}"
        return cls(f"http://127.0.0.1:{hall.kiosk}{path}", cookie=hall.page_cookies(path, None))

    def _listen(self):
        name = ""
        try:
            while line := self._stream.readline():
                with self._changed:
                    self.heard += line
                    if line.startswith(b"event: "):
                        name = line[7:].decode().strip()
                    elif line.startswith(b"data: "):
                        self.events.append((name, json.loads(line[6:])))
                    self._changed.notify_all()
        except (OSError, AttributeError, ValueError):
            # The daemon ended, or the hall was closed while this thread was reading.
            pass

    def mark(self):
        """How much was heard, to ask for what comes after it."""
        with self._changed:
            return len(self.heard)

    def wait(self, pattern, mark=0):
        """The first match of `pattern` after `mark`."""
        with self._changed:
            if not self._changed.wait_for(lambda: re.search(pattern, self.heard[mark:]), CEILING):
                raise NotInTime(f"nothing like {pattern} was told within {CEILING:.0f} s")
            return re.search(pattern, self.heard[mark:])

    def wait_event(self, name, fits=lambda data: True, since=0):
        """The data of the first event `name` that fits, of those after the first `since` events."""
        def found():
            return next((data for event, data in self.events[since:] if event == name and fits(data)), None)

        with self._changed:
            if not self._changed.wait_for(lambda: found() is not None, CEILING):
                raise NotInTime(f"no {name} that fits was told within {CEILING:.0f} s: {self.events[since:]}")
            return found()

    def names(self):
        return [name for name, _ in self.events]

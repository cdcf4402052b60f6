"""The hall's own bursts disconnect no screen: 300 boards that read, 64 programs that take numbers as fast as they are given. Every board
receives the same events, in order, on its first connection."""

import collections
import concurrent.futures
import re
import selectors
import threading

from raw import connect, head
from testkit.demo_hall import DemoHall
from testkit.waiting import NotInTime, eventually

BOARDS, CLIENTS, EACH = 300, 64, 16


class Boards:
    """Reads all of them in one thread, as one computer with as many screens would."""

    def __init__(self, hall, cookie):
        self.selector, self.heard, self.closed = selectors.DefaultSelector(), collections.defaultdict(list), 0
        self.rest = collections.defaultdict(bytes)
        for number in range(BOARDS):
            feed = connect(hall.hall)
            feed.sendall(head(hall.hall, "GET", "/v1/feed/public", f"Cookie: {cookie}"))
            assert feed.recv(65536).startswith(b"HTTP/1.1 200")
            feed.setblocking(False)
            self.selector.register(feed, selectors.EVENT_READ, number)
        self.reading = threading.Thread(target=self.read, daemon=True)
        self.ended = threading.Event()
        self.reading.start()

    def read(self):
        while not self.ended.is_set():
            for key, _ in self.selector.select(timeout=0.2):
                data = key.fileobj.recv(1 << 18)
                if not data:
                    self.closed += 1
                    self.selector.unregister(key.fileobj)
                    continue
                *lines, self.rest[key.data] = (self.rest[key.data] + data).split(b"\n")
                self.heard[key.data] += [int(found[1]) for line in lines if (found := re.match(rb"id: \d+\.(\d+)", line))]

    def close(self):
        self.ended.set()
        self.reading.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()


def burst(program):
    """What went wrong."""
    with DemoHall(program=program) as hall:
        hall.claim()
        token = hall.board_link.split("token=")[1]
        _, _, answer = hall.request(hall.hall, "GET", f"/board/enter?token={token}")
        boards = Boards(hall, answer.getheader("Set-Cookie").split(";")[0])
        try:
            with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
                given = [status for each in clients.map(lambda _: [hall.take()[0] for _ in range(EACH)], range(CLIENTS)) for status in each]
            wrong = [f"a number: {status}" for status in given if status != 201]
            try:
                eventually("every board heard the last event", lambda: boards.closed or len(boards.heard) == BOARDS
                           and len({heard[-1] for heard in boards.heard.values()}) == 1)
            except NotInTime as error:
                wrong.append(str(error))
            if boards.closed:
                wrong.append(f"{boards.closed} screens were cut")
            # Tickets that were written together may be one frame. The next frame may be on its way to some of them already.
            lists = [list(each) for each in boards.heard.values()]
            begin, end = max(each[0] for each in lists), min(each[-1] for each in lists)
            heard = {tuple(event for event in each if begin <= event <= end) for each in lists}
            if len(heard) != 1 or any(list(each) != sorted(set(each)) for each in heard):
                wrong.append("not every screen heard the same, in order")
            return wrong
        finally:
            boards.close()

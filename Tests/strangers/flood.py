"""Connections in numbers, from a process of their own: `python flood.py PORT KIND COUNT SECONDS [SOURCE…]`. Prints a line when all were
opened, and holds that many open, a new one for each that is closed, until its standard input ends.

KIND: `silent` sends nothing, `heads` half a head, `posts` a whole head and its body a byte at a time."""

import os
import resource
import select
import socket
import sys
import time

HALF = b"POST /v1/sessions HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
FIRST = {"silent": b"", "heads": HALF, "posts": HALF + b"Content-Length: 60000\r\n\r\n{"}


class Flood:
    def __init__(self, port, kind, count, sources):
        self.port, self.count, self.sources = port, count, sources
        self.first = FIRST[kind] % port if FIRST[kind] else b""
        self.drips = kind == "posts"
        self.open, self.opened, self.poll = {}, 0, select.epoll()

    def connect(self):
        connection = socket.socket()
        if self.sources:
            connection.setsockopt(socket.SOL_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT: the port is chosen by connect
            connection.bind((self.sources[self.opened % len(self.sources)], 0))
        connection.settimeout(5)
        try:
            connection.connect(("127.0.0.1", self.port))
            if self.first:
                connection.send(self.first)
        except OSError:
            connection.close()
            return
        connection.setblocking(False)
        self.open[connection.fileno()] = connection
        self.opened += 1
        self.poll.register(connection.fileno(), select.EPOLLIN | select.EPOLLRDHUP)

    def run(self):
        said, stdin, drip = False, sys.stdin.fileno(), time.monotonic()
        self.poll.register(stdin, select.EPOLLIN | select.EPOLLHUP)
        while True:
            for _ in range(min(200, self.count - len(self.open))):
                self.connect()
            if not said and self.opened >= self.count:  # some may have been displaced already
                said = True
                print("open", flush=True)
            for number, _ in self.poll.poll(0.05 if len(self.open) >= self.count else 0):
                if number == stdin:
                    if not os.read(stdin, 100):
                        print(self.opened, len(self.open), flush=True)
                        return
                    continue
                self.open.pop(number).close()
            if self.drips and time.monotonic() > drip + 1:
                drip = time.monotonic()
                for connection in list(self.open.values()):
                    try:
                        connection.send(b" ")
                    except OSError:
                        pass


if __name__ == "__main__":
    # The flood runs on a processor of its own, so that it takes no time from the hall.
    os.nice(19)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536), most))
    Flood(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:]).run()

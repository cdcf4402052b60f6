"""Many screens at once: feeds that are read as they come, in one thread. Standard library only."""

import selectors
import socket
import threading


class Crowd:
    """Feeds that stay open until `close`; their events are read and dropped."""

    def __init__(self):
        self.selector, self.lock = selectors.DefaultSelector(), threading.Lock()
        self.open, self.ended, self.over = 0, 0, threading.Event()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def add(self, port, path, cookie, count):
        """Opens `count` feeds; how many were answered as feeds."""
        answered = 0
        for _ in range(count):
            try:
                screen = socket.create_connection(("127.0.0.1", port), timeout=60)
                screen.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n".encode())
                head = screen.recv(65536)
            except OSError:
                continue
            if b" 200 " not in head.partition(b"\r\n")[0]:
                screen.close()
                continue
            answered += 1
            screen.setblocking(False)
            with self.lock:
                self.open += 1
            self.selector.register(screen, selectors.EVENT_READ)
        return answered

    def _read(self):
        while not self.over.is_set():
            for key, _ in self.selector.select(timeout=0.2):
                try:
                    read = key.fileobj.recv(1 << 18)
                except BlockingIOError:
                    continue
                except OSError:
                    read = b""
                if not read:
                    self.selector.unregister(key.fileobj)
                    key.fileobj.close()
                    with self.lock:
                        self.open, self.ended = self.open - 1, self.ended + 1

    def close(self):
        self.over.set()
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()

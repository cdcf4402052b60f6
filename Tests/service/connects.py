"""Connects to a port without a pause, each with one request, and counts what became of them."""

import socket
import threading
import time

REQUEST = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"


class Connects:
    """`with Connects(port) as connects:` goes on until its end; then `refused`, `answered`, `cut` and the longest wait are known."""

    def __init__(self, port, patience=120):
        self.port, self.patience = port, patience
        self.refused = self.answered = self.cut = 0
        self.longest = 0.0
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._go_on) for _ in range(4)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self):
        while not self._over.wait(0.005):
            began = time.monotonic()
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=self.patience) as connection:
                    connection.sendall(REQUEST.format(port=self.port).encode())
                    answer = connection.recv(4096)
            except ConnectionRefusedError:
                self.refused += 1
                continue
            except OSError:
                answer = b""
            if answer.startswith(b"HTTP/1.1 200"):
                self.answered += 1
                self.longest = max(self.longest, time.monotonic() - began)
            else:
                # Accepted by a daemon that ended before it answered: the client repeats its request.
                self.cut += 1

"""The link between a machine and another one's port, as a program that a test can cut. Standard library only."""

import socket
import threading


class Relay:
    """Passes connections on to a port. `cut` ends them and refuses further ones; `deafen` only loses what comes back."""

    def __init__(self, port):
        self._target = port
        self._lock = threading.Lock()
        self._pairs = set()
        self._is_cut = False
        self._is_deaf = False
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self._socket.accept()
            except OSError:
                return
            with self._lock:
                refused = self._is_cut or self._is_deaf
            try:
                far = None if refused else socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                far = None
            if far is None:
                near.close()
                continue
            with self._lock:
                self._pairs.add((near, far))
            threading.Thread(target=self._pass, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, True), daemon=True).start()

    def _pass(self, source, target, comes_back):
        try:
            while data := source.recv(65536):
                with self._lock:
                    is_lost = comes_back and self._is_deaf
                if not is_lost:
                    target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        with self._lock:
            self._is_cut = True
            pairs, self._pairs = self._pairs, set()
        for pair in pairs:
            for end in pair:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def deafen(self):
        """What the machine sends still arrives, and no answer comes back."""
        with self._lock:
            self._is_deaf = True

    def mend(self):
        self.cut()
        with self._lock:
            self._is_cut = self._is_deaf = False

    def close(self):
        self.cut()
        self._socket.close()

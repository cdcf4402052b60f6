"""TLS in front of a machine's listener, as its door has it: bytes go through as they are. Needs openssl."""

import pathlib
import socket
import ssl
import subprocess
import tempfile
import threading


class TLSFront:
    """At `address`, an address of the loopback network, on a free port; what it gets goes to `target`, a port of 127.0.0.1."""

    def __init__(self, address, target):
        self.target = target
        self.folder = tempfile.TemporaryDirectory(prefix="yc-front-")
        key, certificate = (pathlib.Path(self.folder.name) / name for name in ("front.key", "front.crt"))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj", "/CN=front",
             "-addext", f"subjectAltName=IP:{address}", "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.socket = socket.create_server((address, 0))
        self.origin = f"https://{address}:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            outside = self.context.wrap_socket(connection, server_side=True)
            inside = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            return connection.close()
        # One thread for each direction; when either end closes, both threads end.
        back = threading.Thread(target=self.pass_on, args=(inside, outside), daemon=True)
        back.start()
        self.pass_on(outside, inside)

    @staticmethod
    def pass_on(source, target):
        try:
            while content := source.recv(65_536):
                target.sendall(content)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def close(self):
        self.socket.close()
        self.folder.cleanup()

"""A printer that keeps the raster of every slip and answers only about paper: for queues over socket://. Standard library only.

    with RasterPrinter() as printer, PrivateCUPS(printer.port) as cups:
        ...                          # print to queue cups.queue of server cups.socket
        slip = printer.wait_slip(0)  # Slip: width, rows, png(), data
        printer.set_paper(False)     # the printer goes on taking bytes and burns nothing until paper is back
"""

import socket
import struct
import threading
import zlib

from .waiting import CEILING, NotInTime

LINE_DOTS = 34  # one line feed: a sixth of an inch at 203 dpi


class Slip:
    """A piece of paper: `rows` of packed bits, 1 is black; `data` are the bytes of its connection so far."""

    def __init__(self, width, rows, data):
        self.width, self.rows, self.data = width, rows, data

    @property
    def height(self):
        return len(self.rows)

    def png(self):
        """The slip as a PNG file, one bit a dot."""

        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        # In a grey PNG 0 is black, so the bits are turned over; each row begins with filter 0.
        pixels = b"".join(b"\0" + bytes(255 - byte for byte in row) for row in self.rows)
        header = struct.pack(">IIBBBBB", self.width, self.height, 1, 0, 0, 0, 0)
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels))
                + chunk(b"IEND", b""))


def decode(data, width=576):
    """The slips in a complete ESC/POS stream, the last one torn off if it was not cut."""
    row_bytes = (width + 7) // 8
    slips, rows, feed, at = [], [], 0, 0

    def cut():
        nonlocal rows, feed
        if rows:
            slips.append(Slip(width, rows, data))
        rows, feed = [], 0

    while at < len(data):
        head = data[at:at + 3]
        if head == b"\x1dv0" and at + 8 <= len(data):
            across, down = struct.unpack("<HH", data[at + 4:at + 8])
            if at + 8 + across * down > len(data):
                break
            rows += [bytes(row_bytes)] * feed
            feed = 0
            for row in range(down):
                start = at + 8 + row * across
                rows.append(data[start:start + min(across, row_bytes)].ljust(row_bytes, b"\0"))
            at += 8 + across * down
        elif head[:2] == b"\x1dV" and len(head) == 3:
            at += 4 if head[2] in (65, 66) else 3
            cut()
        elif head[:2] == b"\x1bJ" and len(head) == 3:
            feed += head[2]
            at += 3
        elif head[:2] == b"\x1bd" and len(head) == 3:
            feed += head[2] * LINE_DOTS
            at += 3
        elif head == b"\x1d(H":
            at += 11
        elif head[:2] in (b"\x10\x04", b"\x1dr", b"\x1da"):
            at += 3
        elif head[:2] == b"\x1b@":
            at += 2
        else:
            at += 1
    cut()
    return slips


class RasterPrinter:
    """Takes bytes on a port of 127.0.0.1, one connection after the other, and keeps what would lie on the paper."""

    def __init__(self, width=576):
        self.width = width
        self.streams = []  # the bytes of each connection that has ended
        self._slips, self._waiting = [], []
        self._paper, self._changed = True, threading.Condition()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            data = b""
            with peer:
                try:
                    while piece := peer.recv(65536):
                        data += piece
                        # A question is answered at once; a slip is too short to have one cut in two by chance.
                        if piece[:2] == b"\x10\x04":
                            peer.sendall(bytes([0x12 if self._paper else 0x72 if piece[2:3] == b"\x04" else 0x1A]))
                except OSError:
                    pass
            with self._changed:
                self.streams.append(data)
                self._waiting += decode(data, self.width)
                self._burn()

    def _burn(self):
        if not self._paper:
            return
        self._slips += self._waiting
        self._waiting = []
        self._changed.notify_all()

    def set_paper(self, is_there):
        """What was taken without paper comes out when it is back, as from a real printer."""
        with self._changed:
            self._paper = is_there
            self._burn()

    @property
    def slips(self):
        with self._changed:
            return list(self._slips)

    def wait_slip(self, index, timeout=CEILING):
        """The slip with this index, 0 being the first; NotInTime when it does not come."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._slips) > index, timeout):
                raise NotInTime(f"slip {index} did not come within {timeout:.0f} s; {len(self._slips)} came")
            return self._slips[index]

    def close(self):
        # shutdown, not only close: it wakes the thread that waits in accept.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

#!/usr/bin/env python3
"""A cupsd of one's own before an ESC/POS printer made of data. Standard library only.

As a module:

    with Printer() as printer, PrivateCUPS(printer.port) as cups:
        ...                          # print to queue cups.queue of server cups.socket
        slip = printer.wait_slip(0)  # Slip: width, rows, png(), data
        printer.set_paper(False)     # the printer goes on taking bytes and burns nothing until paper is back

As a program: `private_cups.py [--out DIR] [--width 576]` prints one line of JSON,
`{"server": "/…/cups.sock", "queue": "slips", "printer": 41234}`, keeps each slip as DIR/NNN.bin and DIR/NNN.png, and
ends with its standard input or at SIGTERM. Works for root, whose cupsd runs its backends as `lp`, and for any other
user.
"""
import argparse
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

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


class Printer:
    """Takes bytes on a port of 127.0.0.1, one connection after the other, and keeps what would lie on the paper."""

    def __init__(self, width=576, on_slip=None):
        self.width = width
        self.streams = []  # the bytes of each connection that has ended
        self._on_slip = on_slip
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
        for slip in self._waiting:
            self._slips.append(slip)
            if self._on_slip:
                self._on_slip(len(self._slips), slip)
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

    def wait_slip(self, index, timeout=30):
        """The slip with this index, 0 being the first; TimeoutError when it does not come."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._slips) > index, timeout):
                raise TimeoutError(f"slip {index} did not come within {timeout} s; {len(self._slips)} came")
            return self._slips[index]

    def close(self):
        # shutdown, not only close: it wakes the thread that waits in accept.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class PrivateCUPS:
    """cupsd in a temporary folder with one queue without a filter; both go when it is closed, or when this process ends.

    The queue is `socket://` to the port, or what `uri` says. `backends` are programs of ours to put beside those of
    CUPS; they find the folder `claims` in their environment, as on an installed system.
    """

    # The shell ends cupsd when the pipe to it closes, which happens however this process ends.
    LEASH = ('"$@" </dev/null & child=$!; echo $child >&3; exec 3>&-; read -r _; kill -CONT $child; kill -TERM $child; '
             'for _ in $(seq 25); do case $(cut -d" " -f3 /proc/$child/stat) in ""|Z) exit 0;; esac; sleep 0.2; done; '
             'kill -KILL $child')

    def __init__(self, printer_port, queue="slips", uri=None, backends=()):
        self.queue = queue
        self.uri = uri or f"socket://127.0.0.1:{printer_port}/?contimeout=3"
        self.folder = tempfile.mkdtemp(prefix="cups-")
        os.chmod(self.folder, 0o755)
        self.socket = f"{self.folder}/state/cups.sock"
        self._shell, self._pid = None, None
        try:
            self._configure(backends)
            self.start()
            self.add_queue(queue, self.uri)
        except BaseException:
            self.close()
            raise

    def add_queue(self, name, uri):
        self._run("lpadmin", "-h", self.socket, "-p", name, "-E", "-v", uri, "-m", "raw",
                  "-o", "printer-error-policy=abort-job")

    @property
    def claims(self):
        return f"{self.folder}/claims"

    def _programs(self, backends):
        """A folder of CUPS's programs with ours among them; cupsd wants them owned by who starts it, and not writable."""
        if not backends:
            return "/usr/lib/cups"
        programs = f"{self.folder}/bin"
        os.makedirs(f"{programs}/backend", mode=0o755)
        for name in os.listdir("/usr/lib/cups"):
            if name != "backend":
                os.symlink(f"/usr/lib/cups/{name}", f"{programs}/{name}")
        for program in ["/usr/lib/cups/backend/socket", *backends]:
            copy = f"{programs}/backend/{os.path.basename(program)}"
            shutil.copyfile(program, copy)
            os.chmod(copy, 0o755)
        return programs

    def _configure(self, backends):
        os.makedirs(self.claims)
        if os.geteuid() == 0:
            shutil.chown(self.claims, "root", "lp")
        os.chmod(self.claims, 0o2770)
        for part in ("etc/ppd", "spool/tmp", "cache", "state", "ssl", "log"):
            os.makedirs(f"{self.folder}/{part}", mode=0o755)
        with open(f"{self.folder}/etc/cups-files.conf", "w") as files:
            for name, value in (
                ("ServerRoot", "etc"), ("RequestRoot", "spool"), ("CacheDir", "cache"), ("StateDir", "state"),
                ("TempDir", "spool/tmp"), ("ServerKeychain", "ssl"), ("AccessLog", "log/access_log"),
                ("ErrorLog", "log/error_log"), ("PageLog", "log/page_log"),
            ):
                files.write(f"{name} {self.folder}/{value}\n")
            files.write(f"ServerBin {self._programs(backends)}\nSetEnv YICHUANG_POS_CLAIMS {self.claims}\nDataDir /usr/share/cups\nDocumentRoot /usr/share/cups/doc-root\n"
                        "User lp\nGroup lp\nSystemGroup root\n")
        with open(f"{self.folder}/etc/cupsd.conf", "w") as conf:
            conf.write(f"""LogLevel info
Listen {self.socket}
Browsing No
WebInterface No
DefaultAuthType None
IdleExitTimeout 0
DirtyCleanInterval 0
PreserveJobFiles No
MultipleOperationTimeout 60
MaxJobTime 120
ErrorPolicy abort-job
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
""")

    @staticmethod
    def _run(*words):
        done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def start(self):
        """Starts cupsd, also again on the same spool."""
        reader, writer = os.pipe()
        with open(f"{self.folder}/log/cupsd.out", "ab") as log:
            self._shell = subprocess.Popen(
                ["bash", "-c", f"exec 3>&{writer} {writer}>&-; " + self.LEASH, "cupsd", "/usr/sbin/cupsd", "-f",
                 "-c", f"{self.folder}/etc/cupsd.conf", "-s", f"{self.folder}/etc/cups-files.conf"],
                stdin=subprocess.PIPE, stdout=log, stderr=log, pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as answer:
            self._pid = int(answer.readline())
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            # lpstat succeeds also when it says that the scheduler is not running.
            if "is running" in subprocess.run(["lpstat", "-h", self.socket, "-r"], capture_output=True,
                                              text=True).stdout:
                return
            time.sleep(0.05)
        raise TimeoutError("cupsd did not answer within 30 s")

    def stop(self):
        """SIGTERM, and waits."""
        if self._shell:
            self._shell.stdin.close()
            self._shell.wait()
            self._shell = None

    def kill(self):
        """SIGKILL, and waits; backends at work go on without it."""
        os.kill(self._pid, signal.SIGKILL)
        self.stop()

    def freeze(self):
        """SIGSTOP: connections are taken by the kernel and never answered."""
        os.kill(self._pid, signal.SIGSTOP)

    def thaw(self):
        os.kill(self._pid, signal.SIGCONT)

    def active_jobs(self):
        """Jobs that are not over, one line each."""
        return self._run("lpstat", "-h", self.socket, "-o", self.queue).splitlines()

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", help="folder that keeps the slips")
    parser.add_argument("--width", type=int, default=576, help="dots across the paper")
    options = parser.parse_args()

    def keep(number, slip):
        if options.out:
            os.makedirs(options.out, exist_ok=True)
            for ending, content in (("bin", slip.data), ("png", slip.png())):
                with open(f"{options.out}/{number:03}.{ending}", "wb") as file:
                    file.write(content)

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Printer(options.width, keep) as printer, PrivateCUPS(printer.port) as cups:
        print(json.dumps({"server": cups.socket, "queue": cups.queue, "printer": printer.port}), flush=True)
        while sys.stdin.readline():
            pass


if __name__ == "__main__":
    main()

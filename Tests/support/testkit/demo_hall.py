"""A real daemon in demo mode: started on free ports, waited for, always stopped. Standard library only."""

import http.client
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import tempfile
import threading

from .client import exchange, set_cookie
from .paths import BUILT, ROOT
from .waiting import CEILING

SECRET = "yichuang-demo-2026"
# Seconds that a daemon has to end in good order before it is killed.
GRACE = 30


# What keeps the ports of this program's halls from the programs beside it, for as long as it runs.
_held = []


def free_port():
    """A port that nobody else is given: a hall's two ports differ, and so do those of two halls that start at the same moment.

    It lies below the ports that the kernel gives to connections (ip_local_port_range begins at 32768). The mark is an abstract socket, which
    ends with this program.
    """
    for _ in range(1000):
        port = random.SystemRandom().randrange(15000, 32000)
        mark = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            mark.bind(f"\0yichuang-test-port-{port}")
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            mark.close()
            continue
        _held.append(mark)
        return port
    raise RuntimeError("no port is free")


class DemoHall:
    """`with DemoHall() as hall:` gives a running demo hall; `environment` adds variables, `program` is another build, `kind` another hall (village)."""

    def __init__(self, state=None, environment=None, program=None, log=None, ports=None, kind=None, limited=False):
        self.kiosk, self.hall = ports or (free_port(), free_port())
        self._folder = None if state else tempfile.TemporaryDirectory(prefix="yichuang-demo-")
        self.state = pathlib.Path(state or self._folder.name)
        self.program = program or BUILT / "yichuangd"
        self.environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", **(environment or {})}
        self.log = log
        self.kind = kind
        # Whether its kiosks are held to a person's pace, as a hall's are.
        self.limited = limited
        # The address of its listeners.
        self.host = "127.0.0.1"
        self.lines = []
        self.process = None
        # The cookies of the touch pages that this program stands for, by kiosk.
        self.pages = {}
        # Browsers with touch pages: each answers the cookies of its own, by name. Where one holds a kiosk, programs ask as that page.
        self.browsers = []

    def start(self):
        command = [str(self.program), "--demo", "--state", str(self.state),
                   "--kiosk-port", str(self.kiosk), "--hall-port", str(self.hall)]
        if self.kind:
            command += ["--hall", self.kind]
        if not self.limited:
            command += ["--unlimited"]
        # Of this run only: the listener of an earlier run may still print a last line.
        self.lines, ready = [], threading.Event()
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, text=True,
                                        stdout=subprocess.PIPE, stderr=self.log or subprocess.DEVNULL)
        threading.Thread(target=self._listen, args=(self.process, self.lines, ready), daemon=True).start()
        if not ready.wait(CEILING) or "ready" not in (line.strip() for line in self.lines):
            self.stop()
            raise RuntimeError("the demo hall did not become ready: " + " / ".join(self.lines))
        return self

    @staticmethod
    def _listen(process, lines, ready):
        for line in process.stdout:
            lines.append(line.rstrip())
            if line.strip() == "ready":
                ready.set()
        ready.set()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.thaw()
            try:
                self.process.wait(GRACE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def freeze(self):
        """SIGSTOP: connections stay open and are taken by the kernel, and nobody answers, as behind a pulled cable."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
        if self._folder:
            self._folder.cleanup()

    @property
    def board_link(self):
        for line in self.lines:
            found = re.search(r"http://\S+/board/enter\?token=\S+", line)
            if found:
                return found.group(0)
        raise RuntimeError("the demo printed no board link")

    def request(self, port, method, path, body=None, cookie=None, key=None, timeout=CEILING):
        """Status, decoded JSON (or bytes) and the answer's headers. At the kiosk listener it asks as the kiosks' pages; `cookie=""` as none."""
        if port == self.kiosk and cookie is None and not path.startswith("/dock"):
            cookie = self.page_cookies(path, body)
        connection = self.connection(port, timeout)
        try:
            return exchange(connection, method, path, body, cookie, key)
        finally:
            connection.close()

    def connection(self, port, timeout=CEILING):
        """A client's connection, which is made with its first request."""
        return http.client.HTTPConnection(self.host, port, timeout=timeout)

    def page_cookies(self, path, body):
        """The secrets of the kiosks that a request needs, claimed as a page does; nothing for what anybody may look at."""
        kiosk = (body or {}).get("kiosk") if isinstance(body, dict) else None
        found = re.search(r"/v1/kiosks/([^/]+)/", path) or re.search(r"[?&]kiosk=([^&]+)", path)
        kiosk = kiosk or (found and found.group(1)) or next(iter(self.pages), "kiosk-1")
        if path and not re.match(r"/v1/(tickets|notices|reservations|help|awareness|readings|kiosks|feed)", path):
            return ""
        shown = {name: value for browser in self.browsers for name, value in browser().items()}
        cookies = {**self.pages, **{name.removeprefix("yichuang_page_"): f"{name}={value}" for name, value in shown.items()}}
        if kiosk not in cookies:
            self.claim(kiosk)
            cookies.update(self.pages)
        return "; ".join(cookies.values())

    def claim(self, kiosk="kiosk-1", secret=None):
        """Claims a kiosk as its page does; status and content."""
        status, content, answer = self.request(
            self.kiosk, "POST", f"/v1/kiosks/{kiosk}/page", {"secret": secret} if secret else {}, cookie=self.pages.get(kiosk, ""))
        if status == 200:
            self.pages[kiosk] = set_cookie(answer)
        return status, content

    def take(self, items=(), key=None, **more):
        return self.request(self.kiosk, "POST", "/v1/tickets", {"items": list(items), **more}, key=key)

    def sign_in(self, badge, window=None):
        """Signs a clerk in, opens the window if one is named, and gives the cookie."""
        status, content, answer = self.request(
            self.hall, "POST", "/v1/sessions", {"badge": badge, "secret": SECRET})
        if status != 201:
            raise RuntimeError(f"{badge} could not sign in: {content}")
        cookie = set_cookie(answer)
        if window:
            self.request(self.hall, "POST", f"/v1/windows/{window}/open", {}, cookie=cookie)
        return cookie

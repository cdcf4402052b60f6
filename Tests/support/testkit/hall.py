"""A hall of the tests' own: the real daemon on free ports with a state folder that goes with it. Needs PyYAML."""

import hmac
import os
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import yaml

from .client import CUT
from .demo_hall import DemoHall
from .paths import DEMO, ROOT
from .waiting import CEILING, NotInTime, eventually


class Refused(Exception):
    """An answer that is not 2xx."""


CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Hall(DemoHall):
    """The demo hall of a `kind` (town, village); or, when `configure` changes its settings, a real one of that configuration. `share` is another
    share folder, `environment` adds variables, `hold` is told the hall's folder before it is configured. It runs when it is made."""

    def __init__(self, configure=None, share=None, kind=None, environment=None, hold=None):
        # Under /tmp and short: the daemon's control socket lies in the state folder, and a socket's path has 107 bytes.
        self.folder = tempfile.TemporaryDirectory(prefix="yc-hall-", dir="/tmp")
        here = Path(self.folder.name)
        if hold:
            hold(here)
        state = here / "state"
        state.mkdir(mode=0o700)
        self.diary = open(here / "daemon.log", "w+b")
        super().__init__(
            state=state, program=os.environ.get("YICHUANGD"), log=self.diary, kind=kind,
            environment={"YICHUANG_STATE": str(state), **({"YICHUANG_SHARE": str(share)} if share else {}), **(environment or {})})
        self.configuration = self.write_configuration(here / "yichuang.yaml", configure) if configure else None
        self.cookie = None
        self.start()

    def write_configuration(self, file, configure):
        settings = yaml.safe_load(DEMO.read_text())
        settings["files"] = {name: str(DEMO.parent / path) for name, path in settings["files"].items()}
        settings["listeners"] = {"kiosk": f"127.0.0.1:{self.kiosk}", "hall": f"127.0.0.1:{self.hall}"}
        # Nothing of the demo's idle screen lies over a page that a test reads for longer than a minute.
        settings.pop("publicity", None)
        # Programs press faster than people do.
        quick = dict.fromkeys(["kiosk_numbers_a_minute", "kiosk_notices_a_minute", "lane_numbers_a_minute"], 600)
        settings["queue"] = {**settings.get("queue", {}), **quick}
        configure(settings)
        file.write_text(yaml.safe_dump(settings, allow_unicode=True))
        return file

    def start(self):
        """Starts the daemon, also again on the same state and ports."""
        try:
            if not self.configuration:
                return super().start()
            # Only the demo says on its standard output that it is ready.
            self.process = subprocess.Popen(
                [str(self.program), "--config", str(self.configuration)], cwd=ROOT, env=self.environment,
                stdout=self.diary, stderr=self.diary)
            eventually("the hall is ready", self.is_ready)
            return self
        except (RuntimeError, NotInTime) as error:
            self.stop()
            raise RuntimeError(f"{error}\n{self.log_tail()}") from None

    def is_ready(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the daemon ended with {self.process.returncode}")
        try:
            return self.request(self.kiosk, "GET", "/readyz")[0] == 200
        except CUT:
            return False

    def log_tail(self):
        """What the daemon said last."""
        return Path(self.diary.name).read_text(errors="replace")[-2000:]

    @property
    def board_link(self):
        if not self.configuration:
            return super().board_link
        token = yaml.safe_load(self.configuration.read_text())["board"]["token"]
        return f"{self.desk_url}/board/enter?token={token}"

    def close(self):
        self.stop()
        self.diary.close()
        self.folder.cleanup()

    @property
    def kiosk_url(self):
        return f"http://127.0.0.1:{self.kiosk}"

    @property
    def desk_url(self):
        return f"http://127.0.0.1:{self.hall}"

    def ask(self, method, path, body=None, port=None, cookie=None):
        """What the server answers to a program, on the kiosk listener unless another port is given.

        Where the disk of a loaded machine stands still for seconds, it does what the answer says: the same press again."""
        key, until = str(uuid.uuid4()), time.monotonic() + CEILING
        while True:
            status, content, _ = self.request(port or self.kiosk, method, path, body, cookie=cookie, key=key)
            if 200 <= status < 300:
                return content
            if status != 503 or content.get("code") != "storage_fault" or time.monotonic() > until:
                raise Refused(f"{status} {content}")

    def get(self, path):
        return self.ask("GET", path)

    def join(self, items=(), kiosk="kiosk-1"):
        """A number taken by a program, for somebody who is in the queue already."""
        return self.ask("POST", "/v1/tickets", {"items": list(items), "kiosk": kiosk})

    def tickets(self, state=None):
        """The tickets of the queue as staff see it, in `state` or in any."""
        if not self.cookie:
            self.cookie = self.sign_in("AJ100")
        queue = self.ask("GET", "/v1/queue", port=self.hall, cookie=self.cookie)
        return [one for one in queue["tickets"] if state in (None, one["state"])]

    def dock(self):
        return {one["kiosk"]: one for one in self.get("/dock/state")["printers"]}

    def badge(self, number):
        """The code on a badge of the first issue, computed from the hall's key as docs/OPERATING.md has it."""
        key = (self.state / "hall.key").read_bytes()
        derived = hmac.digest(key, b"yichuang badge 1\x01", "sha256")
        bits = int.from_bytes(hmac.digest(derived, f"{number}\n1".encode(), "sha256"), "big") >> (256 - 50)
        check = "".join(CROCKFORD[bits >> shift & 31] for shift in range(45, -1, -5))
        return f"YB-{number}-1-{check}"

    def hand(self, kiosk, action, **more):
        """What a hand does at a kiosk's card reader or scanner."""
        self.ask("POST", f"/dock/readers/{kiosk}", {"action": action, **more})

    def set_clock(self, ahead):
        """Sets the server's civil clock to so many seconds beyond the machine's."""
        self.ask("POST", "/dock/clock", {"ahead": ahead})

    def break_printer(self, kiosk, condition, on=True):
        self.ask("POST", f"/dock/printers/{kiosk}", {"condition": condition, "on": on})

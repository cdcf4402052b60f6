"""The hall's door on free ports: a real hall, certificates and files by yichuangctl, and Debian's nginx. Needs nginx and curl."""

import json
import os
import pathlib
import signal
import socket
import subprocess

from .demo_hall import free_port
from .hall import Hall
from .paths import BUILT, ROOT
from .waiting import eventually

NAME = "yichuang.local"


class Door:
    """`with Door() as door:` is a hall with its door at 127.0.0.1 and `yichuang.local`; `settings` are more of the section `door`."""

    def __init__(self, **settings):
        self.port, self.plain = free_port(), free_port()
        self.nginx = None
        self.hall = Hall(lambda file: file.update(door={
            "origins": [f"https://127.0.0.1:{self.port}", f"https://{NAME}:{self.port}"], "plain_port": self.plain,
            "socket": str(self.here / "door.sock"), "folder": str(self.here / "door"), **settings}), hold=self.hold)

    def hold(self, folder):
        """The hall's own folder is where the door's things lie too."""
        self.here = pathlib.Path(folder)
        self.tls = self.here / "tls"

    def ctl(self, *words, check=True):
        """What yichuangctl answers, as JSON; its sentence is its complaint when it fails."""
        done = subprocess.run([BUILT / "yichuangctl", *map(str, words), "--json"], cwd=ROOT, capture_output=True, text=True,
                              env={**os.environ, "YICHUANG_STATE": str(self.hall.state)})
        assert done.stdout, done.stderr
        answer = json.loads(done.stdout)
        assert not check or answer["ok"], answer
        return answer

    def make_certificates(self):
        return self.ctl("tls", "init", "--tls", self.tls, "--address", "127.0.0.1", "--name", NAME)

    def write(self):
        (self.here / "run").mkdir(exist_ok=True)
        return self.ctl("door", "write", "--tls", self.tls, "--config", self.hall.configuration, "--run", self.here / "run")

    def open(self):
        """Starts nginx with what `write` wrote."""
        # Its workers would be nobody's when root starts it; in its unit all of it has one user.
        user = ["-g", "user root;"] if os.getuid() == 0 else []
        self.log = open(self.here / "nginx.log", "ab")
        self.nginx = subprocess.Popen(["/usr/sbin/nginx", "-e", "stderr", *user, "-c", str(self.here / "door/nginx.conf")],
                                      stdout=self.log, stderr=self.log)
        eventually("the door answers", self.answers)
        return self

    def answers(self):
        assert self.nginx.poll() is None, (self.here / "nginx.log").read_text()
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def reload(self):
        """New workers; the answer is when they are there."""
        before = self.workers()
        self.nginx.send_signal(signal.SIGHUP)
        eventually("new workers", lambda: set(self.workers()) - set(before))

    def workers(self):
        return subprocess.run(["pgrep", "-P", str(self.nginx.pid), "-f", "worker process$"], capture_output=True, text=True).stdout.split()

    def shut(self):
        if self.nginx:
            self.nginx.terminate()
            self.nginx.wait()
            self.log.close()
        self.nginx = None

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    @property
    def ca(self):
        return self.tls / "ca.crt"

    def curl(self, path, *words, url=None, check=True, trust=True):
        """A request of a computer to the door, its complaint where there is no answer."""
        known = ["--cacert", str(self.ca)] if trust else []
        done = subprocess.run(
            ["curl", "-sS", "--max-time", "60", "--noproxy", "*", "--resolve", f"{NAME}:{self.port}:127.0.0.1", *known, *words, (url or self.url) + path],
            capture_output=True, text=True)
        assert not check or done.returncode == 0, done.stderr
        return done

    def status(self, path, *words, **more):
        return int(self.curl(path, "-o", "/dev/null", "-w", "%{http_code}", *words, **more).stdout)

    def post(self, path, body, *words, **more):
        """Status, head and body of a page's request."""
        answer = self.curl(path, "-i", "-X", "POST", "-H", "Content-Type: application/json", "-H", "Idempotency-Key: k", "-d", json.dumps(body), *words, **more).stdout
        head, _, content = answer.partition("\n\n")
        return int(head.split()[1]), head, content

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shut()
        self.hall.close()

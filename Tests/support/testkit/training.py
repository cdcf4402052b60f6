"""A training (演练) beside a hall of the tests' own: the same program and folder, with --training."""

import os
import signal
import subprocess

from .demo_hall import DemoHall
from .paths import ROOT


class Training(DemoHall):
    """The training of a running demo `hall`, at another address of this machine."""

    def __init__(self, hall):
        super().__init__(state=hall.state, program=hall.program, environment=hall.environment, log=hall.log)
        self.host = "127.0.0.2"

    def start(self):
        command = [str(self.program), "--demo", "--training", "--unlimited", "--state", str(self.state),
                   "--kiosk-port", str(self.kiosk), "--hall-port", str(self.hall)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **self.environment}, text=True, stdout=subprocess.PIPE, stderr=self.log or subprocess.DEVNULL)
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if self.lines[-1] == "ready":
                return self
        raise RuntimeError("the training did not become ready: " + " / ".join(self.lines))

    def end(self):
        """Ends it as Ctrl-C does; answers its status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait()

    @property
    def kiosk_url(self):
        return f"http://{self.host}:{self.kiosk}"

    @property
    def desk_url(self):
        return f"http://{self.host}:{self.hall}"

"""How long connections wait while the daemon is restarted: its sockets are kept meanwhile, as systemd keeps them. Standard library only."""

import contextlib
import json
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from meter import DAEMON, RELEASE, ROOT, row

sys.path.insert(0, str(ROOT / "Tests" / "service"))
from connects import Connects  # noqa: E402

# systemd/yichuangd.service: RestartSec, which `systemctl restart` does not wait for.
AFTER_A_CRASH = 0.25
ROUNDS = 5
# Hands the sockets over as systemd does (sd_listen_fds(3)).
HANDED_OVER = 'exec 3<&"$1" 4<&"$2"; export LISTEN_PID=$$ LISTEN_FDS=2; shift 2; exec "$@"'


class Kept:
    """Two listening sockets that outlive each daemon."""

    def __init__(self, state):
        self.state, self.sockets, self.process = state, [socket.create_server(("127.0.0.1", 0), backlog=1024) for _ in range(2)], None
        self.ports = [one.getsockname()[1] for one in self.sockets]

    def start(self):
        numbers = [one.fileno() for one in self.sockets]
        self.process = subprocess.Popen(
            ["bash", "-c", HANDED_OVER, "bash", *map(str, numbers), DAEMON, "--demo", "--state", self.state, "--unlimited",
             "--kiosk-port", str(self.ports[0]), "--hall-port", str(self.ports[1])],
            pass_fds=numbers, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for line in self.process.stdout:
            if line.strip() == "ready":
                # Drains the pipe, so that the daemon never blocks on a full one.
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return
        raise RuntimeError("the daemon did not become ready")

    def end(self, how):
        self.process.send_signal(how)
        self.process.wait()

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            self.end(signal.SIGTERM)
        for one in self.sockets:
            one.close()


def waits(kept, how, pause):
    """The longest wait of each round, the refused and those cut off in mid-answer."""
    longest, refused, cut = [], 0, 0
    for _ in range(ROUNDS):
        with Connects(kept.ports[0]) as kiosk, Connects(kept.ports[1]) as hall:
            both = (kiosk, hall)
            reached(both, 20)
            kept.end(how)
            time.sleep(pause)
            kept.start()
            reached(both, 20)
        longest.append(max(one.longest for one in both))
        refused, cut = refused + sum(one.refused for one in both), cut + sum(one.cut for one in both)
    return longest, refused, cut


def reached(both, more):
    seen = [one.answered for one in both]
    until = time.monotonic() + 60
    while any(one.answered < before + more for one, before in zip(both, seen)):
        if time.monotonic() > until:
            raise RuntimeError("no answers within a minute")
        time.sleep(0.01)


def gap(business_days=250, tickets=400):
    """The wait of whoever connects while the daemon is restarted, or dies, with a year's journal."""
    with tempfile.TemporaryDirectory() as folder:
        state = pathlib.Path(folder) / "state"
        records = int(subprocess.run([RELEASE / "JournalYears", state, str(business_days), str(tickets)], check=True, text=True,
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)
        kept = Kept(state)
        try:
            kept.start()
            for what, how, pause in (("restarted", signal.SIGTERM, 0), ("killed and started again after 250 ms", signal.SIGKILL, AFTER_A_CRASH)):
                longest, refused, cut = waits(kept, how, pause)
                most = max(longest)
                row(f"longest wait of a connection while the daemon is {what}, {records:,} records", f"{most:.2f} s of {ROUNDS} times, "
                    f"median {sorted(longest)[ROUNDS // 2]:.2f} s; {refused} refused, {cut} cut off", "", None, "1 s", most <= 1 and not refused,
                    seconds=most, all=json.dumps(longest))
        finally:
            kept.close()

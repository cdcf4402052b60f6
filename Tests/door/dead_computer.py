"""Run in a network of its own (`unshare -n`): a computer opens a board's feed through the door and then loses its power, which is a network
in which nothing of it arrives any more and nothing is refused. Says after how many seconds the door gave its place up."""

import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from testkit.door import Door  # noqa: E402
from testkit.paths import ROOT  # noqa: E402
from testkit.waiting import eventually  # noqa: E402

HALL, COMPUTER = "10.99.0.1", "10.99.0.2"
SILENT = "add table ip t; " + "; ".join(
    f"add chain ip t {way} {{ type filter hook {way} priority 0; policy drop; }}" for way in ("input", "output"))


def run(*words):
    subprocess.run(words, check=True)


def places():
    """The computer's connections as the machine has them."""
    return subprocess.run(["ss", "-tnH", "state", "established", "src", HALL], capture_output=True, text=True, check=True).stdout.split("\n")[:-1]


def main():
    run("ip", "link", "set", "lo", "up")
    run("sysctl", "-q", "-p", str(ROOT / "systemd/yichuang-sysctl.conf"))
    computer = subprocess.Popen(["unshare", "-n", "sleep", "infinity"])
    there = ["nsenter", "-t", str(computer.pid), "-n"]
    own = pathlib.Path("/proc/self/ns/net").readlink()
    eventually("its network is there", lambda: pathlib.Path(f"/proc/{computer.pid}/ns/net").readlink() != own)
    run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", str(computer.pid))
    for place, name, address in (([], "v0", HALL), (there, "v1", COMPUTER)):
        run(*place, "ip", "addr", "add", f"{address}/24", "dev", name)
        run(*place, "ip", "link", "set", name, "up")
    feed = None
    try:
        with Door() as door:
            door.make_certificates()
            door.write()
            door.open()
            token = door.ctl("board", "--config", door.hall.configuration)["own"].split("token=")[1]
            jar = door.here / "jar"
            assert door.status(f"/board/enter?token={token}", "-c", str(jar)) == 303
            heard = door.here / "heard"
            with open(heard, "wb") as output:
                feed = subprocess.Popen(
                    [*there, "curl", "-sSN", "--cacert", str(door.ca), "-b", str(jar), "--connect-to",
                     f"127.0.0.1:{door.port}:{HALL}:{door.port}", f"{door.url}/v1/feed/public"], stdout=output)
            eventually("the feed begins", lambda: b"event: snapshot" in heard.read_bytes())
            assert len(places()) == 1
            run(*there, "nft", SILENT)
            start = time.monotonic()
            eventually("its place is given up", lambda: not places(), seconds=600, pause=1)
            print(round(time.monotonic() - start))
    finally:
        for process in (feed, computer):
            if process:
                process.kill()
                process.wait()


main()

"""Run in a network of its own (`unshare -n`): a computer opens a board's feed through the door and then loses its power, which is a network
in which nothing of it arrives any more and nothing is refused. Prints after how many seconds the door closed its connection."""

import subprocess
import time

from two_computers import HALL, Computer, connections
from testkit.door import Door
from testkit.waiting import eventually


def main():
    feed = None
    try:
        with Computer() as computer, Door() as door:
            door.make_certificates()
            door.write()
            door.open()
            token = door.ctl("board", "--config", door.hall.configuration)["own"].split("token=")[1]
            jar = door.here / "jar"
            assert door.status(f"/board/enter?token={token}", "-c", str(jar)) == 303
            heard = door.here / "heard"
            with open(heard, "wb") as output:
                feed = subprocess.Popen(
                    [*computer.there, "curl", "-sSN", "--cacert", str(door.ca), "-b", str(jar), "--connect-to",
                     f"127.0.0.1:{door.port}:{HALL}:{door.port}", f"{door.url}/v1/feed/public"], stdout=output)
            eventually("the feed begins", lambda: b"event: snapshot" in heard.read_bytes())
            assert len(connections()) == 1
            computer.drop()
            start = time.monotonic()
            eventually("its place is given up", lambda: not connections(), seconds=600, pause=1)
            print(round(time.monotonic() - start))
    finally:
        if feed:
            feed.kill()
            feed.wait()


main()

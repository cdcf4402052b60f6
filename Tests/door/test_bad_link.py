"""Goal: a board at another computer shows every call although its link loses three packets in ten, is as narrow as 64 kbit/s, or comes and
goes; it says that it may be out of date, is right soon after the link is, and does not storm the door. Method: another network with a real
link, Chromium in it, the door between."""

import json
import pathlib
import subprocess
import sys


def test_a_board_on_a_bad_link_shows_every_call():
    script = pathlib.Path(__file__).with_name("bad_link.py")
    done = subprocess.run(["unshare", "-n", sys.executable, str(script)], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert {what: len(each) for what, each in said["seconds"].items()} == {
        "well": 1, "three in ten are lost": 3, "64 kbit a second": 1, "in and out": 4, "out for long": 1}
    # The longest pause between two tries is 8 s, plus a random jitter of at most half of it.
    assert max(said["seconds"]["out for long"] + said["seconds"]["in and out"]) < 30, said
    assert said["lost"] > 0, said
    # HTTP/2: one connection, and those that were given up and are not forgotten yet.
    assert said["connections"] <= 4, said
    # A009 and A010 were called while the cable was out, and nobody came.
    assert "A011" in said["missed"], said

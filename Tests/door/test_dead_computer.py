"""Goal: the connection of a computer that lost its power is closed within three minutes. Method: another network with a real link, in which every
packet is dropped from one moment on; the kernel of this machine with the shipped setting."""

import pathlib
import subprocess
import sys


def test_a_computer_that_loses_its_power_gives_its_place_back(tmp_path):
    script = pathlib.Path(__file__).with_name("dead_computer.py")
    done = subprocess.run(["unshare", "-n", sys.executable, str(script)], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    # The kernel's usual 15 retries take some 15 minutes.
    assert int(done.stdout) < 180

"""Goal: devices that come, go and fail as often as they like leave nothing behind, and the next card is read.

Method: counted from outside: descriptors, threads and memory of the shipped process.
"""
import os
import signal

import pytest
from testkit.reader_process import frame
from testkit.scans import pos, said


def test_a_thousand_replugs(testbed, readerd):
    reader = readerd()
    flat = None
    for number in range(1000):
        testbed.do("plug r reader 1-2")
        if number % 100 == 0:
            # Now and then as far as a card; otherwise pulled wherever it was.
            reader.wait(("condition", "1-2", "ready"))
            testbed.do("lay r resident")
            reader.wait(("card", "1-2"))
        elif number % 10 == 0:
            # Before it is even open.
            reader.wait(("arrived", "1-2"))
        else:
            # Open, and somewhere on the way to its first answer.
            reader.wait(lambda r: r[0] == "arrived" and "simulated" in r[3])
        testbed.do("unplug r")
        reader.wait(("left", "1-2"))
        reader.lets_go()
        if number == 199:
            flat = reader.fds(), reader.status("VmRSS")
    end = reader.fds(), reader.status("VmRSS")
    print(f"descriptors {flat[0]} -> {end[0]}, resident {flat[1]} -> {end[1]} kB")
    assert end[0] == flat[0]
    assert end[1] <= flat[1] + 2048
    testbed.do("plug s pos 1-3")
    reader.wait(("condition", "1-3", "ready"))
    testbed.do(said("s", pos(b"still here")))
    assert reader.wait(("code",))[2] == "still here"
    testbed.do("plug r reader 1-2")
    reader.wait(("condition", "1-2", "ready"))
    testbed.do("lay r resident")
    reader.wait(("card", "1-2"))
    assert reader.status("Threads") <= 12
    assert len([r for r in reader.seen if r[0] == "left"]) == 1000


def test_the_nth_transfer_fails_for_every_n(testbed, readerd):
    """From the first transfer after the plug to the last that a card needs: however it fails, the card is told in the end. Every form of frames
    and every way of failing side by side, so that none may disturb another."""
    reader = readerd()
    kinds = [(model, how) for model in ("reader", "reader-split", "reader-hid") for how in ("stall", "error", "unplug", "silence")]
    running = {f"{model}-{how}": (model, how, f"1-{port + 1}") for port, (model, how) in enumerate(kinds)}
    number = dict.fromkeys(running, 1)
    while running:
        begun = len(reader.seen)
        for name, (model, how, port_path) in running.items():
            testbed.do(f"fail {name} {number[name]} {how}")
            testbed.do(f"lay {name} resident")
            testbed.do(f"plug {name} {model} {port_path}")
        ended = []
        for name, (_, how, port_path) in running.items():
            def over(r, port_path=port_path, how=how):
                return r[:2] == ("card", port_path) or how == "unplug" and r in (("condition", port_path, "silent"), ("left", port_path))

            report = next((r for r in reader.seen[begun:] if over(r)), None) or reader.wait(over)
            # As long as a card needs fewer transfers than that, the failure is still to come.
            if report[0] == "card" and testbed.stats(name)["armed"]:
                ended.append(name)
            testbed.do(f"unplug {name}")
            if ("left", port_path) not in reader.seen[begun:]:
                reader.wait(("left", port_path))
            number[name] += 1
        for name in ended:
            del running[name]
        assert reader.process.poll() is None
    assert min(number.values()) > 8, number
    testbed.do("plug r reader 1-2")
    testbed.do("lay r resident")
    reader.wait(("card", "1-2"))


def test_devices_are_given_back_at_the_end(testbed, readerd):
    for how in (None, signal.SIGTERM, signal.SIGINT):
        reader = readerd()
        testbed.do("plug r reader 1-2")
        testbed.do("plug s pos 1-3")
        for port_path in ("1-2", "1-3"):
            reader.until(("condition", port_path, "ready"))
        assert reader.end(how) == 0
        testbed.do("stats r")
        assert testbed.stats("r")["claims"] == 0 and testbed.stats("s")["claims"] == 0
        testbed.do("unplug r")
        testbed.do("unplug s")


@pytest.mark.parametrize("words", [b"\0\0\0\2\1\0", b"\0\0\0\2\2\x82", b"\xff\xff\xff\xff", frame(129, b"card_bulk"), frame(1)])
def test_a_daemon_that_talks_nonsense_ends_the_process(readerd, words):
    reader = readerd()
    reader.socket.sendall(words)
    assert reader.process.wait(timeout=60) == 0


def test_what_the_process_gave_up(testbed, readerd):
    reader = readerd()
    testbed.do("plug r reader 1-2")
    reader.wait(("condition", "1-2", "ready"))
    pid = reader.process.pid
    with open(f"/proc/{pid}/status") as status:
        fields = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
    assert fields["Seccomp"] == "2" and fields["NoNewPrivs"] == "1"
    with open(f"/proc/{pid}/limits") as limits:
        core = next(line for line in limits if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]
    # Nothing open but the link, the devices and what libusb and udev need: no file of the hall, no network.
    for entry in os.listdir(f"/proc/{pid}/fd"):
        target = os.readlink(f"/proc/{pid}/fd/{entry}")
        assert target.startswith(("socket:", "pipe:", "anon_inode:", "/dev/pts/", "/dev/null", testbed.root)) or int(entry) < 3, target
        # libdispatch's pools would be seen by it: they trap when they may not look into /proc.
        assert target != "anon_inode:[eventpoll]"
    with open(f"/proc/{pid}/net/tcp") as table:
        inodes = {line.split()[9] for line in list(table)[1:]}
    own = {os.readlink(f"/proc/{pid}/fd/{e}") for e in os.listdir(f"/proc/{pid}/fd")}
    assert not {f"socket:[{i}]" for i in inodes} & own

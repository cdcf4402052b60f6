"""Card readers and scanners: the release build of yichuang-readerd above emulated devices below real libusb."""

import json
import os
import subprocess
import time

from meter import DAEMON, ROOT, quantile, row
from testkit.reader_testbed import ReaderTestbed
from testkit.reader_process import Reader
from testkit.scans import pos, said


def readers():
    on_screen()
    bed = ReaderTestbed()
    try:
        reader = Reader(bed.environment)
        measure(bed, reader)
        reader.kill()
    finally:
        bed.close()


def measure(bed, reader):
    reader.quiet()
    before = reader.status("RssAnon")
    bare = share(reader)
    bed.do("plug r reader 1-1")
    reader.wait(("condition", "1-1", "ready"))
    polled = share(reader)
    row("processor time of the reader process, one reader polled", f"{polled:.2%} of a core", f"without a device {bare:.2%}",
        None, "0.5 %", polled <= 0.005, share=polled)

    laid = []
    for _ in range(20):
        bed.do("lay r resident")
        began = time.monotonic()
        reader.wait(("card", "1-1"))
        laid.append(reader.at - began)
        bed.do("lift r")
        reader.wait(("empty", "1-1"))
    # The emulated module answers at once, so this is the pause between two polls and three exchanges.
    row("a card laid down to the daemon's knowing, beyond the module's own time", f"p50 {quantile(laid, 0.5) * 1000:.0f} ms, "
        f"p99 {quantile(laid, 0.99) * 1000:.0f} ms", "the pause between two looks: 300 ms", quantile(laid, 0.5) / 0.3)

    bed.do("plug p pos 1-2")
    reader.wait(("condition", "1-2", "ready"))
    scanned = []
    for number in range(50):
        began = time.monotonic()
        bed.do(said("p", pos(f"{number:012}".encode())))
        reader.wait(("code", "1-2"))
        scanned.append(max(0, reader.at - began))
    row("a code scanned to the daemon's knowing", f"p50 {quantile(scanned, 0.5) * 1000:.1f} ms, p99 {quantile(scanned, 0.99) * 1000:.1f} ms")

    more = 8
    for number in range(more):
        bed.do(f"plug s{number} pos 1-{3 + number}")
        reader.wait(("condition", f"1-{3 + number}", "ready"))
    grown = (reader.status("RssAnon") - before) / (more + 2)
    row("memory of the reader process a device", f"{grown:.0f} KiB of {reader.status('VmRSS') / 1024:.0f} MiB", kib=grown)


def on_screen(count=40):
    """The same as a resident sees it, on the page of a kiosk."""
    python = ROOT / ".build" / "venv" / "bin" / "python"
    out = subprocess.run([python, "-B", ROOT / "Benchmarks" / "lib" / "shown.py", str(count)], check=True, text=True,
                         stdout=subprocess.PIPE, env={**os.environ, "YICHUANGD": str(DAEMON)}).stdout
    got = json.loads(out.strip().splitlines()[-1])
    pause = "the pause between two looks: 300 ms"
    row("a card laid down to the question whether it may be read, on the screen", f"p50 {got['found_p50_ms']:.0f} ms, "
        f"p99 {got['found_p99_ms']:.0f} ms", pause, got["found_p50_ms"] / 300, "1 s", got["found_p99_ms"] <= 1000, **got)
    row("the agreement to the name on the screen, beyond the module's own time", f"p50 {got['known_p50_ms']:.0f} ms, "
        f"p99 {got['known_p99_ms']:.0f} ms", pause, got["known_p50_ms"] / 300, "1 s", got["known_p99_ms"] <= 1000)
    row("a code scanned to its screen", f"p50 {got['scanned_p50_ms']:.0f} ms, p99 {got['scanned_p99_ms']:.0f} ms", "", None, "1 s",
        got["scanned_p99_ms"] <= 1000)


def share(reader, seconds=10):
    """Its share of a core while idle."""
    began, used = time.monotonic(), reader.cpu()
    time.sleep(seconds)
    return (reader.cpu() - used) / (time.monotonic() - began)

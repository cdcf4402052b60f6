"""What the measures share: halls, load, clocks, and the rows that they come to. Standard library only; wrk makes the load."""

import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
RELEASE = ROOT / ".build" / "release"
# Set before testkit is imported, which reads it once.
os.environ.setdefault("YICHUANG_BUILD", str(RELEASE))
sys.path.insert(0, str(ROOT / "Tests" / "support"))

from testkit.demo_hall import DemoHall  # noqa: E402

DAEMON = RELEASE / "yichuangd"
ROWS = []


def row(figure, measured, beside="", ratio=None, aim="", met=None, **figures):
    """One line of the table. `figures` are the numbers behind it, for programs; `met` is None where there is no aim."""
    ROWS.append({"figure": figure, "measured": measured, "beside": beside, "ratio": ratio, "aim": aim, "met": met, **figures})
    print(line(ROWS[-1]), flush=True)


def line(row):
    verdict = {True: "met", False: "missed", None: ""}[row["met"]]
    aim = f"{row['aim']}: {verdict}" if row["aim"] else ""
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    return f"| {row['figure']} | {row['measured']} | {row['beside']} | {ratio} | {aim} |"


def quantile(values, q):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * q))]


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid):
    """Resident memory, its anonymous part, and its file-backed part (libraries, fonts)."""
    rollup = pathlib.Path(f"/proc/{pid}/status").read_text()
    found = {name: int(re.search(rf"{name}:\s+(\d+)", rollup).group(1)) / 1024 for name in ("VmRSS", "RssAnon", "RssFile")}
    return found["VmRSS"], found["RssAnon"], found["RssFile"]


def fdatasync_rate(folder):
    """Syncs a second of a file that grows by 256 bytes before each: the upper bound for one commit after the other."""
    path = pathlib.Path(folder) / "sync-probe"
    with open(path, "wb", buffering=0) as file:
        times, end = [], time.monotonic() + 2
        while time.monotonic() < end:
            file.write(b"x" * 256)
            began = time.monotonic()
            os.fdatasync(file.fileno())
            times.append(time.monotonic() - began)
    path.unlink()
    return len(times) / sum(times), quantile(times, 0.99) * 1000


def wrk(hall, clients, run, path, body, cookie, seconds):
    command = ["wrk", "-t", str(min(clients, 2)), "-c", str(clients), "-d", f"{seconds}s", "--timeout", "20s", "-s",
               str(ROOT / "Benchmarks/lib/tickets.lua"), f"http://127.0.0.1:{hall.hall}{path}", "--",
               run, cookie, path, body]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    answer = json.loads(out.strip().splitlines()[-1])
    if answer["bad"]:
        raise RuntimeError(f"{run}: {answer['bad']} requests were not answered as they should be")
    answer["rate"] = answer["requests"] / answer["seconds"]
    return answer


def bench_hall(state=None, **environment):
    return DemoHall(state=state, program=DAEMON, environment=environment)

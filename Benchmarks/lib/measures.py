"""The measures, each a function that Benchmarks/run knows by its name."""

import json
import os
import selectors
import socket
import statistics
import subprocess
import tempfile
import time

import year
from gap import gap
from meter import (DAEMON, RELEASE, ROOT, bench_hall, fdatasync_rate, memory_mib, processor_seconds, quantile, row, wrk)
from readers import readers
from table import catalogue

TICKET = '{"lane":"LANE"}'
# The same with its slip at the demo's emulated printer.
WITH_SLIP = '{"lane":"LANE","kiosk":"kiosk-1"}'
# Durable tickets a second of MADO-queue for one client on such a machine, the better of two runs.
MADO = 532


def tickets():
    """Short runs on fresh halls, the median of three: the three lanes give 29,997 numbers between them."""
    with bench_hall() as hall:
        cookie = hall.sign_in("AJ001", window=1)
        syncs, sync_p99 = fdatasync_rate(hall.state)
        plain = wrk(hall, 64, "plain", "/v1/windows/1/open", "{}", cookie, 4)
    for clients in (64, 8, 1):
        got = ticket_runs(clients, TICKET)
        measured = f"{got['rate']:,.0f}/s (p50 {got['p50_ms']:.1f} ms, p99 {got['p99_ms']:.1f} ms)"
        if clients == 64:
            row("durable tickets over HTTP, 64 clients", measured, f"the same server without storage: {plain['rate']:,.0f}/s",
                got["rate"] / plain["rate"], "half", got["rate"] >= plain["rate"] / 2, **got)
        else:
            aim, reached = "p99 two syncs and 10 ms", got["p99_ms"] <= 2 * sync_p99 + 10
            if clients == 1:
                aim, reached = "p50 two syncs and 0.2 ms", got["p50_ms"] <= 2 * 1000 / syncs + 0.2
            row(f"durable tickets over HTTP, {clients} client{'s'[:clients - 1]}", measured,
                f"the disk's fdatasync: {syncs:,.0f}/s (p99 {sync_p99:.2f} ms)", got["rate"] / syncs, aim, reached, **got)
        if clients > 1:
            row(f"processor time a ticket, {clients} clients", f"{got['cpu']:.2f} ms", "", None, "0.15 ms", got["cpu"] <= 0.15)
    got = ticket_runs(1, WITH_SLIP)
    row("durable tickets over HTTP, 1 client, each with its slip drawn and at the emulated printer",
        f"{got['rate']:,.0f}/s (p50 {got['p50_ms']:.1f} ms), {got['cpu']:.1f} ms of processor time a ticket",
        f"MADO-queue: {MADO}/s", got["rate"] / MADO, "four times", got["rate"] >= 4 * MADO, **got)


def ticket_runs(clients, body):
    """The median of three runs of a second by their rate, each on a fresh hall."""
    runs = []
    for _ in range(3):
        with bench_hall() as hall:
            cookie = hall.sign_in("AJ001", window=1)
            before = processor_seconds(hall.process.pid)
            got = wrk(hall, clients, f"c{clients}", "/v1/tickets", body, cookie, 1)
            got["cpu"] = (processor_seconds(hall.process.pid) - before) * 1000 / got["requests"]
            runs.append(got)
    return sorted(runs, key=lambda run: run["rate"])[1]


def slowdisk():
    with bench_hall(YICHUANG_SYNC_DELAY_MS="5") as hall:
        cookie = hall.sign_in("AJ001", window=1)
        one = wrk(hall, 1, "one", "/v1/tickets", TICKET, cookie, 3)["rate"]
        many = wrk(hall, 64, "many", "/v1/tickets", TICKET, cookie, 2)["rate"]
    row("5 ms added to every sync, 64 clients", f"{many:,.0f}/s", f"one after the other: {one:,.0f}/s", many / one,
        "twenty times", many >= 20 * one)


def screens(count=1000):
    with bench_hall() as hall:
        cookie = hall.sign_in("AJ001", window=1)
        selector, sockets = selectors.DefaultSelector(), []
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", hall.hall))
            connection.sendall(f"GET /v1/feed HTTP/1.1\r\nHost: 127.0.0.1:{hall.hall}\r\nCookie: {cookie}\r\n\r\n".encode())
            connection.setblocking(False)
            selector.register(connection, selectors.EVENT_READ)
            sockets.append(connection)

        def until(marker, wanted=count):
            """The moment at which `wanted` sockets have received `marker` for the first time."""
            seen, end = set(), time.monotonic() + 30
            while len(seen) < wanted and time.monotonic() < end:
                for ready, _ in selector.select(1):
                    if marker in ready.fileobj.recv(1 << 20):
                        seen.add(ready.fileobj)
            if len(seen) < wanted:
                raise RuntimeError(f"only {len(seen)} of {wanted} screens heard {marker}")
            return time.monotonic()

        until(b"event: snapshot")
        times = []
        for _ in range(100):
            hall.request(hall.hall, "POST", "/v1/tickets", {}, cookie=cookie)
            until(b"event: ticketIssued")
            began = time.monotonic()
            hall.request(hall.hall, "POST", "/v1/windows/1/calls", {}, cookie=cookie)
            times.append((until(b"event: ticketCalled") - began) * 1000)
            hall.request(hall.hall, "POST", "/v1/windows/1/finish", {}, cookie=cookie)
            until(b"event: ticketFinished")
        p50, p99 = quantile(times, 0.5), quantile(times, 0.99)
        resident, own, _ = memory_mib(hall.process.pid)
        for connection in sockets:
            connection.close()
    ear, bare = bare_sockets(count)
    row("a call to the last of 1,000 screens", f"p50 {p50:.0f} ms, p99 {p99:.0f} ms",
        f"the same bytes to 1,000 sockets by a bare program: p50 {bare:.0f} ms", p50 / bare, "p99 100 ms", p99 <= 100,
        p50_ms=p50, p99_ms=p99)
    row("resident memory with 1,000 screens", f"{resident:.0f} MiB, {own:.0f} MiB of it the process's own")


def bare_sockets(count, frame=b"x" * 400):
    """The load generator's own time to write to and read from so many sockets."""
    with socket.create_server(("127.0.0.1", 0), backlog=count) as listener:
        pairs = []
        for _ in range(count):
            near = socket.create_connection(listener.getsockname())
            pairs.append((near, listener.accept()[0]))
    selector = selectors.DefaultSelector()
    for near, _ in pairs:
        near.setblocking(False)
        selector.register(near, selectors.EVENT_READ)
    times = []
    for _ in range(30):
        began, seen = time.monotonic(), 0
        for _, far in pairs:
            far.sendall(frame)
        while seen < count:
            for ready, _ in selector.select(1):
                ready.fileobj.recv(1 << 20)
                seen += 1
        times.append((time.monotonic() - began) * 1000)
    for pair in pairs:
        for end in pair:
            end.close()
    return count, quantile(times, 0.5)


def voice():
    with bench_hall() as hall:
        cookie = hall.sign_in("AJ001", window=1)
        times = []
        for _ in range(100):
            hall.take()
            began = time.monotonic()
            _, ticket, _ = hall.request(hall.hall, "POST", "/v1/windows/1/calls", {}, cookie=cookie)
            status, wave, _ = hall.request(hall.hall, "GET", f"/v1/speech?number={ticket['number']}&window=1", cookie=cookie)
            if status != 200 or wave[:4] != b"RIFF":
                raise RuntimeError("the hall cannot speak")
            times.append((time.monotonic() - began) * 1000)
            hall.request(hall.hall, "POST", "/v1/windows/1/finish", {}, cookie=cookie)
    p50, p99 = quantile(times, 0.5), quantile(times, 0.99)
    row("a clerk's press to the voice's sound in hand", f"p50 {p50:.0f} ms, p99 {p99:.0f} ms", "", None, "500 ms", p99 <= 500)


def today(count=20):
    """The page of the day on a processor that is slowed four times."""
    python = ROOT / ".build" / "venv" / "bin" / "python"
    out = subprocess.run([python, "-B", ROOT / "Benchmarks" / "lib" / "today.py", str(count)], check=True, text=True,
                         stdout=subprocess.PIPE, env={**os.environ, "YICHUANGD": str(DAEMON)}).stdout
    got = json.loads(out.strip().splitlines()[-1])
    row("the page of the day to its first paint, processor slowed four times", f"p50 {got['paint_p50_ms']:.0f} ms, "
        f"p90 {got['paint_p90_ms']:.0f} ms", f"its figures: p50 {got['figures_p50_ms']:.0f} ms, its bars: p50 {got['bars_p50_ms']:.0f} ms",
        None, "1 s", got["paint_p90_ms"] <= 1000, **got)


def kiosk(what, count):
    python = ROOT / ".build" / "venv" / "bin" / "python"
    out = subprocess.run([python, "-B", ROOT / "Benchmarks" / "lib" / "kiosk.py", what, str(count)], check=True, text=True,
                         stdout=subprocess.PIPE, env={**os.environ, "YICHUANGD": str(DAEMON)}).stdout
    return json.loads(out.strip().splitlines()[-1])


def touch():
    got = kiosk("screen", 200)
    row("touch to number visible in Chromium, 200 touches", f"p50 {got['p50_ms']:.0f} ms, p99 {got['p99_ms']:.0f} ms",
        f"the same POST by a bare client: p50 {got['same_post_p50_ms']:.1f} ms, p99 {got['same_post_p99_ms']:.1f} ms",
        got["p50_ms"] / got["same_post_p50_ms"], "p99 300 ms", got["p99_ms"] <= 300, **got)


def search():
    got = kiosk("search", 200)
    row("key of the kiosk's keyboard to its hits, over 2,000 items", f"p50 {got['work_p50_ms']:.1f} ms, p99 {got['work_p99_ms']:.1f} ms in "
        f"the page; p50 {got['p50_ms']:.0f} ms, p99 {got['p99_ms']:.0f} ms to the frame after it",
        f"the same question to the hall: p50 {got['same_query_p50_ms']:.1f} ms", got["work_p50_ms"] / got["same_query_p50_ms"],
        "20 ms in the page", got["work_p99_ms"] <= 20, **got)


def paper():
    got = kiosk("paper", 50)
    row("touch to the first byte at a printer's socket, through cupsd, 50 slips",
        f"p50 {got['p50_ms']:.0f} ms, p99 {got['p99_ms']:.0f} ms",
        f"the same bytes by `lp` through the same cupsd: p50 {got['same_bytes_by_lp_p50_ms']:.0f} ms; straight to the socket: "
        f"{got['same_bytes_straight_p50_ms']:.1f} ms", got["p50_ms"] / got["same_bytes_by_lp_p50_ms"], **got)


def printing(count=200):
    """The whole way to paper and back, with our backend and the simulated printer."""
    python = ROOT / ".build" / "venv" / "bin" / "python"
    out = subprocess.run([python, "-B", ROOT / "Benchmarks" / "lib" / "printing.py", str(count)], check=True, text=True,
                         stdout=subprocess.PIPE, env={**os.environ, "YICHUANG_BUILD": str(RELEASE)}).stdout
    got = json.loads(out.strip().splitlines()[-1])
    hall, bare, told, burst = got["hall"], got["straight"], got["conditions"], got["burst"]

    def times(figures):
        return f"p50 {figures['p50_ms']:.1f} ms, p99 {figures['p99_ms']:.1f} ms"

    row(f"touch to the first byte at the printer through yichuang-pos, {count} slips", times(hall["first_byte"]),
        f"the same bytes straight to its socket: {times(bare['first_byte'])}",
        hall["first_byte"]["p50_ms"] / max(bare["first_byte"]["p50_ms"], 0.1), **hall["first_byte"])
    row("touch to the printer's word on the kiosk's page", times(hall["evidence"]),
        f"straight: {times(bare['echo'])}; touch to number: {times(hall['number'])}",
        hall["evidence"]["p50_ms"] / max(bare["echo"]["p50_ms"], 0.1), **hall["evidence"])
    row("a printer's fault to the kiosk's page", f"{times(told)}, longest {told['longest_ms']} ms", "", None, "2 s",
        told["longest_ms"] <= 2000, **told)
    row(f"{burst['slips']} slips at once at {burst['kiosks']} kiosks, to the printer's word",
        f"first {burst['first_ms']} ms, last {burst['last_ms']} ms", **burst)
    row("resident memory of the backend", f"{burst['backend_mib']} MiB, {burst['backends_at_once']} at once")


def slips():
    out = subprocess.run([RELEASE / "SlipTimes", ROOT / "packaging" / "reference" / "demo.yaml", "300"], check=True, text=True,
                         stdout=subprocess.PIPE).stdout
    got = json.loads(out)
    kinds = (("ticket", "a ticket slip", 10), ("notice", "a notice, the catalogue's items in turn", 10),
             ("thirty_materials", "a notice of 30 materials", 20))
    for kind, name, aim in kinds:
        p50, p99 = got[f"{kind}_p50_ms"], got[f"{kind}_p99_ms"]
        processor = got[f"{kind}_processor_ms"]
        row(f"drawing {name}, warm", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms ({processor:.1f} ms of processor time)", "", None,
            f"{aim} ms", p50 <= aim, p50_ms=p50, p99_ms=p99, processor_ms=processor)


def day(tickets=9_000):
    out = subprocess.run([RELEASE / "DayCost", str(tickets)], check=True, text=True, stdout=subprocess.PIPE).stdout
    got = json.loads(out)
    row(f"processor time of a ticket on a day of {tickets:,}", f"{got['long_us']:.0f} µs", f"on a day of 90: {got['short_us']:.0f} µs",
        got["ratio"], "ratio 1.5", got["ratio"] <= 1.5, short_us=got["short_us"], long_us=got["long_us"])
    row(f"processor time of 叫号, {tickets:,} waiting in six lanes, a third with priority", f"{got['call_full_us']:.0f} µs",
        f"in an empty hall: {got['call_empty_us']:.0f} µs", got["call_ratio"], "ratio 1.5", got["call_ratio"] <= 1.5)


def waits(days=200, seed=20261130):
    """Days of a seed on which neither a test nor a parameter of the rule is based."""
    out = subprocess.run([RELEASE / "WaitRanges", str(days), str(seed)], check=True, text=True, stdout=subprocess.PIPE).stdout
    for hall in map(json.loads, out.splitlines()):
        row(f"waits inside their range, {hall['model']}, {days} days",
            f"{hall['rule']:.1%} of {hall['rule_count']:,}, mean width {hall['rule_width']:.0f} min; told {hall['told_count']:,}",
            f"the earlier rule: {hall['earlier']:.1%}, width {hall['earlier_width']:.0f} min", hall["rule"] / hall["earlier"],
            "80 %", hall["rule"] >= 0.8, **hall)


def cutoff(days=400, seed=20261130):
    """Late days for either rule that stops the numbers: a fixed time before closing, and what the windows can still serve."""
    out = subprocess.run([RELEASE / "CutOffDays", str(days), str(seed)], check=True, text=True, stdout=subprocess.PIPE).stdout
    found = {(one["residents"], one["windows"], one["rule"]): one for one in map(json.loads, out.splitlines())}
    for residents, windows in sorted({key[:2] for key in found}):
        ours, fixed = (found[residents, windows, rule] for rule in ("load 0.85", "fixed 30"))
        row(f"last resident after closing, {residents} tickets, {windows} windows, {days} days",
            f"p90 {ours['overtime_p90']:.0f} min, mean {ours['overtime']:.1f}; {ours['refused']:.1f} without a number",
            f"fixed 30 minutes: p90 {fixed['overtime_p90']:.0f} min, mean {fixed['overtime']:.1f}; {fixed['refused']:.1f}",
            ours["overtime_p90"] / max(1, fixed["overtime_p90"]), "not later", ours["overtime_p90"] <= max(fixed["overtime_p90"], 12),
            rules=list(found.values()))


def start(events=500_000):
    def timed(folder=None):
        began = time.monotonic()
        with bench_hall(state=folder) as hall:
            return time.monotonic() - began, processor_seconds(hall.process.pid)

    empty = quantile([timed()[0] for _ in range(5)], 0.5)
    row("exec to ready, empty journal", f"{empty:.2f} s", "", None, "0.3 s", empty <= 0.3, seconds=empty)
    for make, name in ((year.days, "of closed days"), (year.one_day, "of one day, each with an answer to keep")):
        with tempfile.TemporaryDirectory() as folder:
            made = make(f"{folder}/journal.sqlite", events)
            copied = read_seconds(f"{folder}/journal.sqlite")
            runs = sorted(timed(folder) for _ in range(3))
        seconds, processor = runs[1]
        row(f"exec to ready, {made:,} events {name}", f"{seconds:.2f} s ({processor:.1f} s of processor time)",
            f"reading and digesting the same file by a bare program: {copied:.2f} s", seconds / copied, "2 s", seconds <= 2,
            seconds=seconds)


def years(business_days=1250, tickets=400):
    """A start on one closed day, and on five years of them; the snapshot of the last day close lies beside each."""
    def timed(folder):
        began = time.monotonic()
        with bench_hall(state=folder) as hall:
            ready = time.monotonic() - began
            resident, own, _ = memory_mib(hall.process.pid)
            return ready, processor_seconds(hall.process.pid), resident, own

    got = {}
    for days in (1, business_days):
        with tempfile.TemporaryDirectory() as folder:
            records = int(subprocess.run([RELEASE / "JournalYears", folder, str(days), str(tickets)], check=True, text=True,
                                         stdout=subprocess.PIPE).stdout)
            runs = sorted(timed(folder) for _ in range(5))
            sizes = [os.path.getsize(f"{folder}/{name}") / (1 << 20) for name in ("journal.sqlite", "snapshot")]
            got[days] = (*runs[2], records, *sizes)
    short, long = got[1], got[business_days]
    row(f"exec to ready, {long[4]:,} events of {business_days:,} closed days, from the snapshot",
        f"{long[0]:.2f} s ({long[1]:.1f} s of processor time)", f"one closed day, {short[4]:,} events: {short[0]:.2f} s",
        long[0] / short[0], "2 s", long[0] <= 2, seconds=long[0])
    row("resident memory then", f"{long[2]:.0f} MiB, {long[3]:.0f} MiB the process's own", f"{short[2]:.0f} MiB, {short[3]:.0f} MiB",
        long[2] / short[2], "", None, resident_mib=long[2])
    row("journal and snapshot then", f"{long[5]:,.0f} MiB and {long[6]:.1f} MiB", f"{short[5]:.1f} MiB and {short[6]:.2f} MiB", None)


def cases(ended=100_000, running=2_000):
    """Opening a case over HTTP; a start with years of cases; the opening of a day after a new file of holidays."""
    runs = []
    for _ in range(3):
        # A hall of its own each: one has at most 20,000 open cases.
        with bench_hall() as hall:
            cookie = hall.sign_in("AJ001", window=1)
            syncs, sync_p99 = fdatasync_rate(hall.state)
            item = hall.request(hall.hall, "GET", "/v1/items/MZ-006")[1]
            papers = [{"material": material["name"], "seen": True} for material in item["materials"]]
            body = json.dumps({"item": "MZ-006", "applicant": {"name": "演示员甲"}, "papers": papers}, ensure_ascii=False)
            runs.append(wrk(hall, 8, "case", "/v1/cases", body, cookie, 2))
    got = sorted(runs, key=lambda one: one["p99_ms"])[1]
    row("opening a case over HTTP, 8 clients", f"{got['rate']:,.0f}/s (p50 {got['p50_ms']:.1f} ms, p99 {got['p99_ms']:.1f} ms)",
        f"the disk's fdatasync: {syncs:,.0f}/s (p99 {sync_p99:.2f} ms)", got["rate"] / syncs, "p99 10 ms", got["p99_ms"] <= 10, **got)

    def started(past, going):
        with tempfile.TemporaryDirectory() as folder:
            made = json.loads(subprocess.run([RELEASE / "CaseYears", "years", folder, str(past), str(going)], check=True, text=True,
                                             stdout=subprocess.PIPE).stdout)
            times = []
            for _ in range(3):
                began = time.monotonic()
                with bench_hall(state=folder):
                    times.append(time.monotonic() - began)
        return made, sorted(times)[1]

    few, short = started(1, 1)
    many, long = started(ended, running)
    row(f"exec to ready, {ended:,} ended and {running:,} open cases ({many['records']:,} records, {many['in_state']:,} cases in the state)",
        f"{long:.2f} s", f"two cases: {short:.2f} s", long / short, "2 s", long <= 2, seconds=long)
    with tempfile.TemporaryDirectory() as folder:
        got = json.loads(subprocess.run([RELEASE / "CaseYears", "recompute", folder, str(running)], check=True, text=True,
                                        stdout=subprocess.PIPE).stdout)
    if got["moved"] != running:
        raise RuntimeError(f"{got['moved']} dates moved, not {running}")
    both = got["decide_ms"] + got["store_ms"]
    row(f"a day opens with next year's holidays known, {running:,} dates move", f"{both:.0f} ms: {got['decide_ms']:.0f} ms decided, "
        f"{got['store_ms']:.0f} ms stored", "", None, "1 s", both <= 1000, **got)


def order(business_days=250, tickets=400):
    """`yichuangctl order` over a year: every call is checked. Compared with the verification of the journal, which it includes."""
    def timed(verb, folder):
        began = time.monotonic()
        told = subprocess.run([RELEASE / "yichuangctl", verb, "--state", folder, "--json"], check=True, text=True, stdout=subprocess.PIPE)
        return time.monotonic() - began, json.loads(told.stdout)

    with tempfile.TemporaryDirectory() as folder:
        records = int(subprocess.run([RELEASE / "JournalYears", folder, str(business_days), str(tickets)], check=True, text=True,
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)
        runs = [(*timed("order", folder), timed("verify", folder)[0]) for _ in range(3)]
    judged = runs[0][1]["judged"]
    if judged != business_days * tickets:
        raise RuntimeError(f"{judged} calls judged")
    seconds, verifying = (statistics.median(run[at] for run in runs) for at in (0, 2))
    row(f"`yichuangctl order` over a year: {records:,} records, {judged:,} calls judged", f"{seconds:.1f} s",
        f"verifying the same journal: {verifying:.1f} s", seconds / verifying, "5 s", seconds <= 5, seconds=seconds)


def read_seconds(path):
    """Seconds to read the journal's bytes without parsing them."""
    began = time.monotonic()
    subprocess.run(["openssl", "dgst", "-sha256", path], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def memory():
    with bench_hall() as hall:
        time.sleep(3)
        for when in ("after the start", "after the first slips"):
            resident, own, files = memory_mib(hall.process.pid)
            aim = ("36 MiB", resident <= 36) if when == "after the start" else ("", None)
            row(f"resident memory idle, {when}", f"{resident:.0f} MiB: {own:.0f} MiB the process's own, {files:.0f} MiB mapped files",
                "", None, *aim, resident_mib=resident, own_mib=own, files_mib=files)
            if when == "after the start":
                for kiosk in ("kiosk-1", "kiosk-2"):
                    hall.take(kiosk=kiosk)
                time.sleep(3)


ALL = (
    tickets, slowdisk, screens, voice, touch, search, today, paper, printing, slips, day, waits, cutoff, start, years, gap, cases, order, memory, catalogue, readers)

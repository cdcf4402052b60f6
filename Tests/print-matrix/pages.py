"""Writes what was observed into docs/PRINTING.md, between its two marks."""

import collections

from cells import FAULTS, MOMENTS, MORE, expected
from testkit.paths import ROOT

PAGE = ROOT / "docs" / "PRINTING.md"
BEGIN, END = "<!-- matrix: written by Tests/print-matrix/run --write-docs -->", "<!-- end of the matrix -->"
PAPER = {"whole": "a slip", "a part": "a part", "none": "no paper"}


def write(rounds, lies):
    page = PAGE.read_text()
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    PAGE.write_text("\n".join([head + BEGIN, "", *table(rounds), "", *control(lies), "", END]) + tail)


def words(observations):
    """What was seen in the rounds, the commonest first, with counts where they differ."""
    counts = collections.Counter(f"{seen.state}, {PAPER[seen.paper]}" for seen in observations)
    if len(counts) == 1:
        return next(iter(counts))
    return "; ".join(f"{word} ({count})" for word, count in counts.most_common())


def table(rounds):
    times = "once" if len(rounds) == 1 else f"in {len(rounds)} rounds"
    yield f"Observed {times}, no assertion failed:"
    yield ""
    yield "| what breaks | " + " | ".join(MOMENTS) + " |"
    yield "| --- |" + " --- |" * len(MOMENTS)
    cells = collections.defaultdict(list)
    for observations in rounds:
        for seen in observations:
            cells[seen.moment, seen.fault].append(seen)
    for fault in FAULTS:
        yield f"| {fault} | " + " | ".join(words(cells[moment, fault]) for moment in MOMENTS) + " |"
    yield ""
    yield "Beside the forty:"
    yield ""
    yield "| at | what happens | observed |"
    yield "| --- | --- | --- |"
    for moment, fault in MORE:
        yield f"| {moment} | {fault} | {words(cells[moment, fault])} |"


def control(lies):
    yield "The same through the stock `socket://` backend of CUPS, which the assertions must catch, and did:"
    yield ""
    yield "| cell | what the job's state led to | what was true |"
    yield "| --- | --- | --- |"
    for seen in sorted(lies, key=lambda seen: (MOMENTS.index(seen.moment), seen.fault)):
        slips = f"begun {seen.begun} time{'s' if seen.begun != 1 else ''}, {seen.whole} whole"
        wanted = " or ".join(expected(seen.moment, seen.fault))
        yield f"| {seen.moment}, {seen.fault} | {seen.state} | {slips}; ours says {wanted} |"

"""Due dates against another's calendar: `yichuangctl due` counts as a walk over chinesecalendar's days of 2004 to 2026 does.

The fixed holidays of the decree of 2024 are days off in every year here, whatever an old notice said of them. The control: with the
calendar's make-up days left out, dates differ.
"""

import datetime
import json
import random
import subprocess

import chinese_calendar
import pytest
import yaml
from testkit.paths import BUILT

FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
FIRST, LAST = datetime.date(2004, 1, 1), datetime.date(2026, 12, 28)
DAYS = [FIRST + datetime.timedelta(n) for n in range((LAST - FIRST).days + 4)]


def is_worked(day):
    return chinese_calendar.is_workday(day) and (day.month, day.day) not in FIXED


def holidays(folder, make_up=True):
    years = {year: {"off": [], "workdays_on_weekend": []} for year in range(FIRST.year, LAST.year + 1)}
    for day in DAYS:
        if not chinese_calendar.is_workday(day) and day.weekday() < 5:
            years[day.year]["off"].append({"date": str(day), "name": "放假"})
        if make_up and chinese_calendar.is_workday(day) and day.weekday() >= 5 and (day.month, day.day) not in FIXED:
            years[day.year]["workdays_on_weekend"].append(str(day))
    path = folder / "holidays.yaml"
    path.write_text(yaml.safe_dump({"years": years}, allow_unicode=True))
    return path


def due(path, start, limit, unit, pauses=()):
    words = [BUILT / "yichuangctl", "due", "--holidays", path, "--from", start, "--limit", limit, "--unit", unit, "--json"]
    for pause in pauses:
        words += ["--pause", f"{pause[0]}..{pause[1]}"]
    return json.loads(subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout)


def walk(start, limit, unit, pauses=()):
    day = start
    while limit:
        day += datetime.timedelta(1)
        if any(begin < day <= end for begin, end in pauses) or (unit == "working_day" and not is_worked(day)):
            continue
        limit -= 1
    target = day
    while not is_worked(target):
        target -= datetime.timedelta(1)
    return str(day), str(target)


def cases(count, seed=17):
    chance = random.Random(seed)
    for _ in range(count):
        start = FIRST + datetime.timedelta(chance.randrange((LAST - FIRST).days - 200))
        unit = chance.choice(["working_day", "natural_day"])
        pauses = []
        if chance.random() < 0.5:
            begin = start + datetime.timedelta(chance.randrange(20))
            pauses = [(begin, begin + datetime.timedelta(chance.randrange(15)))]
        yield start, chance.randint(5, 60), unit, pauses


def test_dates_are_those_of_a_walk_over_another_calendar(tmp_path):
    path = holidays(tmp_path)
    for start, limit, unit, pauses in cases(90):
        answer = due(path, start, limit, unit, pauses)
        assert (answer["raw"], answer["due"]) == walk(start, limit, unit, pauses), (start, limit, unit, pauses)
        assert not answer["provisional"]


def test_the_control_without_make_up_days_differs(tmp_path):
    path = holidays(tmp_path, make_up=False)
    working = [case for case in cases(30) if case[2] == "working_day"]
    assert any(due(path, *case)["raw"] != walk(*case)[0] for case in working)


@pytest.mark.parametrize("received, by", [("2026-09-29", "2026-10-12"), ("2026-02-10", "2026-02-24"), ("2026-06-17", "2026-06-25")])
def test_five_days_to_tell(tmp_path, received, by):
    assert due(holidays(tmp_path), received, 5, "working_day")["printed"] == by

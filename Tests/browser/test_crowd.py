"""The demo's crowd (`make run CROWD=1`): residents and clerks over HTTP, and whether every call of theirs can be explained."""

import itertools
import json
import subprocess

from people import SMALL, Clerk
from testkit.paths import BUILT, ROOT

# Every reason but out_of_turn, which nobody can have caused here.
REASONS = ("came_first", "came_back", "among_agents", "reservation", "slot_to_come", "priority", "by_name", "lane_first", "lane_not_served", "waited_longer", "waited_elsewhere",
           "waits_for_window", "not_there_yet", "was_away")
PROGRAM = ROOT / "packaging" / "demo-crowd"


def test_a_morning_of_the_crowd_can_be_explained_call_by_call(hall, people, picture):
    ended = subprocess.run(
        [PROGRAM, "--kiosk-port", str(hall.kiosk), "--hall-port", str(hall.hall), "--pace", "400", "--seed", "5", "--minutes", "0.6"],
        text=True, stdout=subprocess.PIPE)
    assert ended.returncode == 0, ended.stdout
    counts = {what: int(count) for count, what in
              (part.split(" ", 1) for part in ended.stdout.splitlines()[-1].removeprefix("demo-crowd: ").split(", "))}
    assert counts["numbers"] >= 20 and counts["served"] >= 10, counts
    clerk = Clerk(people.page(SMALL), hall, badge="AJ001")
    picture(clerk.page, "crowd-console")
    called = [one["number"] for one in hall.tickets() if one["state"] != "waiting"]
    waiting = [one["number"] for one in hall.tickets("waiting")]
    for first, second in itertools.permutations((*called[:4], *waiting[:2]), 2):
        status, content, _ = hall.request(hall.hall, "GET", f"/v1/order?before={first}&after={second}", cookie=hall.cookie)
        told = content.get("reason") or content["code"]
        assert told in REASONS if status == 200 else told in ("not_called", "called_later"), (first, second, content)
    answer = subprocess.run([BUILT / "yichuangctl", "order", "--state", hall.state, "--json"], text=True, stdout=subprocess.PIPE)
    judged = json.loads(answer.stdout)
    assert answer.returncode == 0 and judged["contradictions"] == 0, judged
    assert judged["judged"] == counts["called"]

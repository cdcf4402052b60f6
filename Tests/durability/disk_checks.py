"""Checks of a hall's answers while its disk has a fault, as its clients see them."""

import json
import os
import sqlite3
import uuid

from testkit.client import CUT
from testkit.waiting import NotInTime, eventually


def ask(hall, key=None):
    """One ticket: status and body, or (0, {}) when the daemon was gone."""
    try:
        status, content, _ = hall.take(key=key or str(uuid.uuid4()))
    except CUT:
        return 0, {}
    return status, content


def until(look):
    """Whether `look` returns true in time."""
    try:
        return bool(eventually("it is so", look))
    except NotInTime:
        return False


def shown(hall, code):
    """True when the hall's page knows of the fault."""
    status, content, _ = hall.request(hall.kiosk, "GET", "/v1/hall")
    return status == 200 and any(fault["code"] == code for fault in content["faults"])


def allocated(state):
    """Bytes of the disk that the reserve holds."""
    try:
        return os.stat(state / "reserve").st_blocks * 512
    except FileNotFoundError:
        return 0


def served(hall, clerk, count):
    """What went wrong while residents were called and served at a window."""
    for verb in ["calls", *["serve", "finish-and-call"] * count, "serve", "finish"]:
        def step():
            # Between the fault and the reserve a command is 503, as the answer says for a moment.
            answer = hall.request(hall.hall, "POST", f"/v1/windows/1/{verb}", {}, cookie=clerk)[:2]
            return answer[0] != 503 and answer
        status, content = eventually(f"{verb} is decided", step)
        if status not in (200, 201):
            return [f"{verb}: {status} {content}"]
    return []


def intake(hall):
    """What is wrong with the answer to a notice on a full disk."""
    item = hall.request(hall.kiosk, "GET", "/v1/items")[1]["items"][0]["code"]
    status, content, _ = hall.request(hall.kiosk, "POST", "/v1/notices", {"item": item, "situations": []})
    return [] if status == 503 and content["code"] == "storage_full" else [f"a notice: {status} {content}"]


def closed(hall, head):
    """The answer to a coordinator who closes the day."""
    def step():
        answer = hall.request(hall.hall, "POST", "/v1/day/close", {"force": True}, cookie=head)[:2]
        return answer[0] != 503 and answer
    return eventually("the day's close is decided", step)


def ready(hall):
    return hall.request(hall.kiosk, "GET", "/readyz", cookie="")[0] == 200


def screens(hall):
    """What is wrong with the boards and the consoles while nothing can be written."""
    problems = []
    for port, path in ((hall.kiosk, "/v1/hall"), (hall.kiosk, "/v1/items"), (hall.hall, "/window/"), (hall.hall, "/healthz")):
        status, _, _ = hall.request(port, "GET", path, cookie="")
        if status != 200:
            problems.append(f"{path}: {status}")
    status, _, _ = hall.request(hall.hall, "GET", hall.board_link[hall.board_link.index("/board"):], cookie="")
    if status not in (200, 303):
        return problems + [f"the board's link: {status}"]
    return problems


def says_what_to_do(hall, cookie):
    """What is wrong with the answers to commands while nothing can be written: a number, a ring for help and a clerk's call."""
    asked = [(hall.kiosk, "/v1/tickets", {"items": []}, None), (hall.kiosk, "/v1/help", {"kiosk": "kiosk-1"}, None),
             (hall.hall, "/v1/windows/1/calls", {}, cookie)]
    problems = []
    for port, path, body, who in asked:
        status, content, _ = hall.request(port, "POST", path, body, cookie=who, key=str(uuid.uuid4()))
        if status != 503 or not content.get("detail") or content.get("code") != "storage_fault":
            problems.append(f"{path}: {status} {content}")
    return problems


def rows(state):
    """The tickets that the journal of a stopped hall holds."""
    database = sqlite3.connect(f"file:{state}/journal.sqlite?mode=ro", uri=True)
    try:
        records = [json.loads(body) for [body] in database.execute("SELECT body FROM journal ORDER BY sequence")]
    finally:
        database.close()
    return [record["e"] for record in records if record["t"] == "ticketIssued"]


def issued(state):
    return len(rows(state))


def day(state):
    return rows(state)[0]["day"]

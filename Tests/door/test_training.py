"""A training (演练) at the hall's door: another port, the same certificate, and separate sessions."""

import http.cookies
import json
import os
import subprocess

import pytest
import yaml

from testkit.demo_hall import SECRET, free_port
from testkit.door import Door
from testkit.paths import ROOT
from testkit.waiting import eventually


@pytest.fixture
def both():
    with Door() as door:
        settings = yaml.safe_load(door.hall.configuration.read_text())
        door.training_port = free_port()
        ports = free_port(), free_port()
        settings["training"] = {"kiosk": f"127.0.0.2:{ports[0]}", "hall": f"127.0.0.2:{ports[1]}", "door_port": door.training_port}
        door.hall.configuration.write_text(yaml.safe_dump(settings, allow_unicode=True))
        door.make_certificates()
        door.write()
        with open(door.here / "training.log", "wb") as log:
            training = subprocess.Popen(
                [str(door.hall.program), "--training", "--config", str(door.hall.configuration)], cwd=ROOT,
                env={**os.environ, **door.hall.environment}, stdout=log, stderr=log)
        try:
            eventually("the training listens for the door", lambda: (door.here / "training.sock").exists())
            yield door.open()
        finally:
            training.terminate()
            assert training.wait() == 0


def cookie(head):
    line = next(line for line in head.splitlines() if line.lower().startswith("set-cookie: __host-") and "session" in line)
    return next(iter(http.cookies.SimpleCookie(line.split(": ", 1)[1])))


def test_each_port_has_its_own_hall_and_its_own_cookies(both):
    training = f"https://127.0.0.1:{both.training_port}"
    assert json.loads(both.curl("/healthz", url=training).stdout) == {"status": "ok", "training": True}
    assert json.loads(both.curl("/healthz").stdout) == {"status": "ok"}
    assert 'id="training"' in both.curl("/window/", url=training).stdout
    assert 'id="training"' not in both.curl("/window/").stdout
    names = []
    for url in (both.url, training):
        status, head, _ = both.post("/v1/sessions", {"badge": "AJ001", "secret": SECRET}, "-H", f"Origin: {url}", url=url)
        assert status == 201
        names.append(cookie(head))
    assert names == ["__Host-yichuang_session", "__Host-training_yichuang_session"]


def test_the_training_s_link_opens_its_own_board_and_no_other(both):
    training = f"https://127.0.0.1:{both.training_port}"
    config = ("--config", both.hall.configuration)
    links = {word: both.ctl("board", *words, *config)["links"][0] for word, words in (("hall", ()), ("training", ("--training",)))}
    assert links["training"].startswith(training + "/board/enter?token=") and links["hall"].startswith(both.url)
    for link, other in ((links["training"], both.url), (links["hall"], training)):
        assert both.status("", url=link) == 303
        assert both.status("/board/enter?" + link.split("?")[1], url=other) == 403

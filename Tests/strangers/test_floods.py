"""Floods of connections: more than a listener accepts, while residents take numbers and a clerk signs in and acts. Method: a real
daemon, a flood from another process. A control without the limits must fail."""

import contextlib
import os
import pathlib
import signal
import socket
import time

import pytest

from flood_process import flood
from raw import answers, connect, head, read_all
from testkit.client import CUT
from testkit.demo_hall import DemoHall
from testkit.paths import BUILT
from testkit.waiting import CEILING, eventually

FLOODS = [("hall", "silent", 2200), ("hall", "heads", 2200), ("hall", "posts", 2100), ("kiosk", "posts", 2100)]


def visit(hall, rounds, timeout=CEILING):
    """Residents and a clerk, each on a connection of their own: what was not done."""
    failed = []

    def attempt(what, work):
        try:
            status = work()
        except CUT as error:
            status = repr(error)
        if status not in (200, 201, 409):
            failed.append(f"{what}: {status}")

    for _ in range(rounds):
        attempt("a number", lambda: hall.request(hall.kiosk, "POST", "/v1/tickets", {"items": [], "kiosk": "kiosk-1"},
                                                 cookie=hall.pages["kiosk-1"], timeout=timeout)[0])
        attempt("signing in", lambda: hall.request(hall.hall, "POST", "/v1/sessions", {"badge": "AJ001", "secret": "yichuang-demo-2026"},
                                                   timeout=timeout)[0])
        attempt("a clerk's call", lambda: hall.request(hall.hall, "POST", "/v1/windows/1/calls", {}, cookie=hall.clerk, timeout=timeout)[0])
        attempt("the queue", lambda: hall.request(hall.hall, "GET", "/v1/queue", cookie=hall.clerk, timeout=timeout)[0])
    return failed


def descriptors(hall):
    return len(list(pathlib.Path(f"/proc/{hall.process.pid}/fd").iterdir()))


@pytest.fixture(scope="module")
def demo():
    with DemoHall() as hall:
        hall.claim()
        hall.clerk = hall.sign_in("AJ001", window=1)
        yield hall


@pytest.mark.parametrize("listener, kind, count", FLOODS)
def test_a_flood_of_connections_keeps_nobody_out(demo, listener, kind, count):
    with flood(getattr(demo, listener), kind, count) as process:
        assert visit(demo, 3) == []
        assert process.poll() is None


def test_without_limits_the_same_flood_keeps_people_out():
    with DemoHall(environment={"YICHUANG_TEST_CONNECTIONS_UNLIMITED": "1"}) as hall:
        hall.claim()
        hall.clerk = hall.sign_in("AJ001", window=1)
        # More than the system holds beside them: of those some are open to the flood and not yet to the hall.
        with flood(hall.hall, "silent", 2200):
            eventually("the listener takes no more", lambda: descriptors(hall) > 2048)
            failed = visit(hall, 1, timeout=10)
    assert any("signing in" in what for what in failed), failed


def test_every_screen_may_come_at_once_while_the_daemon_stands_still(demo):
    with contextlib.ExitStack() as stack:
        os.kill(demo.process.pid, signal.SIGSTOP)
        stack.callback(os.kill, demo.process.pid, signal.SIGCONT)
        screens = [stack.enter_context(connect(demo.hall)) for _ in range(700)]
        for screen in screens:
            screen.sendall(head(demo.hall, "GET", "/healthz", "Connection: close"))
        os.kill(demo.process.pid, signal.SIGCONT)
        assert {read_all(screen)[:12] for screen in screens} == {b"HTTP/1.1 200"}


def test_a_whole_request_has_ten_seconds_however_it_drips(demo):
    cases = {"head": head(demo.hall, "GET", "/v1/hall")[:-2], "body": head(demo.hall, "POST", "/v1/sessions", "Content-Length: 50")}
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        connections = {name: stack.enter_context(connect(demo.hall)) for name in cases}
        for name, connection in connections.items():
            connection.sendall(cases[name])
            connection.settimeout(0.5)
        got = dict.fromkeys(connections, b"")
        ended = set()
        while len(ended) < len(cases) and time.monotonic() < began + 30:
            for name in set(connections) - ended:
                try:
                    connections[name].send(b"a" if name == "head" else b" ")
                    part = connections[name].recv(65536)
                except TimeoutError:
                    continue
                except OSError:
                    part = b""
                got[name] += part
                if not part:
                    ended.add(name)
    assert ended == set(cases)
    assert 9 < time.monotonic() - began < 20
    for name, data in got.items():
        (status, headers, body), = answers(data)
        assert (status, body["code"], headers["connection"]) == (408, "request_too_slow", "close"), name


def test_a_silent_connection_ends_and_a_known_one_between_requests_stays(demo):
    with connect(demo.hall) as silent, connect(demo.hall) as known, connect(demo.hall) as stranger:
        known.sendall(head(demo.hall, "GET", "/v1/queue", f"Cookie: {demo.clerk}"))
        stranger.sendall(head(demo.hall, "GET", "/v1/hall"))
        began = time.monotonic()
        assert read_all(silent) == b""
        assert 9 < time.monotonic() - began < 15
        assert answers(read_all(stranger))[0][0] == 200
        assert 14 < time.monotonic() - began < 20
        known.settimeout(0.2)
        answered = b""
        with contextlib.suppress(TimeoutError):
            while part := known.recv(65536):
                answered += part
        assert answered.startswith(b"HTTP/1.1 200")
        known.settimeout(10)
        known.sendall(head(demo.hall, "GET", "/v1/queue", f"Cookie: {demo.clerk}"))
        assert known.recv(65536).startswith(b"HTTP/1.1 200")


def connections(hall, listener):
    status, text, _ = hall.request(getattr(hall, listener), "GET", "/metrics")
    assert status == 200
    return {line.split(" ")[0]: int(line.split(" ")[1]) for line in text.decode().splitlines() if line.startswith("yichuang_connections")}


@pytest.fixture(scope="module")
def narrow(tmp_path_factory):
    """A hall whose process has 1,400 descriptors, so that a listener accepts some 500 connections."""
    program = tmp_path_factory.mktemp("narrow") / "yichuangd"
    program.write_text(f"#!/bin/sh\nulimit -n 1400\nexec {BUILT / 'yichuangd'} \"$@\"\n")
    program.chmod(0o755)
    with DemoHall(program=program) as hall:
        hall.claim()
        hall.clerk = hall.sign_in("AJ001", window=1)
        yield hall


def test_an_address_that_crowds_displaces_its_own(narrow):
    displaced = 'yichuang_connections_displaced{listener="hall"}'
    request = head(narrow.hall, "GET", "/healthz", "Connection: close")
    with contextlib.ExitStack() as stack:
        waiting = [stack.enter_context(connect(narrow.hall, source="127.0.0.9")) for _ in range(20)]
        before = connections(narrow, "hall")[displaced]
        stack.enter_context(flood(narrow.hall, "silent", 900, "127.0.0.2", "127.0.0.3"))
        # More leave than the listener accepts: if the longest waiting were closed, these would be the first.
        eventually("more have left than there are places", lambda: connections(narrow, "hall")[displaced] > before + 600)
        for connection in waiting:
            connection.sendall(request)
        assert [read_all(connection)[:12] for connection in waiting] == [b"HTTP/1.1 200"] * 20


def test_feeds_of_known_clients_outlive_a_flood(demo):
    feeds = []
    try:
        for _ in range(40):
            feed = connect(demo.hall)
            feed.sendall(head(demo.hall, "GET", "/v1/feed", f"Cookie: {demo.clerk}"))
            assert feed.recv(65536).startswith(b"HTTP/1.1 200")
            feeds.append(feed)
        with flood(demo.hall, "silent", 2200):
            assert visit(demo, 3) == []
        for feed in feeds:
            feed.setblocking(False)
            data = b"x"
            with contextlib.suppress(BlockingIOError):
                while data:
                    data = feed.recv(1 << 20)
            assert data, "a feed was closed"
    finally:
        for feed in feeds:
            feed.close()


def test_few_descriptors_are_shared_so_that_the_other_listener_and_the_journal_keep_theirs(narrow):
    with flood(narrow.hall, "heads", 900), flood(narrow.kiosk, "silent", 900):
        assert visit(narrow, 3) == []
        assert descriptors(narrow) < 1400 - 128


def test_connects_are_never_refused_in_a_flood(demo):
    with flood(demo.hall, "silent", 2200):
        for _ in range(200):
            with socket.create_connection(("127.0.0.1", demo.hall), timeout=2):
                pass
    eventually("the flood's places are free again", lambda: connections(demo, "hall")['yichuang_connections{listener="hall",client="unknown"}'] < 50)

"""Which requests pass the door and which do not. curl acts as other computers; 127.0.0.2 is the address of one."""

import json
import stat

import pytest
from testkit.demo_hall import SECRET
from testkit.door import NAME

RIGHT = {"badge": "AJ001", "secret": SECRET}
WRONG = {"badge": "AJ001", "secret": "not the secret"}


def security_log(door):
    return [json.loads(line) for file in sorted((door.hall.state / "security").iterdir()) for line in file.read_text().splitlines()]


def test_a_console_signs_in_and_its_cookies_are_of_this_host_alone(door):
    status, head, content = door.post("/v1/sessions", RIGHT, "-H", f"Origin: {door.url}")
    assert status == 201, content
    cookies = [line.split(": ", 1)[1] for line in head.splitlines() if line.lower().startswith("set-cookie")]
    assert sorted(one.split("=")[0] for one in cookies) == ["__Host-yichuang_device_AJ001", "__Host-yichuang_session"]
    for cookie in cookies:
        parts = [part.strip() for part in cookie.split(";")]
        assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(parts) and "Domain" not in cookie, cookie
    session = next(one.split(";")[0] for one in cookies if "session" in one)
    assert door.status("/v1/sessions/current", "-b", session) == 200
    assert door.status("/v1/sessions/current", "-b", session.removeprefix("__Host-")) == 401
    # It is another browser's cookie for the port of this machine.
    assert door.hall.request(door.hall.hall, "GET", "/v1/sessions/current", cookie=session)[0] == 401


def test_every_answer_says_that_it_is_tls_only_and_once(door):
    for path in ("/v1/hall", "/nothing", "/window/"):
        head = door.curl(path, "-D", "-", "-o", "/dev/null").stdout.lower()
        assert head.count("strict-transport-security: max-age=31536000") == 1, head


def test_pages_of_one_browser_share_a_connection(door):
    answer = door.curl("/v1/hall", "-o", "/dev/null", "-w", "%{http_version} %{num_connects}\n", url=door.url).stdout
    assert answer.split() == ["2", "1"]
    both = door.curl("/v1/hall", "-w", "%{num_connects}\n", "-o", "/dev/null", f"{door.url}/healthz", "-o", "/dev/null").stdout
    assert sorted(both.split()) == ["0", "1"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:7311", "localhost", "127.0.0.1.evil.example"])
def test_another_host_is_misdirected(door, host):
    assert door.status("/v1/hall", "-H", f"Host: {host}") == 421
    assert door.status("/v1/hall") == 200
    assert door.status("/v1/hall", url=f"https://{NAME}:{door.port}") == 200


def test_another_origin_is_refused(door):
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{door.port}", f"http://127.0.0.1:{door.hall.hall}", f"https://{NAME}:{door.port}"):
        status, _, content = door.post("/v1/sessions", RIGHT, "-H", f"Origin: {origin}")
        assert (status, json.loads(content)["code"]) == (403, "cross_site"), origin


@pytest.mark.parametrize("versions, taken", [(["--tlsv1.0", "--tls-max", "1.0"], False), (["--tlsv1.1", "--tls-max", "1.1"], False),
                                             (["--tlsv1.2", "--tls-max", "1.2"], True), (["--tlsv1.3"], True)])
def test_only_tls_1_2_and_1_3_are_spoken(door, versions, taken):
    # Debian's own settings would refuse the old ones before the door is asked.
    done = door.curl("/healthz", *versions, "--ciphers", "DEFAULT@SECLEVEL=0", check=False)
    assert (done.returncode == 0) == taken, done.stderr
    assert taken or "alert protocol version" in done.stderr, done.stderr


def test_a_computer_without_the_halls_certificate_is_warned(door):
    assert door.curl("/healthz", check=False, trust=False).returncode == 60


def test_what_a_computer_says_of_its_address_is_not_believed(door):
    lie = ["-H", "X-Forwarded-For: 10.9.9.9", "-H", "Forwarded: for=10.9.9.9", "-H", "X-Real-IP: 10.9.9.9"]
    for _ in range(3):
        assert door.post("/v1/sessions", WRONG, "--interface", "127.0.0.2", *lie)[0] == 401
    # Its own address waits, whatever it says; another computer does not.
    status, _, content = door.post("/v1/sessions", WRONG, "--interface", "127.0.0.2", "-H", "X-Forwarded-For: 10.8.8.8")
    assert (status, json.loads(content)["code"]) == (429, "try_later")
    assert door.post("/v1/sessions", RIGHT, "--interface", "127.0.0.3", "-H", f"Origin: {door.url}")[0] == 201
    lines = security_log(door)
    assert any(line.get("source") == "127.0.0.2" and line.get("listener") == "door" for line in lines), lines[-5:]
    assert not [line for line in lines if "10.9.9.9" in json.dumps(line) or "10.8.8.8" in json.dumps(line)]


def test_at_the_machines_own_port_a_forwarded_address_is_not_believed(door):
    done = door.curl("/v1/sessions", "-o", "/dev/null", "-w", "%{http_code}", "-H", "X-Forwarded-For: 10.7.7.7", "-H", "Content-Type: application/json",
                     "-d", json.dumps(WRONG), url=f"http://127.0.0.1:{door.hall.hall}")
    assert done.stdout == "401"
    assert not [line for line in security_log(door) if "10.7.7.7" in json.dumps(line)]


def test_devices_and_faults_are_not_told_through_the_door(door):
    assert json.loads(door.curl("/readyz").stdout) == {"ready": True}
    assert b"yichuang_waiting{" in door.hall.request(door.hall.hall, "GET", "/metrics")[1]


def test_the_kiosk_has_no_door(door):
    assert door.status("/touch/") == 404
    assert door.status("/v1/feed/kiosk") == 404


def test_only_the_door_may_open_the_daemons_socket(door):
    mode = (door.here / "door.sock").stat().st_mode
    assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o660
    for file in (door.tls / "ca.key", door.tls / "hall.key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(door.tls.stat().st_mode) == 0o700
    assert stat.S_IMODE((door.here / "door/hall.pem").stat().st_mode) == 0o640


def test_a_body_that_is_too_large_and_a_flood_of_one_address_end_at_the_door(door, own_door):
    assert door.post("/v1/sessions", {"badge": "x" * 70_000, "secret": "x"})[0] == 413
    small = own_door(connections_per_address=16)
    small.write()
    small.open()
    token = small.ctl("board", "--config", small.hall.configuration)["own"].split("token=")[1]
    jar = small.here / "jar"
    assert small.status(f"/board/enter?token={token}", "-c", str(jar)) == 303
    # Thirty feeds of one address at once: sixteen are open until the time is up, the others are refused at once.
    urls = [word for _ in range(30) for word in ("-o", "/dev/null", f"{small.url}/v1/feed/public")]
    done = small.curl("/v1/feed/public", "-b", str(jar), "--parallel", "--parallel-max", "40", "-m", "5", "-o", "/dev/null", "-w", "%{http_code}\n", *urls,
                      check=False)
    codes = done.stdout.split()
    assert codes.count("200") == 16 and codes.count("429") == 15, codes

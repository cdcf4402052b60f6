"""Requests at the edges of HTTP. Method: raw bytes to a running hall. Each is refused with problem details that say what to do, and a
request beside it that differs in that one thing is taken, so that no test passes because everything is refused."""

import json
import uuid

import pytest

from conftest import PUBLIC, MONITORING
from raw import answers, connect, head, read_all, send

WHOLE = ["journal", "intake", "business_day", "catalogue_version", "faults", "printers"]


def is_problem(answer, status, code):
    got, headers, body = answer
    assert (got, headers.get("content-type")) == (status, "application/problem+json"), answer
    assert body["code"] == code and body["title"] and body["detail"], body
    assert headers["x-content-type-options"] == "nosniff", headers
    return True


def post(hall, body, *lines, path="/v1/help", kind="application/json", port=None):
    """A POST of bytes as the page of kiosk-1."""
    hall.page_cookies(path, {"kiosk": "kiosk-1"})
    port = port or hall.kiosk
    kinds = [f"Content-Type: {kind}"] if kind else []
    return send(port, head(
        port, "POST", path, f"Idempotency-Key: {uuid.uuid4()}", f"Cookie: {hall.pages['kiosk-1']}", *kinds,
        f"Content-Length: {len(body)}", "Connection: close", *lines), body)


GOOD = b'{"kiosk":"kiosk-1"}'


class TestHosts:
    def test_a_request_names_one_host(self, hall):
        own = f"127.0.0.1:{hall.kiosk}"
        assert send(hall.kiosk, head(hall.kiosk, "GET", "/v1/hall"))[0] == 200
        for second in ("evil.example", own):
            assert is_problem(send(hall.kiosk, head(hall.kiosk, "GET", "/v1/hall", f"Host: {second}")), 400, "host_unclear")
        assert is_problem(send(hall.kiosk, head(hall.kiosk, "GET", "/v1/hall", f"Host: {own}", host="evil.example")), 400, "host_unclear")
        assert is_problem(send(hall.kiosk, head(hall.kiosk, "GET", "/v1/hall", host=False)), 400, "host_unclear")

    def test_a_target_with_an_authority_names_the_same_host(self, hall):
        own = f"127.0.0.1:{hall.kiosk}"
        assert send(hall.kiosk, head(hall.kiosk, "GET", f"http://{own}/v1/hall"))[0] == 200
        for other in ("evil.example", f"evil@{own}", f"127.0.0.1:{hall.kiosk + 1}", f"{own}.evil.example"):
            answer = send(hall.kiosk, head(hall.kiosk, "GET", f"http://{other}/v1/hall"))
            assert is_problem(answer, 400, "host_unclear"), other
        # Both of another host is another host.
        answer = send(hall.kiosk, head(hall.kiosk, "GET", "http://evil.example/v1/hall", host="evil.example"))
        assert is_problem(answer, 421, "wrong_host")


class TestHeads:
    @pytest.mark.parametrize("line", ["Content-Length: 5\r\nContent-Length: 6", "Content-Length: x", "Content-Length: 99999999999999999999",
                                      "Content-Length: 3\r\nTransfer-Encoding: chunked", "No colon", " folded", "Na me: x", "A: \x00"])
    def test_a_head_that_cannot_be_read_is_400(self, hall, line):
        assert is_problem(send(hall.kiosk, head(hall.kiosk, "POST", "/v1/help", line)), 400, "bad_request")

    def test_another_protocol_is_400(self, hall):
        for first in (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET /v1/hall HTTP/9.9\r\n\r\n"):
            assert is_problem(send(hall.kiosk, first), 400, "bad_request"), first

    def test_a_head_that_is_too_long_is_431(self, hall):
        assert is_problem(send(hall.kiosk, head(hall.kiosk, "GET", "/v1/hall", "A: " + "a" * 40_000)), 431, "head_too_large")
        fields = [f"A{number}: a" for number in range(150)]
        assert is_problem(send(hall.kiosk, head(hall.kiosk, "GET", "/v1/hall", *fields)), 431, "head_too_large")
        assert send(hall.kiosk, head(hall.kiosk, "GET", "/v1/hall", "A: " + "a" * 16_000))[0] == 200

    def test_a_fault_does_not_take_the_answer_before_it(self, hall):
        with connect(hall.kiosk) as connection:
            connection.sendall(head(hall.kiosk, "GET", "/healthz") + b"nonsense\r\n\r\n")
            first, *rest = answers(read_all(connection))
        assert first[0] == 200 and [status for status, _, _ in rest] in ([], [400])


class TestBodies:
    @pytest.mark.parametrize("size", ["fffffffffffffffff", "ffffffffffffffff", "10000000000000000", "-1", "x", "0x5"])
    def test_a_chunk_size_that_is_no_number_that_fits_is_400(self, hall, size):
        hall.page_cookies("/v1/help", {"kiosk": "kiosk-1"})
        answer = send(hall.kiosk, head(
            hall.kiosk, "POST", "/v1/help", f"Idempotency-Key: {uuid.uuid4()}", f"Cookie: {hall.pages['kiosk-1']}",
            "Content-Type: application/json", "Transfer-Encoding: chunked"), f"{size}\r\n".encode(), GOOD, b"\r\n0\r\n\r\n")
        assert answer[0] in (400, 413), answer
        assert answer[2]["code"] in ("bad_request", "body_too_large"), answer

    def test_a_body_in_chunks_is_taken(self, hall):
        hall.page_cookies("/v1/help", {"kiosk": "kiosk-1"})
        answer = send(hall.kiosk, head(
            hall.kiosk, "POST", "/v1/help", f"Idempotency-Key: {uuid.uuid4()}", f"Cookie: {hall.pages['kiosk-1']}",
            "Content-Type: application/json", "Transfer-Encoding: chunked"),
            f"{len(GOOD):x}\r\n".encode(), GOOD, b"\r\n0\r\n\r\n")
        assert answer[0] == 201, answer

    @pytest.mark.parametrize("kind", ["application/json5", "application/jsonx", "application/json-patch+json", "application/json; charset=utf-16",
                                      "application/json; charset=gbk", "application/json; x=y", "application/json, text/plain",
                                      "text/plain", "application/json;charset=utf-8;charset=utf-16"])
    def test_only_json_in_utf_8_is_taken(self, hall, kind):
        assert is_problem(post(hall, GOOD, kind=kind), 415, "not_json")

    @pytest.mark.parametrize("kind", ["application/json", "Application/JSON", "application/json; charset=utf-8", 'application/json;charset="UTF-8"'])
    def test_json_in_utf_8_is_taken_however_it_is_written(self, hall, kind):
        assert post(hall, GOOD, kind=kind)[0] == 201

    def test_a_compressed_body_is_refused(self, hall):
        assert is_problem(post(hall, GOOD, "Content-Encoding: gzip"), 415, "not_json")

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
    def test_another_encoding_is_refused(self, hall, encoding):
        assert is_problem(post(hall, GOOD.decode().encode(encoding)), 400, "bad_encoding")

    def test_broken_utf_8_is_refused(self, hall):
        for bad in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"):
            assert is_problem(post(hall, b'{"kiosk":"kiosk-1' + bad + b'"}'), 400, "bad_encoding"), bad

    @pytest.mark.parametrize("body", ['{"kiosk":"kiosk-2","kiosk":"kiosk-1"}', '{"kiosk":"kiosk-2","\\u006biosk":"kiosk-1"}',
                                      '{"kiosk":{"a":1,"b":[{"c":1,"c":2}]}}', '{"kiosk":[{"a":1},{"a":1,"b":"{","a":2}]}',
                                      '{"kiosk" : "\\"", "kiosk" : "kiosk-1"}'])
    def test_a_key_occurs_once_in_an_object(self, hall, body):
        assert is_problem(post(hall, body.encode()), 400, "duplicate_field")

    def test_a_key_may_occur_again_in_another_object(self, hall):
        assert is_problem(post(hall, b'{"kiosk":[{"a":1},{"a":{"a":"a"}}]}'), 400, "bad_field")

    def test_a_fault_in_a_body_leaves_the_hall_as_it_was(self, hall):
        lengths = [b'{"kiosk":"kiosk-1"', b"", b"}", b'"', b'"\\', b'{"\\', b'{"a', b'{"a":1,', b'[{"a":[]},"a"', b"{{{{", b'{"\\ud800":1,"\\ud800":2}']
        for body in lengths:
            status, _, content = post(hall, body)
            assert status in (201, 400), (body, status, content)
        assert hall.request(hall.kiosk, "GET", "/readyz")[0] == 200


class TestOrigins:
    def origin(self, hall, origin, host=None):
        """Whether a request that changes something gets past the check of its origin."""
        body = json.dumps({"badge": "NOBODY", "secret": "x"}).encode()
        status, _, content = send(hall.hall, head(
            hall.hall, "POST", "/v1/sessions", f"Origin: {origin}", "Content-Type: application/json",
            f"Content-Length: {len(body)}", "Connection: close", host=host), body)
        assert (status, content["code"]) in ((401, "wrong_badge_or_secret"), (429, "try_later"), (403, "cross_site")), content
        return status != 403

    def test_https_is_of_the_public_address_alone(self, hall):
        own = f"127.0.0.1:{hall.hall}"
        assert self.origin(hall, f"http://{own}")
        assert self.origin(hall, f"https://{PUBLIC}", host=PUBLIC)
        assert not self.origin(hall, f"https://{own}")
        assert not self.origin(hall, f"https://{PUBLIC}")
        assert not self.origin(hall, f"http://{PUBLIC}", host=PUBLIC)
        assert not self.origin(hall, f"http://{own}", host=PUBLIC)
        for other in ("null", "https://evil.example", f"https://{PUBLIC}.evil.example", f"https://{PUBLIC}:444"):
            assert not self.origin(hall, other, host=PUBLIC), other

    def test_the_kiosk_listener_has_no_public_address(self, hall):
        assert is_problem(send(hall.kiosk, head(hall.kiosk, "GET", "/v1/hall", host=PUBLIC)), 421, "wrong_host")


class TestMonitoring:
    def ask(self, hall, path, *lines, host=None):
        return send(hall.hall, head(hall.hall, "GET", path, "Connection: close", *lines, host=host))

    @pytest.mark.parametrize("lines, host", [(["X-Forwarded-For: 10.0.0.7"], None), (["Forwarded: for=10.0.0.7"], None), (["Via: 1.1 proxy"], None),
                                             ([], PUBLIC), (["X-Forwarded-For: 127.0.0.1"], PUBLIC),
                                             (["Authorization: Bearer wrong"], PUBLIC), ([f"Authorization: {MONITORING}"], PUBLIC)])
    def test_who_comes_through_a_proxy_hears_yes_or_no(self, hall, lines, host):
        status, _, readiness = self.ask(hall, "/readyz", *lines, host=host)
        assert (status, readiness) == (200, {"ready": True})
        status, _, metrics = self.ask(hall, "/metrics", *lines, host=host)
        assert (status, metrics) == (200, b"# TYPE yichuang_ready gauge\nyichuang_ready 1\n")

    @pytest.mark.parametrize("lines, host", [([], None), ([f"Authorization: Bearer {MONITORING}"], PUBLIC),
                                             ([f"Authorization: Bearer {MONITORING}", "X-Forwarded-For: 10.0.0.7"], PUBLIC)])
    def test_this_machine_and_monitoring_see_all(self, hall, lines, host):
        readiness = self.ask(hall, "/readyz", *lines, host=host)[2]
        assert [name for name in WHOLE if name not in readiness] == []
        assert b"yichuang_waiting{" in self.ask(hall, "/metrics", *lines, host=host)[2]

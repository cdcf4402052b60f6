"""The port without TLS: the hall's certificate and the page for enrolling, and nothing of the hall."""

import hashlib
import re
import subprocess

import pytest


def plain(door, path, *words):
    return door.curl(path, "-i", *words, url=f"http://127.0.0.1:{door.plain}").stdout


def test_the_page_shows_the_fingerprint_and_how_to_enrol(door):
    page = plain(door, "/")
    told = door.ctl("tls", "fingerprint", "--tls", door.tls)
    digits = re.sub(r"\s", "", page).lower()
    assert told["sha256"] in digits and told["sha1"] in digits
    for words in ("安居镇便民服务中心", "Windows", "麒麟", "统信", "授权中心", f"{door.url}/window/"):
        assert words in page, words
    assert "@" not in page.split("<body>")[1]
    for picture in re.findall(r'src="(/step-[^"]+)"', page):
        head = plain(door, picture)
        assert " 200 " in head.splitlines()[0] and "image/svg+xml" in head and "<svg" in head
    assert "text/css" in plain(door, "/enrol.css")


def test_the_certificate_is_the_authoritys_and_its_digest_is_the_fingerprint(door, tmp_path):
    file = tmp_path / "ca.crt"
    door.curl("/yichuang-ca.crt", "-o", str(file), url=f"http://127.0.0.1:{door.plain}")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == door.ctl("tls", "show", "--tls", door.tls)["sha256"]
    text = subprocess.run(["openssl", "x509", "-inform", "DER", "-in", file, "-noout", "-text"], capture_output=True, text=True, check=True).stdout
    assert "CA:TRUE, pathlen:0" in text and "Name Constraints: critical" in text
    assert "IP:127.0.0.1/255.255.255.255" in text and "DNS:yichuang.local" in text and "TLS Web Server Authentication" in text


@pytest.mark.parametrize("path", ["/v1/hall", "/window/", "/board/", "/healthz", "/board/enter?token=x", "/nginx.conf", "/hall.pem", "/../hall.pem",
                                  "/yichuang-ca.crt/../hall.pem", "/step-../nginx.conf", "/index.html"])
def test_nothing_else_is_there(door, path):
    first = plain(door, path, "--path-as-is").splitlines()[0]
    assert " 404 " in first or " 400 " in first, first


def test_another_host_and_a_form_are_refused(door):
    assert " 421 " in plain(door, "/", "-H", "Host: evil.example").splitlines()[0]
    assert " 405 " in plain(door, "/", "-d", "a=1").splitlines()[0]


def test_plain_http_at_the_doors_port_is_refused(door):
    done = door.curl("/v1/hall", "-i", url=f"http://127.0.0.1:{door.port}")
    assert " 400 " in done.stdout.splitlines()[0] and "安居镇" not in done.stdout

"""Bytes to and from a listener, as no library would send them."""

import json
import socket

from testkit.waiting import CEILING


def connect(port, source=None):
    connection = socket.socket()
    connection.settimeout(CEILING)
    if source:
        connection.bind((source, 0))
    connection.connect(("127.0.0.1", port))
    return connection


def head(port, method, path, *lines, host=None):
    """A request's head; `host` replaces the listener's own, `host=False` leaves it out."""
    hosts = [] if host is False else [f"Host: {host or f'127.0.0.1:{port}'}"]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *hosts, *lines, "", ""]).encode()


def read_all(connection):
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def answers(data):
    """Every response in what a connection gave: status, headers in lower case, body (decoded JSON where it is JSON)."""
    found = []
    while data:
        top, _, rest = data.partition(b"\r\n\r\n")
        first, *lines = top.decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        body, data = rest[:length], rest[length:]
        found.append((int(first.split()[1]), headers, json.loads(body) if "json" in headers.get("content-type", "") else body))
    return found


def send(port, *pieces):
    """The only answer to these bytes; the daemon closes afterwards or we do."""
    with connect(port) as connection:
        connection.sendall(b"".join(pieces))
        connection.shutdown(socket.SHUT_WR)
        found = answers(read_all(connection))
    assert len(found) == 1, found
    return found[0]

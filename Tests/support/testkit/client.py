"""One request over HTTP, as a page or a program makes it."""

import http.client
import json
import uuid

# What a client may see when the daemon dies under it.
CUT = (ConnectionError, http.client.HTTPException, OSError)


def exchange(connection, method, path, body=None, cookie=None, key=None):
    """Status, decoded JSON (or bytes) and the response with its headers. A POST carries an idempotency key, a new one unless `key` is given."""
    headers = {"Idempotency-Key": key or str(uuid.uuid4())} if method == "POST" else {}
    if cookie:
        headers["Cookie"] = cookie
    data = None
    if body is not None:
        data = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    connection.request(method, path, data, headers)
    response = connection.getresponse()
    content = response.read()
    if "json" in (response.getheader("Content-Type") or ""):
        content = json.loads(content)
    return response.status, content, response


def set_cookie(response):
    """The cookie that a response sets, as a request sends it."""
    return response.getheader("Set-Cookie").split(";")[0]

"""Requests a second for the class list of 40 learners: signed in, scoped, journalled.

Sixteen sessions on sixteen kept connections against the real server (two workers), on loopback.
"""

import http.client
import re
import selectors
import socket
import statistics
import time
from collections.abc import Iterator
from urllib.parse import urlencode

CONNECTIONS = 16
LEARNERS = 40
WARM_UP_SECONDS, SECONDS = 3.0, 12.0


def measure(*, size: int | None = None) -> Iterator[dict[str, object]]:
    """Serve the demo, sign sixteen sessions in, and ask for one class list again and again."""
    del size
    from benchmarks.servers import demo_server

    with demo_server() as (port, username, password):
        cookies = [_sign_in(port, username, password) for _ in range(CONNECTIONS)]
        path = _largest_class(port, cookies[0])
        _load(port, path, cookies, WARM_UP_SECONDS)
        times, failures, length = _load(port, path, cookies, SECONDS)
    ordered = sorted(times)
    yield {
        "what": "class list",
        "connections": CONNECTIONS,
        "requests_per_second": round(len(times) / SECONDS, 1),
        "p50_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "failures": failures,
        "bytes": length,
    }


def _sign_in(port: int, username: str, password: str) -> str:
    """Sign in as a browser does; the cookies of the session."""
    page, cookies = _get(port, "/dang-nhap", "")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, "no form to sign in with"
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = urlencode({"csrfmiddlewaretoken": token[1], "username": username, "password": password})
    connection.request(
        "POST",
        "/dang-nhap",
        body,
        {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies},
    )
    response = connection.getresponse()
    assert response.status == 302, f"sign-in answered {response.status}"
    return f"{cookies}; {_cookies(response)}"


def _get(port: int, path: str, cookies: str) -> tuple[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Cookie": cookies} if cookies else {})
    response = connection.getresponse()
    return response.read().decode(), _cookies(response)


def _cookies(response: http.client.HTTPResponse) -> str:
    given = response.headers.get_all("Set-Cookie") or []
    return "; ".join(cookie.split(";")[0] for cookie in given)


def _largest_class(port: int, cookies: str) -> str:
    """The class list nearest to forty learners, from the school's list of classes."""
    home, _ = _get(port, "/", cookies)
    classes = re.search(r'href="(/truong/[0-9a-f-]{36}/lop)"', home)
    assert classes, "no list of classes"
    page, _ = _get(port, classes[1], cookies)
    links = re.findall(rf'href="({classes[1]}/[0-9a-f-]{{36}})"', page)
    assert links, "no class to look at"
    counts = {link: _rows(port, link, cookies) for link in dict.fromkeys(links)}
    return min(counts, key=lambda link: abs(counts[link] - LEARNERS))


def _rows(port: int, path: str, cookies: str) -> int:
    return _get(port, path, cookies)[0].count("<tr") - 1


def _load(port: int, path: str, cookies: list[str], seconds: float) -> tuple[list[float], int, int]:
    """Keep every connection busy with one request at a time; seconds each took, failures, bytes."""
    selector = selectors.DefaultSelector()
    for each in cookies:
        request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {each}\r\n\r\n"
        ).encode()
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(request)
        selector.register(
            connection, selectors.EVENT_READ, [request, time.perf_counter(), bytearray()]
        )
    times, failures, length = [], 0, 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, _ in selector.select(timeout=0.5):
            request, began, received = key.data
            received += key.fileobj.recv(1 << 18)  # type: ignore[union-attr]
            whole = _complete(received)
            if whole:
                length = whole
                now = time.perf_counter()
                times.append(now - began)
                failures += not received.startswith(b"HTTP/1.1 200")
                key.data[1], key.data[2] = now, bytearray()
                key.fileobj.sendall(request)  # type: ignore[union-attr]
    for key in list(selector.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return times, failures, length


def _complete(received: bytearray) -> int:
    """The answer's whole length once it has arrived, else nothing."""
    head = received.find(b"\r\n\r\n")
    if head < 0:
        return 0
    declared = re.search(rb"content-length: (\d+)", received[:head].lower())
    whole = head + 4 + int(declared[1]) if declared else 0
    return whole if whole and len(received) >= whole else 0

"""Requests a second for the class list of 40 learners: signed in, scoped, journalled.

Sixteen sessions on sixteen kept connections against the real server (two workers), on loopback.
"""

import re
import selectors
import socket
import statistics
import time
from collections.abc import Iterator

from benchmarks.clerk import A_CLASS, Clerk, workbook
from benchmarks.servers import demo_server

CONNECTIONS = 16
WARM_UP_SECONDS, SECONDS = 3.0, 12.0


def measure(*, size: int | None = None) -> Iterator[dict[str, object]]:
    """Serve the demo, sign sixteen sessions in, and ask for one class list again and again."""
    del size
    with demo_server() as (port, username, password):
        server = f"http://127.0.0.1:{port}"
        clerks = [_signed_in(server, username, password) for _ in range(CONNECTIONS)]
        path, cookies = _class_of_forty(clerks[0]), [clerk.cookies for clerk in clerks]
        _load(port, path, cookies, WARM_UP_SECONDS)
        times, failures, length = _load(port, path, cookies, SECONDS)
    ordered = sorted(times)
    yield {
        "what": "class list",
        "learners": A_CLASS,
        "connections": CONNECTIONS,
        "requests_per_second": round(len(times) / SECONDS, 1),
        "p50_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "failures": failures,
        "bytes": length,
    }


def _signed_in(server: str, username: str, password: str) -> Clerk:
    clerk = Clerk(server)
    clerk.signs_in(username, password)
    return clerk


def _class_of_forty(clerk: Clerk) -> str:
    """The address of a class of forty; the clerk brings one in where the school has none."""
    return _found(clerk) or _brought_in(clerk)


def _brought_in(clerk: Clerk) -> str:
    clerk.opens("/dua-du-lieu/tep")
    clerk.sends(workbook(A_CLASS))
    clerk.opens(f"{clerk.address}xem-lai")
    clerk.commits()
    path = _found(clerk)
    assert path, "no class of forty"
    return path


def _found(clerk: Clerk) -> str | None:
    clerk.opens("/")
    classes = re.search(r'href="(/truong/[0-9a-f-]{36}/lop)"', clerk.page)
    assert classes, "no list of classes"
    clerk.opens(classes[1])
    links = dict.fromkeys(re.findall(rf'href="({classes[1]}/[0-9a-f-]{{36}})"', clerk.page))
    return next((link for link in links if _learners(clerk, link) == A_CLASS), None)


def _learners(clerk: Clerk, path: str) -> int:
    """Rows of a class list, without that of its headings."""
    clerk.opens(path)
    return clerk.page.count("<tr") - 1


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

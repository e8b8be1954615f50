"""A demo nation served for a measurement, on a free loopback port, in a folder of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sobo.commands.demo_ import sign_ins
from sobo.configuration import configuration

READY_SECONDS = 180


def data_folder() -> Path:
    """Where the demo of the measurements lies; it is kept from one to the next."""
    return configuration().data / "bench-demo"


@contextmanager
def demo_server() -> Iterator[tuple[int, str, str]]:
    """Serve the demo nation; gives its port and the sign-in of a school's clerk."""
    data = data_folder()
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "sobo", "demo", "--port", str(port), "--data", str(data)],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOBO_DATA": str(data)},
    )
    try:
        _wait_for(port)
        yield port, *_clerk(data)
    finally:
        server.terminate()
        server.wait(60)


def _clerk(data: Path) -> tuple[str, str]:
    clerk = next(each for each in sign_ins(data) if each.username.startswith("vanthu."))
    return clerk.username, clerk.password


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.3)
    raise TimeoutError("the demo did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

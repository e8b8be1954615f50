"""Stopping: Ctrl-C leaves no process behind, and a killed database loses nothing it has committed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from sobo.embedded import Server

START_SECONDS, STOP_SECONDS = 240, 60

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The embedded server of an installation of its own, whose data are thrown away."""
    own = Server(tmp_path_factory.mktemp("installation"))
    yield own
    own.stop()
    shutil.rmtree(own.home)


def _postmaster(server: Server) -> int:
    """The process of a running server."""
    return int((server.cluster / "postmaster.pid").read_text().split()[0])


def _with_descendants(*roots: int) -> set[int]:
    """Processes and all that they started, which still have their parents."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found = set(roots)
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return found


def _are_gone(processes: set[int]) -> bool:
    """Whether they end within a while: the last of a server follow its postmaster."""
    deadline = time.monotonic() + STOP_SECONDS
    while any(Path(f"/proc/{process}").exists() for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _serve(server: Server, port: int) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "SOBO_DATA": str(server.data), "SOBO_DATABASE": "sobo"}
    command = [sys.executable, "-m", "sobo", "serve", "--port", str(port)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap") as page,
        ):
            return bool(page.status == 200)
        time.sleep(0.2)
    return False


def test_ctrl_c_leaves_no_process_of_server_worker_or_database(server: Server) -> None:
    port = _free_port()
    serving = _serve(server, port)
    try:
        assert _answers(port)
        started = _with_descendants(serving.pid, _postmaster(server))
        assert len(started) > 6
        serving.send_signal(signal.SIGINT)
        assert serving.wait(STOP_SECONDS) == 0
        assert _are_gone(started)
    finally:
        serving.kill()


def test_a_killed_database_starts_again_with_what_was_committed_and_no_more(server: Server) -> None:
    server.ensure_running()
    with server.connect() as connection:
        connection.execute("CREATE TABLE kept (value int)")
        connection.execute("INSERT INTO kept VALUES (1), (2)")
    with closing(server.connect()) as open_one:
        open_one.autocommit = False
        open_one.execute("INSERT INTO kept VALUES (3)")
        os.kill(_postmaster(server), signal.SIGKILL)
        assert server.ensure_running()
        with pytest.raises(psycopg.OperationalError):
            open_one.commit()
    with server.connect() as connection:
        assert connection.execute("SELECT value FROM kept ORDER BY 1").fetchall() == [(1,), (2,)]

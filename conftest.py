"""The database of the tests: the embedded server, roles and guards as an installation has them.

`sobo_test` is copied for each run from a template that is built again when what shapes the database
changes. It holds the cast of tests/cast.sql; a test sees it and its own changes are rolled back.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from sobo.accounts import sessions
from sobo.configuration import configuration
from sobo.database import _database_grants, _fingerprint, prepare_embedded
from sobo.embedded import Server
from sobo.kernel.actor import Actor

ROOT = Path(__file__).parent
CAST = ROOT / "tests" / "cast.sql"
CAST_SIGNS_IN_WITH = "sổ bộ thử nghiệm"
TEMPLATE, TEST = "sobo_template", "sobo_test"

Connection = psycopg.Connection[Any]
ActAs = Callable[[str], Connection]

# Before anything reads the configuration: tests never touch the data of the installation itself.
os.environ.setdefault("SOBO_DATA", str(ROOT / ".data-test"))
os.environ["SOBO_DATABASE"] = TEST
configuration.cache_clear()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The running embedded server, for one test run at a time."""
    data = configuration().data
    with (data / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (data / ".gitignore").write_text("*\n")
        running = Server(data)
        started = running.ensure_running()
        # The port is known only now.
        configuration.cache_clear()
        yield running
        if started:
            running.stop()


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """A database with guards and cast, built again when what shapes it changed."""
    shape = hashlib.sha256(_fingerprint().encode() + CAST.read_bytes()).hexdigest()
    if _shape_of(server, TEMPLATE) != shape:
        _drop(server, TEMPLATE)
        prepare_embedded(server, TEMPLATE)
        subprocess.run(
            [sys.executable, "-m", "sobo", "database", "--as-owner"],
            env={**os.environ, "SOBO_DATABASE": TEMPLATE, "SOBO_AS_OWNER": "1"},
            check=True,
        )
        _enter_cast()
        with server.connect() as connection:
            connection.execute(
                sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                    sql.Identifier(TEMPLATE), sql.Literal(shape)
                )
            )
    return TEMPLATE


@pytest.fixture(scope="session")
def database(server: Server, template: str) -> str:
    """The database of this run."""
    copy_database(server, template, TEST)
    return TEST


def copy_database(server: Server, source: str, name: str) -> None:
    """Make a database of this run as a copy, with the rights that roles have on a database."""
    _drop(server, name)
    with server.connect() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER sobo_owner TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )
        for statement in _database_grants(name):
            connection.execute(statement.encode())


def _drop(server: Server, name: str) -> None:
    with server.connect() as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def _shape_of(server: Server, name: str) -> str | None:
    with server.connect() as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()
    return found[0] if found else None


def _enter_cast() -> None:
    from django.contrib.auth.hashers import make_password

    with psycopg.connect(owner_url(TEMPLATE)) as connection:
        connection.execute(
            "SELECT set_config('cast.password', %s, true)", [make_password(CAST_SIGNS_IN_WITH)]
        )
        connection.execute(CAST.read_bytes())


def owner_url(database: str) -> str:
    """The owner's URL of a database on the test server."""
    return configuration().owner_url.rsplit("/", 1)[0] + f"/{database}"


def app_url(database: str) -> str:
    """The program's URL of a database on the test server."""
    return configuration().app_url.rsplit("/", 1)[0] + f"/{database}"


@contextmanager
def rolled_back(connection: Connection) -> Iterator[Connection]:
    """A connection whose work leaves nothing behind."""
    try:
        yield connection
    finally:
        connection.rollback()
        connection.close()


@pytest.fixture
def owner(database: str) -> Iterator[Connection]:
    """The owner of the tables, past row-level security; rolled back."""
    with rolled_back(psycopg.connect(owner_url(database))) as connection:
        yield connection


@pytest.fixture
def app(database: str) -> Iterator[Connection]:
    """The program's own role, before any session is entered; rolled back."""
    with rolled_back(psycopg.connect(app_url(database))) as connection:
        yield connection


@pytest.fixture
def as_account(app: Connection) -> ActAs:
    """Enter a session of an account on the connection `app`, as the program does."""

    def enter(username: str) -> Connection:
        app.execute("RESET ROLE")
        enter_session(app, username)
        return app

    return enter


@pytest.fixture
def stage(server: Server, database: str) -> Iterator["Stage"]:
    """Owner and accounts in one transaction, so that each sees what the other just changed."""
    connection = server.connect(database)
    connection.autocommit = False
    with rolled_back(connection):
        yield Stage(connection)


class Stage:
    """One transaction played by several: the owner rearranges, then an account looks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def owner(self) -> Connection:
        """Go on as the owner of the tables."""
        return self._as("sobo_owner")

    def account(self, username: str) -> Connection:
        """Go on in a session of an account."""
        enter_session(self._as("sobo_app"), username)
        return self._connection

    def _as(self, role: str) -> Connection:
        self._connection.execute("RESET SESSION AUTHORIZATION")
        self._connection.execute(
            sql.SQL("SET LOCAL SESSION AUTHORIZATION {}").format(sql.Identifier(role))
        )
        return self._connection


def enter_session(connection: Connection, username: str) -> str:
    """Open a session for an account, take its token and its role. Returns the token."""
    account_id = connection.execute(
        "SELECT id FROM sign_in_account(%s, %s)", [username, proof(f"sign-in|{username}")]
    ).fetchone()
    assert account_id is not None, f"no account {username}"
    token = f"token-of-{username}-{os.urandom(16).hex()}"
    digest = hashlib.sha256(token.encode()).digest()
    connection.execute(
        "SELECT session_open(%s, %s, 'web', now() + interval '1 hour', %s)",
        [account_id[0], digest, proof(f"open|{account_id[0]}|{digest.hex()}|web")],
    )
    connection.execute("SELECT set_config('sobo.token', %s, true)", [token])
    reach = connection.execute("SELECT reach FROM scope_session()").fetchone()
    assert reach is not None
    role = "narrow" if reach[0] == "none" else reach[0]
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(f"sobo_{role}")))
    return token


def proof(message: str) -> bytes:
    """What the program shows the database (accounts/functions.sql), made here independently."""
    key = configuration().gate_key

    def digest(part: bytes) -> bytes:
        return hashlib.sha256(part).digest()

    inner = digest(digest(f"{key}|inner".encode()) + message.encode())
    return digest(digest(f"{key}|outer".encode()) + inner)


@pytest.fixture(scope="session")
def django_db_setup(database: str) -> None:
    """Django's connection goes to the same database, as the program's role."""
    url = conninfo_to_dict(app_url(database))
    settings.DATABASES["default"].update(
        NAME=database, USER=url["user"], PASSWORD=url["password"], HOST=url["host"],
        PORT=url["port"], OPTIONS={},
    )  # fmt: skip
    settings.DATA = configuration().data
    settings.MEDIA_ROOT = configuration().data / "files"


@pytest.fixture
def signed_in(db: None) -> Callable[[str], Actor]:
    """Enter a session of an account on Django's connection; returns who then acts."""

    def enter(username: str) -> Actor:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        account_id = sessions.account_named(username)
        assert account_id is not None, f"no account {username}"
        token = sessions.open_session(account_id=account_id, channel="web", at=datetime.now(UTC))
        return sessions.enter(token, purpose="thử nghiệm", looks_only=False)

    return enter

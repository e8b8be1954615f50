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
from contextlib import closing
from dataclasses import dataclass
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
from sobo.database import database_grants, fingerprint, prepare_embedded
from sobo.embedded import Server
from sobo.kernel.actor import Actor

Connection = psycopg.Connection[Any]

ROOT = Path(__file__).parent
CAST = ROOT / "tests" / "cast.sql"
CAST_SIGNS_IN_WITH = "sổ bộ thử nghiệm"
BARE, TEMPLATE, TEST = "sobo_bare", "sobo_template", "sobo_test"

# Before anything reads the configuration: tests never touch the data of the installation itself.
os.environ.setdefault("SOBO_DATA", str(ROOT / ".data-test"))
os.environ["SOBO_DATABASE"] = TEST
configuration.cache_clear()


@dataclass(frozen=True)
class Databases:
    """The databases on the test server, and ways to enter them."""

    server: Server

    def copy(self, source: str, name: str) -> None:
        """Make `name` anew as a copy of `source`, with the rights roles have on a database."""
        with self.server.connect() as connection:
            for statement in (
                "DROP DATABASE IF EXISTS {name} WITH (FORCE)",
                "CREATE DATABASE {name} OWNER sobo_owner TEMPLATE {source}",
                *database_grants(name),
            ):
                connection.execute(
                    sql.SQL(statement).format(
                        name=sql.Identifier(name), source=sql.Identifier(source)
                    )
                )

    def as_owner(self, name: str) -> Connection:
        """Connect as the owner of the tables."""
        return psycopg.connect(configuration().owner_url.rsplit("/", 1)[0] + f"/{name}")

    def as_app(self, name: str) -> Connection:
        """Connect as the program does."""
        return psycopg.connect(configuration().app_url.rsplit("/", 1)[0] + f"/{name}")

    def staged(self, name: str) -> "Stage":
        """Connect so that owner and accounts play in one transaction."""
        connection = self.server.connect(name)
        connection.autocommit = False
        return Stage(connection)


class Stage:
    """One transaction played by several: the owner rearranges, then an account looks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def owner(self) -> Connection:
        """Go on as the owner of the tables."""
        return self._as("sobo_owner")

    def program(self) -> Connection:
        """Go on as the program before it enters any session."""
        connection = self._as("sobo_app")
        connection.execute("SELECT set_config('sobo.token', '', true)")
        return connection

    def account(self, username: str) -> Connection:
        """Go on in a session of an account."""
        enter_session(self.program(), username)
        return self._connection

    def close(self) -> None:
        """Undo everything."""
        self._connection.rollback()
        self._connection.close()

    def _as(self, role: str) -> Connection:
        self._connection.execute("RESET SESSION AUTHORIZATION")
        self._connection.execute(
            sql.SQL("SET LOCAL SESSION AUTHORIZATION {}").format(sql.Identifier(role))
        )
        return self._connection


def enter_session(connection: Connection, username: str) -> None:
    """Open a session for an account, take its token and its role, as the program does."""
    found = connection.execute(
        "SELECT id FROM sign_in_account(%s, %s)", [username, proof(f"sign-in|{username}")]
    ).fetchone()
    assert found is not None, f"no account {username}"
    token = f"token-of-{username}-{os.urandom(16).hex()}"
    digest = hashlib.sha256(token.encode()).digest()
    connection.execute(
        "SELECT session_open(%s, %s, 'web', now() + interval '1 hour', %s)",
        [found[0], digest, proof(f"open|{found[0]}|{digest.hex()}|web")],
    )
    connection.execute("SELECT set_config('sobo.token', %s, true)", [token])
    reach = connection.execute("SELECT reach FROM scope_session()").fetchone()
    assert reach is not None
    role = "narrow" if reach[0] == "none" else reach[0]
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(f"sobo_{role}")))


def proof(message: str) -> bytes:
    """What the program shows the database (accounts/functions.sql), made here independently."""
    key = configuration().gate_key

    def digest(part: bytes) -> bytes:
        return hashlib.sha256(part).digest()

    inner = digest(digest(f"{key}|inner".encode()) + message.encode())
    return digest(digest(f"{key}|outer".encode()) + inner)


@pytest.fixture(name="proof")
def proof_maker() -> Callable[[str], bytes]:
    """Make the proofs that only the program can make."""
    return proof


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The running embedded server, for one test run at a time."""
    data = configuration().data
    with (data / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (data / ".gitignore").write_text("*\n")
        (data / "static").mkdir(exist_ok=True)  # served files are looked for there
        server = Server(data)
        started = server.ensure_running()
        # The port is known only now.
        configuration.cache_clear()
        yield Databases(server)
        if started:
            server.stop()


@pytest.fixture(scope="session")
def bare(databases: Databases) -> str:
    """A database with tables, guards and reference data, as an installation has it at first."""
    _keep(databases, BARE, shape=fingerprint(), build=_build_bare)
    return BARE


@pytest.fixture(scope="session")
def template(databases: Databases, bare: str) -> str:
    """The same with the cast."""
    shape = hashlib.sha256(fingerprint().encode() + CAST.read_bytes()).hexdigest()
    _keep(databases, TEMPLATE, shape=shape, build=_build_template)
    return TEMPLATE


def _keep(
    databases: Databases, name: str, *, shape: str, build: Callable[[Databases], None]
) -> None:
    """Build a database, unless one of that shape is kept from an earlier run."""
    with databases.server.connect() as connection:
        if _shape_of(connection, name) == shape:
            return
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
        build(databases)
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(shape))
        )


def _shape_of(connection: Connection, name: str) -> str | None:
    found = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return found[0] if found else None


def _build_bare(databases: Databases) -> None:
    prepare_embedded(databases.server, BARE)
    subprocess.run(
        [sys.executable, "-m", "sobo", "database", "--as-owner"],
        env={**os.environ, "SOBO_DATABASE": BARE, "SOBO_AS_OWNER": "1"},
        check=True,
    )


def _build_template(databases: Databases) -> None:
    from django.contrib.auth.hashers import make_password

    databases.copy(BARE, TEMPLATE)
    with databases.as_owner(TEMPLATE) as connection:
        password = make_password(CAST_SIGNS_IN_WITH)
        connection.execute("SELECT set_config('cast.password', %s, true)", [password])
        connection.execute(CAST.read_bytes())


@pytest.fixture(scope="session")
def database(databases: Databases, template: str) -> str:
    """The database of this run."""
    databases.copy(template, TEST)
    return TEST


@pytest.fixture
def owner(databases: Databases, database: str) -> Iterator[Connection]:
    """The owner of the tables, past row-level security; rolled back."""
    with closing(databases.as_owner(database)) as connection:
        yield connection


@pytest.fixture
def app(databases: Databases, database: str) -> Iterator[Connection]:
    """The program's own role, before any session is entered; rolled back."""
    with closing(databases.as_app(database)) as connection:
        yield connection


@pytest.fixture
def as_account(app: Connection) -> Callable[[str], Connection]:
    """Enter a session of an account on the connection `app`, as the program does."""

    def enter(username: str) -> Connection:
        app.execute("RESET ROLE")
        enter_session(app, username)
        return app

    return enter


@pytest.fixture
def stage(databases: Databases, database: str) -> Iterator[Stage]:
    """Owner and accounts in one transaction, each seeing what the other just changed."""
    with closing(databases.staged(database)) as played:
        yield played


@pytest.fixture(scope="session")
def django_db_setup(database: str) -> None:
    """Django's connection goes to the same database, as the program's role."""
    url = conninfo_to_dict(configuration().app_url.rsplit("/", 1)[0] + f"/{database}")
    settings.DATABASES["default"].update(
        NAME=database, USER=url["user"], PASSWORD=url["password"], HOST=url["host"],
        PORT=url["port"], OPTIONS={},
    )  # fmt: skip
    settings.DATA = configuration().data
    settings.MEDIA_ROOT = configuration().data / "files"


@pytest.fixture
def signed_in(db: None) -> Callable[[str], Actor]:
    """Enter a session of an account on Django's connection; returns who then acts."""
    from django.db import connection

    def enter(username: str) -> Actor:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        account_id = sessions.account_named(username)
        assert account_id is not None, f"no account {username}"
        token = sessions.open_session(account_id=account_id, channel="web", at=datetime.now(UTC))
        return sessions.enter(token, purpose="thử nghiệm", looks_only=False)

    return enter

"""Bringing a database to the state this version expects: roles, tables, functions, guards."""

import hashlib
import os
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from sobo.configuration import configuration, installation_secrets
from sobo.embedded import Server

FUNCTION_AREAS = (
    "sobo.accounts",
    "sobo.institutions",
    "sobo.registry.people",
    "sobo.journal",
    "sobo.registry",
    "sobo.reporting",
    "sobo.statistics",
)
"""Areas with functions in the database, in the order they need each other."""

ROLES = """
DO $$ DECLARE r text; BEGIN
    FOREACH r IN ARRAY ARRAY['sobo_narrow', 'sobo_wide', 'sobo_national'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', r);
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sobo_owner') THEN
        CREATE ROLE sobo_owner LOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sobo_app') THEN
        CREATE ROLE sobo_app LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
    END IF;
END $$;
GRANT sobo_narrow, sobo_wide, sobo_national TO sobo_app WITH INHERIT FALSE, SET TRUE;
-- All sessions share this login: pg_stat_activity would show each the statements of the others.
ALTER ROLE sobo_app SET track_activities = off;
"""


def uses_embedded() -> bool:
    """Whether this installation runs its own PostgreSQL."""
    return not os.environ.get("SOBO_APP_URL")


def role_statements() -> str:
    """What a database administrator runs where the owner may not create roles."""
    return (
        ROLES
        + "-- then: ALTER ROLE sobo_owner PASSWORD '…'; ALTER ROLE sobo_app PASSWORD '…';\n"
        + "-- CREATE DATABASE sobo OWNER sobo_owner LOCALE_PROVIDER builtin "
        + "BUILTIN_LOCALE 'PG_UNICODE_FAST' TEMPLATE template0;\n"
        + "\n".join(database_grants("sobo"))
    )


def database_grants(name: str) -> list[str]:
    return [
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO sobo_app;",
        f"GRANT TEMPORARY ON DATABASE {name} TO sobo_narrow, sobo_wide, sobo_national;",
    ]


CLEARING = b"""
CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; DEALLOCATE ALL; UNLISTEN *;
SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES; SET TIME ZONE 'UTC'
"""
"""What DISCARD ALL does, but for cached plans, which are dear to make again and hold no value; and
the time zone, which Django sets once, when the pool connects."""


def clear(connection: "psycopg.Connection[Any]") -> None:
    """Take from a pooled connection what one request left: the next may be anybody's.

    A temporary table would shadow a real one, and a setting of the session would outlive it.
    """
    connection.execute(CLEARING)
    connection.commit()


def prepare_embedded(server: Server, name: str) -> None:
    """Make roles and the database `name` on the embedded server, unless they are there."""
    keys = installation_secrets(server.data)
    with server.connect() as connection:
        connection.execute(ROLES)
        for role, key in (("sobo_owner", "owner_password"), ("sobo_app", "app_password")):
            connection.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(keys[key])
                )
            )
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if exists.fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER sobo_owner").format(sql.Identifier(name))
            )
            for statement in database_grants(name):
                connection.execute(statement.encode())


def is_up_to_date() -> bool:
    """Whether the database is as this version shapes it; asked without loading the program."""
    with psycopg.connect(configuration().owner_url, autocommit=True) as connection:
        return _recorded(connection) == fingerprint()


def bring_up_to_date() -> bool:
    """Migrate and guard the database as its owner; False where nothing had to be done.

    Runs in a process with `SOBO_AS_OWNER` set.
    """
    import django
    from django.core.management import call_command

    if is_up_to_date():
        return False
    django.setup()
    call_command("migrate", verbosity=0)
    with psycopg.connect(configuration().owner_url) as connection:
        for statement in _guarding_statements():
            connection.execute(statement.encode())
        connection.execute(
            "INSERT INTO accounts_gatekey (single, key) VALUES (true, %s) "
            "ON CONFLICT (single) DO UPDATE SET key = EXCLUDED.key",
            [configuration().gate_key],
        )
        from sobo.institutions import reference
        from sobo.reporting import rounds

        reference.load(connection)
        rounds.publish(connection)
        _record(connection)
    return True


def _guarding_statements() -> Iterator[str]:
    from django.apps import apps

    from sobo.specification import guards

    yield "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
    yield "GRANT USAGE ON SCHEMA public TO sobo_app, sobo_narrow, sobo_wide, sobo_national"
    functions = [_functions(area) for area in FUNCTION_AREAS]
    # Policies call functions and functions read tables' columns: functions first, then guards, and
    # the areas' own policies, which stand in the same files, are simply written again.
    yield from functions
    yield from guards.statements(apps.get_models())
    yield from functions
    yield JOBS


JOBS = """
DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT oid::regclass::text AS name, relkind FROM pg_class
             WHERE relname LIKE 'procrastinate%' AND relkind IN ('r', 'S') LOOP
        IF r.relkind = 'r' THEN
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO sobo_app, sobo_narrow, '
                           'sobo_wide, sobo_national', r.name);
        ELSE
            EXECUTE format('GRANT USAGE ON SEQUENCE %s TO sobo_app, sobo_narrow, sobo_wide, '
                           'sobo_national', r.name);
        END IF;
    END LOOP;
    FOR r IN SELECT oid::regprocedure::text AS name FROM pg_proc
             WHERE proname LIKE 'procrastinate%' LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sobo_app, sobo_narrow, sobo_wide, '
                       'sobo_national', r.name);
    END LOOP;
END $$;
"""
"""The queue holds ids only (which batch, which account), never a value."""


def _functions(area: str) -> str:
    return (resources.files(area) / "functions.sql").read_text(encoding="utf-8")


def fingerprint() -> str:
    """A digest of everything that shapes the database: migrations, functions, declarations, data."""
    root = Path(__file__).parent
    shaping = sorted(
        path
        for pattern in (
            "**/migrations/*.py",
            "**/models.py",
            "**/*.sql",
            "**/data/*.csv",
            "specification/*.py",
            "institutions/reference.py",
            "reporting/data/rounds.json",
            "reporting/rounds.py",
            "database.py",
        )
        for path in root.glob(pattern)
    )
    digest = hashlib.sha256(configuration().gate_key.encode())
    for path in shaping:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _recorded(connection: "psycopg.Connection[Any]") -> str | None:
    found = connection.execute("SELECT to_regclass('sobo_state')").fetchone()
    if not found or found[0] is None:
        return None
    row = connection.execute("SELECT fingerprint FROM sobo_state").fetchone()
    return str(row[0]) if row else None


def _record(connection: "psycopg.Connection[Any]") -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS sobo_state (fingerprint text)")
    connection.execute("ALTER TABLE sobo_state ENABLE ROW LEVEL SECURITY")
    connection.execute("DELETE FROM sobo_state")
    connection.execute("INSERT INTO sobo_state VALUES (%s)", [fingerprint()])

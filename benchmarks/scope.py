"""Measures what scope, versions, persons and journal cost: the figures of docs/adr/0001 to 0004.

    SOBO_DATA=/tmp/bench python -m benchmarks.scope [scope] [persons] [versions] [journal]

Makes the database `sobo_bench` on the data folder's embedded server (dropping an older one) and
prints one JSON object a line; times are medians in milliseconds.
"""

import hashlib
import json
import os
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

os.environ["SOBO_DATABASE"] = "sobo_bench"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sobo.settings")

from sobo.accounts.sessions import _proof
from sobo.commands.database_ import as_owner
from sobo.configuration import configuration
from sobo.database import prepare_embedded
from sobo.embedded import Server

Connection = psycopg.Connection[Any]
Figure = dict[str, Any]

HERE = Path(__file__).parent
SCHOOLS = 2000
"""With 500 enrolments each: a million rows."""

CLASS_LIST = """
    SELECT e.id, p.full_name FROM learners_enrolment e JOIN people_person p ON p.id = e.person_id
    WHERE e.school_class_id = %(school_class)s AND e.status = '01' ORDER BY p.sort_key
"""
COUNT = "SELECT grade, count(*) FROM learners_enrolment {} GROUP BY grade"
UNPOLICED = {
    "clerk_a": "WHERE institution_id = %(school)s",
    "approver_79": "WHERE institution_id IN (SELECT institution_id FROM institutions_reach "
    "WHERE unit_id = %(department)s)",
    "ministry": "",
}
OTHER_POLICIES = {
    "without the first test": "institution_id = ANY ((SELECT ids_of_all())::bigint[])",
    "one policy for all": "(SELECT scope_is_national()) OR institution_id = ANY "
    "((SELECT scope_ids())::bigint[]) OR institution_id IN (SELECT scope_institutions())",
    "a function for each row": "scope_holds(institution_id)",
}
IDS_OF_ALL = """
    CREATE FUNCTION ids_of_all() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT scope_ids() || ARRAY(SELECT scope_institutions()) $$;
    GRANT EXECUTE ON FUNCTION ids_of_all() TO sobo_narrow, sobo_wide, sobo_national
"""
CLERK_OF_A_SCHOOL = """
    UPDATE accounts_account SET institution_id = (
        SELECT min(id) FROM institutions_institution WHERE name LIKE 'Trường đo%'
    ) WHERE username = 'clerk_a'
"""


def main(parts: list[str]) -> None:
    """Measure the parts asked for; all of them without arguments."""
    server = Server(configuration().data)
    started = server.ensure_running()
    configuration.cache_clear()
    try:
        prepare(server)
        for name in (name for name in MEASURES if not parts or name in parts):
            for figure in MEASURES[name]():
                print(json.dumps({"part": name, **figure}, ensure_ascii=False), flush=True)
    finally:
        if started:
            server.stop()


def prepare(server: Server) -> None:
    """Make a guarded database with the cast and the synthetic schools."""
    with server.connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS sobo_bench WITH (FORCE)")
    prepare_embedded(server, "sobo_bench")
    as_owner("database", "--as-owner")
    with owner() as connection:
        connection.execute("SELECT set_config('cast.password', '!', false)")
        connection.execute((HERE.parent / "tests" / "cast.sql").read_bytes())
        connection.execute(f"SET bench.schools = {SCHOOLS}".encode())
        connection.execute((HERE / "synthetic_schools.sql").read_bytes())
        connection.execute(CLERK_OF_A_SCHOOL)
        connection.execute(IDS_OF_ALL)
    with closing(owner()) as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def owner() -> Connection:
    """Connect as the owner of the tables."""
    return psycopg.connect(configuration().owner_url)


def session(username: str) -> Connection:
    """Connect as the program, in a session of an account."""
    connection = psycopg.connect(configuration().app_url)
    account = one(
        connection,
        "SELECT id FROM sign_in_account(%s, %s)",
        [username, _proof(f"sign-in|{username}")],
    )
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).digest()
    connection.execute(
        "SELECT session_open(%s, %s, 'job', now() + interval '1 day', %s)",
        [account, digest, _proof(f"open|{account}|{digest.hex()}|job")],
    )
    connection.execute("SELECT set_config('sobo.token', %s, false)", [token])
    reach = one(connection, "SELECT reach FROM scope_session()")
    connection.execute(f"SET ROLE sobo_{reach}".encode())
    connection.commit()
    return connection


def one(connection: Connection, query: str, values: Any = None) -> Any:
    """The first value of a query's first row."""
    row = connection.execute(query.encode(), values).fetchone()
    assert row
    return row[0]


def median_ms(run: Callable[[], object], runs: int) -> float:
    """The median time of a call, after one to warm up."""
    run()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return round(statistics.median(times) * 1000, 2)


def query_ms(connection: Connection, query: str, values: Any = None, runs: int = 7) -> float:
    """The median time of a query with all its rows."""
    return median_ms(lambda: connection.execute(query.encode(), values).fetchall(), runs)


def subjects() -> dict[str, Any]:
    """The school, its class and the department that the queries are about."""
    with closing(owner()) as connection:
        school = one(
            connection, "SELECT institution_id FROM accounts_account WHERE username = 'clerk_a'"
        )
        school_class = "SELECT max(id) FROM classes_schoolclass WHERE institution_id = %s"
        return {
            "school": school,
            "school_class": one(connection, school_class, [school]),
            "department": one(connection, "SELECT id FROM institutions_unit WHERE code = 'SO-79'"),
        }


def scope() -> Iterator[Figure]:
    """The count of each reach without a policy, under those shipped, and under others."""
    keys = subjects()
    with closing(owner()) as connection:
        for username, condition in UNPOLICED.items():
            spent = query_ms(connection, COUNT.format(condition), keys)
            yield {"policy": "none", "account": username, "count_ms": spent}
    yield from counts("as shipped")
    # The database stays under the last of these: this part comes last.
    for policy, condition in OTHER_POLICIES.items():
        with owner() as connection:
            for role in ("narrow", "wide", "national"):
                connection.execute(
                    f"ALTER POLICY {role}_reads ON learners_enrolment USING ({condition})".encode()
                )
        yield from counts(policy)


def counts(policy: str) -> Iterator[Figure]:
    """The count of each reach under the policies that now stand; null past ten seconds."""
    for username in UNPOLICED:
        with closing(session(username)) as connection:
            connection.execute("SET statement_timeout = '10s'")
            try:
                spent: float | None = query_ms(connection, COUNT.format(""), runs=3)
            except psycopg.errors.QueryCanceled:
                spent = None
            yield {"policy": policy, "account": username, "count_ms": spent}


def persons() -> Iterator[Figure]:
    """A class list with its persons: without policy, and as each role sees it."""
    keys = subjects()
    with closing(owner()) as connection:
        spent = query_ms(connection, CLASS_LIST, keys, 300)
        yield {"account": "none", "class_list_ms": spent}
    for username in UNPOLICED:
        with closing(session(username)) as connection:
            spent = query_ms(connection, CLASS_LIST, keys, 300)
            yield {"account": username, "class_list_ms": spent}


def versions() -> Iterator[Figure]:
    """Adding and changing rows with the triggers of versions and persons, and without them."""
    for triggers in ("versions, persons_in_scope", "versions", "none"):
        with closing(owner()) as connection:
            for name in {"versions", "persons_in_scope"} - set(triggers.split(", ")):
                connection.execute(
                    f"ALTER TABLE learners_enrolment DISABLE TRIGGER {name}".encode()
                )
            connection.execute(
                "CREATE TEMP TABLE incoming AS SELECT institution_id, person_id, "
                "2000 + school_year - 2022 AS school_year, school_class_id, grade, status "
                "FROM learners_enrolment LIMIT 200000"
            )
            begun = time.perf_counter()
            connection.execute(
                "INSERT INTO learners_enrolment (institution_id, person_id, school_year, "
                "school_class_id, grade, status) SELECT * FROM incoming"
            )
            added = time.perf_counter()
            connection.execute(
                "UPDATE learners_enrolment SET version = version + 1, event = 'UPDATE' "
                "WHERE school_year < 2022"
            )
            changed = time.perf_counter()
            connection.rollback()
        yield {
            "triggers": triggers,
            "add_200000_s": round(added - begun, 2),
            "change_200000_s": round(changed - added, 2),
        }


def journal() -> Iterator[Figure]:
    """Looks that wait for the disk and looks that do not; an entry a row and one for a batch."""
    look = "SELECT journal_write('look', 'bench', NULL, NULL, NULL, %s::bigint[], 40, NULL, NULL)"
    for waits in ("on", "off"):
        with closing(session("clerk_a")) as connection:
            connection.execute(f"SET synchronous_commit = {waits}".encode())
            connection.commit()

            def looked(connection: Connection = connection) -> None:
                connection.execute(look.encode(), [list(range(40))])
                connection.commit()

            yield {"synchronous_commit": waits, "look_ms": median_ms(looked, 500)}
    with closing(session("clerk_a")) as connection:
        for entries in (1, 20_000):
            spent = query_ms(
                connection,
                "SELECT journal_write('change', 'bench', NULL, NULL, NULL, NULL, 1, NULL, NULL) "
                f"FROM generate_series(1, {entries})",
                runs=3,
            )
            yield {"entries": entries, "write_ms": spent}


MEASURES: dict[str, Callable[[], Iterator[Figure]]] = {
    "persons": persons,
    "versions": versions,
    "journal": journal,
    "scope": scope,
}

if __name__ == "__main__":
    main(sys.argv[1:])

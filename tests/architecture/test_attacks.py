"""What an injected statement would try inside a school's session, and what it gets."""

import re
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

Connection = psycopg.Connection[Any]
Refusal = Callable[..., tuple[str, str]]

EVERYONE = "SELECT count(*) FROM people_person"

# What is tried, and the SQLSTATE that answers it.
REFUSED = {
    "become the owner": ("SET ROLE sobo_owner", "42501"),
    "become the superuser": ("SET ROLE postgres", "22023|42501"),
    "take another login": ("SET SESSION AUTHORIZATION sobo_owner", "42501"),
    "read a hash": ("SELECT password FROM accounts_account", "42501"),
    "read every column": ("SELECT * FROM accounts_account", "42501"),
    "read the sessions": ("SELECT * FROM accounts_session", "42501"),
    "read the gate key": ("SELECT key FROM accounts_gatekey", "42501"),
    "make a proof": ("SELECT gate_proof('open|1')", "42501"),
    "open a session": (
        "RESET ROLE; SELECT session_open(1, sha256('x'), 'web', now() + '1 day', sha256('x'))",
        "42501",
    ),
    "open a session without proof": (
        "RESET ROLE; SELECT session_open(1, sha256('x'), 'web', now() + '1 day', NULL)",
        "42501",
    ),
    "collect a hash at the door": (
        "RESET ROLE; SELECT * FROM sign_in_account('clerk_b', sha256('guess'))",
        "42501",
    ),
    "do a job without proof": (
        "RESET ROLE; SELECT remind_of_unsigned('{02-TH-ĐN}', '{02}', '2026-10-12', 99, 99, 'x')",
        "42501",
    ),
    "match without proof": (
        "SELECT * FROM admit_known_persons('{079220000021}', '{2020-01-15}', '{nguyen van an}', "
        "'{1}', sha256('guess'))",
        "42501",
    ),
    "read a unit's institutions": ("SELECT institutions_reached(1)", "42501"),
    "read the reach": ("SELECT * FROM institutions_reach", "42501"),
    "end its supervision": (
        "UPDATE institutions_institutionmanagement SET until = '2026-01-01'",
        "42501",
    ),
    "hand itself to another unit": (
        "INSERT INTO institutions_institutionmanagement (institution_id, unit_id, since) "
        "SELECT institution_id, 1, '2000-01-01' FROM scope_session()",
        "42501",
    ),
    "turn policies off": ("SET row_security = off; " + EVERYONE, "42501"),
    "drop a policy": ("DROP POLICY narrow_reads ON people_person", "42501"),
    "disable a trigger": ("ALTER TABLE people_person DISABLE TRIGGER ALL", "42501"),
    "play replication": ("SET session_replication_role = replica", "42501"),
    "make a function": (
        "CREATE FUNCTION public.sha256(text) RETURNS bytea LANGUAGE sql RETURN ''",
        "42501",
    ),
    "make a leakproof function": (
        "CREATE FUNCTION pg_temp.spy(text) RETURNS boolean LEAKPROOF LANGUAGE sql RETURN true",
        "42501",
    ),
    "make a schema": ("CREATE SCHEMA mine", "42501"),
    "make an extension": ("CREATE EXTENSION dblink", "42501|58P01"),
    "run a program": ("COPY people_person TO PROGRAM 'cat'", "42501"),
    "read a program": ("CREATE TEMP TABLE t (x text); COPY t FROM PROGRAM 'id'", "42501"),
    "read a file": ("SELECT pg_read_file('PG_VERSION')", "42501"),
    "list files": ("SELECT pg_ls_dir('.')", "42501"),
    "import a large object": ("SELECT lo_import('/etc/passwd')", "42501"),
    "export a large object": ("SELECT lo_export(1, '/tmp/x')", "42501"),
    "count rows by a sequence": ("SELECT last_value FROM people_person_id_seq", "42501"),
    "burn a sequence": ("SELECT nextval('people_person_id_seq')", "42501"),
    "read raw statistics": ("SELECT * FROM pg_statistic", "42501"),
    "read password verifiers": ("SELECT * FROM pg_authid", "42501"),
    "read its server's settings": ("SELECT * FROM pg_file_settings", "42501"),
    "write the journal itself": ("INSERT INTO journal_entry (at) VALUES (now())", "42501"),
    "journal about another school": (
        "SELECT journal_write('look', 'x', 2, NULL, NULL, NULL, 0, NULL, NULL)",
        "42501",
    ),
    "journal as nobody": (
        "SELECT set_config('sobo.token', '', true);"
        "SELECT journal_write('change', 'x', NULL, NULL, NULL, NULL, 0, NULL, NULL)",
        "42501",
    ),
    "reach below the policies": ("RESET ROLE; " + EVERYONE, "42501"),
}


@pytest.mark.parametrize("attempt", REFUSED)
def test_is_refused(attempt: str, as_account: Any, refusal: Refusal) -> None:
    statement, states = REFUSED[attempt]
    assert refusal(as_account("clerk_a"), statement, None)[0] in states.split("|")


# What is tried, and what is then seen of the twelve persons of the cast.
SEES_NOTHING = {
    "a guessed token": "SELECT set_config('sobo.token', 'token-of-ministry', true)",
    "an empty token": "SELECT set_config('sobo.token', '', true)",
    "the digest as token": (
        "SELECT set_config('sobo.token', encode((SELECT digest FROM scope_session()), 'hex'), true)"
    ),
    "the national role": "SET ROLE sobo_national",
}


@pytest.mark.parametrize("attempt", SEES_NOTHING)
def test_sees_nothing_more(attempt: str, as_account: Any) -> None:
    session = as_account("clerk_a")
    assert session.execute(EVERYONE).fetchone() == (4,)
    session.execute(SEES_NOTHING[attempt])
    assert session.execute(EVERYONE).fetchone() == (0,)


def test_the_wide_role_gives_a_school_nothing_more(as_account: Any) -> None:
    session = as_account("clerk_a")
    session.execute("SET ROLE sobo_wide")
    assert session.execute(EVERYONE).fetchone() == (4,)
    assert session.execute("SELECT count(*) FROM learners_enrolment").fetchone() == (0,)


@pytest.mark.parametrize(
    "shadow",
    [
        "CREATE TEMP TABLE accounts_session AS SELECT * FROM scope_session()",
        "CREATE TEMP TABLE people_persontie (person_id bigint, institution_id bigint)",
        "CREATE TEMP TABLE accounts_gatekey AS SELECT true AS single, 'mine' AS key",
        "CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql RETURN ''::bytea",
        "CREATE FUNCTION pg_temp.scope_ids() RETURNS bigint[] LANGUAGE sql "
        "RETURN ARRAY[1, 2, 3]::bigint[]",
    ],
)
def test_a_shadow_deceives_no_policy(shadow: str, as_account: Any) -> None:
    session = as_account("clerk_a")
    session.execute(shadow)
    session.execute("SET search_path = pg_temp, public")
    assert session.execute("SELECT count(*) FROM public.people_person").fetchone() == (4,)


def test_a_shadow_of_persons_does_not_admit_a_foreign_one(
    as_account: Any, catalogue: Any, schools: Any, refusal: Refusal
) -> None:
    foreign = catalogue.row_of("people_person", schools.same_department)["id"]
    session = as_account("clerk_a")
    session.execute("CREATE TEMP TABLE people_person AS SELECT %s::bigint AS id", [foreign])
    statement = (
        "INSERT INTO learners_commendation (institution_id, person_id, school_year, kind, "
        f"recorded_by) VALUES ({schools.own}, {foreign}, 2026, '1', scope_account())"
    )
    assert refusal(session, statement)[1] == "no such person within scope"


def test_the_callers_own_function_is_shown_no_foreign_row(as_account: Any) -> None:
    """A cheap function in the condition runs after row-level security, never before."""
    session = as_account("clerk_a")
    heard: list[str] = []
    session.add_notice_handler(lambda notice: heard.append(str(notice.message_primary)))
    session.execute(
        "CREATE FUNCTION pg_temp.spy(id bigint) RETURNS boolean COST 0.0000001 LANGUAGE plpgsql "
        "AS $$ BEGIN RAISE NOTICE '%', id; RETURN true; END $$"
    )
    session.execute("SELECT count(*) FROM people_person WHERE pg_temp.spy(institution_id)")
    session.execute("SELECT count(*) FROM learners_enrolment WHERE pg_temp.spy(institution_id)")
    assert set(heard) == {str(session.execute("SELECT scope_ids()").fetchone()[0][0])}


def explained(session: Connection, query: str, value: Any) -> str:
    """What EXPLAIN ANALYZE tells of a query, without the value itself."""
    plan = session.execute(
        "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF, COSTS OFF) " + query, [value]
    )
    told = "\n".join(row[0] for row in plan)
    return re.sub(r"= ('[^']*'|\d+)(::\w+)?\)", "= VALUE)", told)


SCANS = ("on", "off")


@pytest.mark.parametrize("scans", SCANS)
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("people_person", "personal_number"),
        ("people_person", "full_name"),
        ("people_person", "birth"),
        ("people_guardian", "full_name"),
        ("people_guardian", "person_id"),
        ("people_guardian", "record_id"),
        ("learners_enrolment", "institution_id"),
        ("learners_enrolment", "person_id"),
        ("learners_enrolment", "school_class_id"),
        ("staff_post", "person_id"),
        ("reporting_return", "public_id"),
        ("journal_entry", "institution_id"),
    ],
)
def test_explain_tells_nothing_of_a_foreign_row(
    table: str, column: str, scans: str, as_account: Any, catalogue: Any, schools: Any
) -> None:
    """Row counts and steps never run are the same for a value held elsewhere and for none."""
    there = catalogue.row_of(table, schools.other_province)[column]
    nowhere = {str: "x" * len(str(there)), int: 10**9}.get(type(there))
    if nowhere is None:
        nowhere = "00000000-0000-4000-8000-000000000000"
    session = as_account("clerk_a")
    for kind in ("indexscan", "bitmapscan", "indexonlyscan"):
        session.execute(f"SET LOCAL enable_{kind} = {scans}")
    if scans == "on":
        session.execute("SET LOCAL enable_seqscan = off")
    query = f"SELECT * FROM {table} WHERE {column} = %s"
    assert explained(session, query, there) == explained(session, query, nowhere)


def test_one_session_sees_no_statement_of_another(
    as_account: Any, databases: Any, database: str
) -> None:
    with databases.as_app(database) as other:
        other.execute("SELECT 'a token, a name'")
        session = as_account("clerk_a")
        heard = session.execute(
            "SELECT query FROM pg_stat_activity WHERE pid = %s", [other.info.backend_pid]
        ).fetchall()
    assert [row[0] for row in heard if "a token" in (row[0] or "")] == []


def test_statistics_show_no_values_of_persons(as_account: Any) -> None:
    session = as_account("clerk_a")
    shown = session.execute(
        "SELECT tablename FROM pg_stats WHERE schemaname = 'public' "
        "AND tablename NOT LIKE 'procrastinate%'"
    ).fetchall()
    assert shown == []


def test_another_time_zone_reaches_no_further(stage: Any) -> None:
    """A relation that ended today in Việt Nam has ended, whatever day the session says it is."""
    stage.owner().execute(
        "UPDATE institutions_institutionmanagement SET until = scope_day() WHERE until IS NULL"
    )
    session = stage.account("reviewer_a")
    session.execute("SET LOCAL timezone = 'Pacific/Pago_Pago'")
    session.execute("SET ROLE sobo_wide")
    assert session.execute("SELECT count(*) FROM institutions_institution").fetchone() == (0,)


def test_a_suspended_account_stops_at_once(stage: Any) -> None:
    session = stage.account("clerk_a")
    assert session.execute(EVERYONE).fetchone() == (4,)
    session.execute("SET LOCAL SESSION AUTHORIZATION sobo_owner")
    session.execute("UPDATE accounts_account SET is_active = false WHERE username = 'clerk_a'")
    session.execute("SET LOCAL SESSION AUTHORIZATION sobo_app")
    session.execute("SET LOCAL ROLE sobo_narrow")
    assert session.execute(EVERYONE).fetchone() == (0,)


def test_a_closed_session_opens_nothing(as_account: Any) -> None:
    session = as_account("clerk_a")
    session.execute("SELECT session_close()")
    assert session.execute(EVERYONE).fetchone() == (0,)


def test_the_schema_is_no_secret_but_holds_no_rows(as_account: Any) -> None:
    """information_schema names what a session may use; large objects and views hold nothing."""
    session = as_account("clerk_a")
    named = {
        row[0]
        for row in session.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name NOT LIKE 'procrastinate%'"
        )
    }
    assert "learners_enrolment" in named
    assert not {"accounts_session", "accounts_gatekey", "people_numberclaim"} & named
    assert session.execute("SELECT count(*) FROM pg_largeobject_metadata").fetchone() == (0,)

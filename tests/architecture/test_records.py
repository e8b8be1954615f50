"""Nothing is deleted, no identifier changes, and every change keeps the version before it."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg import sql

Connection = psycopg.Connection[Any]
Refusal = Callable[..., tuple[str, str]]

RESTRICTED, NO_RIGHT = "23001", "42501"
BROKEN_RULES = {
    "no new version": "SET recorded_at = now()",
    "the same version": "SET version = version",
    "a version skipped": "SET version = version + 2",
    "an earlier version": "SET version = version - 1",
    "another record id": "SET version = version + 1, record_id = uuidv7()",
    "another key": "SET version = version + 1, id = id + 1000000",
    "another institution": "SET version = version + 1, institution_id = institution_id + 1000",
}


def test_nothing_is_deleted_by_the_owner(
    owner: Connection, catalogue: Any, refusal: Refusal
) -> None:
    for table in catalogue.tables_of_records():
        for kept in (table, f"{table}_history"):
            assert refusal(owner, f"DELETE FROM {kept}")[0] == RESTRICTED, kept
            assert refusal(owner, f"DELETE FROM {kept} WHERE false")[0] == RESTRICTED, kept
            # A table that others refer to is refused for that reason first.
            assert refusal(owner, f"TRUNCATE {kept}")[0] in (RESTRICTED, "0A000"), kept
            assert refusal(owner, f"TRUNCATE {kept} CASCADE")[0] == RESTRICTED, kept


def test_nothing_is_deleted_by_a_session(as_account: Any, catalogue: Any, refusal: Refusal) -> None:
    session = as_account("clerk_a")
    for table in catalogue.tables_of_institutions():
        assert refusal(session, f"DELETE FROM {table}")[0] == NO_RIGHT, table
        assert refusal(session, f"TRUNCATE {table}")[0] == NO_RIGHT, table


@pytest.mark.parametrize("breach", BROKEN_RULES)
def test_the_owner_breaks_no_rule_of_versions(
    breach: str, owner: Connection, catalogue: Any, refusal: Refusal
) -> None:
    for table in catalogue.tables_of_records():
        change = BROKEN_RULES[breach]
        if table == "institutions_institution":
            change = change.replace("institution_id = institution_id + 1000", "code = code || '0'")
        # A key that points nowhere is refused as such before the trigger is asked.
        assert refusal(owner, f"UPDATE {table} {change}")[0] in (RESTRICTED, "23503"), table


@pytest.mark.parametrize("breach", BROKEN_RULES)
def test_a_session_breaks_no_rule_of_versions(
    breach: str, as_account: Any, catalogue: Any, refusal: Refusal
) -> None:
    session = as_account("clerk_a")
    for table in catalogue.tables_of_records():
        change = BROKEN_RULES[breach] + ", recorded_by = scope_account()"
        if table == "institutions_institution":
            change = change.replace("institution_id = institution_id + 1000", "code = code || '0'")
        assert refusal(session, f"UPDATE {table} {change}")[0] in (RESTRICTED, NO_RIGHT), table


def test_declared_identifiers_never_change(
    owner: Connection, as_account: Any, refusal: Refusal
) -> None:
    from django.apps import apps

    from sobo.specification.records import Record

    session = as_account("clerk_a")
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    assert len(records) > 10
    for model in records:
        for column in model.immutable:
            change = f"SET version = version + 1, {column} = NULL"
            table = model._meta.db_table
            assert refusal(session, f"UPDATE {table} {change}")[0] == NO_RIGHT, column
            # NOT NULL may answer before the trigger; either way the identifier stays.
            assert refusal(owner, f"UPDATE {table} {change}")[0] in (RESTRICTED, "23502"), column


def test_one_statement_over_many_rows_keeps_every_earlier_version(
    owner: Connection, catalogue: Any
) -> None:
    for table in catalogue.tables_of_records():
        before = snapshot(owner, f"SELECT * FROM {table}")
        owner.execute(f"UPDATE {table} SET version = version + 1, event = 'UPDATE'".encode())
        kept = snapshot(
            owner, f"SELECT h.* FROM {table}_history h JOIN {table} t "
            "ON t.id = h.id AND t.version = h.version + 1"
        )  # fmt: skip
        assert len(before) > 1
        assert [{k: v for k, v in row.items() if k != "superseded_at"} for row in kept] == before


def snapshot(owner: Connection, query: str) -> list[dict[str, Any]]:
    """Rows by column, in the order of their keys."""
    rows = owner.cursor(row_factory=psycopg.rows.dict_row).execute(query.encode()).fetchall()
    return sorted(rows, key=lambda row: int(row["id"]))


def test_a_session_reads_every_earlier_version_of_its_records(as_account: Any) -> None:
    session = as_account("clerk_a")
    person = session.execute(
        "SELECT id, version, full_name FROM people_person ORDER BY id LIMIT 1"
    ).fetchone()
    for name in ("Nguyễn Văn Ân", "Nguyễn Văn Ấn"):
        session.execute(
            "UPDATE people_person SET full_name = %s, version = version + 1, event = 'UPDATE', "
            "recorded_by = scope_account() WHERE id = %s",
            [name, person[0]],
        )
    told = session.execute(
        "SELECT version, full_name FROM people_person_history WHERE id = %s AND version >= %s "
        "ORDER BY version",
        [person[0], person[1]],
    ).fetchall()
    assert told == [(person[1], person[2]), (person[1] + 1, "Nguyễn Văn Ân")]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO classes_schoolclass (institution_id, school_year, code, name, grade, "
        "recorded_by) SELECT institution_id, school_year, code, 'khác', grade, scope_account() "
        "FROM classes_schoolclass WHERE code = '1A' "
        "ON CONFLICT (institution_id, school_year, code) DO UPDATE SET name = EXCLUDED.name, "
        "recorded_by = scope_account()",
        "MERGE INTO classes_schoolclass t USING (SELECT '1A' AS code) s ON t.code = s.code "
        "WHEN MATCHED THEN UPDATE SET name = 'khác', recorded_by = scope_account()",
        "WITH changed AS (UPDATE classes_schoolclass SET name = 'khác', "
        "recorded_by = scope_account() RETURNING 1) SELECT * FROM changed",
    ],
)
def test_no_way_round_the_version(statement: str, as_account: Any, refusal: Refusal) -> None:
    assert refusal(as_account("clerk_a"), statement)[0] == RESTRICTED


def test_history_is_written_by_nobody(
    owner: Connection, as_account: Any, catalogue: Any, refusal: Refusal
) -> None:
    session = as_account("clerk_a")
    for table in catalogue.tables_of_records():
        history = sql.Identifier(f"{table}_history").as_string(owner)
        assert refusal(owner, f"UPDATE {history} SET version = 1")[0] == RESTRICTED
        assert refusal(session, f"UPDATE {history} SET version = 1")[0] == NO_RIGHT
        adds = f"INSERT INTO {history} SELECT * FROM {history}"
        assert refusal(session, adds)[0] == NO_RIGHT


def test_a_persons_code_is_issued_once_and_for_life(as_account: Any, schools: Any) -> None:
    session = as_account("clerk_a")
    codes = [
        session.execute(
            "INSERT INTO people_person (institution_id, full_name, recorded_by) "
            "VALUES (%s, %s, scope_account()) RETURNING code",
            [schools.own, name],
        ).fetchone()[0]
        for name in ("Lò Văn Một", "Lò Văn Hai")
    ]
    assert int(codes[1]) == int(codes[0]) + 1
    assert all(code.startswith("79") and len(code) == 10 for code in codes)

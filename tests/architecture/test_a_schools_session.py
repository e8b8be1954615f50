"""Arbitrary SQL inside a school's session: no row of another school, in any table there is."""

import re
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

Connection = psycopg.Connection[Any]
Refusal = Callable[..., tuple[str, str]]

NO_RIGHT = "42501"
NOBODY = 10**9


def of(table: str, column: str, school: int) -> sql.Composed:
    """`table WHERE its institution is school`."""
    return sql.SQL("{} WHERE {} = {}").format(
        sql.Identifier(table), sql.Identifier(column), sql.Literal(school)
    )


def rows_touched(connection: Connection, statement: sql.Composed) -> int:
    """How many rows a statement touches; none where it is refused for want of rights."""
    try:
        with connection.transaction():
            return connection.execute(statement).rowcount
    except errors.InsufficientPrivilege:
        return 0


@pytest.fixture
def foreign(schools: Any) -> tuple[int, int]:
    """The schools that `clerk_a` must not reach."""
    return schools.same_department, schools.other_province


def test_the_attack_has_something_to_find(
    owner: Connection, catalogue: Any, foreign: tuple[int, int]
) -> None:
    kept_empty = {"accounts_session", "people_persontie"}
    for table in set(catalogue.tables_of_institutions()) - kept_empty:
        for school in foreign:
            column = catalogue.institution_column(table)
            found = owner.execute(sql.SQL("SELECT 1 FROM {}").format(of(table, column, school)))
            assert found.fetchone(), f"{table} holds no row of school {school}"


def test_reads_nothing_of_another_school(
    as_account: Any, catalogue: Any, foreign: tuple[int, int]
) -> None:
    session = as_account("clerk_a")
    seen = {
        (table, school): count
        for table in catalogue.tables_of_institutions()
        for school in foreign
        if (
            count := rows_touched(
                session,
                sql.SQL("SELECT 1 FROM {}").format(
                    of(table, catalogue.institution_column(table), school)
                ),
            )
        )
    }
    assert seen == {}


def test_reads_its_own(as_account: Any, catalogue: Any, schools: Any) -> None:
    session = as_account("clerk_a")
    for table in catalogue.tables_of_institutions():
        if catalogue.columns(table, granted="SELECT"):
            own = of(table, catalogue.institution_column(table), schools.own)
            assert rows_touched(session, sql.SQL("SELECT 1 FROM {}").format(own)), table


def test_changes_nothing_of_another_school(
    as_account: Any, catalogue: Any, foreign: tuple[int, int]
) -> None:
    session = as_account("clerk_a")
    for table in catalogue.tables_of_institutions():
        changeable = catalogue.columns(table, granted="UPDATE") or [
            catalogue.institution_column(table)
        ]
        column = "version" if "version" in changeable else changeable[0]
        change = sql.SQL("version + 1") if column == "version" else sql.Identifier(column)
        for school in foreign:
            where = of(table, catalogue.institution_column(table), school)
            name, condition = where.as_string(session).split(" WHERE ", 1)
            statement = sql.SQL("UPDATE {} SET {} = {} WHERE {}").format(
                sql.SQL(name), sql.Identifier(column), change, sql.SQL(condition)
            )
            assert rows_touched(session, statement) == 0, table
            assert rows_touched(session, sql.SQL("DELETE FROM {}").format(where)) == 0, table


def test_adds_nothing_to_another_school(
    as_account: Any, catalogue: Any, refusal: Refusal, foreign: tuple[int, int]
) -> None:
    session = as_account("clerk_a")
    for table in catalogue.tables_of_institutions():
        for school in (*foreign, NOBODY):
            row = catalogue.row_of_any(table) | {catalogue.institution_column(table): school}
            assert refused_insert(refusal, session, catalogue, table, row)[0] == NO_RIGHT, table


def test_gives_no_row_away(as_account: Any, catalogue: Any, schools: Any, refusal: Refusal) -> None:
    session = as_account("clerk_a")
    for table in catalogue.tables_of_institutions():
        if "institution_id" in catalogue.columns(table, granted="UPDATE"):
            statement = (
                f"UPDATE {table} SET institution_id = {schools.same_department} "
                f"WHERE institution_id = {schools.own}"
            )
            # A return says why it stays as it is before the policy is asked.
            assert refusal(session, statement)[0] in (NO_RIGHT, "23001"), table


def test_a_reference_to_a_foreign_row_reads_as_one_to_nothing(
    owner: Connection, as_account: Any, catalogue: Any, schools: Any, refusal: Refusal
) -> None:
    """The message for a row of another school equals the message for a row that never was."""
    session = as_account("clerk_a")
    tried = 0
    for table, column, target in references_within(owner):
        foreign_key = catalogue.row_of(target, schools.same_department)["id"]
        answers = []
        for key in (foreign_key, NOBODY):
            row = catalogue.row_of(table, schools.own) | {column: key}
            if column in catalogue.columns(table, granted="UPDATE"):
                version = ", version = version + 1" if "version" in row else ""
                recorded = ", recorded_by = scope_account()" if "version" in row else ""
                statement = (
                    f"UPDATE {table} SET {column} = {key}{version}{recorded} WHERE id = {row['id']}"
                )
                answers.append(refusal(session, statement))
            else:
                answers.append(refused_insert(refusal, session, catalogue, table, row))
        assert answers[0][0] in ("23503", NO_RIGHT), f"{table}.{column}: {answers[0]}"
        assert without_numbers(answers[0]) == without_numbers(answers[1]), f"{table}.{column}"
        tried += 1
    assert tried > 15


def test_an_own_row_is_accepted(owner: Connection, as_account: Any, schools: Any) -> None:
    """The refusals above are no accident: the same statement within one's school goes through."""
    session = as_account("clerk_a")
    person = session.execute(
        "INSERT INTO people_person (institution_id, full_name, recorded_by) "
        "VALUES (%s, 'Hoàng Thị Mới', scope_account()) RETURNING id, code",
        [schools.own],
    ).fetchone()
    assert re.fullmatch(r"79\d{8}", person[1])
    added = session.execute(
        "INSERT INTO learners_enrolment (institution_id, person_id, school_year, school_class_id, "
        "grade, status, recorded_by) SELECT %s, %s, 2026, id, '1', '01', scope_account() "
        "FROM classes_schoolclass WHERE code = '1A'",
        [schools.own, person[0]],
    )
    assert added.rowcount == 1


def test_writes_in_nobody_elses_name(as_account: Any, schools: Any, refusal: Refusal) -> None:
    session = as_account("clerk_a")
    for name in ("NULL", "scope_account() + 1"):
        statement = (
            "INSERT INTO facilities_room (institution_id, kind, build_grade, quantity, "
            f"recorded_by) VALUES ({schools.own}, '01', '1', 1, {name})"
        )
        assert refusal(session, statement)[0] == NO_RIGHT


@pytest.mark.parametrize("username", ["reviewer_a", "approver_79", "ministry", "outsider"])
def test_who_only_looks_and_decides_changes_no_record(
    username: str, as_account: Any, catalogue: Any
) -> None:
    session = as_account(username)
    for table in catalogue.tables_of_records():
        statement = sql.SQL("UPDATE {} SET version = version + 1").format(sql.Identifier(table))
        assert rows_touched(session, statement) == 0, table


def test_an_outsider_sees_nothing(as_account: Any, catalogue: Any) -> None:
    session = as_account("outsider")
    for table in catalogue.tables_of_institutions():
        if table != "accounts_account" and catalogue.columns(table, granted="SELECT"):
            found = session.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            )
            assert found.fetchone() == (0,), table


def references_within(owner: Connection) -> list[tuple[str, str, str]]:
    """Every reference of a session's tables to a row of an institution, persons included."""
    keys = owner.execute(
        """
        SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid
            AND a.attnum = c.conkey[2]
        WHERE c.contype = 'f' AND cardinality(c.conkey) = 2
        UNION ALL
        SELECT tgrelid::regclass::text, 'person_id', 'people_person' FROM pg_trigger
        WHERE tgname = 'persons_in_scope'
        """
    )
    return keys.fetchall()


def refused_insert(
    refusal: Refusal, session: Connection, catalogue: Any, table: str, row: dict[str, Any]
) -> tuple[str, str]:
    """Insert those columns of a row that a session may give, in its own name."""
    granted = catalogue.columns(table, granted="INSERT") or list(row)
    given = {name: value for name, value in row.items() if name in granted and name != "record_id"}
    names = ", ".join(f'"{name}"' for name in given)
    values = ", ".join(
        "scope_account()" if name == "recorded_by" else f"%({name})s" for name in given
    )
    statement = f"INSERT INTO {table} ({names}) VALUES ({values})"
    return refusal(session, statement, {n: adapted(v) for n, v in given.items()})


def adapted(value: Any) -> Any:
    return psycopg.types.json.Jsonb(value) if isinstance(value, dict) else value


def without_numbers(answer: tuple[str, str]) -> tuple[str, str]:
    return answer[0], re.sub(r"\d+", "#", answer[1])

"""A database in which every table holds a row of every school of the cast.

Rows are made from the catalogue, so that a new table is attacked as soon as it exists.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

Connection = psycopg.Connection[Any]

CROWDED = "sobo_test_crowded"

OF_AN_INSTITUTION = """
SELECT c.relname FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'institution_id'
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
HIDDEN = """
SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
"""
DEMANDED = """
SELECT a.attname, format_type(a.atttypid, NULL),
       (SELECT c.confrelid::regclass::text FROM pg_constraint c
        WHERE c.conrelid = a.attrelid AND c.contype = 'f' AND a.attnum = ANY (c.conkey)
          AND c.confrelid <> 'institutions_institution'::regclass)
FROM pg_attribute a
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AND a.attname <> 'institution_id'
"""
PLAIN_VALUES = {
    "bigint": 1,
    "boolean": True,
    "bytea": b"\0",
    "character varying": "1",
    "date": "2026-10-12",
    "jsonb": "{}",
    "text": "1",
    "timestamp with time zone": "2026-10-12T08:00:00+07:00",
    "numeric": 1,
    "smallint": 1,
}


@dataclass(frozen=True)
class Schools:
    """Keys of the cast's schools: `own` is that of `clerk_a`, the others are foreign to it."""

    own: int
    same_department: int
    other_province: int


@dataclass(frozen=True)
class Catalogue:
    """What the database says of its own tables."""

    owner: Connection

    def tables_of_institutions(self) -> list[str]:
        """Every table whose rows belong to institutions, history included."""
        found = [row[0] for row in self.owner.execute(OF_AN_INSTITUTION)]
        return ["institutions_institution", "institutions_institution_history", *found]

    def tables_of_records(self) -> list[str]:
        """Every table of versioned records."""
        return [
            table.removesuffix("_history")
            for table in self.tables_of_institutions()
            if table.endswith("_history")
        ]

    def institution_column(self, table: str) -> str:
        """The column that says whose a row is."""
        return "id" if table.startswith("institutions_institution_h") or (
            table == "institutions_institution"
        ) else "institution_id"  # fmt: skip

    def columns(self, table: str, *, granted: str, to: str = "sobo_narrow") -> list[str]:
        """Columns on which a role has a privilege."""
        found = self.owner.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
            "AND NOT attisdropped AND has_column_privilege(%s, attrelid, attnum, %s)",
            [table, to, granted],
        )
        return [row[0] for row in found]

    def row_of(self, table: str, school: int) -> dict[str, Any]:
        """A row of a school, by column, past row-level security."""
        query = sql.SQL("SELECT * FROM {} WHERE {} = %s LIMIT 1").format(
            sql.Identifier(table), sql.Identifier(self.institution_column(table))
        )
        row = self.owner.cursor(row_factory=dict_row).execute(query, [school]).fetchone()
        assert row, f"{table} holds no row of school {school}"
        return row

    def row_of_any(self, table: str) -> dict[str, Any]:
        """Any row, or nulls where there is none."""
        query = sql.SQL("SELECT t.* FROM (SELECT) one LEFT JOIN {} t ON true LIMIT 1").format(
            sql.Identifier(table)
        )
        row = self.owner.cursor(row_factory=dict_row).execute(query).fetchone()
        assert row
        return row


@pytest.fixture(scope="session")
def database(databases: Any, template: str) -> str:
    """The crowded database of this run, in place of the one other tests use."""
    databases.copy(template, CROWDED)
    with databases.as_owner(CROWDED) as connection:
        schools = [row[0] for row in connection.execute("SELECT id FROM institutions_institution")]
        for table in _fillable(connection):
            for school in schools:
                _ensure_row(connection, table, school)
        for table in Catalogue(connection).tables_of_records():
            connection.execute(
                sql.SQL("UPDATE {} SET version = version + 1").format(sql.Identifier(table))
            )
        connection.execute("ANALYZE")
    return CROWDED


@pytest.fixture
def catalogue(owner: Connection) -> Catalogue:
    """The catalogue of the crowded database."""
    return Catalogue(owner)


@pytest.fixture
def schools(owner: Connection) -> Schools:
    """The schools of the cast."""
    by_code = dict(owner.execute("SELECT code, id FROM institutions_institution").fetchall())
    return Schools(
        own=by_code["7925747001"],
        same_department=by_code["7925750001"],
        other_province=by_code["0401273001"],
    )


@pytest.fixture
def refusal() -> Callable[[Connection, str, Any], tuple[str, str]]:
    """Run a statement that must be refused; returns SQLSTATE and all that its message says."""

    def run(connection: Connection, statement: str, values: Any = ()) -> tuple[str, str]:
        with pytest.raises(psycopg.Error) as refused, connection.transaction():
            connection.execute(statement.encode(), values)
        diagnosis = refused.value.diag
        return str(refused.value.sqlstate), " ".join(
            filter(None, (diagnosis.message_primary, diagnosis.message_detail))
        )

    return run


def _fillable(connection: Connection) -> Iterator[str]:
    """Tables of institutions that sessions use, what others refer to first."""
    hidden = {row[0] for row in connection.execute(HIDDEN)}
    waiting = [
        table
        for table in Catalogue(connection).tables_of_institutions()
        if table not in {*hidden, "institutions_institution", "accounts_account"}
        and not table.endswith("_history")
    ]
    done: set[str] = set()
    while waiting:
        table = next(t for t in waiting if _references(connection, t) & set(waiting) <= {t} | done)
        waiting.remove(table)
        done.add(table)
        yield table


def _references(connection: Connection, table: str) -> set[str]:
    return {row[2] for row in connection.execute(DEMANDED, [table]) if row[2]}


def _ensure_row(connection: Connection, table: str, school: int) -> None:
    """Insert a plain row of a school unless there is one."""
    name = sql.Identifier(table)
    present = connection.execute(
        sql.SQL("SELECT 1 FROM {} WHERE institution_id = %s").format(name), [school]
    ).fetchone()
    if present:
        return
    row = {"institution_id": school, **_demanded(connection, table, school)}
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            name,
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(map(sql.Placeholder, row)),
        ),
        row,
    )


def _demanded(connection: Connection, table: str, school: int) -> dict[str, Any]:
    return {
        column: _value(connection, column, kind, target, school)
        for column, kind, target in connection.execute(DEMANDED, [table]).fetchall()
    }


def _value(connection: Connection, column: str, kind: str, target: str | None, school: int) -> Any:
    if column == "person_id":
        target = "people_person"
    if target:
        is_open = "institution_id" not in Catalogue(connection).columns(target, granted="SELECT")
        condition = "id > %s - %s" if is_open else "institution_id = %s"
        query = sql.SQL("SELECT id FROM {} WHERE {} ORDER BY id LIMIT 1").format(
            sql.Identifier(target), sql.SQL(condition)
        )
        found = connection.execute(query, [school, school] if is_open else [school]).fetchone()
        assert found, f"{target} holds no row to refer to"
        return found[0]
    if kind.endswith("[]"):
        return []
    if kind == "integer":
        return 2026 if column.endswith("year") else 1
    return PLAIN_VALUES[kind]

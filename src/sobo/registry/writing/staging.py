"""Putting rows where the database can work on them: COPY into a temporary table.

COPY into a table with row-level security is refused by PostgreSQL, so rows go to a temporary table
and from there, under the session's own policies, into the register.
"""

from collections.abc import Iterable

import polars as pl
from django.db import connection

from sobo.specification.fields import Declaration

SQL_TYPES = {
    "whole": "integer",
    "number": "numeric",
    "date": "date",
    "yes_no": "boolean",
    "codes": "text",
    "reference": "bigint",
    "bytes": "bytea",
}


def sql_type(kind: str) -> str:
    """The SQL type a staged column has; text for every kind not named."""
    return SQL_TYPES.get(kind, "text")


def stage(table: str, rows: pl.DataFrame, types: dict[str, str]) -> None:
    """Make the temporary table `table` of these rows; `types` gives each column's SQL type.

    The table ends with the transaction. A null stays null; texts are never empty here.
    """
    columns = ", ".join(f'"{name}" {types[name]}' for name in rows.columns)
    names = ", ".join(f'"{name}"' for name in rows.columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as copy:
            for part in rows.iter_slices(100_000):
                copy.write(_as_csv(part))
        cursor.execute(f"ANALYZE {table}")


def _as_csv(rows: pl.DataFrame) -> bytes:
    ready = rows.with_columns(
        (pl.lit("\\x") + pl.col(name).bin.encode("hex")).alias(name)
        if kind == pl.Binary
        else pl.col(name).list.join("|")
        for name, kind in rows.schema.items()
        if kind == pl.Binary or isinstance(kind, pl.List)
    )
    return ready.write_csv(include_header=False).encode()


def staged_value(name: str, declaration: Declaration) -> str:
    """The expression that reads a staged column as its table's column takes it."""
    if declaration.kind == "codes":
        return f"string_to_array(s.\"{name}\", '|')"
    return f's."{name}"'


def run(statements: Iterable[str]) -> None:
    """Run statements in the running transaction."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

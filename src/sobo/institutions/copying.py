"""Rows into tables at the speed of COPY, for the database's owner: reference data and the demo.

A session's own rows go another way, through a temporary table and its policies (registry.writing).
"""

import polars as pl
from psycopg import Connection, sql

_ROWS_A_TIME = 100_000


def copy_rows(connection: Connection, table: str, rows: pl.DataFrame) -> None:
    """Append rows to a table; columns are named as the table's. Null stays null.

    Raises `psycopg.Error` where the table refuses a row: then none is written.
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, rows.columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for part in rows.iter_slices(_ROWS_A_TIME):
            copy.write(_as_csv(part))


def put_rows(connection: Connection, table: str, rows: pl.DataFrame, *, key: list[str]) -> None:
    """Add rows, or bring those of the same key up to date. The key is a unique one of the table."""
    staging = f"incoming_{table}"
    names = sql.SQL(", ").join(map(sql.Identifier, rows.columns))
    connection.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
        ).format(sql.Identifier(staging), names, sql.Identifier(table))
    )
    copy_rows(connection, staging, rows)
    changes = sql.SQL(", ").join(
        sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name))
        for name in rows.columns
        if name not in key
    )
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT ({}) DO UPDATE SET {}").format(
            sql.Identifier(table),
            names,
            names,
            sql.Identifier(staging),
            sql.SQL(", ").join(map(sql.Identifier, key)),
            changes,
        )
    )


def _as_csv(rows: pl.DataFrame) -> bytes:
    """Bytes in hexadecimal and lists in braces, as PostgreSQL reads them; codes hold no comma."""
    ready = rows.with_columns(
        pl.format("\\x{}", pl.col(name).bin.encode("hex")).alias(name)
        if kind == pl.Binary
        else pl.format("{{{}}}", pl.col(name).list.join(",")).alias(name)
        for name, kind in rows.schema.items()
        if kind == pl.Binary or isinstance(kind, pl.List)
    )
    return ready.write_csv(include_header=False).encode()

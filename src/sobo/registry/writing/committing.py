"""One sheet of a checked batch into the register, in the transaction of the caller."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from django.db import connection

from sobo.accounts.sessions import proof_of_match
from sobo.kernel import merkle
from sobo.kernel.actor import Actor
from sobo.kernel.vietnamese import place_sort_key, search_keys, sort_keys
from sobo.registry.frames import record_column
from sobo.registry.matching import differs_column
from sobo.registry.people.models import Person
from sobo.registry.sheets import Column, Part, Sheet
from sobo.registry.writing.staging import SQL_TYPES, run, sql_type, stage, staged_value
from sobo.specification.fields import Reference


class RegisterChanged(Exception):
    """Somebody changed a record after this batch was compared with it: compare again."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where rows go: institution (none: each row names its own), school year, batch, writer."""

    institution_id: int | None
    school_year: int
    batch_id: int | None
    by: Actor


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written into one dataset."""

    dataset: str
    added: int
    changed: int
    merkle_root: bytes


STAGED = "staged_rows"


def write_sheet(sheet: Sheet, rows: pl.DataFrame, *, target: Target) -> list[Written]:
    """Write matched rows of a sheet; returns what went into each dataset.

    `rows` is what `matching.match` made, without rows that have errors. Raises `RegisterChanged`.
    """
    ready = _prepared(sheet, rows, target)
    stage(STAGED, ready, _types(sheet, ready))
    run([f"ALTER TABLE {STAGED} ADD COLUMN _new uuid DEFAULT uuidv7()"])
    _resolve_references(sheet, target)
    if sheet.is_about_persons and _is_staged("personal_number"):
        _admit_known_persons(target)
    written = [_write_part(part, sheet, ready, target) for part in sheet.parts]
    run([f"DROP TABLE {STAGED}"])
    return [each for each in written if each.added or each.changed]


def _prepared(sheet: Sheet, rows: pl.DataFrame, target: Target) -> pl.DataFrame:
    """Only the columns to write, with sort and search keys; columns without any value are left."""
    keep = [
        name
        for name in rows.columns
        if (name in sheet.columns or _is_own(name, sheet))
        and (rows[name].null_count() < len(rows) or name in _always(sheet))
    ]
    ready = rows.select(
        "row", *keep, *(["institution_id"] if target.institution_id is None else [])
    )
    return ready.with_columns(_keys(sheet, ready))


def _is_own(name: str, sheet: Sheet) -> bool:
    return name in _always(sheet) or name in {differs_column(part) for part in sheet.parts}


def _always(sheet: Sheet) -> set[str]:
    keys = {record_column(part) for part in sheet.parts}
    return keys | {f"{key}_version" for key in keys}


def _keys(sheet: Sheet, rows: pl.DataFrame) -> list[pl.Series]:
    """Sort and search keys of names, stored because no build of PostgreSQL here has ICU."""
    if sheet.is_about_persons and "full_name" in rows.columns:
        names = rows["full_name"]
        return [sort_keys(names).alias("sort_key"), search_keys(names).alias("search_key")]
    if sheet.key in ("classes", "profile") and "name" in rows.columns:
        keys = [place_sort_key(name) if name else None for name in rows["name"]]
        return [pl.Series("sort_key", keys, dtype=pl.Binary)]
    return []


def _types(sheet: Sheet, rows: pl.DataFrame) -> dict[str, str]:
    types = {
        name: "bigint" if rows[name].dtype.is_integer() else "boolean" for name in rows.columns
    }
    types |= {"sort_key": SQL_TYPES["bytes"], "search_key": "text"}
    for key, column in sheet.columns.items():
        kind = column.declaration.kind
        # A reference travels as the code people write and becomes a key in the database.
        types[key] = "text" if kind == "reference" else sql_type(kind)
    return types


def _resolve_references(sheet: Sheet, target: Target) -> None:
    """Turn codes of classes and campuses into the keys of their records, within the institution."""
    institution = _institution(target)
    for key, column in sheet.columns.items():
        if column.declaration.kind == "reference" and _is_staged(key):
            field = column.part.model._meta.get_field(key)
            assert isinstance(field, Reference)
            table = field.related_model._meta.db_table
            year = f"AND r.school_year = {target.school_year}" if "class" in table else ""
            run(
                [
                    f'ALTER TABLE {STAGED} ADD COLUMN "{column.name}" bigint',
                    f'UPDATE {STAGED} s SET "{column.name}" = r.id FROM {table} r '
                    f'WHERE r.institution_id = {institution} AND r.code = s."{key}" {year}',
                ]
            )


def _is_staged(key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = %s",
            [STAGED, key],
        )
        return cursor.fetchone() is not None


def _admit_known_persons(target: Target) -> None:
    """Take over persons another school registered, where number, birth and name all agree.

    Where they do not, the row becomes a new person: no child waits for a dispute about a number.
    """
    asking = (
        f"SELECT s.row, s.personal_number, s.birth, s.search_key, {_institution(target)} "
        f'FROM {STAGED} s WHERE s."_person" IS NULL AND s.personal_number IS NOT NULL'
    )
    with connection.cursor() as cursor:
        cursor.execute(asking)
        asked = [list(column) for column in zip(*cursor.fetchall(), strict=True)]
        if asked:
            rows, *papers = asked
            cursor.execute(
                f'UPDATE {STAGED} s SET "_person" = a.person_id FROM admit_known_persons('
                "%s::text[], %s::text[], %s::text[], %s::bigint[], %s) a "
                "WHERE s.row = (%s::bigint[])[a.row_number]",
                [*papers, proof_of_match(papers, by=target.by), rows],
            )


def _institution(target: Target) -> str:
    return "s.institution_id" if target.institution_id is None else str(int(target.institution_id))


def _write_part(part: Part, sheet: Sheet, rows: pl.DataFrame, target: Target) -> Written:
    columns = [
        column
        for key, column in sheet.columns.items()
        if column.part is part and key in rows.columns and not column.declaration.issued
    ]
    added, new_leaves = _insert(part, columns, target) if columns else (0, b"")
    changed, changed_leaves = _update(part, columns, target)
    return Written(
        dataset=part.model._meta.label_lower,
        added=added,
        changed=changed,
        merkle_root=merkle.root(new_leaves + changed_leaves),
    )


LEAF = "sha256(uuid_send({t}record_id) || int4send({t}version))"


def _insert(part: Part, columns: list[Column], target: Target) -> tuple[int, bytes]:
    """Insert the part's missing records; returns their number and Merkle leaves."""
    table, key = part.model._meta.db_table, record_column(part)
    values = _fixed(part, target) | {c.name: _value(c) for c in columns} | _name_keys(part, columns)
    if part.model is Person:
        values["record_id"] = "s._new"
    where = f's."{key}" IS NULL'
    filled = _filled(part, columns)
    if filled:
        where += f" AND ({filled})"
    names = ", ".join(f'"{name}"' for name in values)
    made = (
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values.values())} FROM {STAGED} s "
        f"WHERE {where} ORDER BY s.row RETURNING id, record_id, version"
    )
    if part.model is Person:
        return _insert_persons(made, key)
    return _leaves(made)


def _leaves(made: str) -> tuple[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH made AS ({made}) SELECT count(*), "
            f"string_agg({LEAF.format(t='')}, ''::bytea ORDER BY id) FROM made"
        )
        count, leaves = cursor.fetchone()
    return count, bytes(leaves or b"")


def _insert_persons(made: str, key: str) -> tuple[int, bytes]:
    """Persons first, so that the other parts of a row can name them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE made_persons (id bigint, record_id uuid, version integer) "
            "ON COMMIT DROP"
        )
        cursor.execute(f"WITH made AS ({made}) INSERT INTO made_persons SELECT * FROM made")
        cursor.execute(
            f'UPDATE {STAGED} s SET "{key}" = m.id FROM made_persons m WHERE m.record_id = s._new'
        )
        cursor.execute(
            f"SELECT count(*), string_agg({LEAF.format(t='')}, ''::bytea ORDER BY id) "
            "FROM made_persons"
        )
        count, leaves = cursor.fetchone()
        cursor.execute("DROP TABLE made_persons")
    return count, bytes(leaves or b"")


def _fixed(part: Part, target: Target) -> dict[str, str]:
    """Values every record of a part gets, whatever the file says."""
    has = {field.column for field in part.model._meta.concrete_fields}
    values = {
        "institution_id": _institution(target),
        "school_year": str(int(target.school_year)),
        "person_id": 's."_person"',
        "recorded_by": str(int(target.by.account_id)),
        "batch": "NULL" if target.batch_id is None else str(int(target.batch_id)),
    }
    chosen = {name: value for name, value in values.items() if name in has}
    literal = {name: f"'{value}'" for name, value in part.fixed.items()}
    return chosen | literal


def _name_keys(part: Part, columns: list[Column]) -> dict[str, str]:
    has = {field.column for field in part.model._meta.concrete_fields}
    named = any(c.name in ("full_name", "name") for c in columns) and "sort_key" in has
    keys = {"sort_key": "s.sort_key"}
    if "search_key" in has and part.model is Person:
        keys["search_key"] = "s.search_key"
    return keys if named else {}


def _value(column: Column) -> str:
    if column.declaration.kind == "reference":
        return f's."{column.name}"'
    return staged_value(column.key, column.declaration)


def _filled(part: Part, columns: list[Column]) -> str:
    """The condition under which a row has a record of this part at all; empty: always."""
    if part.needed_by == "*":
        return " OR ".join(f's."{c.key}" IS NOT NULL' for c in columns)
    if part.needed_by:
        return f's."{part.needed_by}" IS NOT NULL'
    return ""


def _update(part: Part, columns: list[Column], target: Target) -> tuple[int, bytes]:
    """Change records that differ, each to its next version; cells left blank change nothing."""
    if not columns:
        return 0, b""
    table, key = part.model._meta.db_table, record_column(part)
    values = {c.name: _value(c) for c in columns} | _name_keys(part, columns)
    changes = ", ".join(
        f'"{name}" = {_kept_where_blank(part, name, value)}'
        for name, value in values.items()
        if name not in getattr(part.model, "immutable", ())
    )
    batch = "NULL" if target.batch_id is None else str(int(target.batch_id))
    where = (
        f's."{key}" IS NOT NULL AND s."{differs_column(part)}" AND s."{key}_version" IS NOT NULL'
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {STAGED} s WHERE {where}")
        expected = cursor.fetchone()[0]
    if not expected:
        return 0, b""
    count, leaves = _leaves(
        f"UPDATE {table} t SET {changes}, version = t.version + 1, event = 'UPDATE', "
        f"recorded_at = now(), recorded_by = {int(target.by.account_id)}, batch = {batch} "
        f'FROM {STAGED} s WHERE {where} AND t.id = s."{key}" '
        f'AND t.version = s."{key}_version" RETURNING t.id, t.record_id, t.version'
    )
    if count != expected:
        raise RegisterChanged
    return count, leaves


def _kept_where_blank(part: Part, name: str, value: str) -> str:
    """A blank cell leaves what the register holds; a cancelled record beside a row holds nothing."""
    kept = f'coalesce({value}, t."{name}")'
    if not part.needed_by:
        return kept
    return f"CASE WHEN t.event = 'CANCEL' THEN {value} ELSE {kept} END"


def digest_of(written: Iterable[Written]) -> bytes:
    """One digest for all that was written, over the roots of its datasets in their order."""
    return merkle.root(b"".join(each.merkle_root for each in written))


def totals(written: Iterable[Written]) -> dict[str, dict[str, int]]:
    """Counts by dataset, for the batch's summary and the journal."""
    return {each.dataset: {"added": each.added, "changed": each.changed} for each in written}

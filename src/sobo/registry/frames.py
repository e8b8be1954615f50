"""The register as frames: the rows of a sheet, typed, with the records each row is made of.

What a workbook is compared with, what forms are computed from and what lists show all come through
here, under the session's own row-level security.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import Model

from sobo.registry.people.models import IdentityPaper, Person
from sobo.registry.sheets import Column, Part, Sheet
from sobo.specification.fields import Reference

TYPES: dict[str, pl.DataType] = {
    "whole": pl.Int64(),
    "number": pl.Float64(),
    "date": pl.Date(),
    "yes_no": pl.Boolean(),
    "codes": pl.List(pl.String),
}
"""Polars types of declared kinds; every other kind is text."""


def dtype(kind: str) -> pl.DataType:
    """The polars type of a declared kind."""
    return TYPES.get(kind, pl.String())


def record_column(part: Part) -> str:
    """The column of a sheet's frame that holds the key of a part's record; `…_version` beside it."""
    return f"_{part.prefix}{part.model._meta.model_name}"


def read(
    query: str, parameters: Sequence[Any], types: Mapping[str, pl.DataType | type[pl.DataType]]
) -> pl.DataFrame:
    """Run a query through COPY, at the speed of the server, into a frame with these types.

    Lists travel joined by `|`, booleans as `t`/`f`. Only the columns of `types` are kept.
    """
    with connection.cursor() as cursor:
        body = BytesIO()
        with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)", parameters) as copy:
            for block in copy:
                body.write(block)
    body.seek(0)
    texts = pl.read_csv(body, infer_schema=False)
    return texts.select(_typed(name, kind) for name, kind in types.items())


def _typed(name: str, kind: pl.DataType | type[pl.DataType]) -> pl.Expr:
    text = pl.col(name)
    if kind == pl.Boolean:
        return (text == "t").alias(name)
    if kind == pl.Date:
        return text.str.to_date("%Y-%m-%d").alias(name)
    if isinstance(kind, pl.List):
        return text.str.split("|").alias(name)
    return text.cast(kind).alias(name)


def sheet_rows(sheet: Sheet, *, institution_ids: Sequence[int], school_year: int) -> pl.DataFrame:
    """The register's rows of one sheet, as a school would have filled them in.

    Columns: the sheet's keys (a class or campus by its code), `institution_id`, `cancelled`, and
    for each part its record's key and version (`record_column`). Cancelled rows are kept, so that a
    row entered again finds its record; a cancelled record beside them says nothing any more.
    """
    anchor = next(part for part in sheet.parts if part.model is sheet.anchor)
    types: dict[str, pl.DataType] = {"institution_id": pl.Int64(), "cancelled": pl.Boolean()}
    selected = [f"{_institution(sheet)} AS institution_id", f"{_cancelled(sheet)} AS cancelled"]
    for number, part in enumerate(sheet.parts):
        alias = "a" if part is anchor else f"p{number}"
        key = record_column(part)
        selected += [f"{alias}.id AS {key}", f"{alias}.version AS {key}_version"]
        types |= {key: pl.Int64(), f"{key}_version": pl.Int64()}
    for column in sheet.columns.values():
        selected.append(f'{_value(sheet, column)} AS "{column.key}"')
        types[column.key] = dtype(column.declaration.kind)
    query = (
        f"SELECT {', '.join(selected)} FROM {anchor.model._meta.db_table} a "
        f"{' '.join(_joins(sheet))} WHERE {_institution(sheet)} = ANY (%s)"
    )
    parameters: list[Any] = [list(institution_ids)]
    if _has(sheet.anchor, "school_year"):
        query += " AND a.school_year = %s"
        parameters.append(school_year)
    return read(f"{query} ORDER BY a.id", parameters, types)


def _cancelled(sheet: Sheet) -> str:
    """Whether the row's own record, or the person it is about, has been taken back."""
    records = [_alias(sheet, p) for p in sheet.parts if p.model in (sheet.anchor, Person)]
    return " OR ".join(f"{alias}.event = 'CANCEL'" for alias in records)


def _institution(sheet: Sheet) -> str:
    return "a.institution_id" if _has(sheet.anchor, "institution_id") else "a.id"


def _alias(sheet: Sheet, part: Part) -> str:
    return "a" if part.model is sheet.anchor else f"p{sheet.parts.index(part)}"


def _value(sheet: Sheet, column: Column) -> str:
    """The column's expression; null where its record is cancelled, for records beside the row's."""
    value = _plain_value(sheet, column)
    if column.part.model in (sheet.anchor, Person):
        return value
    return f"CASE WHEN {_alias(sheet, column.part)}.event <> 'CANCEL' THEN {value} END"


def _plain_value(sheet: Sheet, column: Column) -> str:
    alias = _alias(sheet, column.part)
    if column.declaration.kind == "codes":
        return f"array_to_string({alias}.\"{column.name}\", '|')"
    if column.declaration.kind == "reference":
        field = column.part.model._meta.get_field(column.key.removeprefix(column.part.prefix))
        assert isinstance(field, Reference)
        target = field.related_model._meta.db_table
        return (
            f"(SELECT r.code FROM {target} r WHERE r.institution_id = {alias}.institution_id "
            f'AND r.id = {alias}."{column.name}")'
        )
    return f'{alias}."{column.name}"'


def _joins(sheet: Sheet) -> list[str]:
    return [
        _join(f"p{number}", part, sheet)
        for number, part in enumerate(sheet.parts)
        if part.model is not sheet.anchor
    ]


def _join(alias: str, part: Part, sheet: Sheet) -> str:
    table = part.model._meta.db_table
    if part.model is Person:
        return f"JOIN {table} {alias} ON {alias}.id = a.person_id"
    conditions = [
        f"{alias}.institution_id = a.institution_id",
        f"{alias}.person_id = a.person_id",
        *(f"{alias}.\"{name}\" = '{value}'" for name, value in part.fixed.items()),
    ]
    if _has(part.model, "school_year"):
        conditions.append(f"{alias}.school_year = a.school_year")
    where = " AND ".join(conditions)
    if part.model is IdentityPaper:
        # A person may hold several papers; the sheet has room for the one entered first.
        return (
            f"LEFT JOIN LATERAL (SELECT * FROM {table} {alias} WHERE {where} "
            f"AND {alias}.event <> 'CANCEL' "
            f"ORDER BY {alias}.id LIMIT 1) {alias} ON true"
        )
    return f"LEFT JOIN {table} {alias} ON {where}"


def _has(model: type[Model], column: str) -> bool:
    return any(field.column == column for field in model._meta.concrete_fields)

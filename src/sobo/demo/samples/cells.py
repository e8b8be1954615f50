"""Values as a clerk writes them: labels for codes, names for places, yes and no in words."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from sobo.institutions import places
from sobo.registry.sheets import Column, Sheet
from sobo.specification.codelists import code_list
from sobo.specification.fields import Level

Cell = str | int | float | date | None
YES, NO = "Có", "Không"


def headed_columns(sheet: Sheet, levels: tuple[Level, ...]) -> list[Column]:
    """The columns a school of these levels fills in, in the sheet's order."""
    return list(sheet.columns_for(levels).values())


def written(rows: pl.DataFrame, columns: list[Column], *, province: str) -> list[list[Cell]]:
    """Rows of cells in the order of the columns."""
    writers = [_writer(column, province) for column in columns]
    return [
        [writer(value) for writer, value in zip(writers, row, strict=True)]
        for row in rows.select(column.key for column in columns).iter_rows()
    ]


def _writer(column: Column, province: str) -> Any:
    declared = column.declaration
    if declared.kind in ("code", "codes", "place"):
        words = _words(declared.kind, declared.codes, province)
        return lambda value: _in_words(value, words)
    return _PLAIN.get(declared.kind, lambda value: value)


@cache
def _words(kind: str, of: str, province: str) -> Mapping[str, str]:
    if kind == "place":
        spoken = places.spoken(of, province)
        return {code: names[0] if names else code for code, names in spoken.items()}
    items = code_list(of).items
    labels = [item.vi for item in items]
    return {item.code: item.vi if labels.count(item.vi) == 1 else item.code for item in items}


def _in_words(value: Any, words: Mapping[str, str]) -> str | None:
    if value is None:
        return None
    if isinstance(value, list):
        return ", ".join(words.get(code, code) for code in value)
    return words.get(value, str(value))


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else (YES if value else NO)


def _day(value: str | None) -> Cell:
    """A whole day as a day, a year or month alone as text."""
    is_whole = value is not None and len(value) == len("2015-01-02")
    return date.fromisoformat(value) if is_whole and value else value


_PLAIN: Mapping[str, Any] = {"yes_no": _yes_or_no, "partial_date": _day}

"""How values stand in the cells of a workbook of ours, so that the reader understands them again."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sobo.institutions import places
from sobo.registry.sheets import Column
from sobo.specification.codelists import code_list

Cell = str | int | float | date | None
YES, NO = "Có", "Không"


def writer(column: Column, province_code: str) -> Callable[[Any], Cell]:
    """What writes a column's typed values: labels for codes, names for places, days as days."""
    kind = column.declaration.kind
    if kind in ("code", "codes", "place"):
        words = words_of(kind, column.declaration.codes, province_code)
        return lambda value: _in_words(value, words)
    return _WRITERS.get(kind, lambda value: value)


@cache
def words_of(kind: str, of: str, province_code: str) -> Mapping[str, str]:
    """What is written for each code: its label, or the code itself where labels leave doubt.

    A label that holds a comma would be taken for two in a cell of several codes.
    """
    if kind == "place":
        spoken = places.spoken(of, province_code)
        names = {code: said[0] for code, said in spoken.items() if said}
    else:
        names = {item.code: item.vi for item in code_list(of).items}
    met = list(names.values())
    return {
        code: code if met.count(name) > 1 or (kind == "codes" and "," in name) else name
        for code, name in names.items()
    }


def _in_words(value: Any, words: Mapping[str, str]) -> Cell:
    if isinstance(value, list):
        return "; ".join(words.get(code, code) for code in value)
    return None if value is None else words.get(value, value)


def _yes_or_no(value: bool | None) -> Cell:
    return None if value is None else (YES if value else NO)


def _day(value: str | None) -> Cell:
    """A whole day as a day; a month or a year alone as text."""
    is_whole = value is not None and len(value) == len("2015-01-02")
    return date.fromisoformat(value) if value is not None and is_whole else value


_WRITERS: Mapping[str, Callable[[Any], Cell]] = {"yes_no": _yes_or_no, "partial_date": _day}


def put(page: Any, row: int, column: int, value: Cell, *, plain: Any, day: Any) -> None:
    """Put a value into a cell of an xlsxwriter sheet; text stays text, whatever it looks like."""
    if isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, str):
        page.write_string(row, column, value, plain)
    elif value is not None:
        page.write_number(row, column, value, plain)
    elif plain is not None:
        page.write_blank(row, column, None, plain)

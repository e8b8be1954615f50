"""The one table of a sheet, found wherever it stands and whatever surrounds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import polars as pl

from sobo.intake.reading import remarks
from sobo.intake.reading.body import ROW, Body, composed, read_body
from sobo.intake.reading.debris import sort_rows
from sobo.intake.reading.headings import Heading, ValueKind
from sobo.intake.reading.layout import (
    Column,
    Layout,
    find_layout,
    guess_layout,
    layout_of_row,
    likeness,
)
from sobo.intake.reading.likeness import UnmappedColumn, describe
from sobo.intake.reading.notes import Note
from sobo.intake.reading.profiles import SERIAL_DAY
from sobo.intake.reading.shifts import ShiftProposal, find_shift
from sobo.intake.reading.workbook import Sheet
from sobo.kernel.excel import column_number, days_of_serials

DAYS_FROM_1900_TO_1904 = 1462


@dataclass(frozen=True)
class FoundTable:
    """A table as text.

    `frame` has `row` (Int32, the sheet's row counted from 1) and one String column per
    recognised key: days in ISO form where the cell was a day or its serial, numbers without
    `.0`, letters composed (NFC), empty cells null.
    """

    frame: pl.DataFrame
    letters: Mapping[str, str]
    """Key → letter of the column that holds it."""
    columns: tuple[Column, ...] = ()
    heading_rows: range = range(0)
    notes: tuple[Note, ...] = ()
    unmapped: tuple[UnmappedColumn, ...] = ()
    missing: tuple[str, ...] = ()
    """Keys of required headings that no column holds."""
    shift: ShiftProposal | None = None


def find_headings(sheet: Sheet, headings: Sequence[Heading]) -> dict[str, str]:
    """Key → letter of the headings a sheet names: a look at its first rows only, to tell what
    the sheet is before it is read."""
    layout = find_layout(sheet.head, sheet.anatomy.merged, headings)
    return {key: column.letter for key, column in layout.matches.items()} if layout else {}


def find_table(
    sheet: Sheet,
    headings: Sequence[Heading],
    *,
    mapping: Mapping[str, str] | None = None,
    heading_row: int | None = None,
) -> FoundTable:
    """Find the headings and the rows under them.

    `mapping` (letter → key), agreed with a person, replaces all recognition of labels;
    `heading_row` (the lowest row of the heading, counted from 1) the search for it.
    """
    layout = _layout(sheet, headings, heading_row)
    if layout is None:
        return FoundTable(pl.DataFrame(schema={ROW: pl.Int32}), {}, notes=(Note("TA-0123"),))
    body = read_body(
        islice(sheet.rows(), layout.last_row, None),
        first_row=layout.last_row + 1,
        columns=layout.columns,
        merged=sheet.anatomy.merged,
    )
    layout = _with_matches(layout, body, headings, mapping)
    return _read_table(sheet, headings, layout, body, agreed=mapping is not None)


def _layout(sheet: Sheet, headings: Sequence[Heading], heading_row: int | None) -> Layout | None:
    head, merged = sheet.head, sheet.anatomy.merged
    if heading_row is not None:
        is_there = heading_row <= len(head)
        return layout_of_row(head, merged, row=heading_row) if is_there else None
    return find_layout(head, merged, headings) or guess_layout(head, merged)


def _with_matches(
    layout: Layout, body: Body, headings: Sequence[Heading], mapping: Mapping[str, str] | None
) -> Layout:
    """Take the agreed mapping as it is; of repeated headings prefer the first that is filled."""
    if mapping is not None:
        return replace(layout, matches=_agreed(layout, mapping))
    matches = dict(layout.matches)
    for heading in headings:
        column = matches.get(heading.key)
        if column is not None and not body.frame[column.letter].count():
            matches[heading.key] = _filled_twin(column, heading, layout, body) or column
    return replace(layout, matches=matches)


def _agreed(layout: Layout, mapping: Mapping[str, str]) -> dict[str, Column]:
    by_number = {number: column for column in layout.columns for number in column.numbers}
    agreed = {key: by_number.get(column_number(letter)) for letter, key in mapping.items()}
    return {key: column for key, column in agreed.items() if column is not None}


def _filled_twin(empty: Column, heading: Heading, layout: Layout, body: Body) -> Column | None:
    taken = {column.letter for column in layout.matches.values()}
    for column in layout.columns:
        is_twin = column.letter not in taken and column.label_keys == empty.label_keys
        if is_twin and likeness(column, heading) and body.frame[column.letter].count():
            return column
    return None


def _read_table(
    sheet: Sheet, headings: Sequence[Heading], layout: Layout, body: Body, *, agreed: bool
) -> FoundTable:
    required = [
        layout.matches[heading.key].letter
        for heading in headings
        if heading.required and heading.key in layout.matches
    ]
    sorting = sort_rows(body.frame, layout, required=required)
    shift = None if agreed else find_shift(layout.columns, layout.matches, headings, sorting.frame)
    letters = {key: column.letter for key, column in layout.matches.items()}
    days = _serial_days(sorting.frame, headings, letters)
    table = FoundTable(
        frame=_typed(sorting.frame, letters, days, from_1904=sheet.counts_days_from_1904),
        letters=letters,
        columns=layout.columns,
        heading_rows=range(layout.first_row, layout.last_row + 1),
        unmapped=_unmapped(sorting.frame, layout, headings),
        missing=tuple(h.key for h in headings if h.required and h.key not in letters),
        shift=shift,
    )
    notes = remarks.on_table(sheet, headings, layout, body, sorting, table.unmapped, shift, days)
    return replace(table, notes=notes)


def _serial_days(
    frame: pl.DataFrame, headings: Sequence[Heading], letters: Mapping[str, str]
) -> dict[str, int]:
    """Letter → how many values under a date heading are day numbers, where there are any."""
    under_dates = [
        letters[heading.key]
        for heading in headings
        if heading.kind is ValueKind.DATE and heading.key in letters
    ]
    counts = {letter: frame[letter].str.contains(SERIAL_DAY).sum() for letter in under_dates}
    return {letter: int(count) for letter, count in counts.items() if count}


def _typed(
    frame: pl.DataFrame, letters: Mapping[str, str], days: Mapping[str, int], *, from_1904: bool
) -> pl.DataFrame:
    columns = {
        key: _as_days(pl.col(letter), from_1904=from_1904) if letter in days else pl.col(letter)
        for key, letter in letters.items()
    }
    return composed(frame.select(ROW, **columns))


def _as_days(column: pl.Expr, *, from_1904: bool) -> pl.Expr:
    serials = pl.when(column.str.contains(SERIAL_DAY)).then(column).cast(pl.Float64, strict=False)
    days = days_of_serials(serials + DAYS_FROM_1900_TO_1904 * from_1904)
    return pl.coalesce(days.dt.strftime("%Y-%m-%d"), column)


def _unmapped(
    frame: pl.DataFrame, layout: Layout, headings: Sequence[Heading]
) -> tuple[UnmappedColumn, ...]:
    """Every column that nobody claimed and that holds a label or values, ordinals aside."""
    taken = {column.letter for column in layout.matches.values()}
    free = [heading for heading in headings if heading.key not in layout.matches]
    return tuple(
        describe(column, frame[column.letter], free)
        for column in layout.columns
        if column.letter not in taken
        and not column.is_ordinal
        and (column.texts or frame[column.letter].count())
    )

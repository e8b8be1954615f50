"""The notes on one table: what was recognised, left out, or could not be relied on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from sobo.intake.reading.anatomy import SheetAnatomy
from sobo.intake.reading.body import Body
from sobo.intake.reading.debris import Sorting
from sobo.intake.reading.headings import Heading
from sobo.intake.reading.layout import Column, Layout, likeness
from sobo.intake.reading.likeness import UnmappedColumn
from sobo.intake.reading.notes import Note
from sobo.intake.reading.shifts import ShiftProposal
from sobo.intake.reading.workbook import Sheet
from sobo.kernel.excel import column_letters

CELLS_TO_NAME = 5
LETTERS_TO_NAME = 12

# A text that a spreadsheet would take for a formula if it were typed there.
LIKE_A_FORMULA = r"^\s*(?:[=@]|[+\-][^\d\s.,(+\-])"


def on_table(
    sheet: Sheet,
    headings: Sequence[Heading],
    layout: Layout,
    body: Body,
    sorting: Sorting,
    unmapped: Sequence[UnmappedColumn],
    shift: ShiftProposal | None,
    days: Mapping[str, int],
) -> tuple[Note, ...]:
    """Everything worth telling about a table, in the order a reader would ask."""
    return (
        *_on_heading(headings, layout),
        *_on_unmapped(unmapped),
        *_on_shift(shift),
        *_on_values(body, sorting, days),
        *(
            Note(code, {"count": len(rows)}, rows=rows)
            for code, rows in sorted(sorting.left_out.items())
        ),
        *_on_anatomy(sheet.anatomy, layout),
    )


def _on_heading(headings: Sequence[Heading], layout: Layout) -> Iterator[Note]:
    code = "TA-0103" if layout.matches else "TA-0120"
    yield Note(code, {"row": layout.last_row}, rows=(layout.last_row,))
    missing = [h.labels[0] for h in headings if h.required and h.key not in layout.matches]
    if missing:
        yield Note("TA-0104", {"labels": ", ".join(missing), "count": len(missing)})
    for heading in headings:
        if heading.key in layout.matches:
            yield from _on_twins(heading, layout)


def _on_twins(heading: Heading, layout: Layout) -> Iterator[Note]:
    used = layout.matches[heading.key]
    taken = {column.letter for column in layout.matches.values()} - {used.letter}
    twins = [
        column.letter
        for column in layout.columns
        if column.letter not in taken and _says_the_same(column, used, heading)
    ]
    if len(twins) > 1:
        details = {"label": used.label, "letters": _listed(twins), "letter": used.letter}
        yield Note("TA-0106", details)


def _says_the_same(column: Column, used: Column, heading: Heading) -> bool:
    return column.label_keys == used.label_keys and likeness(column, heading) > 0


def _on_unmapped(unmapped: Sequence[UnmappedColumn]) -> Iterator[Note]:
    if unmapped:
        letters = _listed([column.letter for column in unmapped])
        yield Note("TA-0105", {"count": len(unmapped), "letters": letters})


def _on_shift(shift: ShiftProposal | None) -> Iterator[Note]:
    if shift is not None:
        code = "TA-0110" if shift.by > 0 else "TA-0125"
        yield Note(code, {"count": abs(shift.by), "letter": shift.letter})


def _on_values(body: Body, sorting: Sorting, days: Mapping[str, int]) -> Iterator[Note]:
    if days:
        yield Note("TA-0109", {"count": sum(days.values()), "letters": _listed(list(days))})
    if body.merged_cells:
        yield Note("TA-0116", {"count": body.merged_cells})
    joined = {letter: count for letter, count in body.joined.items() if count}
    if joined:
        yield Note("TA-0122", {"count": sum(joined.values()), "letters": _listed(list(joined))})
    if body.overlong_rows:
        rows = tuple(body.overlong_rows)
        yield Note("TA-0124", {"count": len(rows)}, rows=rows)
    texts = sorting.frame.select(pl.col(pl.String).str.contains(LIKE_A_FORMULA).sum())
    like_formulas = sum(texts.row(0)) if texts.width else 0
    if like_formulas:
        yield Note("TA-0121", {"count": like_formulas})


def _on_anatomy(anatomy: SheetAnatomy, layout: Layout) -> Iterator[Note]:
    used = {number for column in layout.columns for number in column.numbers}
    hidden = sorted(anatomy.hidden_columns & used)
    if hidden:
        letters = _listed([column_letters(number) for number in hidden])
        yield Note("TA-0107", {"count": len(hidden), "letters": letters})
    hidden_rows = tuple(
        sorted(row for row in anatomy.hidden_rows if layout.last_row < row <= anatomy.last_row)
    )
    if hidden_rows:
        yield Note("TA-0108", {"count": len(hidden_rows)}, rows=hidden_rows)
    if anatomy.formulas:
        yield Note("TA-0117", {"count": anatomy.formulas})
    yield from _on_cells("TA-0118", anatomy.formulas_without_value)
    yield from _on_cells("TA-0119", anatomy.errors)


def _on_cells(code: str, cells: Sequence[str]) -> Iterator[Note]:
    if cells:
        named = ", ".join(cells[:CELLS_TO_NAME])
        yield Note(code, {"count": len(cells), "cells": named}, cells=tuple(cells))


def _listed(letters: Sequence[str]) -> str:
    if len(letters) <= LETTERS_TO_NAME:
        return ", ".join(letters)
    return ", ".join(letters[:LETTERS_TO_NAME]) + ", …"

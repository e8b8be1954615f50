"""From register rows to the figures of a form, and from any figure back to its records."""

from datetime import date

import polars as pl

from sobo.reporting.forms.definition import CellKey, Column, Definition, Sheet
from sobo.reporting.forms.frames import IDENTITY, FormFrames, form_frames
from sobo.reporting.forms.register_rows import RegisterRows
from sobo.reporting.forms.values import FormValues


def compute(definition: Definition, rows: RegisterRows, *, of: str, on: date) -> FormValues:
    """Compute every cell of a form from rows of the register.

    `rows` are those of one institution or of many, `of` is the code the form is filed under and
    `on` the reference day. Raises `ValueError` where rows lack a dataset or column.
    """
    return tabulated(definition, form_frames(rows, level=definition.level, on=on), of=of, on=on)


def tabulated(definition: Definition, frames: FormFrames, *, of: str, on: date) -> FormValues:
    """The same from the records of the form's level, as `form_frames` makes them."""
    figures = [figure for sheet in definition.sheets for figure in _figures(sheet, frames)]
    return FormValues(definition=definition, of=of, on=on, figures=tuple(figures))


def rows_under(definition: Definition, frames: FormFrames, cell: CellKey) -> pl.DataFrame:
    """The records that a figure counts: columns `dataset`, `record_id`, `version`.

    Empty where the cell is blank. Raises `KeyError` where the form has no such cell.
    """
    sheet = definition.sheet_by_key[cell.sheet]
    row, column = sheet.by_key[cell.row], sheet.by_number[cell.column]
    if sheet.is_blank(row, column.number):
        return frames["school"].select(IDENTITY).clear()
    return frames[row.over].filter(row.holds & column.holds[row.over]).select(IDENTITY)


def records_behind(frames: FormFrames) -> pl.DataFrame:
    """Every record that any figure may count, once: what a signed return freezes."""
    return pl.concat([frame.select(IDENTITY) for frame in frames.values()]).unique().sort(IDENTITY)


def _figures(sheet: Sheet, frames: FormFrames) -> list[int | None]:
    """The figures of a sheet, row by row."""
    kinds = {row.over for row in sheet.lines if row.over}
    counted = {kind: _counted(sheet, kind, frames[kind]) for kind in kinds}
    return [
        None if sheet.is_blank(row, column.number) else counted[row.over][column.number][row.key]
        for row in sheet.lines
        for column in sheet.columns
    ]


def _counted(sheet: Sheet, kind: str, frame: pl.DataFrame) -> dict[int, dict[str, int]]:
    """Figures by column and row, for the rows over one kind of record.

    Records that fall in the same columns are added up together first, so that each condition is
    evaluated once and a cell only gathers a handful of sums.
    """
    rows = [row for row in sheet.lines if row.over == kind]
    alike = (
        frame.select(
            *(row.adds.alias(row.key) for row in rows),
            *(column.holds[kind].alias(_flag(column)) for column in sheet.columns),
        )
        .group_by(_flag(column) for column in sheet.columns)
        .agg(pl.col(row.key).sum() for row in rows)
        .rows(named=True)
    )
    return {
        column.number: {
            row.key: sum(sums[row.key] for sums in alike if sums[_flag(column)]) for row in rows
        }
        for column in sheet.columns
    }


def _flag(column: Column) -> str:
    return f"column {column.number}"

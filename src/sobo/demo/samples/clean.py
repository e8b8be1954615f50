"""The clean workbook: what our own template would hold, filled in without a fault."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from sobo.demo.samples.cells import Cell, headed_columns, written
from sobo.demo.samples.story import Story
from sobo.registry.sheets import CLASSES, LEARNERS, Sheet

DAY_FORMAT = "dd/mm/yyyy"


def write_clean(path: Path, told: Story) -> None:
    """Write the sheets `Lớp` and `Học sinh`, headings in the first row."""
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": DAY_FORMAT})
        heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet, rows in ((CLASSES, told.classes), (LEARNERS, told.learners)):
            page = workbook.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for at, cells in enumerate(_table(sheet, rows, told)):
                write_row(page, at, cells, heading if at == 0 else None, day)


def _table(sheet: Sheet, rows: pl.DataFrame, told: Story) -> list[Sequence[Cell]]:
    columns = headed_columns(sheet, told.plan.levels)
    labels = [column.label() for column in columns]
    return [labels, *written(rows, columns, province=told.plan.province)]


def write_row(page: Any, at: int, cells: Sequence[Cell], style: Any, day_style: Any) -> None:
    """Write a row of cells; text stays text, whatever it looks like."""
    for column, value in enumerate(cells):
        if isinstance(value, date):
            page.write_datetime(at, column, value, day_style)
        elif isinstance(value, str):
            page.write_string(at, column, value, style)
        elif value is not None:
            page.write_number(at, column, value, style)

"""A spreadsheet program in a school's hands: open a file, change cells, save it as another."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineSheet, CalamineWorkbook

from sobo.demo.samples.clean import DAY_FORMAT, write_row
from sobo.intake.recognition import TO_MEND
from sobo.kernel.excel import column_letters, column_number

Cells = Mapping[tuple[str, str], str | None]
"""What to type into which cell of which sheet: (`Khối 1-3`, `F243`)."""


@dataclass(frozen=True)
class Entry:
    """One line of the list of what is to be mended."""

    sheet: str
    cell: str
    said: str


def to_mend(file: Path) -> list[Entry]:
    """The list that a marked-up workbook begins with."""
    rows = _rows(CalamineWorkbook.from_path(file).get_sheet_by_name(TO_MEND))
    return [Entry(str(row[0]), str(row[1]), str(row[4])) for row in rows[1:]]


def sheet_names(file: Path) -> list[str]:
    """The sheets of a file."""
    return CalamineWorkbook.from_path(file).sheet_names


def texts(file: Path) -> set[str]:
    """Everything that stands in any cell of a file."""
    book = CalamineWorkbook.from_path(file)
    sheets = [_rows(book.get_sheet_by_name(name)) for name in book.sheet_names]
    return {str(value) for rows in sheets for row in rows for value in row}


def row_of(file: Path, sheet: str, row: int) -> Mapping[str, tuple[str, Any]]:
    """The cells of a row, by the headings in the first: where each stands and what it says."""
    rows = _rows(CalamineWorkbook.from_path(file).get_sheet_by_name(sheet))
    names = [f"{column_letters(at)}{row}" for at in range(1, len(rows[0]) + 1)]
    return dict(zip(rows[0], zip(names, rows[row - 1], strict=True), strict=True))


def save_as(source: Path, target: Path, typed: Cells) -> Path:
    """Save a file under another name with some cells typed anew; merged cells stay merged."""
    book = CalamineWorkbook.from_path(source)
    with xlsxwriter.Workbook(target) as made:
        day = made.add_format({"num_format": DAY_FORMAT})
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = _rows(sheet)
            for (at_sheet, cell), value in typed.items():
                if at_sheet == name:
                    row, column = _position(cell)
                    rows[row][column] = value
            page = made.add_worksheet(name)
            for at, row in enumerate(rows):
                write_row(page, at, [_plain(value) for value in row], None, day)
            for first, last in sheet.merged_cell_ranges or ():
                page.merge_range(*first, *last, rows[first[0]][first[1]])
    return target


def _rows(sheet: CalamineSheet) -> list[list[Any]]:
    return sheet.to_python(skip_empty_area=False)


def _plain(value: Any) -> Any:
    """Blank cells stay blank; a moment is the day it falls on."""
    if value == "":
        return None
    return value.date() if hasattr(value, "date") and not isinstance(value, str) else value


def _position(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell.removeprefix(letters)) - 1, column_number(letters) - 1

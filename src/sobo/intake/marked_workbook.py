"""The school's own file with what is wrong said in its cells, to be mended there and sent again.

Sheets, cells and positions are those of the file; values stand as the school wrote them. Where files
with personal data may not leave, the download only names sheet, cell and a text without values.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import count, groupby
from typing import Any

import xlsxwriter

from sobo.intake.reading.workbook import Cell, Sheet, Workbook
from sobo.intake.recognition import TO_MEND
from sobo.intake.wording import Message
from sobo.kernel.excel import column_number
from sobo.specification.rules import Severity

HEADINGS = ("Trang", "Ô", "Mã lỗi", "Mức", "Nội dung")
SEVERITIES = {Severity.ERROR: "Lỗi", Severity.QUERY: "Cần giải trình", Severity.MACRO: "Đối chiếu"}
WIDTHS = (24, 10, 12, 16, 90)
LONGEST_SHEET_NAME = 31
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


def marked(workbook: Workbook, found: Sequence[Message], stamp_name: str | None) -> bytes:
    """The file with comments and colours in its cells and a sheet of all that is to be mended.

    `stamp_name` is the stamp the file bore, which it keeps.
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as made:
        _write_list(made, found, text=lambda message: message.text)
        by_cell, taken = _by_cell(found), {TO_MEND.casefold()}
        for sheet in workbook.sheets:
            if sheet.name != TO_MEND:  # the list of an earlier download: this one stands for it
                page = made.add_worksheet(_name_not_taken(sheet.name, taken))
                _write_sheet(made, page, sheet, by_cell.get(sheet.name, {}))
        if stamp_name:
            made.set_custom_property(stamp_name, TO_MEND)
    return out.getvalue()


def findings_only(found: Sequence[Message]) -> bytes:
    """Sheet, cell, rule and a text without any value of the file."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as made:
        _write_list(made, found, text=lambda message: message.plain)
    return out.getvalue()


def _write_list(made: Any, found: Sequence[Message], *, text: Any) -> None:
    page = made.add_worksheet(TO_MEND)
    bold = made.add_format({"bold": True, "bottom": 2})
    wrap = made.add_format({"text_wrap": True, "valign": "top"})
    for at, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        page.set_column(at, at, width, wrap)
        page.write_string(0, at, heading, bold)
    for row, message in enumerate(found, start=1):
        said = (message.sheet, message.cell, message.rule.code, SEVERITIES[message.rule.severity])
        for at, value in enumerate((*said, text(message))):
            page.write_string(row, at, inert(value), wrap)
    page.freeze_panes(1, 0)


def _name_not_taken(name: str, taken: set[str]) -> str:
    """A sheet's name as Excel takes it: not too long, and no two alike, whatever their case."""
    for number in count(1):
        ending = f" ({number})" if number > 1 else ""
        fitting = name[: LONGEST_SHEET_NAME - len(ending)] + ending
        if fitting.casefold() not in taken:
            break
    taken.add(fitting.casefold())
    return fitting


def inert(text: str) -> str:
    """A text that no program takes for a formula, even when pasted elsewhere."""
    return f"'{text}" if text.startswith(LIKE_A_FORMULA) else text


Marks = Mapping[tuple[int, int], Sequence[Message]]
"""Messages by row and column, both from 0."""


def _by_cell(found: Sequence[Message]) -> dict[str, Marks]:
    """Messages by sheet and cell; one without a column stands in the row's first cell."""

    def place(message: Message) -> tuple[str, int, int]:
        letters = message.cell.rstrip("0123456789")
        row = int(message.cell.removeprefix(letters) or 1) - 1
        return message.sheet, row, column_number(letters) - 1 if letters else 0

    by_sheet: dict[str, dict[tuple[int, int], list[Message]]] = {}
    for (sheet, row, column), said in groupby(sorted(found, key=place), key=place):
        by_sheet.setdefault(sheet, {})[row, column] = list(said)
    return dict(by_sheet)


def _write_sheet(made: Any, page: Any, sheet: Sheet, marks: Marks) -> None:
    formats = _Formats(made)
    if sheet.hidden:
        page.hide()
    corners: dict[tuple[int, int], Cell] = {}
    for row, cells in enumerate(sheet.rows()):
        for column, cell in enumerate(cells):
            style = formats.of(cell, marks.get((row, column), ()))
            _write_cell(page, row, column, cell, style)
            corners[row, column] = cell
    _merge(page, sheet, corners, marks, formats)
    for (row, column), said in marks.items():
        texts = "\n".join(f"{message.rule.code}: {message.text}" for message in said)
        page.write_comment(row, column, texts, {"x_scale": 2, "y_scale": 1 + 0.4 * len(said)})


def _merge(
    page: Any,
    sheet: Sheet,
    cells: Mapping[tuple[int, int], Cell],
    marks: Marks,
    formats: "_Formats",
) -> None:
    """Join the cells that the file joined: a class written once over all its rows stays so."""
    for span in sheet.anatomy.merged:
        corner = (span.first_row - 1, span.first_column - 1)
        value = cells.get(corner, "")
        area = (*corner, span.last_row - 1, span.last_column - 1)
        page.merge_range(*area, value, formats.of(value, marks.get(corner, ())))


class _Formats:
    """Formats of cells: days as days; errors red, queries yellow."""

    def __init__(self, made: Any) -> None:
        self._made = made
        self._known: dict[tuple[bool, str], Any] = {}

    def of(self, cell: Cell, said: Sequence[Message]) -> Any:
        is_day, colour = isinstance(cell, date), ""
        if said:
            wrong = any(message.rule.severity is Severity.ERROR for message in said)
            colour = "#FBEAE8" if wrong else "#FDF3DC"
        if not is_day and not colour:
            return None
        if (is_day, colour) not in self._known:
            style = {"num_format": "dd/mm/yyyy"} if is_day else {}
            fill = {"bg_color": colour, "border": 1, "border_color": "#B3261E"} if colour else {}
            self._known[is_day, colour] = self._made.add_format({**style, **fill})
        return self._known[is_day, colour]


def _write_cell(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell == "":
        if style is not None:
            page.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell, style)
    elif isinstance(cell, datetime | date):
        page.write_datetime(row, column, cell, style)
    elif isinstance(cell, time | timedelta):
        page.write_string(row, column, str(cell), style)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, style)
    else:
        # A string cell stays a string in the file: no program works it out on opening.
        page.write_string(row, column, cell, style)

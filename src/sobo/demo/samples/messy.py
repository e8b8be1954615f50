"""The messy workbook: the clean one's rows with every trouble that schools' files have.

Troubles of form are read through without a finding: a heading in row 5 with titles above, line
breaks and decomposed letters in it, hidden columns and a hidden sheet, repeated headings, merged
cells, serial dates, days as text, decimal commas, lost leading zeros, blanks, a sum and signatures.
Troubles of substance are faults, each with the findings it must lead to and the value it had.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from sobo.demo.samples.cells import NO, YES, Cell, headed_columns, written
from sobo.demo.samples.clean import DAY_FORMAT, write_row
from sobo.demo.samples.faults import CLASS_FAULTS, LOWER_FAULTS, UPPER_FAULTS, Fault, chosen_rows
from sobo.demo.samples.story import Story
from sobo.kernel.excel import column_letters, serial_of_day
from sobo.registry.sheets import CLASSES, LEARNERS, Column, Sheet

HEADING_ROW = 5
"""Counted from 1, as people count."""
_HIDDEN_COLUMNS = ("other_name", "passport")
_SLID = ("sex", "birth", "ethnic_group")
"""Neighbours whose values slid one heading to the left, in the sheet of the upper grades."""
_BEFORE_THEM = "other_name"


@dataclass
class Page:
    """One sheet in the making, and what is expected of it."""

    name: str
    sheet: Sheet
    columns: list[Column]
    lines: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, str]] = field(default_factory=list)
    """First and last line (from 0), column and text of merged cells."""
    expected: list[dict[str, str]] = field(default_factory=list)
    mended: list[dict[str, str]] = field(default_factory=list)

    def column(self, key: str) -> int:
        """Where a column stands, counted from 0; the running number stands before the first."""
        return 1 + [column.key for column in self.columns].index(key)

    def cell(self, line: int, key: str) -> str:
        """The cell as Excel names it."""
        return f"{column_letters(self.column(key) + 1)}{line + 1}"


def write_messy(path: Path, told: Story, *, expected: Path, mended: Path) -> None:
    """Write the workbook, its expectation (sheet, cell, rule) and its mending (sheet, cell, value)."""
    grades = pl.col("grade").is_in(["1", "2", "3"])
    lower, upper = told.learners.filter(grades), told.learners.filter(~grades)
    pages = [
        _class_page(told),
        _learner_page("Khối 1-3", lower, told, LOWER_FAULTS, as_numbers),
        _learner_page("Khối 4-5", upper, told, UPPER_FAULTS, as_text),
    ]
    _slide(pages[-1])
    _merge_classes(pages[1])
    with xlsxwriter.Workbook(path) as workbook:
        for page in pages:
            _write(workbook, page)
        _write_hidden_lists(workbook)
    _write_json(expected, [entry for page in pages for entry in page.expected])
    _write_json(mended, [entry for page in pages for entry in page.mended])


def _class_page(told: Story) -> Page:
    columns = headed_columns(CLASSES, told.plan.levels)
    page = Page("Lớp", CLASSES, columns, _titles(told, "DANH SÁCH LỚP", columns))
    faults = chosen_rows(told.classes, CLASS_FAULTS)
    for at, cells in enumerate(written(told.classes, columns, province=told.plan.province)):
        _add(page, at + 1, cells, faults.get(at, ()))
    return page


def _learner_page(
    name: str,
    rows: pl.DataFrame,
    told: Story,
    faults: Sequence[Fault],
    typed: Callable[[Column, Cell], Cell],
) -> Page:
    columns = headed_columns(LEARNERS, told.plan.levels)
    page = Page(name, LEARNERS, columns, _titles(told, f"DANH SÁCH HỌC SINH {name}", columns))
    at_rows = chosen_rows(rows, faults)
    heading = page.lines[-1]
    for at, cells in enumerate(written(rows, columns, province=told.plan.province)):
        if at and rows["school_class"][at] != rows["school_class"][at - 1]:
            page.lines.append(list(heading))
        # A row with a fault has no other trouble, so that nothing hides what is wrong with it.
        if at not in at_rows:
            cells = [typed(column, cell) for column, cell in zip(columns, cells, strict=True)]
        _add(page, at + 1, cells, at_rows.get(at, ()))
    page.lines += _ending(page, len(rows))
    return page


def _titles(told: Story, title: str, columns: list[Column]) -> list[list[Cell]]:
    """Who writes, what, for when, a blank line, and the heading."""
    return [
        ["UBND PHƯỜNG CHIỀNG SINH"],
        [told.plan.name.upper()],
        [f"{title} - NĂM HỌC 2026-2027"],
        [],
        ["STT", *(_untidy(at, column.label()) for at, column in enumerate(columns))],
    ]


def _untidy(at: int, label: str) -> str:
    """A heading as files carry it: broken into lines, decomposed, in capitals, with two blanks."""
    spoilt: Sequence[Callable[[str], str]] = (
        lambda text: text,
        lambda text: text.replace(" ", "\n", 1),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "  "),
        lambda text: f" {text} ",
    )
    return spoilt[at % len(spoilt)](label)


def _add(page: Page, number: int, cells: list[Cell], faults: Sequence[Fault]) -> None:
    """Add a row of data with its faults, and note what they must lead to."""
    line = len(page.lines)
    row: list[Cell] = [number, *cells]
    for fault in faults:
        at = page.column(fault.key)
        page.mended.append(
            {"sheet": page.name, "cell": page.cell(line, fault.key), "value": _as_typed(row[at])}
        )
        row[at] = fault.value
        page.expected += [
            {"sheet": page.name, "cell": page.cell(line, key), "rule": rule}
            for key, rule in fault.findings
        ]
    page.lines.append(row)


def _as_typed(cell: Cell) -> str:
    """A value as a clerk would type it anew."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str("" if cell is None else cell)


def as_numbers(column: Column, cell: Cell) -> Cell:
    """What becomes of cells where Excel took everything for a number."""
    kind = column.declaration.kind
    if isinstance(cell, date):
        return serial_of_day(cell) if column.key == "birth" else cell
    # A parent's number is kept as text: nothing beside it could prove which zeros were lost.
    if column.key in ("personal_number", "phone") and isinstance(cell, str):
        return int(cell)
    if kind == "number" and isinstance(cell, float):
        return f"{cell:.1f}".replace(".", ",")
    if column.key == "full_name":
        return unicodedata.normalize("NFD", str(cell))
    return cell


def as_text(column: Column, cell: Cell) -> Cell:
    """What becomes of cells where everything was typed as text, with blanks around."""
    if isinstance(cell, date):
        return f"{cell.day}/{cell.month:02}/{cell.year}"
    if column.key == "full_name":
        return f" {cell}\N{NO-BREAK SPACE} "
    if column.declaration.kind == "yes_no":
        return {YES: "x", NO: "0"}.get(str(cell), cell)
    if column.key in ("status", "sex") and cell is not None:
        return _short_code(column, str(cell))
    return cell


def _short_code(column: Column, label: str) -> str:
    """The code of a label, its leading zero lost."""
    codes = {item.vi: item.code for item in column.declaration.code_list.items}
    return codes[label].lstrip("0")


def _ending(page: Page, count: int) -> list[list[Cell]]:
    return [
        ["Tổng cộng", count],
        [],
        [None, None, "Người lập biểu", None, None, "Hiệu trưởng"],
        [None, None, "(Ký, ghi rõ họ tên)"],
        [" "],
        [None, "  "],
    ]


def _slide(page: Page) -> None:
    """Let the values of three columns stand under the headings before theirs."""
    first = page.column(_BEFORE_THEM)
    for at, line in _data_lines(page):
        right = line[first : first + len(_SLID) + 1]
        line[first : first + len(_SLID) + 1] = [*right[1:], None]
        page.expected += [
            {"sheet": page.name, "cell": page.cell(at, key), "rule": rule}
            for key, rule in _findings_of_slide(is_new=line[page.column("code")] is None)
        ]
        page.mended += [
            {"sheet": page.name, "cell": page.cell(at, key), "value": _as_typed(cell)}
            for key, cell in zip((_BEFORE_THEM, *_SLID), right, strict=True)
        ]


def _findings_of_slide(*, is_new: bool) -> Iterator[tuple[str, str]]:
    """A day is no sex and a people no day; a blank asks nothing of whom the register knows."""
    yield "sex", "NG-0003"
    yield "birth", "NG-0002"
    if is_new:
        yield "ethnic_group", "NG-0001"


def _data_lines(page: Page) -> Iterator[tuple[int, list[Cell]]]:
    for at, line in enumerate(page.lines):
        if line and isinstance(line[0], int):
            yield at, line


def _merge_classes(page: Page) -> None:
    """Write each class once, over all its rows."""
    column = page.column("school_class")
    runs: list[tuple[int, int, str]] = []
    for at, line in _data_lines(page):
        text = str(line[column])
        if runs and runs[-1][1] == at - 1 and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], at, text)
        else:
            runs.append((at, at, text))
    page.merged = [(first, last, column, text) for first, last, text in runs if last > first]


def _write(workbook: Any, page: Page) -> None:
    drawn = workbook.add_worksheet(page.name)
    wrap = workbook.add_format({"text_wrap": True, "bold": True})
    day = workbook.add_format({"num_format": DAY_FORMAT})
    for at, line in enumerate(page.lines):
        write_row(drawn, at, line, wrap if at == HEADING_ROW - 1 else None, day)
    drawn.merge_range(2, 0, 2, 8, page.lines[2][0], wrap)
    for first, last, column, text in page.merged:
        drawn.merge_range(first, column, last, column, text)
    if page.sheet is LEARNERS:
        for key in _HIDDEN_COLUMNS:
            drawn.set_column(page.column(key), page.column(key), None, None, {"hidden": True})


def _write_hidden_lists(workbook: Any) -> None:
    """The catalogue sheet that old templates carry, hidden."""
    lists = workbook.add_worksheet("DanhMuc")
    for row, text in enumerate(("Giới tính", "Nam", "Nữ")):
        lists.write_string(row, 0, text)
    lists.hide()


def _write_json(path: Path, entries: Sequence[Mapping[str, str]]) -> None:
    path.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

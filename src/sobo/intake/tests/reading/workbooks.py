"""Class lists as schools send them: one plain list, every trouble a function that spoils it."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
import xlwt
from odf import opendocument, style, table
from odf.text import P

from sobo.intake.reading.headings import Heading, ValueKind

Value = str | int | float | bool | date

HEADINGS = (
    Heading("name", ("Họ và tên", "Họ tên"), required=True, kind=ValueKind.NAME),
    Heading("born_on", ("Ngày sinh",), required=True, kind=ValueKind.DATE),
    Heading("sex", ("Giới tính",), required=True, kind=ValueKind.CODE, values=("Nam", "Nữ")),
    Heading("class", ("Lớp", "Tên lớp"), required=True),
    Heading("number", ("Số định danh cá nhân",), kind=ValueKind.PERSONAL_NUMBER),
    Heading("height", ("Chiều cao (cm)",), kind=ValueKind.NUMBER),
    Heading("father", ("Họ tên cha",), kind=ValueKind.NAME),
    Heading("mother", ("Họ tên mẹ",), kind=ValueKind.NAME),
)
LABELS = {heading.key: heading.labels[0] for heading in HEADINGS}

LEARNERS: tuple[dict[str, Value], ...] = tuple(
    {
        "name": name,
        "born_on": date(2019, month, day),
        "sex": sex,
        "class": class_name,
        "number": f"0792190{at:05}",
        "height": 110 + at,
        "father": "Trần Văn Hải",
        "mother": "Lê Thị Hoà",
    }
    for at, (name, month, day, sex, class_name) in enumerate(
        [
            ("Nguyễn Văn An", 9, 2, "Nam", "1A"),
            ("Trần Thị Bích Ngọc", 12, 31, "Nữ", "1A"),
            ("Tống Đức Cường", 1, 5, "Nam", "1A"),
            ("Cồng Thị Dung", 2, 28, "Nữ", "1A"),
            ("Lê Hoàng Em", 6, 15, "Nam", "1B"),
            ("Phạm Quỳnh Giang", 7, 7, "Nữ", "1B"),
            ("Võ Thành Hưng", 3, 3, "Nam", "1B"),
            ("Y-Bhăm Niê", 4, 20, "Nam", "1B"),
        ]
    )
)


@dataclass
class SheetPlan:
    """Cells by (row, column), counted from 0, and what else a sheet can have."""

    name: str = "Danh sách"
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False

    def write(self, row: int, column: int, value: Value | None) -> None:
        if value is not None and value != "":
            self.cells[row, column] = value

    def merge(self, row: int, column: int, rows: int, columns: int, value: str) -> None:
        self.write(row, column, value)
        if rows > 1 or columns > 1:
            self.merged.append((row, column, row + rows - 1, column + columns - 1))

    def shape(self) -> tuple[int, int]:
        rows = max((row for row, _ in self.cells), default=-1) + 1
        columns = max((column for _, column in self.cells), default=-1) + 1
        return rows, columns


def plain_list() -> SheetPlan:
    """The clean file: labels in row 1, a learner a row."""
    plan = SheetPlan()
    for column, key in enumerate(LABELS):
        plan.write(0, column, LABELS[key])
        for row, learner in enumerate(LEARNERS, start=1):
            plan.write(row, column, learner[key])
    return plan


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def write_xlsx(path: Path, *plans: SheetPlan) -> Path:
    book = xlsxwriter.Workbook(str(path))
    day_format = book.add_format({"num_format": "dd/mm/yyyy"})
    for plan in plans:
        sheet = book.add_worksheet(plan.name)
        for first_row, first_column, last_row, last_column in plan.merged:
            sheet.merge_range(first_row, first_column, last_row, last_column, "")
        for (row, column), value in plan.cells.items():
            if isinstance(value, date):
                sheet.write_datetime(row, column, datetime.combine(value, time()), day_format)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value)
        for column in plan.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        for row in plan.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        if plan.hidden:
            sheet.hide()
    book.close()
    return path


def write_xls(path: Path, *plans: SheetPlan) -> Path:
    book = xlwt.Workbook()
    day_format = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for plan in plans:
        sheet = book.add_sheet(plan.name, cell_overwrite_ok=True)
        for (row, column), value in plan.cells.items():
            arguments = (row, column, value)
            sheet.write(*arguments, *([day_format] if isinstance(value, date) else []))
        for span in plan.merged:
            sheet.merge(span[0], span[2], span[1], span[3])
        for column in plan.hidden_columns:
            sheet.col(column).hidden = True
        for row in plan.hidden_rows:
            sheet.row(row).hidden = True
        sheet.visibility = int(plan.hidden)
    book.save(str(path))
    return path


def write_ods(path: Path, *plans: SheetPlan) -> Path:
    book = opendocument.OpenDocumentSpreadsheet()
    for plan in plans:
        sheet = table.Table(name=plan.name)
        if plan.hidden:
            hidden = style.Style(name=f"hidden-{plan.name}", family="table")
            hidden.addElement(style.TableProperties(display="false"))
            book.automaticstyles.addElement(hidden)
            sheet.setAttribute("stylename", hidden)
        rows, columns = plan.shape()
        for column in range(columns):
            visibility = "collapse" if column in plan.hidden_columns else "visible"
            sheet.addElement(table.TableColumn(visibility=visibility))
        for row in range(rows):
            sheet.addElement(_ods_row(plan, row, columns))
        book.spreadsheet.addElement(sheet)
    book.save(str(path))
    return path


def _ods_row(plan: SheetPlan, row: int, columns: int) -> table.TableRow:
    visibility = "collapse" if row in plan.hidden_rows else "visible"
    line = table.TableRow(visibility=visibility)
    starts = {(span[0], span[1]): span for span in plan.merged}
    covered = {
        (at_row, at_column)
        for span in plan.merged
        for at_row in range(span[0], span[2] + 1)
        for at_column in range(span[1], span[3] + 1)
    } - starts.keys()
    for column in range(columns):
        if (row, column) in covered:
            line.addElement(table.CoveredTableCell())
            continue
        attributes: dict[str, object] = {}
        if (row, column) in starts:
            first_row, first_column, last_row, last_column = starts[row, column]
            attributes["numberrowsspanned"] = last_row - first_row + 1
            attributes["numbercolumnsspanned"] = last_column - first_column + 1
        line.addElement(_ods_cell(plan.cells.get((row, column)), attributes))
    return line


def _ods_cell(value: Value | None, attributes: dict[str, object]) -> table.TableCell:
    if isinstance(value, date):
        return table.TableCell(valuetype="date", datevalue=value.isoformat(), **attributes)
    if isinstance(value, int | float):
        return table.TableCell(valuetype="float", value=str(value), **attributes)
    if value is None:
        return table.TableCell(**attributes)
    cell = table.TableCell(valuetype="string", **attributes)
    for line in value.split("\n"):
        cell.addElement(P(text=line))
    return cell


def write_csv(path: Path, *plans: SheetPlan, encoding: str = "utf-8", separator: str = ",") -> Path:
    (plan,) = plans
    rows, columns = plan.shape()
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        for row in range(rows):
            writer.writerow([_csv_text(plan.cells.get((row, c))) for c in range(columns)])
    return path


def _csv_text(value: Value | None) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


WRITERS: dict[str, Callable[..., Path]] = {
    "xlsx": write_xlsx,
    "xls": write_xls,
    "ods": write_ods,
    "csv": write_csv,
}

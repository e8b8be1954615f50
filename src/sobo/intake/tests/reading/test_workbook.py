"""What a workbook says of itself: values, hidden and merged parts, formulas, broken cells."""

from __future__ import annotations

import resource
import time
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from sobo.intake.reading.anatomy import Span
from sobo.intake.reading.workbook import read_workbook
from sobo.intake.tests.reading.test_files import repacked
from sobo.intake.tests.reading.workbooks import WRITERS, SheetPlan, write_xlsx

BINARY_KINDS = ["xlsx", "xls", "ods"]


@pytest.mark.parametrize("kind", BINARY_KINDS)
def test_values_keep_their_types_and_places(tmp_path: Path, kind: str) -> None:
    plan = SheetPlan(cells={(2, 1): "0123", (3, 2): 7.5, (4, 3): date(2019, 9, 2)})
    (sheet,) = read_workbook(WRITERS[kind](tmp_path / "a", plan)).sheets
    rows = list(sheet.rows())
    assert [rows[2][1], rows[3][2], rows[4][3]] == ["0123", 7.5, date(2019, 9, 2)]
    assert all(cell == "" for cell in rows[0] + rows[1])


@pytest.mark.parametrize("kind", BINARY_KINDS)
def test_hidden_and_merged_parts_are_told(tmp_path: Path, kind: str) -> None:
    shown = SheetPlan(name="Lớp 1", hidden_columns={1}, hidden_rows={2})
    shown.merge(0, 0, 2, 3, "a")
    shown.cells |= {(2, 1): "b", (3, 2): "c"}
    hidden = SheetPlan(name="Danh mục", cells={(0, 0): "x"}, hidden=True)
    workbook = read_workbook(WRITERS[kind](tmp_path / "a", shown, hidden))
    sheet = workbook.sheet("Lớp 1")
    assert [each.hidden for each in workbook.sheets] == [False, True]
    assert len(sheet.head) == 4
    assert sheet.anatomy.hidden_columns == {2}
    assert sheet.anatomy.hidden_rows == {3}
    assert sheet.anatomy.merged == [Span(1, 1, 2, 3)]
    assert [note.code for note in workbook.notes] == ["TA-0101"]


def test_formulas_give_their_saved_value_and_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=1+1", None, 2)
    sheet.write_formula("A2", '="1"&"A"', None, "1A")
    sheet.write_formula("A3", "=NA()", None, "#N/A")
    sheet.write_string("A4", "=1+1")
    book.close()
    (read,) = read_workbook(path).sheets
    assert list(read.rows()) == [[2.0], ["1A"], [""], ["=1+1"]]
    assert read.anatomy.formulas == 3
    assert read.anatomy.formulas_without_value == []
    assert read.anatomy.errors == ["A3"]


def test_a_formula_never_computed_and_links_to_other_files_are_told(tmp_path: Path) -> None:
    markup = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>5</v></c><c r="B1"><f>[1]Sheet1!A1</f></c></row>'
        b"</sheetData></worksheet>"
    )
    path = repacked(
        write_xlsx(tmp_path / "a.xlsx", SheetPlan(cells={(0, 0): 1})),
        xl__worksheets__sheet1_dot_xml=markup,
        xl__externalLinks__externalLink1_dot_xml=b"<externalLink/>",
    )
    workbook = read_workbook(path)
    assert workbook.sheets[0].anatomy.formulas_without_value == ["B1"]
    assert "TA-0102" in [note.code for note in workbook.notes]


def test_other_programs_markup_is_read_the_same(tmp_path: Path) -> None:
    """Prefixed names, attributes in another order, single quotes, cells without an address."""
    markup = (
        b"<?xml version='1.0'?><x:worksheet "
        b"xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        b"<x:cols><x:col max='3' min='2' hidden='true'/></x:cols><x:sheetData>"
        b"<x:row r='1'><x:c t='n' r='A1'><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>"
        b"<x:row r='3' hidden='1'><x:c r='C3' s='0'/><x:c><x:v>4</x:v></x:c></x:row>"
        b"</x:sheetData></x:worksheet>"
    )
    path = repacked(
        write_xlsx(tmp_path / "a.xlsx", SheetPlan(cells={(0, 0): 1})),
        xl__worksheets__sheet1_dot_xml=markup,
    )
    (sheet,) = read_workbook(path).sheets
    assert list(sheet.rows()) == [[1.0, 2.0, "", ""], [""] * 4, ["", "", "", 4.0]]
    assert (sheet.anatomy.last_row, sheet.anatomy.last_column) == (3, 4)
    assert sheet.anatomy.hidden_columns == {2, 3}
    assert sheet.anatomy.hidden_rows == {3}


def test_a_boastful_dimension_costs_nothing(tmp_path: Path) -> None:
    markup = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    path = repacked(
        write_xlsx(tmp_path / "a.xlsx", SheetPlan(cells={(0, 0): 1})),
        xl__worksheets__sheet1_dot_xml=markup,
    )
    (sheet,) = read_workbook(path).sheets
    assert list(sheet.rows()) == [[1.0]]


def test_a_million_blank_formatted_rows_are_cheap(tmp_path: Path) -> None:
    blanks = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (row, row, row)
        for row in range(2, 1_048_577)
    )
    markup = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>' + blanks + b"</sheetData></worksheet>"
    )
    path = repacked(
        write_xlsx(tmp_path / "a.xlsx", SheetPlan(cells={(0, 0): 1})),
        xl__worksheets__sheet1_dot_xml=markup,
    )
    del blanks, markup
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    (sheet,) = read_workbook(path).sheets
    assert list(sheet.rows()) == [[1.0]]
    assert time.monotonic() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def test_days_counted_from_1904_are_known(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": True})
    book.add_worksheet().write(0, 0, 1)
    book.close()
    assert read_workbook(path).sheets[0].counts_days_from_1904

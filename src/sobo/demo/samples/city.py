"""Two layouts that schools really hold and that are not ours: both wait to be mapped once.

The class list of Hồ Chí Minh City has the headings its schools download. Of the teacher sheet only
is known that it has 72 columns: those here are the register's own, under other words, and blanks.
"""

from datetime import date
from itertools import islice
from pathlib import Path

import polars as pl
import xlsxwriter

from sobo.demo.cast import CITY_SCHOOL
from sobo.demo.nation import Batch
from sobo.demo.plans import plan_of
from sobo.demo.samples.cells import Cell, headed_columns, written
from sobo.demo.samples.clean import write_row
from sobo.demo.sheet_rows import sheet_rows
from sobo.registry.sheets import LEARNERS, STAFF, Column

CLASS_LIST_HEADINGS: dict[str, str] = {
    "Mã định danh Bộ GD&ĐT": "code",
    "Họ tên": "full_name",
    "Ngày sinh": "birth",
    "Giới tính": "sex",
    "Dân tộc": "ethnic_group",
    "Trạng thái": "status",
    "SĐT liên hệ": "phone",
    "Nơi sinh chi tiết": "birth_place",
    "Tổ/thôn HKTT": "residence",
    "Tỉnh quê quán": "origin_province",
    "Xã quê quán": "origin_commune",
    "Chỗ ở hiện nay": "residence",
    "Số CMND": "",
    "Ngày cấp": "",
    "Nơi cấp": "",
    "Tên cha": "father_full_name",
    "Nghề nghiệp cha": "father_occupation",
    "Năm sinh cha": "father_birth_year",
    "Tên mẹ": "mother_full_name",
    "Nghề nghiệp mẹ": "mother_occupation",
    "Năm sinh mẹ": "mother_birth_year",
    "Lớp": "school_class",
    "Khối": "grade",
    "Số định danh cá nhân": "personal_number",
}
"""Headings after the running number, each with the learner's column it shows; empty: left blank."""

TEACHER_COLUMNS = 72
_LISTED_CLASS = "3.1"
_HEADING_LINE = 3


def write_class_list(path: Path, batch: Batch) -> None:
    """One class as the city's system lists it: title, headings in row 4, days as text."""
    plan = plan_of(CITY_SCHOOL)
    rows = sheet_rows(batch, LEARNERS, institution=plan.id)
    listed = rows.filter(pl.col("school_class") == _LISTED_CLASS)
    shown = {LEARNERS.columns[key].key for key in CLASS_LIST_HEADINGS.values() if key}
    columns = [column for column in LEARNERS.columns.values() if column.key in shown]
    title = f"{plan.name} - Danh sách học sinh lớp 3/1"
    _write(path, "DSHS", title, CLASS_LIST_HEADINGS, _texts(listed, columns, plan.province))


def write_teacher_sheet(path: Path, batch: Batch) -> None:
    """Everything about the staff in 72 columns, those without a meaning to us left blank."""
    plan = plan_of(CITY_SCHOOL)
    columns = headed_columns(STAFF, plan.levels)
    headings = {column.label(): column.key for column in columns}
    blanks = {f"Trường bổ sung {n}": "" for n in range(1, TEACHER_COLUMNS)}
    taken = dict(islice((headings | blanks).items(), TEACHER_COLUMNS - 1))
    rows = sheet_rows(batch, STAFF, institution=plan.id)
    texts = _texts(rows, columns, plan.province)
    _write(path, "CSDL_GiaoVien", f"{plan.name} - Hồ sơ giáo viên", taken, texts)


def _texts(rows: pl.DataFrame, columns: list[Column], province: str) -> list[dict[str, Cell]]:
    """Rows by column key, days as text."""
    keys = [column.key for column in columns]
    return [
        {
            key: f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell
            for key, cell in zip(keys, cells, strict=True)
        }
        for cells in written(rows, columns, province=province)
    ]


def _write(
    path: Path, name: str, title: str, headings: dict[str, str], rows: list[dict[str, Cell]]
) -> None:
    """Write a title, the headings in row 4 with a running number before them, and the rows."""
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet(name)
        bold = workbook.add_format({"bold": True})
        page.write_string(0, 0, "SỞ GIÁO DỤC VÀ ĐÀO TẠO THÀNH PHỐ HỒ CHÍ MINH")
        page.write_string(1, 0, title)
        write_row(page, _HEADING_LINE, ["STT", *headings], bold, None)
        for number, row in enumerate(rows, start=1):
            cells = [row.get(key) for key in headings.values()]
            write_row(page, _HEADING_LINE + number, [number, *cells], None, None)

"""The workbook a school fills in: its own columns, its classes, its code lists as drop-downs.

It carries no person unless it is asked to, and whoever asks must be let by the territory's policy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter

from sobo.institutions import places
from sobo.institutions.models import Institution
from sobo.intake.recognition import GUIDE
from sobo.intake.template_stamp import EDITION, SCHOOL_PROPERTY, Stamp
from sobo.intake.workbook_cells import NO, YES, put, words_of, writer
from sobo.kernel.excel import column_letters
from sobo.kernel.school_year import SchoolYear
from sobo.registry.frames import sheet_rows
from sobo.registry.sheets import CAMPUSES, CLASSES, SHEETS, Column, Sheet
from sobo.specification.codelists import code_list
from sobo.specification.fields import Level

ROWS_TO_FILL = 3_000
"""Rows under the heading that have drop-downs and checks; further rows are read all the same."""
LISTS = "SoBo_danh_muc"
HEADING_ROW = 0
DAY_FORMAT = "dd/mm/yyyy"
WIDEST, NARROWEST = 34, 11
EXCEL_EPOCH = date(1900, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Template:
    """For which school, year and with which rows of the register."""

    institution: Institution
    school_year: int
    with_persons: bool

    @property
    def levels(self) -> list[Level]:
        """The levels that decide which columns are asked for."""
        return [Level(code) for code in self.institution.levels]

    @property
    def file_name(self) -> str:
        """What the file is called: the school and year, never a person."""
        return f"mau-{self.institution.code}-{SchoolYear(self.school_year)}.xlsx"

    @cached_property
    def registers(self) -> dict[str, pl.DataFrame]:
        """The rows it is filled with, by sheet key; a sheet about persons only where it may be."""
        return {
            sheet.key: sheet_rows(
                sheet, institution_ids=[self.institution.pk], school_year=self.school_year
            ).filter(~pl.col("cancelled"))
            for sheet in SHEETS
            if self.with_persons or not sheet.is_about_persons
        }

    @property
    def persons(self) -> list[int]:
        """The persons it names, by key."""
        named = (rows for rows in self.registers.values() if "_person" in rows.columns)
        return sorted({person for rows in named for person in rows["_person"]})


def build(template: Template) -> bytes:
    """The workbook's bytes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        _Writer(workbook, template).write()
    return out.getvalue()


class _Writer:
    """Writes one template: guide, sheets, hidden lists, stamp."""

    def __init__(self, workbook: Any, template: Template) -> None:
        self.workbook, self.template = workbook, template
        self.lists: dict[tuple[str, str], str] = {}
        # Text throughout, so that Excel drops no leading zero; days are days.
        self.text = workbook.add_format({"num_format": "@"})
        self.day = workbook.add_format({"num_format": DAY_FORMAT})
        self.number = workbook.add_format({"num_format": "General"})
        style = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}
        self.heading = workbook.add_format({**style, "bg_color": "#E8EDF8"})
        self.needed = workbook.add_format({**style, "bg_color": "#FDF3DC"})
        self.wrap = workbook.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        pages = {sheet: self.workbook.add_worksheet(sheet.name) for sheet in SHEETS}
        guide = self.workbook.add_worksheet(GUIDE)
        self.list_page = self.workbook.add_worksheet(LISTS)
        for sheet, page in pages.items():
            self._write_sheet(sheet, page)
        self._write_guide(guide)
        self.list_page.very_hidden()
        self._stamp()

    def _write_sheet(self, sheet: Sheet, page: Any) -> None:
        columns = list(sheet.columns_for(self.template.levels).values())
        page.freeze_panes(1, 2)
        page.set_row(HEADING_ROW, 48)
        for at, column in enumerate(columns):
            self._write_heading(page, at, column)
            self._check_column(page, at, column)
        if sheet.key in self.template.registers:
            self._fill(page, columns, self.template.registers[sheet.key])

    def _write_heading(self, page: Any, at: int, column: Column) -> None:
        declared, label = column.declaration, column.label()
        width = min(WIDEST, max(NARROWEST, len(label) * 0.7))
        page.set_column(at, at, width, self._format(column))
        is_needed = declared.required and not column.part.needed_by
        page.write_string(HEADING_ROW, at, label, self.needed if is_needed else self.heading)
        if declared.help:
            page.write_comment(HEADING_ROW, at, declared.help)

    def _format(self, column: Column) -> Any:
        kinds = {"date": self.day, "partial_date": self.day}
        numbers = dict.fromkeys(("whole", "number"), self.number)
        return {**kinds, **numbers}.get(column.declaration.kind, self.text)

    def _check_column(self, page: Any, at: int, column: Column) -> None:
        validation = self._validation(column)
        if validation:
            area = (HEADING_ROW + 1, at, HEADING_ROW + ROWS_TO_FILL, at)
            page.data_validation(*area, {**validation, "ignore_blank": True})

    def _validation(self, column: Column) -> dict[str, Any] | None:
        """What Excel itself checks: choices and days strictly, the rest with a warning."""
        declared = column.declaration
        choices = self._choices(column)
        if choices:
            return {
                "validate": "list",
                "source": choices,
                "error_type": "warning",
                "error_title": "Không có trong danh mục",
                "error_message": "Chọn trong danh sách, hoặc gõ đúng như danh mục.",
            }
        if declared.kind == "date":
            return {
                "validate": "date",
                "criteria": ">=",
                "value": EXCEL_EPOCH,
                "error_title": "Không phải ngày",
                "error_message": "Ghi ngày/tháng/năm, ví dụ 02/09/2015.",
            }
        if declared.kind in ("whole", "number") and declared.low is not None:
            return _bounded(declared.kind, declared.low, declared.high)
        if declared.kind == "text" and declared.length:
            return {
                "validate": "length",
                "criteria": "<=",
                "value": declared.length,
                "error_title": "Dài quá",
                "error_message": f"Nhiều nhất {declared.length} ký tự.",
            }
        return None

    def _choices(self, column: Column) -> str | list[str]:
        declared = column.declaration
        if declared.kind == "yes_no":
            return [YES, NO]
        if declared.kind == "reference":
            return self._own_list(column)
        if declared.kind in ("code", "place"):
            return self._named_list(column.declaration.kind, declared.codes)
        return ""

    def _own_list(self, column: Column) -> str:
        """Codes of the school's own classes or campuses, those of this very workbook included."""
        sheet = CLASSES if column.name in ("school_class_id", "merged_with_id") else CAMPUSES
        at = list(sheet.columns_for(self.template.levels)).index("code")
        letter = column_letters(at + 1)
        return f"='{sheet.name}'!${letter}$2:${letter}${ROWS_TO_FILL + 1}"

    def _named_list(self, kind: str, of: str) -> str:
        if (kind, of) not in self.lists:
            self.lists[kind, of] = self._write_list(of, list(self._words(kind, of)))
        return self.lists[kind, of]

    def _words(self, kind: str, of: str) -> Iterable[str]:
        province = self.template.institution.province_code
        words = words_of(kind, of, province)
        if kind == "place":
            return words.values() if of == "province" else _communes_of(province, words)
        taught = set(self.template.levels)
        items = code_list(of).items
        return [words[i.code] for i in items if not i.levels or taught & set(i.levels)]

    def _write_list(self, of: str, texts: Sequence[str]) -> str:
        at = len(self.lists)
        self.list_page.write_string(0, at, f"SoBo {of}")
        self.list_page.write_column(1, at, texts, self.text)
        name, letter = f"SoBo_{of}", column_letters(at + 1)
        area = f"={LISTS}!${letter}$2:${letter}${len(texts) + 1}"
        self.workbook.define_name(name, area)
        return f"={name}"

    def _fill(self, page: Any, columns: Sequence[Column], rows: pl.DataFrame) -> None:
        writers = [writer(column, self.template.institution.province_code) for column in columns]
        cells = rows.select(column.key for column in columns).iter_rows()
        for at, row in enumerate(cells, start=HEADING_ROW + 1):
            for number, value in enumerate(row):
                put(page, at, number, writers[number](value), plain=None, day=self.day)

    def _write_guide(self, page: Any) -> None:
        page.set_column(0, 0, 100, self.wrap)
        for at, text in enumerate(guide_texts(self.template)):
            page.write_string(at, 0, text, self.heading if at == 0 else self.wrap)

    def _stamp(self) -> None:
        stamp = Stamp(school=self.template.institution.code, edition=EDITION)
        self.workbook.set_properties({"title": "Sổ Bộ, tệp mẫu"})
        self.workbook.set_custom_property(stamp.name, SCHOOL_PROPERTY)
        self.workbook.define_name(stamp.name, f"={LISTS}!$A$1")


def _communes_of(province_code: str, words: Mapping[str, str]) -> Iterable[str]:
    of_commune = places.province_by_commune()
    return (name for code, name in words.items() if of_commune[code] == province_code)


def _bounded(kind: str, low: float, high: float | None) -> dict[str, Any]:
    top = 1_000_000_000 if high is None else high
    return {
        "validate": "integer" if kind == "whole" else "decimal",
        "criteria": "between",
        "minimum": low,
        "maximum": top,
        "error_title": "Ngoài khoảng",
        "error_message": f"Ghi số từ {low:g} đến {top:g}.",
    }


def guide_texts(template: Template) -> list[str]:
    """The lines of the guide, the first its title."""
    school, year = template.institution, SchoolYear(template.school_year)
    return [
        f"{school.name} (mã {school.code}), năm học {year}, tệp mẫu bản {EDITION}",
        "Mỗi trang một loại: Trường, Điểm trường, Lớp, Đội ngũ, Học sinh, Phòng. Trang không có gì "
        "thay đổi thì để trống hoặc xoá.",
        "Cột nền vàng là bắt buộc. Ô để trống không xoá gì trong sổ: chỉ ô có chữ mới được ghi.",
        "Người đã có trong sổ: giữ nguyên mã. Người mới: để trống mã, hệ thống sẽ cấp.",
        "Không có số định danh thì để trống; em vẫn được ghi vào sổ và được cấp mã ngay.",
        "Ngày ghi ngày/tháng/năm, ví dụ 02/09/2015. Chỉ biết năm thì ghi năm.",
        "Ô có danh sách: bấm mũi tên để chọn. Nhiều mục trong một ô thì cách nhau bằng dấu chấm phẩy.",
        "Được chèn dòng, sắp xếp, ẩn cột, đổi thứ tự cột. Đừng đổi chữ ở dòng tiêu đề.",
        "Gửi tệp ở trang “Tệp đã gửi”. Chưa có gì vào sổ cho đến khi bạn xem lại và bấm ghi.",
        "English: one sheet per kind of record; yellow headings are required; a blank cell erases "
        "nothing; keep the codes of people already registered and leave them empty for new ones.",
    ]

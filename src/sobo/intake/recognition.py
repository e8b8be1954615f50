"""Which of our sheets each sheet of a file is, and the rows it holds as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sobo.intake.reading.headings import Heading, ValueKind
from sobo.intake.reading.tables import FoundTable, find_table
from sobo.intake.reading.workbook import Sheet as FileSheet
from sobo.intake.reading.workbook import Workbook
from sobo.kernel.vietnamese import search_key
from sobo.registry.sheets import SHEETS, Column, Sheet
from sobo.specification.fields import Level

KINDS = {
    "date": ValueKind.DATE,
    "partial_date": ValueKind.DATE,
    "whole": ValueKind.NUMBER,
    "number": ValueKind.NUMBER,
    "code": ValueKind.CODE,
    "yes_no": ValueKind.YES_NO,
    "personal_number": ValueKind.PERSONAL_NUMBER,
    "phone": ValueKind.PHONE,
}

OFTEN_CALLED = {
    "learners": ("hoc sinh", "danh sach", "hs", "tre", "nguoi hoc", "khoi", "lop "),
    "classes": ("lop", "nhom lop", "lop hoc"),
    "staff": ("doi ngu", "giao vien", "can bo", "nhan su", "gv"),
    "rooms": ("phong", "csvc", "co so vat chat"),
    "campuses": ("diem truong",),
    "profile": ("truong", "ho so truong", "thong tin truong"),
}
"""What schools call their sheets, as search keys."""

LEAST_HEADINGS = 3
"""A sheet with fewer known headings is not taken for one of ours."""

ROWS_A_SHEET = 1 << 21
"""Row numbers of the second, third… sheet of a file go on from multiples of this."""


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """One sheet of the file, taken for one of ours."""

    position: int
    name: str
    is_hidden: bool
    sheet: Sheet
    table: FoundTable

    @property
    def rows(self) -> pl.DataFrame:
        """The rows as text, numbered through the whole file."""
        return self.table.frame.with_columns(pl.col("row") + self.position * ROWS_A_SHEET)


def cell_of(row: int, letter: str) -> str:
    """The cell as the school sees it, from a row number through the whole file."""
    return f"{letter}{row % ROWS_A_SHEET}"


def headings_of(sheet: Sheet, levels: Sequence[Level]) -> list[Heading]:
    """What the columns of one of our sheets may be headed."""
    return [_heading(column) for column in sheet.columns_for(levels).values()]


def _heading(column: Column) -> Heading:
    declared, title = column.declaration, column.part.title
    names = (declared.label, *declared.aliases)
    labels = [f"{title.rstrip(':')} {name}" for name in names] if title else list(names)
    is_name = column.name == "full_name"
    return Heading(
        key=column.key,
        labels=(column.label("vi"), *labels, column.label("en")),
        required=declared.required,
        kind=ValueKind.NAME if is_name else KINDS.get(declared.kind, ValueKind.TEXT),
        values=_values(column),
    )


def _values(column: Column) -> tuple[str, ...]:
    if column.declaration.kind not in ("code", "codes"):
        return ()
    items = column.declaration.code_list.items
    return tuple(text for item in items for text in (item.code, item.vi))


def recognise(
    workbook: Workbook, levels: Sequence[Level], chosen: Mapping[str, Mapping[str, str]]
) -> list[Recognised]:
    """Take each sheet of a file for the one of ours that its name and headings fit best.

    `chosen` is what a person has mapped: {name of the file's sheet: {"sheet": our key, letter:
    column key}}; it is used as it stands. Sheets that fit none of ours are left out.
    """
    found = (
        _recognise_one(position, file_sheet, levels, chosen.get(file_sheet.name))
        for position, file_sheet in enumerate(workbook.sheets)
    )
    return [each for each in found if each is not None]


def _recognise_one(
    position: int, file_sheet: FileSheet, levels: Sequence[Level], chosen: Mapping[str, str] | None
) -> Recognised | None:
    if chosen is not None and not chosen.get("sheet"):
        return None
    if chosen is not None:
        sheet = next(each for each in SHEETS if each.key == chosen["sheet"])
        mapping = {letter: key for letter, key in chosen.items() if letter != "sheet"}
        table = find_table(file_sheet, headings_of(sheet, levels), mapping=mapping or None)
    else:
        best = max(
            ((each, find_table(file_sheet, headings_of(each, levels))) for each in SHEETS),
            key=lambda pair: _fit(file_sheet.name, *pair),
        )
        sheet, table = best
        if len(table.letters) < LEAST_HEADINGS:
            return None
    return Recognised(
        position=position,
        name=file_sheet.name,
        is_hidden=file_sheet.hidden,
        sheet=sheet,
        table=table,
    )


def _fit(name: str, sheet: Sheet, table: FoundTable) -> tuple[float, int]:
    """How well a sheet of the file fits one of ours: its name counts as three headings."""
    called = search_key(name)
    named = 3 if any(each in called for each in OFTEN_CALLED[sheet.key]) else 0
    return len(table.letters) + named - len(table.missing), -len(sheet.columns)

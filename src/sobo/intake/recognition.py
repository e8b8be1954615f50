"""Which of our sheets each sheet of a file is, and the rows it holds as text."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from sobo.intake.reading.headings import Heading, ValueKind, label_forms, label_key
from sobo.intake.reading.layout import LONGEST_LABEL
from sobo.intake.reading.tables import FoundTable, find_headings, find_table
from sobo.intake.reading.workbook import Sheet as FileSheet
from sobo.intake.reading.workbook import Workbook
from sobo.kernel.vietnamese import search_key
from sobo.registry.sheets import SHEETS, Column, Sheet, sheet_by_key
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

GUIDE, TO_MEND = "Hướng dẫn", "Cần sửa"
"""Sheets that our own workbooks carry beside the data: never read."""

CLOSER_LOOKS = 2
"""How many of our sheets are weighed heading by heading."""

LEAST_HEADINGS = 3
"""A sheet with fewer known headings is not taken for one of ours."""

ROWS_A_SHEET = 1 << 21
"""Row numbers of the second, third… sheet of a file go on from multiples of this."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a person decided about one sheet of a file; kept with the batch as plain values."""

    sheet: str = ""
    """Key of our sheet; empty: this sheet of the file is left out."""
    heading_row: int | None = None
    """The lowest row of its heading, counted from 1; none: found by the reader."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Letter → key of our column."""

    def as_json(self) -> dict[str, Any]:
        """The choice as the batch keeps it."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """One sheet of the file, taken for one of ours."""

    position: int
    name: str
    is_hidden: bool
    is_chosen: bool
    """Whether a person chose its columns."""
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
        required=declared.required and not column.part.needed_by,
        kind=ValueKind.NAME if is_name else KINDS.get(declared.kind, ValueKind.TEXT),
        values=_values(column),
    )


def _values(column: Column) -> tuple[str, ...]:
    if column.declaration.kind not in ("code", "codes"):
        return ()
    items = column.declaration.code_list.items
    # Excel drops the zeros that codes begin with.
    return tuple(text for item in items for text in (item.code, item.code.lstrip("0"), item.vi))


def recognise(
    workbook: Workbook, levels: Sequence[Level], choices: Mapping[str, Choice]
) -> list[Recognised]:
    """Take each sheet of a file for the one of ours that its name and headings fit best.

    `choices` is what a person decided, by name of the file's sheet; it is used as it stands.
    Hidden sheets and sheets that fit none of ours are left out unless a person chose them.
    """
    found = []
    for position, file_sheet in enumerate(workbook.sheets):
        choice = choices.get(file_sheet.name) or best_choice(file_sheet, levels)
        if choice.sheet:
            found.append(_recognised(position, file_sheet, levels, choice))
    return found


def best_choice(file_sheet: FileSheet, levels: Sequence[Level]) -> Choice:
    """What a sheet of the file is by its name and its headings alone."""
    if file_sheet.hidden or file_sheet.is_empty or file_sheet.name in (GUIDE, TO_MEND):
        return Choice()
    headings = {sheet.key: headings_of(sheet, levels) for sheet in SHEETS}
    likely = _likeliest(file_sheet, headings)
    weighed = [(sheet, find_headings(file_sheet, headings[sheet.key])) for sheet in likely]
    best = max(weighed, key=lambda pair: _fit(file_sheet.name, pair[0], len(pair[1])), default=None)
    return Choice(sheet=best[0].key if best and len(best[1]) >= LEAST_HEADINGS else "")


def _likeliest(file_sheet: FileSheet, headings: Mapping[str, Sequence[Heading]]) -> Sequence[Sheet]:
    """The sheets worth a closer look, told by the labels among the first rows."""
    texts = {cell for row in file_sheet.head for cell in row if isinstance(cell, str)}
    said = {form for text in texts for form in label_forms(text[:LONGEST_LABEL])}
    known = {
        key: sum(not heading.label_keys.isdisjoint(said) for heading in some)
        for key, some in headings.items()
    }
    ranked = sorted(SHEETS, key=lambda sheet: -_fit(file_sheet.name, sheet, known[sheet.key])[0])
    return ranked[:CLOSER_LOOKS]


def _fit(name: str, sheet: Sheet, found: int) -> tuple[float, int]:
    """How well a sheet of the file fits one of ours: its name counts as three headings."""
    called = search_key(name)
    named = 3 if any(each in called for each in OFTEN_CALLED[sheet.key]) else 0
    ours = 3 if called == search_key(sheet.name) else 0
    return found + named + ours, -len(sheet.columns)


def _recognised(
    position: int, file_sheet: FileSheet, levels: Sequence[Level], choice: Choice
) -> Recognised:
    sheet = sheet_by_key(choice.sheet)
    table = find_table(
        file_sheet,
        headings_of(sheet, levels),
        mapping=choice.columns or None,
        heading_row=choice.heading_row,
    )
    return Recognised(
        position=position,
        name=file_sheet.name,
        is_hidden=file_sheet.hidden,
        is_chosen=bool(choice.columns),
        sheet=sheet,
        table=table,
    )


def layout_digests(file_sheet: FileSheet) -> dict[str, int]:
    """Digest of the labels in each of a sheet's first rows, and the row: a layout's fingerprint."""
    rows = enumerate(file_sheet.head, start=1)
    return {digest: number for number, row in rows if (digest := _digest(row))}


def layout_digest(file_sheet: FileSheet, heading_row: int) -> str:
    """Digest of the labels in one row of the heading; empty where it holds none."""
    return next(map(_digest, file_sheet.head[heading_row - 1 : heading_row]), "")


def _digest(row: Iterable[object]) -> str:
    labels = [label_key(cell) if isinstance(cell, str) else "" for cell in row]
    while labels and not labels[-1]:
        labels.pop()
    return hashlib.sha256("|".join(labels).encode()).hexdigest() if any(labels) else ""

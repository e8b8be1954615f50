"""A file of any accepted kind as sheets of cells, with nothing interpreted yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sobo.intake.reading import biff, delimited, ooxml, opendocument
from sobo.intake.reading.anatomy import SheetAnatomy, Span, WorkbookAnatomy, refuse_stray_cells
from sobo.intake.reading.files import FileKind, recognise
from sobo.intake.reading.limits import Limits
from sobo.intake.reading.notes import Note
from sobo.intake.reading.refusals import FileRefused
from sobo.intake.reading.rehearsal import rehearsed

Cell = str | int | float | bool | date | datetime | time | timedelta
"""A cell's value as saved; an empty cell is the empty string."""

DEFAULT_LIMITS = Limits()
HEAD_ROWS = 43


@dataclass(frozen=True)
class Sheet:
    """One sheet; its cells are read when asked for and not kept."""

    name: str
    hidden: bool
    anatomy: SheetAnatomy
    counts_days_from_1904: bool
    read: Callable[[], Iterator[list[Cell]]] = field(repr=False)

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows from sheet row 1 on, each from column A on."""
        return self.read()

    @cached_property
    def head(self) -> list[list[Cell]]:
        """The first rows, where a heading can stand."""
        return list(islice(self.rows(), HEAD_ROWS))

    @property
    def is_empty(self) -> bool:
        return self.anatomy.last_row == 0


@dataclass(frozen=True)
class Workbook:
    """A whole file."""

    kind: FileKind
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name; KeyError where there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


def read_workbook(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Open a file that somebody sent.

    Formulas are never computed: their cells hold the value last saved with them.  Raises
    FileRefused (see `refusals.REFUSALS`) for a file that must not or cannot be read.
    """
    kind = recognise(path, limits=limits)
    if kind is FileKind.DELIMITED:
        return _read_delimited(path)
    with rehearsed(path, limits=limits):
        anatomy = _read_anatomy(path, kind, limits=limits)
        for facts in anatomy.sheets:
            refuse_stray_cells(facts, limits=limits)
    workbook = _read_with_calamine(path, kind, anatomy)
    if all(sheet.is_empty for sheet in workbook.sheets):
        raise FileRefused("TA-0002")
    return workbook


def _read_anatomy(path: Path, kind: FileKind, *, limits: Limits) -> WorkbookAnatomy:
    if kind is FileKind.XLSX:
        return ooxml.read_anatomy(path, limits=limits)
    if kind is FileKind.ODS:
        return opendocument.read_anatomy(path, limits=limits)
    return biff.read_anatomy(path)


def _read_with_calamine(path: Path, kind: FileKind, anatomy: WorkbookAnatomy) -> Workbook:
    source = _Source(path)
    if len(source.tabs) != len(anatomy.sheets):
        raise FileRefused("TA-0007")
    sheets = []
    for position, (tab, facts) in enumerate(zip(source.tabs, anatomy.sheets, strict=True)):
        if tab.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
            raise FileRefused("TA-0004")
        if tab.typ is SheetTypeEnum.WorkSheet:
            hidden = tab.visible is not SheetVisibleEnum.Visible
            read = partial(source.rows, position, facts)
            sheets.append(Sheet(tab.name, hidden, facts, anatomy.counts_days_from_1904, read))
    return Workbook(kind, tuple(sheets), _notes_on_workbook(sheets, anatomy))


class _Source:
    """The compiled reader of one file; it keeps a sheet until it is read to its end."""

    def __init__(self, path: Path) -> None:
        try:
            self._workbook = CalamineWorkbook.from_path(path)
        except PasswordError as error:
            raise FileRefused("TA-0003") from error
        except (CalamineError, OSError) as error:
            raise FileRefused("TA-0007") from error
        self._last: tuple[int, CalamineSheet] | None = None

    @property
    def tabs(self) -> list[SheetMetadata]:
        return self._workbook.sheets_metadata

    def rows(self, position: int, facts: SheetAnatomy) -> Iterator[list[Cell]]:
        sheet = self._load(position)
        facts.merged = facts.merged or _spans(sheet.merged_cell_ranges)
        # The compiled reader leaves out blank columns on the left, though not blank rows above.
        left = [""] * (sheet.start[1] if sheet.start else 0)
        for row in sheet.iter_rows():
            yield [*left, *row]
        self._last = None  # read to its end, it is not wanted again and may be large

    def _load(self, position: int) -> CalamineSheet:
        if self._last is not None and self._last[0] == position:
            return self._last[1]
        self._last = None
        try:
            sheet = self._workbook.get_sheet_by_index(position)
        except CalamineError as error:
            raise FileRefused("TA-0007") from error
        self._last = (position, sheet)
        return sheet


def _spans(ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[Span]:
    return [
        Span(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in ranges or ()
    ]


def _notes_on_workbook(sheets: list[Sheet], anatomy: WorkbookAnatomy) -> tuple[Note, ...]:
    notes = []
    hidden = sum(sheet.hidden for sheet in sheets)
    if hidden:
        notes.append(Note("TA-0101", {"count": hidden}))
    if anatomy.has_external_links:
        notes.append(Note("TA-0102"))
    return tuple(notes)


def _read_delimited(path: Path) -> Workbook:
    dialect = delimited.recognise_dialect(path)

    def read() -> Iterator[list[Cell]]:
        for row in delimited.read_rows(path, dialect):
            yield list[Cell](row)

    anatomy = SheetAnatomy(last_row=1, last_column=1)
    sheet = Sheet("CSV", False, anatomy, False, read)
    return Workbook(FileKind.DELIMITED, (sheet,))

"""What a sheet holds besides values: what is hidden, merged, computed or broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sobo.intake.reading.limits import Limits
from sobo.intake.reading.refusals import FileRefused
from sobo.kernel.excel import column_letters


@dataclass(frozen=True)
class Span:
    """A merged rectangle; rows and columns are counted from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class SheetAnatomy:
    """Facts about one sheet, gathered while its markup streams by.

    Cells are addressed as the user sees them (`C12`); columns and rows are counted from 1.
    """

    name: str = ""
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)
    formulas: int = 0
    formulas_without_value: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0

    def holds(self, row: int, column: int) -> None:
        """Remember that a cell carries a value."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    @property
    def last_cell(self) -> str:
        return f"{column_letters(max(1, self.last_column))}{max(1, self.last_row)}"


@dataclass
class WorkbookAnatomy:
    """The sheets in the workbook's order, and what concerns the whole file."""

    sheets: list[SheetAnatomy] = field(default_factory=list)
    counts_days_from_1904: bool = False
    has_external_links: bool = False


def refuse_stray_cells(sheet: SheetAnatomy, *, limits: Limits) -> None:
    """Refuse a sheet whose cells lie so far apart that the room between them cannot be held.

    The reader of values keeps a full rectangle: one forgotten blank in XFD1048576 would cost
    half a terabyte.
    """
    if sheet.last_row * sheet.last_column > limits.cells:
        raise FileRefused("TA-0008", sheet=sheet.name, cell=sheet.last_cell)


def spread(first: int, count: int, *, ceiling: int) -> Iterator[int]:
    """The numbers of `count` neighbouring rows or columns, cut off where data end anyway."""
    yield from range(first, min(first + count, ceiling + 1))

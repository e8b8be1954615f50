"""What a form is: sheets, columns and rows in the official wording, each with its condition.

A cell measures the records that satisfy both its row and its column.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import polars as pl


class CellKey(NamedTuple):
    """Where a figure stands: sheet, row and column of its form."""

    sheet: str
    row: str
    column: int


@dataclass(frozen=True, kw_only=True)
class Bilingual:
    """A text of our own beside the official wording."""

    vi: str
    en: str

    def text(self, language: str) -> str:
        """The text in `vi` or `en`."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a sheet."""

    number: int
    path: tuple[str, ...]
    """Its nested headings, outermost first."""
    holds: Mapping[str, pl.Expr] = field(compare=False)
    """Which records belong to it, by kind of record."""
    sums: tuple[tuple[int, ...], ...] = ()
    """Groups of columns, each of which must add up to it."""
    within: tuple[int, ...] = ()
    """Columns that it cannot exceed."""

    @property
    def label(self) -> str:
        """Its headings in one line."""
        return " › ".join(self.path)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a sheet: a heading, or a line of figures."""

    key: str
    """The printed code; for a row without one, a key of our own that is never printed."""
    label: str
    depth: int
    label_en: str = ""
    """Only where the label is ours: the official wording is Vietnamese alone."""
    ordinal: str = ""
    unit: str = ""
    code: str = ""
    parent: str = ""
    is_heading: bool = False
    over: str = ""
    holds: pl.Expr = field(default=pl.lit(value=True), compare=False)
    measure: str = ""
    """The column that is added up; empty: records are counted."""
    blank_columns: tuple[int, ...] = ()
    """Columns that do not apply to it."""
    sums: tuple[tuple[str, ...], ...] = ()
    """Groups of rows, each of which must add up to it."""
    readings: tuple[str, ...] = ()
    is_always_shown: bool = False
    """An aside that is shown at nought too: a footnote of the official form."""
    must_be_empty: bool = False
    """An aside that asks for an explanation as soon as it holds a figure."""

    @cached_property
    def adds(self) -> pl.Expr:
        """What a record adds to it: one, or the measure; nothing where the row does not hold."""
        amount = pl.col(self.measure) if self.measure else pl.lit(1, dtype=pl.Int32)
        return pl.when(self.holds).then(amount).otherwise(0).cast(pl.Int64)

    def text(self, language: str) -> str:
        """The label in `vi` or `en`; official wording stays as it is."""
        return (self.label_en if language == "en" else "") or self.label


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One part of a form."""

    key: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    asides: tuple[Row, ...] = ()
    """Figures shown beneath the table: what its rows leave out, and its footnote."""
    waits: Bilingual | None = None
    """Why it holds no figures yet."""

    @cached_property
    def lines(self) -> tuple[Row, ...]:
        """Rows and asides that hold figures, in order."""
        return tuple(row for row in (*self.rows, *self.asides) if not row.is_heading)

    @cached_property
    def by_key(self) -> dict[str, Row]:
        """Lines by their key."""
        return {row.key: row for row in self.lines}

    @cached_property
    def by_number(self) -> dict[int, Column]:
        """Columns by their number."""
        return {column.number: column for column in self.columns}

    def is_blank(self, row: Row, column: int) -> bool:
        """Whether a cell holds no figure: its sheet waits, or it does not apply."""
        return self.waits is not None or column in row.blank_columns


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One edition of one form."""

    code: str
    edition: str
    title: Bilingual
    level: str
    """The level it reports on: a school with several levels files one form for each."""
    status: str
    """`official`, or `derived` where no copy of the true form was found."""
    legal_basis: str
    source: str
    reporter: str
    receiver: str
    since: date
    until: date | None
    note: Bilingual | None
    sheets: tuple[Sheet, ...]

    @property
    def is_official(self) -> bool:
        """Whether rows and codes are those of the official form."""
        return self.status == "official"

    @cached_property
    def cell_keys(self) -> tuple[CellKey, ...]:
        """Every cell in order, blank ones too: the order in which figures are kept."""
        return tuple(
            CellKey(sheet.key, row.key, column.number)
            for sheet in self.sheets
            for row in sheet.lines
            for column in sheet.columns
        )

    @cached_property
    def sheet_by_key(self) -> dict[str, Sheet]:
        """Sheets by their key."""
        return {sheet.key: sheet for sheet in self.sheets}

    def is_in_force(self, *, on: date) -> bool:
        """Whether the edition applies on a day."""
        return self.since <= on and (self.until is None or on < self.until)

    def lines(self) -> Iterator[tuple[Sheet, Row]]:
        """Every line of figures with its sheet."""
        return ((sheet, row) for sheet in self.sheets for row in sheet.lines)

"""The rows under a heading as text columns: a frame that says what the sheet says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice

import polars as pl

from sobo.intake.reading.anatomy import Span
from sobo.intake.reading.layout import Column
from sobo.intake.reading.workbook import Cell

ROWS_A_BLOCK = 5_000
LARGEST_EXACT_NUMBER = 10**15
ROW = "row"
LOOSE_MARK = r"[\u0300-\u036F]"


@dataclass
class Body:
    """Rows as read: `frame` has `row` (Int32, counted from 1) and a String column per letter."""

    frame: pl.DataFrame
    merged_cells: int = 0
    joined: dict[str, int] = field(default_factory=dict)
    """How many values were put together under a heading merged over several columns."""
    overlong_rows: list[int] = field(default_factory=list)


def read_body(
    rows: Iterable[Sequence[Cell]],
    *,
    first_row: int,
    columns: Sequence[Column],
    merged: Sequence[Span],
) -> Body:
    """Turn rows into text columns, block by block, so that the cells are never all held twice.

    A merged cell's value is given to every cell it covers.  Wholly blank rows are left out.
    """
    spreading = _Spreading(merged, columns)
    body = Body(pl.DataFrame())
    frames = []
    numbered = enumerate(rows, start=first_row)
    while block := list(islice(numbered, ROWS_A_BLOCK)):
        body.overlong_rows += [
            number for number, row in block if any(cell != "" for cell in row[spreading.width :])
        ]
        filled = [spreading.fill(number, row) for number, row in block]
        frames.append(_frame(block[0][0], filled, columns, body))
    body.frame = pl.concat(frames) if frames else _frame(first_row, [], columns, body)
    body.merged_cells = spreading.met
    return body


class _Spreading:
    """Gives merged values to the cells they cover, while rows pass by in order.

    Only rows that say something themselves receive: a class name merged over fifty numbered
    lines makes no learners of the ten empty ones.  Across columns a value spreads only within
    rows that are otherwise full; in others it is a title or a signature.
    """

    def __init__(self, merged: Sequence[Span], columns: Sequence[Column]) -> None:
        self.met = 0
        self.width = max(column.numbers[-1] for column in columns)
        self._ordinals = {column.numbers[0] - 1 for column in columns if column.is_ordinal}
        self._starting: dict[int, list[Span]] = {}
        for span in merged:
            self._starting.setdefault(span.first_row, []).append(span)
        self._active: list[tuple[Span, Cell]] = []

    def fill(self, number: int, row: Sequence[Cell]) -> list[Cell]:
        cells = list(row[: self.width]) + [""] * (self.width - len(row))
        self._active = [(span, value) for span, value in self._active if span.last_row >= number]
        for span in self._starting.pop(number, ()):
            # Merged cells never overlap, so a row meets no more of them than it has columns.
            if span.first_column <= self.width and len(self._active) < self.width:
                self._active.append((span, cells[span.first_column - 1]))
        if self._active:
            self._spread(cells)
        return cells

    def _spread(self, cells: list[Cell]) -> None:
        said = sum(cell != "" for at, cell in enumerate(cells) if at not in self._ordinals)
        is_full = said * 2 >= self.width
        for span, value in self._active:
            across = min(span.last_column, self.width) - span.first_column + 1
            if said and (across == 1 or is_full):
                self.met += cells[span.first_column - 1] == value
                cells[span.first_column - 1 : span.first_column - 1 + across] = [value] * across


def _frame(
    first_row: int, rows: list[list[Cell]], columns: Sequence[Column], body: Body
) -> pl.DataFrame:
    by_number = list(zip(*rows, strict=True))
    data = {ROW: pl.Series(range(first_row, first_row + len(rows)), dtype=pl.Int32)}
    for column in columns:
        parts = [_as_series(by_number[number - 1] if rows else ()) for number in column.numbers]
        data[column.letter] = _joined(parts, column.letter, body)
    letters = [column.letter for column in columns]
    return pl.DataFrame(data).filter(~pl.all_horizontal(pl.col(letters).is_null()))


def _joined(parts: list[pl.Series], letter: str, body: Body) -> pl.Series:
    """One value from the parts of a row; a part said twice (a merged cell) counts once."""
    if len(parts) == 1:
        return parts[0]
    texts = pl.DataFrame({str(at): part for at, part in enumerate(parts)})
    together = texts.select(
        text=pl.concat_list(pl.all()).list.drop_nulls().list.unique(maintain_order=True)
    )["text"]
    body.joined[letter] = body.joined.get(letter, 0) + int((together.list.len() > 1).sum())
    joined = together.list.join(" ")
    return joined.set(joined == "", None)


def _as_series(cells: Sequence[Cell]) -> pl.Series:
    kinds = set(map(type, cells))
    texts = cells if kinds <= {str} else [as_text(cell) for cell in cells]
    series = pl.Series(texts, dtype=pl.String)
    return series.set(series.str.strip_chars() == "", None)


def composed(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with letters and their marks composed (NFC) in every text column.

    Most files hold no loose mark at all, and looking for one costs a fifth of composing.
    """
    texts = frame.select(pl.col(pl.String))
    has_loose = texts.select(pl.all().str.contains(LOOSE_MARK).any()).to_dict(as_series=False)
    names = [name for name, found in has_loose.items() if any(found)]
    return frame.with_columns(pl.col(names).str.normalize("NFC"))


def as_text(cell: Cell) -> str:
    """A cell as plain text: ISO days, numbers without `.0`, TRUE and FALSE as 1 and 0."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, int | float):
        return _number_as_text(cell)
    if isinstance(cell, datetime) and cell.time() != time():
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell)


def _number_as_text(number: float) -> str:
    """Digits as typed; numbers longer than Excel keeps stay in exponent form, which says so."""
    if abs(number) < LARGEST_EXACT_NUMBER and number == int(number):
        return str(int(number))
    return repr(float(number))

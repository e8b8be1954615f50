"""Where a sheet's heading stands, and what each of its columns is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sobo.intake.reading.anatomy import Span
from sobo.intake.reading.headings import Heading, join_labels, label_forms, label_key, words
from sobo.intake.reading.profiles import looks_like_data
from sobo.intake.reading.workbook import HEAD_ROWS, Cell
from sobo.kernel.excel import column_letters

DEEPEST_HEADING = 3
LAST_HEADING_ROW = HEAD_ROWS - DEEPEST_HEADING
LONGEST_LABEL = 300

# Words of a group heading that add nothing to the labels under it ("Thông tin học sinh").
GROUP_PHRASES = (
    ("thong", "tin", "chung", "ca", "nhan", "ly", "lich", "so", "yeu"),
    ("hoc", "sinh", "tre", "em", "nguoi", "hoc", "giao", "vien", "can", "bo", "nhan", "su"),
)
GROUP_WORDS = frozenset(word for phrase in GROUP_PHRASES for word in phrase)

ORDINAL_LABELS = frozenset({"stt", "so tt", "tt", "so thu tu", "no", "sr no"})

EXACT, SAME_WORDS, WITHOUT_GROUP = 1.0, 0.95, 0.9


@dataclass(frozen=True)
class Column:
    """A column as a reader sees it: one heading over one or, where merged, several columns."""

    numbers: tuple[int, ...]
    texts: tuple[str, ...]
    """The heading's lines from the outermost group inwards; empty for a column without heading."""

    @property
    def letter(self) -> str:
        return column_letters(self.numbers[0])

    @cached_property
    def label(self) -> str:
        return join_labels(" ".join(text.split()) for text in self.texts)

    @cached_property
    def label_keys(self) -> frozenset[str]:
        return frozenset(label_key(text) for text in self.texts)

    @property
    def is_ordinal(self) -> bool:
        return bool(self.label_keys & ORDINAL_LABELS)

    @cached_property
    def forms(self) -> frozenset[str]:
        """What the whole heading says, groups included."""
        return frozenset(label_forms(" ".join(self.texts)))

    @cached_property
    def own_forms(self) -> frozenset[str]:
        """What the lowest line alone says."""
        return frozenset(label_forms(self.texts[-1])) if self.texts else frozenset()

    @cached_property
    def word_sets(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(words(form)) for form in self.forms)

    @cached_property
    def group_adds_nothing(self) -> bool:
        return frozenset(label_key(" ".join(self.texts[:-1])).split()) <= GROUP_WORDS


@dataclass(frozen=True)
class Layout:
    """A heading of `depth` rows from `first_row` (counted from 1) over `columns`."""

    first_row: int
    depth: int
    columns: tuple[Column, ...]
    matches: Mapping[str, Column]
    """The column found for each heading key."""
    score: float

    @property
    def last_row(self) -> int:
        return self.first_row + self.depth - 1


Grid = list[list[str]]
"""Texts of the first rows; merged cells repeat their text in every cell they cover."""


def find_layout(
    head: Sequence[Sequence[Cell]], merged: Sequence[Span], headings: Sequence[Heading]
) -> Layout | None:
    """Find the rows that name most of the headings; None where no heading is recognised.

    `head` are the sheet's first rows.  Of equal candidates the deeper wins where its upper row
    groups columns, else the shallower, then the upper.
    """
    grid, index = text_grid(head, merged), HeadingIndex(headings)
    candidates = [
        layout
        for first in range(min(len(grid), LAST_HEADING_ROW))
        for depth in range(1, DEEPEST_HEADING + 1)
        if (layout := _layout_at(grid, head, merged, first, depth, index)) is not None
    ]
    return max(candidates, key=lambda layout: (layout.score, -layout.first_row), default=None)


def guess_layout(head: Sequence[Sequence[Cell]], merged: Sequence[Span]) -> Layout | None:
    """Take the fullest row of distinct texts for the heading, where no label is known."""
    grid = text_grid(head, merged)
    best = max(range(len(grid)), key=lambda at: (_distinct_labels(grid[at]), -at), default=None)
    if best is None or not _distinct_labels(grid[best]):
        return None
    return layout_of_row(head, merged, row=best + 1)


def layout_of_row(head: Sequence[Sequence[Cell]], merged: Sequence[Span], *, row: int) -> Layout:
    """Take one row (counted from 1) for the heading, with nothing recognised in it."""
    return Layout(row, 1, _columns(text_grid(head, merged), merged, row - 1, 1), {}, 0.0)


def _distinct_labels(row: Sequence[str]) -> int:
    return len({label_key(text) for text in row if text and not looks_like_data(text)})


def text_grid(head: Sequence[Sequence[Cell]], merged: Sequence[Span]) -> Grid:
    """The first rows as text, squared, with merged texts in every cell they cover."""
    width = max((len(row) for row in head), default=0)
    grid = [[str(cell).strip() for cell in row] + [""] * (width - len(row)) for row in head]
    for span in merged:
        if span.first_row > len(grid) or span.first_column > width:
            continue
        text = grid[span.first_row - 1][span.first_column - 1]
        for row in grid[span.first_row - 1 : span.last_row]:
            covered = slice(span.first_column - 1, min(span.last_column, width))
            row[covered] = [text] * len(row[covered])
    return grid


def _layout_at(
    grid: Grid,
    head: Sequence[Sequence[Cell]],
    merged: Sequence[Span],
    first: int,
    depth: int,
    index: HeadingIndex,
) -> Layout | None:
    rows = grid[first : first + depth]
    if len(rows) < depth or not all(any(row) for row in rows):
        return None
    if depth > 1 and not _groups_columns(rows[0], merged, first + 1):
        return None
    columns = _columns(grid, merged, first, depth)
    matches = index.match(columns)
    if not matches:
        return None
    data_cells = sum(
        looks_like_data(text) for row in head[first : first + depth] for text in map(str, row)
    )
    required = sum(heading.required for heading in index.headings if heading.key in matches)
    score = len(matches) + 0.5 * required - 0.5 * data_cells + 0.1 * (depth > 1)
    return Layout(first + 1, depth, columns, matches, score) if score > 0 else None


def _groups_columns(row: Sequence[str], merged: Sequence[Span], number: int) -> bool:
    """Whether a row can be the upper part of a heading: several labels, not one title."""
    labels = {text for text in row if text}
    if len(labels) < 2 or any(looks_like_data(text) for text in labels):
        return False
    reaches_down = any(
        span.first_row == number and span.last_row > span.first_row for span in merged
    )
    reaches_across = any(
        span.first_row == number and span.last_column > span.first_column for span in merged
    )
    return reaches_down or reaches_across or not merged


def _columns(grid: Grid, merged: Sequence[Span], first: int, depth: int) -> tuple[Column, ...]:
    rows = grid[first : first + depth]
    if not merged and depth > 1:
        rows = [_filled_rightwards(row, rows[-1]) for row in rows[:-1]] + [rows[-1]]
    joined = _joined_columns(merged, first + 1, depth)
    columns, at = [], 0
    while at < len(rows[0]):
        numbers = tuple(range(at + 1, joined.get(at + 1, at + 1) + 1))
        texts = tuple(dict.fromkeys(row[at][:LONGEST_LABEL] for row in rows if row[at]))
        columns.append(Column(numbers, texts))
        at += len(numbers)
    return tuple(columns)


def _filled_rightwards(upper: Sequence[str], lowest: Sequence[str]) -> list[str]:
    """Formats without merges keep a group's name over its first column only."""
    filled, group = [], ""
    for text, below in zip(upper, lowest, strict=True):
        group = text or (group if below else "")
        filled.append(group)
    return filled


def _joined_columns(merged: Sequence[Span], first_row: int, depth: int) -> dict[int, int]:
    """First → last column of every label that is merged over columns down to the lowest row."""
    last_row = first_row + depth - 1
    return {
        span.first_column: span.last_column
        for span in merged
        if span.last_column > span.first_column
        and first_row <= span.first_row <= last_row <= span.last_row
    }


class HeadingIndex:
    """The headings by what they may be called, so that a column meets only likely ones."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self.headings = headings
        self._by_spelling: dict[object, set[int]] = {}
        for order, heading in enumerate(headings):
            for spelling in (*heading.label_keys, *heading.word_sets):
                self._by_spelling.setdefault(spelling, set()).add(order)

    def match(self, columns: Sequence[Column]) -> dict[str, Column]:
        """Give each heading at most one column and each column at most one heading, best first."""
        matches: dict[str, Column] = {}
        taken: set[Column] = set()
        for _, _, order, column in sorted(self._candidates(columns), key=lambda each: each[:3]):
            key = self.headings[order].key
            if key not in matches and column not in taken:
                matches[key] = column
                taken.add(column)
        return matches

    def _candidates(
        self, columns: Sequence[Column]
    ) -> Iterator[tuple[float, tuple[int, ...], int, Column]]:
        for column in columns:
            for order in self._likely(column):
                score = likeness(column, self.headings[order])
                if score:
                    yield -score, column.numbers, order, column

    def _likely(self, column: Column) -> set[int]:
        spellings = (*column.forms, *column.own_forms, *column.word_sets)
        return set().union(*(self._by_spelling.get(each, ()) for each in spellings))


def likeness(column: Column, heading: Heading) -> float:
    """How surely a column's heading is this one: EXACT, SAME_WORDS, WITHOUT_GROUP, or 0."""
    if not heading.label_keys.isdisjoint(column.forms):
        return EXACT
    if not heading.word_sets.isdisjoint(column.word_sets):
        return SAME_WORDS
    if column.group_adds_nothing and not heading.label_keys.isdisjoint(column.own_forms):
        return WITHOUT_GROUP
    return 0.0

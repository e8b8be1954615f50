"""Nested column headings of an official table, from the path of each column.

A form names a column by its path ("Công lập › Dân tộc thiểu số › Nữ"); the printed table shows
those paths as rows of merged cells. Templates find the function as the global `heading_rows`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of the heading, spanning that many columns and rows."""

    text: str
    colspan: int
    rowspan: int


def heading_rows(paths: Sequence[str]) -> list[list[Heading]]:
    """Rows of heading cells, top to bottom, for columns in the order of `paths`.

    Neighbours under the same parents share one cell; a path that ends early reaches down to the
    last row.
    """
    columns = [path.split(SEPARATOR) for path in paths]
    depth = max(map(len, columns), default=0)
    return [_headings_at(level, columns, depth) for level in range(depth)]


def _headings_at(level: int, columns: list[list[str]], depth: int) -> list[Heading]:
    """Runs are taken over all columns, so that a shorter path between two groups of one name
    keeps them apart; only then are the columns that ended higher up left out."""
    runs = [list(run) for _, run in groupby(columns, key=lambda column: column[: level + 1])]
    return [
        Heading(text=run[0][level], colspan=len(run), rowspan=_reach(run[0], level, depth))
        for run in runs
        if len(run[0]) > level
    ]


def _reach(column: list[str], level: int, depth: int) -> int:
    return depth - level if len(column) == level + 1 else 1

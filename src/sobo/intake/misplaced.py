"""Columns whose values stand under a heading of another column: one act moves them all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from sobo.intake.reading.headings import Heading, ValueKind
from sobo.intake.reading.profiles import fit
from sobo.intake.reading.shifts import ShiftProposal
from sobo.intake.reading.tables import FoundTable
from sobo.kernel.excel import column_letters, column_number

MISFIT = 0.3
GOOD_FIT = 0.9
FEWEST_VALUES = 3
TELLING_KINDS = {ValueKind.CODE, ValueKind.PERSONAL_NUMBER}
"""Kinds whose values say by themselves what they are; a day or a number may be anyone's."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """Values of columns that stand elsewhere, and the mapping that puts them right."""

    under: str
    """Key of the (first) column whose heading they stand under."""
    meant: str
    """Key of the column they belong to."""
    letter: str
    rows: int
    columns: Mapping[str, str]
    """Letter → key: the whole sheet with the values where they belong."""

    def as_json(self) -> dict[str, Any]:
        """The move as the batch keeps it."""
        return asdict(self)


def find_move(table: FoundTable, headings: Sequence[Heading]) -> Move | None:
    """The first move that would put values right; none where all stand well or nothing proves it."""
    by_key = {heading.key: heading for heading in headings}
    return _slid(table, by_key) or next(_moves(table, by_key), None)


def _slid(table: FoundTable, headings: Mapping[str, Heading]) -> Move | None:
    """A whole run of columns that slid sideways, as the reader proposes it."""
    if table.shift is None:
        return None
    columns = {**table.shift.mapping, **_reclaimed(table, table.shift, headings)}
    said = {letter: key for key, letter in table.letters.items()}
    first = next(letter for letter, key in said.items() if columns.get(letter, key) != key)
    return Move(
        under=said[first],
        meant=columns[first],
        letter=first,
        rows=table.frame[said[first]].count(),
        columns=columns,
    )


def _reclaimed(
    table: FoundTable, shift: ShiftProposal, headings: Mapping[str, Heading]
) -> dict[str, str]:
    """Columns of free text that the first slid values stand in: theirs for the moment only."""
    under = {letter: key for key, letter in table.letters.items()}
    lost = table.letters.keys() - set(shift.mapping.values())
    found = {}
    for key in lost:
        letter = column_letters(column_number(table.letters[key]) + shift.by)
        values = table.frame[under[letter]] if letter in under else None
        if values is not None and values.count() and (fit(values, headings[key]) or 0) >= GOOD_FIT:
            found[letter] = key
    return found


def _moves(table: FoundTable, headings: Mapping[str, Heading]) -> Iterator[Move]:
    """One column whose values are another's, which itself is empty or not there."""
    free = [heading for key, heading in headings.items() if _is_free(key, table.frame)]
    for key, letter in table.letters.items():
        values = table.frame[key]
        if values.count() >= FEWEST_VALUES and _fits(values, headings[key]) < MISFIT:
            meant = _only_one(h.key for h in free if _is_told_by(values, h))
            if meant:
                columns = {
                    at: said for said, at in table.letters.items() if said not in (key, meant)
                }
                yield Move(
                    under=key,
                    meant=meant,
                    letter=letter,
                    rows=values.count(),
                    columns={**columns, letter: meant},
                )


def _is_free(key: str, frame: pl.DataFrame) -> bool:
    return key not in frame.columns or frame[key].null_count() == len(frame)


def _fits(values: pl.Series, heading: Heading) -> float:
    """How well values fit, each counted once; wholly where the heading takes any text."""
    found = fit(values.unique(), heading)
    return 1.0 if found is None else found


def _is_told_by(values: pl.Series, heading: Heading) -> bool:
    return heading.kind in TELLING_KINDS and (fit(values, heading) or 0.0) >= GOOD_FIT


def _only_one(keys: Iterable[str]) -> str:
    found = list(keys)
    return found[0] if len(found) == 1 else ""

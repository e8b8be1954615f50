"""Values that slid sideways under their headings: a cell inserted or lost in every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import polars as pl

from sobo.intake.reading.headings import Heading, ValueKind
from sobo.intake.reading.layout import Column
from sobo.intake.reading.profiles import fit

MISFIT = 0.3
GOOD_FIT = 0.8
FARTHEST = 3
FEWEST_VALUES = 3

# One misfitting column of these kinds is proof enough; of the others it takes two.
UNMISTAKABLE = frozenset({ValueKind.DATE, ValueKind.CODE, ValueKind.PERSONAL_NUMBER})


@dataclass(frozen=True)
class ShiftProposal:
    """Values under the headings `letter` to `last_letter` stand `by` columns further right.

    `by` is negative for a shift to the left.  `mapping` (letter → key) is the whole table's
    mapping with the shift undone, ready to be given to `find_table` once a person agrees.
    """

    letter: str
    last_letter: str
    by: int
    mapping: Mapping[str, str]


def find_shift(
    columns: Sequence[Column],
    matches: Mapping[str, Column],
    headings: Sequence[Heading],
    frame: pl.DataFrame,
) -> ShiftProposal | None:
    """Look for the smallest shift that makes every misfitting column fit; None if none does."""
    search = _Search(columns, matches, headings, frame)
    misfits = [at for at in search.placed if search.misfits(at)]
    proves = len(misfits) > 1 or any(search.placed[at].kind in UNMISTAKABLE for at in misfits)
    if not proves:
        return None
    for by in sorted(range(-FARTHEST, FARTHEST + 1), key=abs):
        if by and search.explains(misfits, by):
            return search.propose(misfits, by)
    return None


class _Search:
    """The headings by position, and how values would fit them where they are or elsewhere."""

    def __init__(
        self,
        columns: Sequence[Column],
        matches: Mapping[str, Column],
        headings: Sequence[Heading],
        frame: pl.DataFrame,
    ) -> None:
        self._columns = columns
        self._frame = frame
        found = {
            matches[heading.key].letter: heading for heading in headings if heading.key in matches
        }
        self.placed = {
            at: found[column.letter] for at, column in enumerate(columns) if column.letter in found
        }
        self._known: dict[tuple[int, str], float | None] = {}

    def misfits(self, at: int) -> bool:
        found = self._fit(at, self.placed[at])
        values = self._frame[self._columns[at].letter]
        return found is not None and found < MISFIT and values.count() >= FEWEST_VALUES

    def fits(self, at: int, by: int = 0) -> bool:
        found = self._fit(at + by, self.placed[at])
        return found is not None and found >= GOOD_FIT

    def _fit(self, at: int, heading: Heading) -> float | None:
        if not 0 <= at < len(self._columns):
            return None
        if (at, heading.key) not in self._known:
            self._known[at, heading.key] = fit(self._frame[self._columns[at].letter], heading)
        return self._known[at, heading.key]

    def explains(self, misfits: Sequence[int], by: int) -> bool:
        """Whether values fit once moved back.

        A shift to the left means that the first columns' values are gone, so those have none to
        fit; at least one other must.
        """
        expected = [at for at in misfits if at >= misfits[0] - min(by, 0)]
        return bool(expected) and all(self.fits(at, by) for at in expected)

    def propose(self, misfits: Sequence[int], by: int) -> ShiftProposal:
        """Undo the shift for every heading from the first displaced to the last."""
        slid = self._run(misfits, by)
        stay = {at: heading for at, heading in self.placed.items() if at not in slid}
        mapping = {self._columns[at].letter: heading.key for at, heading in stay.items()}
        for at in slid:
            if at + by not in stay:
                mapping[self._columns[at + by].letter] = self.placed[at].key
        return ShiftProposal(
            self._columns[slid[0]].letter, self._columns[slid[-1]].letter, by, mapping
        )

    def _run(self, misfits: Sequence[int], by: int) -> list[int]:
        """Positions of headings that slid: the misfits and, on both sides of them, all up to
        the first heading whose values are certainly its own."""
        before = [at for at in reversed(self.placed) if at < misfits[0]]
        after = [at for at in self.placed if at > misfits[-1] and at + by < len(self._columns)]
        reached = list(takewhile(lambda at: not self._is_settled(at, by), before))
        displaced = [at for at in reached if self._is_displaced(at, by)]
        first = min(displaced, default=misfits[0])
        last = max(takewhile(lambda at: not self._is_settled(at, by), after), default=misfits[-1])
        return [at for at in self.placed if first <= at <= last]

    def _is_settled(self, at: int, by: int) -> bool:
        return self.fits(at) and not self.fits(at, by)

    def _is_displaced(self, at: int, by: int) -> bool:
        return self.fits(at, by) and not self.fits(at)

"""What a batch will do to the register: row by row, field by field, before it is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sobo.intake.checking import CheckedSheet
from sobo.registry import matching
from sobo.registry.sheets import Sheet
from sobo.registry.showing import written

LEFT_BEHIND = "left_behind"
"""Beside the outcomes of matching: rows with errors, which stay in the file."""


@dataclass(frozen=True, kw_only=True)
class Totals:
    """How many rows will do what; each row counts once."""

    new: int
    changed: int
    same: int
    maybe: int
    left_behind: int

    @property
    def to_write(self) -> int:
        """Rows that a commit writes."""
        return self.new + self.changed

    @property
    def rows(self) -> int:
        """All rows of the file."""
        return self.new + self.changed + self.same + self.maybe + self.left_behind


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One row against the register: (label, before, after) of each field that changes."""

    row: int
    name: str
    note: str
    """What tells it from others: class and birth of a person, grade of a class."""
    changes: Sequence[tuple[str, str | None, str | None]]


def outcome_of(each: CheckedSheet) -> pl.Expr:
    """What becomes of a matched row, errors first."""
    has_error = pl.col("row").is_in(each.rows_with_errors.implode())
    return pl.when(has_error).then(pl.lit(LEFT_BEHIND)).otherwise(pl.col(matching.OUTCOME))


def totals(checked: Mapping[str, CheckedSheet]) -> Totals:
    """The sums over all sheets of a file."""
    counts = dict.fromkeys(
        (matching.NEW, matching.CHANGED, matching.SAME, matching.MAYBE, LEFT_BEHIND), 0
    )
    for each in checked.values():
        found = each.matched.rows.group_by(outcome_of(each).alias("outcome")).len()
        for outcome, count in found.iter_rows():
            counts[outcome] += count
    return Totals(**counts)


def rows_of(each: CheckedSheet, outcome: str) -> pl.DataFrame:
    """The matched rows of a sheet with one outcome, in the order of the file."""
    return each.matched.rows.filter(outcome_of(each) == outcome).sort("row")


def differences(each: CheckedSheet, rows: pl.DataFrame) -> list[Difference]:
    """Field by field what rows change; `rows` is a part of `rows_of`."""
    return [_difference(each.sheet, row) for row in rows.iter_rows(named=True)]


def _difference(sheet: Sheet, row: Mapping[str, Any]) -> Difference:
    return Difference(
        row=row["row"],
        name=_first(row, "full_name", "name", "code") or sheet.name,
        note=_note(sheet, row),
        changes=list(_changes(sheet, row)),
    )


def _first(row: Mapping[str, Any], *keys: str) -> str:
    """The first of these that file or register knows."""
    values = (row.get(key) or row.get(f"{key}__register") for key in keys)
    return str(next((value for value in values if value), ""))


def _note(sheet: Sheet, row: Mapping[str, Any]) -> str:
    told = (
        _written(sheet, key, row.get(key) or row.get(f"{key}__register"))
        for key in ("school_class", "birth", "grade", "kind")
        if key in sheet.columns
    )
    return " · ".join([each for each in told if each][:2])


def _changes(sheet: Sheet, row: Mapping[str, Any]) -> Iterator[tuple[str, str | None, str | None]]:
    for key, column in sheet.columns.items():
        value, known = row.get(key), row.get(f"{key}__register")
        if value is not None and value != known and not column.declaration.issued:
            yield column.label(), _written(sheet, key, known), _written(sheet, key, value)


def _written(sheet: Sheet, key: str, value: Any) -> str | None:
    return None if value is None else written(sheet.columns[key].declaration, value)

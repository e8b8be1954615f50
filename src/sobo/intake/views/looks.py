"""Looks at persons on the intake's pages, journalled as everywhere."""

from collections.abc import Sequence

import polars as pl

from sobo.intake.checking import CheckedSheet
from sobo.intake.models import Batch
from sobo.journal import operations as journal


def journal_look(batch: Batch, each: CheckedSheet, rows: Sequence[int]) -> None:
    """Journal a look at the known persons of these rows; those not yet known have no record."""
    journal_look_at(batch, known_persons(each, rows))


def journal_look_at(batch: Batch, persons: Sequence[int]) -> None:
    """Journal a look at persons, where there are any."""
    if persons:
        journal.looked(action="intake.rows", institution_id=batch.institution_id, persons=persons)


def known_persons(each: CheckedSheet, rows: Sequence[int] | None = None) -> list[int]:
    """The persons that rows of a sheet are about, as far as the register knows them; of all rows
    where none are named."""
    if not each.sheet.is_about_persons:
        return []
    shown = each.matched.rows
    if rows is not None:
        shown = shown.filter(pl.col("row").is_in(list(rows)))
    persons: list[int] = shown["_person"].drop_nulls().to_list()
    return persons

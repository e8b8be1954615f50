"""Looks at persons on the intake's pages, journalled as everywhere."""

from collections.abc import Sequence

import polars as pl

from sobo.intake.checking import CheckedSheet
from sobo.intake.models import Batch
from sobo.journal import operations as journal


def journal_look(batch: Batch, each: CheckedSheet, rows: Sequence[int]) -> None:
    """Journal a look at the known persons of these rows; those not yet known have no record."""
    if not each.sheet.is_about_persons or not rows:
        return
    shown = each.matched.rows.filter(pl.col("row").is_in(list(rows)))
    persons = shown["_person"].drop_nulls().to_list()
    if persons:
        journal.looked(action="intake.rows", institution_id=batch.institution_id, persons=persons)

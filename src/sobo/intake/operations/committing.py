"""A batch written into the register, and taken back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import polars as pl
from django.db import transaction

from sobo.intake import models
from sobo.intake.checking import CheckedSheet, summary
from sobo.intake.models import Batch, WrittenRow
from sobo.intake.operations.reading import recheck
from sobo.intake.operations.recording import journal_act, require
from sobo.intake.policies import ChangedSince, EditedMeanwhile, NothingToWrite, RegisterMoved
from sobo.intake.queries import rows
from sobo.intake.queries.batches import batch_locked
from sobo.kernel.actor import Actor
from sobo.kernel.refusal import Refusal
from sobo.registry import matching
from sobo.registry.sheets import SHEETS
from sobo.registry.writing.committing import RegisterChanged, Target, Written, totals, write_sheet
from sobo.registry.writing.undoing import WrittenOver, take_back

BEFORE_UNDO: list[Callable[..., None]] = []
"""Asked, with `institution_id` and `school_year`, before a batch is taken back; may refuse.

Higher areas put their questions here (schedule.py), since imports go down only.
"""


@transaction.atomic
def commit(*, batch_id: int, edits_seen: int, by: Actor, at: datetime) -> Batch:
    """Write every clean row into the register, all or nothing.

    `edits_seen` is the number of edits the reviewer saw. Rows with errors stay behind in the batch.
    Raises `NotNow` (so a batch is never written twice), `EditedMeanwhile`, `RegisterMoved`,
    `NothingToWrite`.
    """
    batch = batch_locked(batch_id)
    require(batch, models.CHECKED)
    if batch.edits_made != edits_seen:
        raise EditedMeanwhile
    found = rows.check_now(batch, at)
    if summary(found) != batch.summary["checked"]:
        raise RegisterMoved
    written = _write(found, _target(batch, by))
    if not written:
        raise NothingToWrite
    _keep_written(batch, written)
    batch.state, batch.committed_by, batch.committed_at = models.COMMITTED, by.account_id, at
    batch.refusal = None
    batch.summary = {**batch.summary, "written": totals(written)}
    batch.save()
    journal_act("intake.commit", batch, {"written": totals(written)}, written)
    return batch


@transaction.atomic
def keep_refusal(*, batch_id: int, refusal: Refusal, at: datetime) -> Batch:
    """After a commit was refused: compare with the register again and tell the reviewer why."""
    batch = batch_locked(batch_id)
    if batch.state != models.CHECKED:
        return batch
    batch.refusal = {"code": "", "vi": refusal.text("vi"), "en": refusal.text("en")}
    return recheck(batch=batch, on=at)


def _target(batch: Batch, by: Actor) -> Target:
    return Target(
        institution_id=batch.institution_id, school_year=batch.school_year, batch_id=batch.pk, by=by
    )


def _write(found: Mapping[str, CheckedSheet], target: Target) -> list[Written]:
    """Sheets in the order in which rows refer to each other."""
    try:
        return [
            part
            for sheet in SHEETS
            if sheet.key in found
            for part in write_sheet(sheet, _to_write(found[sheet.key]), target=target)
        ]
    except RegisterChanged as moved:
        raise RegisterMoved from moved


def _to_write(each: CheckedSheet) -> pl.DataFrame:
    return each.clean.filter(pl.col(matching.OUTCOME) != matching.SAME)


def _keep_written(batch: Batch, written: Iterable[Written]) -> None:
    WrittenRow.objects.bulk_create(
        [
            WrittenRow(
                institution_id=batch.institution_id,
                batch=batch,
                dataset=part.dataset,
                count=part.added + part.changed,
                merkle_root=part.merkle_root,
            )
            for part in written
        ]
    )


@transaction.atomic
def undo(*, batch_id: int, by: Actor, at: datetime) -> Batch:
    """Take a committed batch back by a compensating batch.

    Raises `NotNow`, `ChangedSince`, and whatever refusal stands in `BEFORE_UNDO`.
    """
    batch = batch_locked(batch_id)
    require(batch, models.COMMITTED)
    for ask in BEFORE_UNDO:
        ask(institution_id=batch.institution_id, school_year=batch.school_year)
    compensating = _compensating(batch, by, at)
    try:
        counts = take_back(batch_id=batch.pk, compensating_id=compensating.pk, by=by)
    except WrittenOver as over:
        raise ChangedSince(over.count) from over
    compensating.summary = {"written": counts}
    compensating.save(update_fields=["summary"])
    batch.state = models.UNDONE
    batch.save(update_fields=["state"])
    journal_act("intake.undo", compensating, {"written": counts})
    return compensating


def _compensating(batch: Batch, by: Actor, at: datetime) -> Batch:
    made = Batch.objects.create(
        institution_id=batch.institution_id,
        school_year=batch.school_year,
        file_name=batch.file_name,
        size=0,
        sha256=batch.sha256,
        state=models.COMMITTED,
        sent_by=by.account_id,
        sent_at=at,
        committed_by=by.account_id,
        committed_at=at,
        undoes=batch,
    )
    made.refresh_from_db(fields=["public_id"])
    return made

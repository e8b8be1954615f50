"""A read batch mended before it is committed: cells, repairs, reasons, decisions on persons."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from sobo.intake import models
from sobo.intake.models import Batch, Edit, Explanation
from sobo.intake.operations.reading import recheck
from sobo.intake.operations.recording import journal_act, require
from sobo.intake.policies import ReasonTooShort
from sobo.intake.queries import rows
from sobo.intake.queries.batches import batch_locked
from sobo.intake.queries.causes import repairs
from sobo.intake.wording import rule_of
from sobo.kernel.actor import Actor
from sobo.registry.matching import DECISION
from sobo.registry.sheets import sheet_by_key

SHORTEST_REASON = 10

CellText = tuple[str, int, str, str | None]
"""Sheet key, row, column key, new text."""


@transaction.atomic
def mend(
    *, batch_id: int, cells: Iterable[CellText], by: Actor, at: datetime, rule: str = ""
) -> Batch:
    """Write new texts into cells as one act that can be undone; none, no act. Raises `NotNow`."""
    batch, changed = batch_locked(batch_id), list(cells)
    require(batch, models.CHECKED)
    if not changed:
        return batch
    last = Edit.objects.filter(batch=batch).aggregate(last=Max("group"))["last"] or 0
    Edit.objects.bulk_create(
        [
            Edit(
                institution_id=batch.institution_id,
                batch=batch,
                group=last + 1,
                sheet=sheet,
                row=row,
                field=field,
                value=value or None,
                rule=rule,
                made_by=by.account_id,
                made_at=at,
            )
            for sheet, row, field, value in changed
        ]
    )
    journal_act("intake.mend", batch, {"group": last + 1, "cells": len(changed), "rule": rule})
    return _edited(batch, at)


def repair(*, batch_id: int, sheet: str, rule: str, field: str, by: Actor, at: datetime) -> Batch:
    """Apply a rule's repair to every row it can mend with confidence."""
    batch = batch_locked(batch_id)
    each = rows.last_check(batch, at)[sheet]
    changes = repairs(each, rule_of(each.sheet, rule, field))
    cells = [
        (sheet, row, column, value)
        for column in changes.columns
        if column != "row"
        for row, value in changes.select("row", column).iter_rows()
    ]
    return mend(batch_id=batch_id, cells=cells, by=by, at=at, rule=rule)


def decide(
    *, batch_id: int, sheet: str, decisions: Iterable[tuple[int, str]], by: Actor, at: datetime
) -> Batch:
    """Say of rows whom they mean: a person's code, or `matching.AS_NEW` for somebody new."""
    cells = [(sheet, row, DECISION, decision) for row, decision in decisions]
    return mend(batch_id=batch_id, cells=cells, by=by, at=at)


@transaction.atomic
def undo_act(*, batch_id: int, group: int, at: datetime) -> Batch:
    """Take one act of mending back. Raises `NotNow`."""
    batch = batch_locked(batch_id)
    require(batch, models.CHECKED)
    Edit.objects.filter(batch=batch, group=group, undone_at__isnull=True).update(undone_at=at)
    journal_act("intake.undo_act", batch, {"group": group})
    return _edited(batch, at)


def _edited(batch: Batch, at: datetime) -> Batch:
    batch.edits_made += 1
    batch.refusal = None
    return recheck(batch=batch, on=at)


@transaction.atomic
def explain(
    *, batch_id: int, sheet: str, rule: str, reason: str, by: Actor, at: datetime
) -> Explanation:
    """Record why a query is nevertheless true. Raises `NotNow`, `ReasonTooShort`."""
    batch = batch_locked(batch_id)
    require(batch, models.CHECKED)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort
    counts = batch.summary["checked"][sheet_by_key(sheet).key]["rules"]
    made, _new = Explanation.objects.update_or_create(
        institution_id=batch.institution_id,
        batch=batch,
        sheet=sheet,
        rule=rule,
        defaults={
            "reason": reason.strip(),
            "rows": counts.get(rule, 0),
            "made_by": by.account_id,
            "made_at": at,
        },
    )
    journal_act("intake.explain", batch, {"sheet": sheet, "rule": rule, "rows": made.rows})
    return made

"""The last look before a batch is written, the writing, and taking it back."""

from collections.abc import Mapping

import polars as pl
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sobo.accounts.requests import Request
from sobo.intake import models, operations, storage, tasks
from sobo.intake.checking import CheckedSheet
from sobo.intake.models import Batch
from sobo.intake.policies import NotNow
from sobo.intake.queries import rows
from sobo.intake.queries.batches import state_name
from sobo.intake.queries.differences import LEFT_BEHIND, Difference, differences, rows_of, totals
from sobo.intake.views.doors import of_batch, to_batch
from sobo.intake.views.looks import journal_look
from sobo.kernel.refusal import Refusal
from sobo.registry import matching
from sobo.registry.sheets import Sheet

ROWS_A_PAGE = 40
WRITTEN_AT_ONCE = 3_000
"""Rows that are written while the reviewer waits; more go to the worker."""
OUTCOMES = (matching.NEW, matching.CHANGED, matching.MAYBE, LEFT_BEHIND)


@of_batch
@require_GET
def review(request: Request, batch: Batch) -> HttpResponse:
    """What will change, sheet by sheet and field by field."""
    if batch.state != models.CHECKED:
        return to_batch(batch)
    checked = rows.last_check(batch, request.now)
    outcome = request.GET.get("xem", "")
    parts = [
        (each, kind) for each in checked.values() for kind in OUTCOMES if len(rows_of(each, kind))
    ]
    each, kind = _chosen(parts, request.GET.get("trang", ""), outcome) or (None, "")
    shown = rows_of(each, kind) if each else None
    numbers = shown["row"].to_list() if shown is not None else []
    page = Paginator(numbers, ROWS_A_PAGE).get_page(request.GET.get("page"))
    found = _differences(batch, each, shown, list(page.object_list))
    return render(
        request,
        "intake/review.html",
        {
            "batch": batch,
            "totals": totals(checked),
            "parts": [_part(one.sheet, outcome, one) for one, outcome in parts],
            "sheet": each.sheet if each else None,
            "kind": kind,
            "differences": found,
            "page": page,
            "unexplained": _unexplained(batch, checked),
        },
    )


def _differences(
    batch: Batch, each: CheckedSheet | None, rows: pl.DataFrame | None, numbers: list[int]
) -> list[Difference]:
    if each is None or rows is None:
        return []
    journal_look(batch, each, numbers)
    return differences(each, rows.filter(pl.col("row").is_in(numbers)))


def _chosen(
    parts: list[tuple[CheckedSheet, str]], sheet: str, outcome: str
) -> tuple[CheckedSheet, str] | None:
    wanted = ((each, kind) for each, kind in parts if (each.sheet.key, kind) == (sheet, outcome))
    return next(wanted, None) or next(iter(parts), None)


def _part(sheet: Sheet, outcome: str, each: CheckedSheet) -> dict[str, object]:
    return {"sheet": sheet, "outcome": outcome, "count": len(rows_of(each, outcome))}


def _unexplained(batch: Batch, checked: Mapping[str, CheckedSheet]) -> int:
    """How many kinds of odd findings nobody has given a reason for."""
    explained = set(batch.explanations.values_list("sheet", "rule"))
    odd = {
        (key, rule)
        for key, each in checked.items()
        for rule, severity in each.findings.select("rule", "severity").unique().iter_rows()
        if severity != "error"
    }
    return len(odd - explained)


@of_batch
@require_POST
def commit(request: Request, batch: Batch) -> HttpResponse:
    """Write what was reviewed: at once where it is small, else by the worker."""
    if batch.state != models.CHECKED:
        raise NotNow(state_name(batch.state))
    seen = int(request.POST["seen"])
    if sum(sheet["rows"] for sheet in batch.summary["sheets"]) > WRITTEN_AT_ONCE:
        storage.tell_progress(batch.public_id, step="commit", at=request.now)
        tasks.commit_batch.defer(
            batch_id=batch.pk, edits_seen=seen, account_id=request.actor.account_id
        )
        return to_batch(batch)
    try:
        operations.commit(batch_id=batch.pk, edits_seen=seen, by=request.actor, at=request.now)
    except Refusal as refused:
        operations.keep_refusal(batch_id=batch.pk, refusal=refused, at=request.now)
        return to_batch(batch, "batch-review")
    messages.success(request, _("Đã ghi vào sổ."))
    return to_batch(batch)


@of_batch
@require_POST
def undo(request: Request, batch: Batch) -> HttpResponse:
    """Take a written batch back."""
    operations.undo(batch_id=batch.pk, by=request.actor, at=request.now)
    messages.success(request, _("Đã hoàn tác: sổ trở lại như trước khi ghi tệp này."))
    return to_batch(batch)

"""A batch's own page: what was found by cause, and the acts that mend it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sobo.accounts.preferences import language
from sobo.accounts.requests import Request
from sobo.intake import models, operations, storage
from sobo.intake.checking import CheckedSheet
from sobo.intake.models import Batch
from sobo.intake.policies import files_may_leave
from sobo.intake.queries import batches, rows
from sobo.intake.queries.causes import Cause, causes
from sobo.intake.queries.differences import Totals, totals
from sobo.intake.queries.moves import Moved, moves
from sobo.intake.recognition import Choice
from sobo.intake.views.doors import of_batch, to_batch
from sobo.intake.views.looks import journal_look
from sobo.intake.views.steps import steps_of
from sobo.kernel.vietnamese import format_number

ACTS_SHOWN = 8


@of_batch
@require_GET
def show_batch(request: Request, batch: Batch) -> HttpResponse:
    """The page of a batch, by where it stands."""
    if batch.state == models.RECEIVED or storage.progress(batch.public_id) is not None:
        return _page(request, "waiting", batch, progress=storage.progress(batch.public_id))
    if batch.state in (models.REFUSED, models.FAILED):
        return _page(request, "refused", batch)
    if batch.state in (models.COMMITTED, models.UNDONE):
        return _page(request, "receipt", batch, taken_back_by=batch.undone_by.first())
    return _findings(request, batch)


def _findings(request: Request, batch: Batch) -> HttpResponse:
    checked = rows.last_check(batch, request.now)
    found = causes(batch, checked, language())
    sums, moved = totals(checked), moves(batch)
    _journal_samples(batch, checked, found, moved)
    return _page(
        request,
        "findings",
        batch,
        causes=found,
        moves=moved,
        totals=sums,
        left=_things_left(found, moved, sums),
        acts=batches.acts(batch)[:ACTS_SHOWN],
        may_leave=files_may_leave(batch.institution.province_code, request.now.date()),
        shortest_reason=operations.SHORTEST_REASON,
    )


def _things_left(found: list[Cause], moved: list[Moved], sums: Totals) -> int:
    """How many things a person has still to do, not how many rows they touch."""
    return sum(not cause.is_settled for cause in found) + len(moved) + bool(sums.maybe)


def _journal_samples(
    batch: Batch, checked: Mapping[str, CheckedSheet], found: list[Cause], moved: list[Moved]
) -> None:
    for key, each in checked.items():
        wrong = [s.message.row for cause in found if cause.sheet.key == key for s in cause.sample]
        slid = [row for one in moved if one.sheet.key == key for row, _text in one.sample]
        journal_look(batch, each, wrong + slid)


def _page(request: Request, name: str, batch: Batch, **context: Any) -> HttpResponse:
    names = batches.senders([batch])
    steps = steps_of(batch, context.get("left", 0), context.get("totals"))
    shown = {"batch": batch, "names": names, "steps": steps, **context}
    return render(request, f"intake/{name}.html", shown)


@of_batch
@require_POST
def repair(request: Request, batch: Batch) -> HttpResponse:
    """Apply one repair to every row it mends."""
    before = batch.edits_made
    operations.repair(
        batch_id=batch.pk,
        sheet=request.POST["sheet"],
        rule=request.POST["rule"],
        field=request.POST["field"],
        by=request.actor,
        at=request.now,
    )
    act = next(iter(batches.acts(batch)), None)
    if act is not None and batches.batch(batch.public_id).edits_made > before:
        _tell_cells(request, act.cells)
    return to_batch(batch)


def _tell_cells(request: Request, cells: int) -> None:
    said = ngettext(
        "Đã sửa %(count)s ô. Chưa ghi gì vào sổ; hoàn tác được ở bên lề.",
        "Đã sửa %(count)s ô. Chưa ghi gì vào sổ; hoàn tác được ở bên lề.",
        cells,
    )
    messages.success(request, said % {"count": format_number(cells)})


@of_batch
@require_POST
def move(request: Request, batch: Batch) -> HttpResponse:
    """Put values that stand under other headings where they belong."""
    name = request.POST["file_sheet"]
    chosen = next((each for each in moves(batch) if each.file_sheet == name), None)
    if chosen is None:  # pressed twice: the columns stand well already
        return to_batch(batch)
    choice = Choice(
        sheet=chosen.sheet.key, heading_row=chosen.heading_row, columns=chosen.move.columns
    )
    operations.choose_columns(
        batch_id=batch.pk, choices={name: choice}, by=request.actor, at=request.now, remember=False
    )
    said = {"count": format_number(chosen.move.rows), "sheet": name}
    messages.success(request, _("Đã dời cột ở trang “%(sheet)s”: %(count)s dòng.") % said)
    return to_batch(batch)


@of_batch
@require_POST
def undo_act(request: Request, batch: Batch) -> HttpResponse:
    """Take one act of mending back."""
    operations.undo_act(batch_id=batch.pk, group=int(request.POST["group"]), at=request.now)
    messages.success(request, _("Đã hoàn tác lần sửa ấy."))
    return to_batch(batch)


@of_batch
@require_POST
def explain(request: Request, batch: Batch) -> HttpResponse:
    """Record why something odd is true."""
    operations.explain(
        batch_id=batch.pk,
        sheet=request.POST["sheet"],
        rule=request.POST["rule"],
        reason=request.POST["reason"],
        by=request.actor,
        at=request.now,
    )
    messages.success(request, _("Đã ghi lý do; người duyệt sẽ đọc."))
    return to_batch(batch)

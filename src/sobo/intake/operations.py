"""Every way a batch changes: received, read, mapped, mended, explained, committed, taken back."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Max

from sobo.institutions.models import Institution
from sobo.intake import models, queries, storage
from sobo.intake.checking import CheckedSheet, School, check, summary
from sobo.intake.models import Batch, Edit, Explanation, Layout, WrittenRow
from sobo.intake.policies import (
    ChangedSince,
    EditedMeanwhile,
    NothingToWrite,
    NotNow,
    ReasonTooShort,
    RegisterMoved,
)
from sobo.intake.reading.refusals import FileRefused
from sobo.intake.reading.workbook import Workbook, read_workbook
from sobo.intake.recognition import (
    Choice,
    Recognised,
    layout_digest,
    layout_digests,
    recognise,
)
from sobo.journal import operations as journal
from sobo.kernel.actor import Actor
from sobo.registry import matching
from sobo.registry.sheets import SHEETS
from sobo.registry.writing.committing import RegisterChanged, Target, Written, totals, write_sheet
from sobo.registry.writing.undoing import WrittenOver, take_back
from sobo.specification.fields import Level
from sobo.specification.rules import rule_by_code

SHORTEST_REASON = 10

BEFORE_UNDO: list[Callable[..., None]] = []
"""Asked, with `institution_id` and `school_year`, before a batch is taken back; may refuse.

Higher areas put their questions here (schedule.py), since imports go down only.
"""


def receive(
    *,
    institution: Institution,
    school_year: int,
    file_name: str,
    chunks: Iterable[bytes],
    by: Actor,
    at: datetime,
) -> Batch:
    """Keep the file whole and open a batch for it. An upload cut short leaves nothing behind."""
    batch = Batch.objects.create(
        institution=institution,
        school_year=school_year,
        file_name=file_name[:255],
        size=0,
        sha256="",
        sent_by=by.account_id,
        sent_at=at,
    )
    batch.refresh_from_db(fields=["public_id"])
    batch.size, batch.sha256 = storage.receive(batch.public_id, chunks)
    batch.save(update_fields=["size", "sha256"])
    _journal("intake.receive", batch, {"bytes": batch.size})
    return batch


def read(*, batch: Batch, on: datetime) -> Batch:
    """Read the file and check it; a refused file says why and stays to be looked at."""
    try:
        workbook = read_workbook(storage.original(batch.public_id))
    except FileRefused as refused:
        return _refuse(batch, refused)
    levels = [Level(code) for code in batch.institution.levels]
    found = recognise(workbook, levels, _choices(batch, workbook))
    if not found:
        return _refuse(batch, FileRefused("TA-0012"))
    _keep(batch, found)
    batch.state, batch.step = models.READ, ""
    batch.summary = {"sheets": [_described(each) for each in found]}
    batch.save()
    return recheck(batch=batch, on=on)


def _refuse(batch: Batch, refused: FileRefused) -> Batch:
    batch.state = models.REFUSED
    batch.refusal = {"code": refused.code, "vi": refused.vi, "en": refused.en}
    batch.save()
    return batch


def _keep(batch: Batch, found: list[Recognised]) -> None:
    """Rows of several sheets of the file that are one of ours are kept together."""
    by_sheet = {
        sheet.key: [each.rows for each in found if each.sheet is sheet] for sheet in SHEETS
    }
    rows = {
        key: pl.concat(parts, how="diagonal_relaxed") for key, parts in by_sheet.items() if parts
    }
    storage.keep_rows(batch.public_id, rows)


def _described(each: Recognised) -> dict[str, Any]:
    """What was recognised by itself, for the page and for the references to cells."""
    table = each.table
    return {
        "position": each.position,
        "name": each.name,
        "sheet": each.sheet.key,
        "rows": len(table.frame),
        "letters": dict(table.letters),
        "headings": list(table.heading_rows),
        "missing": list(table.missing),
        "notes": [{"code": note.code, "vi": note.vi, "en": note.en} for note in table.notes],
        "unmapped": [column.letter for column in table.unmapped],
        "is_hidden": each.is_hidden,
    }


def choose_columns(
    *, batch: Batch, choices: Mapping[str, Choice], by: Actor, on: datetime, remember: bool = True
) -> Batch:
    """Take sheets and columns as a person chose them, by name of the file's sheet; read again.

    The layout is remembered for the school's next file, unless it is peculiar to this one (values
    that slid sideways).
    """
    _require(batch, models.READ, models.CHECKED, models.REFUSED)
    batch.mapping = {**batch.mapping, **{name: c.as_json() for name, c in choices.items()}}
    batch.refusal = None
    read(batch=batch, on=on)
    if remember and batch.state == models.CHECKED:
        _remember(batch, choices, by)
    return batch


def _remember(batch: Batch, choices: Mapping[str, Choice], by: Actor) -> None:
    workbook = read_workbook(storage.original(batch.public_id))
    for name, choice in choices.items():
        if choice.sheet and choice.heading_row:
            Layout.objects.update_or_create(
                institution=batch.institution,
                headings_sha256=layout_digest(workbook.sheet(name), choice.heading_row),
                defaults={
                    "sheet": choice.sheet,
                    "mapping": dict(choice.columns),
                    "made_by": by.account_id,
                },
            )


def _choices(batch: Batch, workbook: Workbook) -> dict[str, Choice]:
    """What was chosen for this batch, and remembered layouts for the sheets left."""
    chosen = {name: Choice(**choice) for name, choice in batch.mapping.items()}
    remembered = {
        layout.headings_sha256: layout
        for layout in Layout.objects.filter(institution=batch.institution)
    }
    for sheet in workbook.sheets if remembered else ():
        known = layout_digests(sheet)
        for digest in known.keys() & remembered.keys():
            layout = remembered[digest]
            choice = Choice(
                sheet=layout.sheet, heading_row=known[digest], columns=layout.mapping
            )
            chosen.setdefault(sheet.name, choice)
    return chosen


def school_of(batch: Batch, on: datetime) -> School:
    """The school, year and day a batch is checked for."""
    return School(institution=batch.institution, school_year=batch.school_year, on=on.date())


def checked(*, batch: Batch, on: datetime) -> dict[str, CheckedSheet]:
    """The batch as it stands now: rows as read, edits laid over, rules and register consulted."""
    return check(queries.texts(batch), school_of(batch, on))


def recheck(*, batch: Batch, on: datetime) -> Batch:
    """Check again and keep the counts."""
    found = checked(batch=batch, on=on)
    queries.keep_findings(batch, found)
    batch.summary = {**batch.summary, "checked": summary(found)}
    batch.state = models.CHECKED
    batch.save()
    return batch


@transaction.atomic
def mend(
    *,
    batch: Batch,
    cells: Iterable[tuple[str, int, str, str | None]],
    by: Actor,
    at: datetime,
    rule: str = "",
) -> Batch:
    """Write new values into cells (sheet, row, column, text) as one act that can be undone."""
    _require(batch, models.CHECKED)
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
            for sheet, row, field, value in cells
        ]
    )
    return _edited(batch, at)


def repair(*, batch: Batch, sheet: str, rule: str, by: Actor, at: datetime) -> Batch:
    """Apply a rule's repair to every row it can mend with confidence."""
    each = checked(batch=batch, on=at)[sheet]
    changes = queries.repairs(each, rule_by_code(rule))
    cells = [
        (sheet, row, field, value)
        for field in changes.columns
        if field != "row"
        for row, value in changes.select("row", field).iter_rows()
    ]
    return mend(batch=batch, cells=cells, by=by, at=at, rule=rule)


@transaction.atomic
def undo_edit(*, batch: Batch, group: int, at: datetime) -> Batch:
    """Take one act of mending back."""
    _require(batch, models.CHECKED)
    Edit.objects.filter(batch=batch, group=group, undone_at__isnull=True).update(undone_at=at)
    return _edited(batch, at)


def _edited(batch: Batch, at: datetime) -> Batch:
    batch.edits_made += 1
    batch.save(update_fields=["edits_made"])
    return recheck(batch=batch, on=at)


@transaction.atomic
def explain(
    *, batch: Batch, sheet: str, rule: str, reason: str, by: Actor, at: datetime
) -> Explanation:
    """Record why a query is nevertheless true. Raises `ReasonTooShort`."""
    _require(batch, models.CHECKED)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort
    rows = batch.summary["checked"][sheet]["rules"].get(rule, 0)
    made, _new = Explanation.objects.update_or_create(
        institution_id=batch.institution_id,
        batch=batch,
        sheet=sheet,
        rule=rule,
        defaults={"reason": reason.strip(), "rows": rows, "made_by": by.account_id, "made_at": at},
    )
    return made


@transaction.atomic
def commit(*, batch_id: int, edits_seen: int, by: Actor, at: datetime) -> Batch:
    """Write every clean row into the register, all or nothing.

    `edits_seen` is the number of edits the reviewer saw. Rows with errors stay behind in the batch.
    Raises `NotNow` (so a batch is never written twice), `EditedMeanwhile`, `NothingToWrite`,
    `RegisterMoved`.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    _require(batch, models.CHECKED)
    if batch.edits_made != edits_seen:
        raise EditedMeanwhile
    found = checked(batch=batch, on=at)
    target = Target(
        institution_id=batch.institution_id, school_year=batch.school_year, batch_id=batch.pk, by=by
    )
    written = _write(found, target)
    if not written:
        raise NothingToWrite
    _keep_written(batch, written)
    batch.state, batch.committed_by, batch.committed_at = models.COMMITTED, by.account_id, at
    batch.summary = {**batch.summary, "checked": summary(found), "written": totals(written)}
    batch.save()
    _journal("intake.commit", batch, {"written": totals(written)}, written)
    return batch


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
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    _require(batch, models.COMMITTED)
    for ask in BEFORE_UNDO:
        ask(institution_id=batch.institution_id, school_year=batch.school_year)
    compensating = Batch.objects.create(
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
    try:
        counts = take_back(batch_id=batch.pk, compensating_id=compensating.pk, by=by)
    except WrittenOver as over:
        raise ChangedSince(over.count) from over
    compensating.summary = {"written": counts}
    compensating.save(update_fields=["summary"])
    batch.state = models.UNDONE
    batch.save(update_fields=["state"])
    _journal("intake.undo", compensating, {"written": counts})
    return compensating


def _require(batch: Batch, *states: str) -> None:
    if batch.state not in states:
        raise NotNow(queries.state_name(batch.state))


def _journal(
    action: str, batch: Batch, detail: Mapping[str, Any], written: Iterable[Written] = ()
) -> None:
    """One entry for the whole act, with a Merkle root over the rows of each dataset."""
    roots = b"".join(part.merkle_root for part in written)
    journal.write(
        kind=journal.CHANGE,
        action=action,
        institution_id=batch.institution_id,
        dataset="intake.batch",
        records=[batch.public_id],
        count=sum(part.added + part.changed for part in written) if roots else None,
        digest=hashlib.sha256(roots).digest() if roots else bytes.fromhex(batch.sha256),
        detail=detail,
    )

"""A file received, read, its columns chosen, and checked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from sobo.institutions.models import Institution
from sobo.intake import models, storage, template_stamp
from sobo.intake.checking import CheckedSheet, summary
from sobo.intake.misplaced import find_move
from sobo.intake.models import Batch, Layout
from sobo.intake.operations.recording import journal_act, require
from sobo.intake.policies import refuse_file_of_another_school
from sobo.intake.queries import rows
from sobo.intake.queries.batches import batch_locked
from sobo.intake.reading.notes import Note
from sobo.intake.reading.refusals import FileRefused
from sobo.intake.reading.workbook import Workbook, read_workbook
from sobo.intake.recognition import Choice, Recognised, headings_of, layout_digest
from sobo.kernel.actor import Actor
from sobo.specification.fields import Level

LONGEST_NAME = 255

GAVE_UP_VI = "Hệ thống gặp sự cố ba lần liền. Tệp còn nguyên, chưa có gì ghi vào sổ; hãy thử lại."
GAVE_UP_EN = "The system failed three times. The file is safe and nothing was written; try again."


def receive(
    *,
    institution: Institution,
    school_year: int,
    file_name: str,
    chunks: Iterable[bytes],
    by: Actor,
    at: datetime,
) -> Batch:
    """Keep the file whole and open a batch for it. An upload cut short leaves no batch behind.

    A file that already waits here is not doubled: sending it again goes on where it stands.
    """
    public_id = uuid4()
    size, sha256 = storage.receive(public_id, chunks)
    waiting = _waiting(institution, school_year, sha256)
    if waiting is not None:
        storage.discard(public_id)
        return waiting
    batch = Batch.objects.create(
        public_id=public_id,
        institution=institution,
        school_year=school_year,
        file_name=file_name[:LONGEST_NAME],
        size=size,
        sha256=sha256,
        sent_by=by.account_id,
        sent_at=at,
    )
    journal_act("intake.receive", batch, {"bytes": batch.size})
    return batch


def _waiting(institution: Institution, school_year: int, sha256: str) -> Batch | None:
    """A batch of the very same file that is neither written nor turned away yet."""
    same = Batch.objects.select_related("institution").filter(
        institution=institution,
        school_year=school_year,
        sha256=sha256,
        undoes__isnull=True,
        state__in=(models.RECEIVED, models.READ, models.CHECKED),
    )
    return same.order_by("-id").first()


def read(*, batch: Batch, on: datetime) -> Batch:
    """Read the file and check it; a refused file says why and stays to be looked at."""
    try:
        stamp = template_stamp.of_file(storage.original(batch.public_id))
        template_stamp.refuse_stranger(stamp, batch.institution)
        workbook, found = rows.recognised(batch)
        batch.summary = _described(workbook, found, stamp, rows.levels_of(batch))
        if not found:
            raise FileRefused("TA-0012")
        storage.keep_rows(batch.public_id, rows.choices_of(batch), rows.by_sheet(found))
        batch.state = models.READ
        return recheck(batch=batch, on=on)
    except FileRefused as refused:
        return _refuse(batch, refused)


def _refuse(batch: Batch, refused: FileRefused) -> Batch:
    batch.state = models.REFUSED
    batch.refusal = {"code": refused.code, "vi": refused.vi, "en": refused.en}
    batch.save()
    return batch


def _described(
    workbook: Workbook,
    found: Sequence[Recognised],
    stamp: template_stamp.Stamp | None,
    levels: Sequence[Level],
) -> dict[str, Any]:
    """What was recognised by itself, for the pages and for the references to cells."""
    taken = {each.name for each in found}
    return {
        "sheets": [_described_sheet(each, levels) for each in found],
        "left_out": [sheet.name for sheet in workbook.sheets if sheet.name not in taken],
        "notes": [_as_json(note) for note in workbook.notes],
        "older_edition": stamp.edition if stamp is not None and stamp.is_older else "",
    }


def _described_sheet(each: Recognised, levels: Sequence[Level]) -> dict[str, Any]:
    table = each.table
    move = None if each.is_chosen else find_move(table, headings_of(each.sheet, levels))
    return {
        "position": each.position,
        "name": each.name,
        "sheet": each.sheet.key,
        "rows": len(table.frame),
        "letters": dict(table.letters),
        "heading_row": table.heading_rows[-1] if table.heading_rows else None,
        "missing": list(table.missing),
        "notes": [_as_json(note) for note in table.notes],
        "unmapped": [column.letter for column in table.unmapped],
        "is_hidden": each.is_hidden,
        "move": move.as_json() if move else None,
    }


def _as_json(note: Note) -> dict[str, str]:
    return {"code": note.code, "level": note.level.value, "vi": note.vi, "en": note.en}


@transaction.atomic
def choose_columns(
    *, batch_id: int, choices: Mapping[str, Choice], by: Actor, at: datetime, remember: bool = True
) -> Batch:
    """Take sheets and columns as a person chose them, by name of the file's sheet; read again.

    The layout is remembered for the school's next file, unless it is peculiar to this one, as where
    values slid sideways. Raises `NotNow`.
    """
    batch = batch_locked(batch_id)
    require(batch, models.READ, models.CHECKED, models.REFUSED)
    batch.mapping = {**batch.mapping, **{name: c.as_json() for name, c in choices.items()}}
    journal_act("intake.choose_columns", batch, {"sheets": len(choices)})
    read(batch=_reopened(batch), on=at)
    if remember and batch.state == models.CHECKED:
        _remember(batch, choices, by)
    return batch


@transaction.atomic
def forget_columns(*, batch_id: int, file_sheet: str, at: datetime) -> Batch:
    """Take a choice of columns back: the sheet is recognised by itself again. Raises `NotNow`."""
    batch = batch_locked(batch_id)
    require(batch, models.READ, models.CHECKED, models.REFUSED)
    batch.mapping = {name: kept for name, kept in batch.mapping.items() if name != file_sheet}
    journal_act("intake.forget_columns", batch, {"sheets": 1})
    return read(batch=_reopened(batch), on=at)


@transaction.atomic
def reopen(*, batch_id: int) -> Batch:
    """Let a batch that the worker gave up on be read again. Raises `NotNow`."""
    batch = batch_locked(batch_id)
    require(batch, models.FAILED)
    batch.state = models.RECEIVED
    batch.save(update_fields=["state"])
    return batch


@transaction.atomic
def give_up(*, batch_id: int) -> Batch:
    """Say that the worker could not do what was asked, after all its attempts."""
    batch = batch_locked(batch_id)
    storage.end_progress(batch.public_id)
    if batch.state == models.RECEIVED:
        batch.state = models.FAILED
    batch.refusal = {"code": "", "vi": GAVE_UP_VI, "en": GAVE_UP_EN}
    batch.save(update_fields=["state", "refusal"])
    return batch


def _reopened(batch: Batch) -> Batch:
    batch.refusal = None
    batch.edits_made += 1
    return batch


def _remember(batch: Batch, choices: Mapping[str, Choice], by: Actor) -> None:
    workbook = read_workbook(storage.original(batch.public_id))
    for name, choice in choices.items():
        if not choice.sheet or not choice.heading_row:
            continue
        digest = layout_digest(workbook.sheet(name), choice.heading_row)
        if digest:
            Layout.objects.update_or_create(
                institution=batch.institution,
                headings_sha256=digest,
                defaults={
                    "sheet": choice.sheet,
                    "mapping": dict(choice.columns),
                    "made_by": by.account_id,
                },
            )


def recheck(*, batch: Batch, on: datetime) -> Batch:
    """Check again and keep what was found. Raises `FileRefused` for another school's persons."""
    found = rows.check_now(batch, on)
    if batch.state == models.READ:
        refuse_file_of_another_school(found)
    return keep_counts(batch, found)


def keep_counts(batch: Batch, found: Mapping[str, CheckedSheet]) -> Batch:
    """Keep the counts of a check with the batch."""
    batch.summary = {**batch.summary, "checked": summary(found)}
    batch.state = models.CHECKED
    batch.save()
    return batch

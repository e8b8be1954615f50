"""The rows of a batch: as the file says them, as edits mend them, as the last check judged them."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import polars as pl
from django.db.models import QuerySet

from sobo.intake import storage
from sobo.intake.checking import (
    CheckedSheet,
    School,
    check,
    digest_of,
    frames_of,
    from_frames,
    register_of,
)
from sobo.intake.models import Batch, Edit, Layout
from sobo.intake.reading.workbook import Workbook, read_workbook
from sobo.intake.recognition import Choice, Recognised, layout_digests, recognise
from sobo.registry.sheets import SHEETS, Column
from sobo.specification.fields import Level

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Edits = Iterable[tuple[int, str, str | None]]


def levels_of(batch: Batch) -> list[Level]:
    """The levels of the school, which say what columns its sheets have."""
    return [Level(code) for code in batch.institution.levels]


def recognised(batch: Batch) -> tuple[Workbook, list[Recognised]]:
    """The file opened again, and which of its sheets are ours.

    Raises `FileRefused`.
    """
    workbook = read_workbook(storage.original(batch.public_id))
    return workbook, recognise(workbook, levels_of(batch), choices(batch, workbook))


def choices(batch: Batch, workbook: Workbook) -> dict[str, Choice]:
    """What was chosen for this batch, and remembered layouts for the sheets left."""
    chosen = {name: Choice(**choice) for name, choice in batch.mapping.items()}
    layouts = {
        layout.headings_sha256: layout
        for layout in Layout.objects.filter(institution=batch.institution)
    }
    for sheet in workbook.sheets if layouts else ():
        for digest, row in layout_digests(sheet).items():  # of several, the uppermost heading
            known = layouts.get(digest)
            if known is not None:
                remembered = Choice(sheet=known.sheet, heading_row=row, columns=known.mapping)
                chosen.setdefault(sheet.name, remembered)
    return chosen


def choices_of(batch: Batch) -> str:
    """A name for what persons chose about the sheets and columns of a batch."""
    return hashlib.sha256(json.dumps(batch.mapping, sort_keys=True).encode()).hexdigest()[:16]


def by_sheet(found: Sequence[Recognised]) -> dict[str, pl.DataFrame]:
    """Rows by sheet key; several sheets of the file that are one of ours are one."""
    parts = {sheet.key: [each.rows for each in found if each.sheet is sheet] for sheet in SHEETS}
    return {key: pl.concat(some, how="diagonal_relaxed") for key, some in parts.items() if some}


def texts(batch: Batch) -> dict[str, pl.DataFrame]:
    """Rows as text by sheet key, with the edits that stand laid over them."""
    rows = storage.rows_as_read(batch.public_id, choices_of(batch))
    if rows is None:
        rows = by_sheet(recognised(batch)[1])
    edits: dict[str, list[tuple[int, str, str | None]]] = {}
    standing = _standing_edits(batch).values_list("sheet", "row", "field", "value")
    for sheet, row, field, value in standing:
        edits.setdefault(sheet, []).append((row, field, value))
    return {key: _with_edits(frame, edits.get(key, ())) for key, frame in rows.items()}


def _standing_edits(batch: Batch) -> QuerySet[Edit]:
    """Edits that nobody took back, the latest last."""
    return Edit.objects.filter(batch=batch, undone_at__isnull=True).order_by("group", "id")


def _with_edits(rows: pl.DataFrame, edits: Edits) -> pl.DataFrame:
    """Later edits of a cell win; a column the file lacks appears when a cell of it is written."""
    by_field: dict[str, dict[int, str | None]] = {}
    for row, field, value in edits:
        by_field.setdefault(field, {})[row] = value
    for field, values in by_field.items():
        if field not in rows.columns:
            rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(field))
        said = pl.DataFrame(
            {"row": list(values), "_said": list(values.values())},
            schema={"row": rows.schema["row"], "_said": pl.String},
        ).with_columns(pl.lit(value=True).alias("_edited"))
        rows = (
            rows.join(said, on="row", how="left", maintain_order="left")
            .with_columns(pl.when("_edited").then("_said").otherwise(field).alias(field))
            .drop("_said", "_edited")
        )
    return rows


def school_of(batch: Batch, on: datetime) -> School:
    """The school, year and day a batch is checked for."""
    return School(institution=batch.institution, school_year=batch.school_year, on=on.date())


def check_now(batch: Batch, on: datetime) -> Mapping[str, CheckedSheet]:
    """The batch judged now: rows as read, edits laid over, rules and register consulted.

    Where edits and register are what they were at the last check, so is what is found.
    """
    school = school_of(batch, on)
    register = register_of(school)
    # Keys of edits, which are never given twice: edits that were rolled back are not these.
    edits = list(_standing_edits(batch).values_list("pk", flat=True))
    digest = digest_of(register, school, f"{choices_of(batch)} {edits}")
    kept = storage.check_kept(batch.public_id, batch.edits_made)
    if kept is not None and storage.digest_kept(batch.public_id) == digest:
        return from_frames(kept)
    found = check(texts(batch), school, register)
    storage.keep_check(batch.public_id, batch.edits_made, frames_of(found), digest)
    return found


def last_check(batch: Batch, on: datetime) -> Mapping[str, CheckedSheet]:
    """The batch as the last check judged it; judged now where nothing of it was kept."""
    kept = storage.check_kept(batch.public_id, batch.edits_made)
    return check_now(batch, on) if kept is None else from_frames(kept)


def shown_text(column: Column, text: str) -> str:
    """A text of the file as people write it: the reader keeps days by year, month and day."""
    is_day = column.declaration.kind in ("date", "partial_date") and ISO_DAY.fullmatch(text)
    return "/".join(reversed(text.split("-"))) if is_day else text

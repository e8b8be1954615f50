"""Small workbooks of a school, as its clerk would write them, and the road they take."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from sobo.institutions.models import Institution
from sobo.intake import operations
from sobo.intake.models import Batch
from sobo.intake.queries import rows
from sobo.intake.wording import Message, messages
from sobo.kernel.actor import Actor
from sobo.registry.sheets import CLASSES, LEARNERS, Sheet

ON = datetime(2026, 10, 12, 8, 30, tzinfo=UTC)
YEAR = 2026

Row = Mapping[str, object]

CHILD: Mapping[str, str] = {
    "full_name": "Đào Minh Khuê",
    "sex": "Nam",
    "birth": "03/02/2020",
    "ethnic_group": "Kinh",
    "nationality": "Việt Nam",
    "school_class": "1A",
    "grade": "Lớp 1",
    "status": "Đang học",
    "two_sessions": "Có",
    "day_boarder": "Không",
    "is_new_in_level": "Có",
    "mother_full_name": "Lý Thị Hoa",
}
"""A child nobody knows, with everything the register asks of a new one."""


def child(**said: object) -> dict[str, object]:
    """The child, with other things said about it; none leaves a cell blank."""
    return {**CHILD, **said}


def workbook(*sheets: tuple[Sheet, Sequence[Row]]) -> bytes:
    """A workbook with our own labels over the columns that any row fills."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as made:
        for sheet, said in sheets:
            page = made.add_worksheet(sheet.name)
            keys = list(dict.fromkeys(key for row in said for key in row))
            page.write_row(0, 0, [sheet.columns[key].label() for key in keys])
            for at, row in enumerate(said, start=1):
                for column, key in enumerate(keys):
                    if row.get(key) is not None:
                        page.write(at, column, row[key])
    return out.getvalue()


def table(name: str, lines: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet with these very cells."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as made:
        page = made.add_worksheet(name)
        for at, line in enumerate(lines):
            page.write_row(at, 0, line)
    return out.getvalue()


def learners(*said: Row) -> bytes:
    """A workbook of learners."""
    return workbook((LEARNERS, said))


def classes(*said: Row) -> bytes:
    """A workbook of classes."""
    return workbook((CLASSES, said))


def send(body: bytes | Iterable[bytes], by: Actor, *, name: str = "tệp.xlsx") -> Batch:
    """Send a file to one's own school and have it read."""
    assert by.institution_id is not None
    batch = operations.receive(
        institution=Institution.objects.get(pk=by.institution_id),
        school_year=YEAR,
        file_name=name,
        chunks=[body] if isinstance(body, bytes) else body,
        by=by,
        at=ON,
    )
    return operations.read(batch=batch, on=ON)


def refusal_of(batch: Batch) -> dict[str, str]:
    """Why a batch was refused, by code and language."""
    assert batch.refusal is not None
    return dict(batch.refusal)


def commit(batch: Batch, by: Actor) -> Batch:
    """Write what stands in a batch now."""
    batch.refresh_from_db()
    return operations.commit(batch_id=batch.pk, edits_seen=batch.edits_made, by=by, at=ON)


def found_in(batch: Batch) -> list[Message]:
    """What the last check of a batch found, in words."""
    return [
        message
        for each in rows.last_check(batch, ON).values()
        for message in messages(batch, each, each.findings.sort("row"), "vi")
    ]


def rules_in(batch: Batch) -> list[tuple[str, str]]:
    """Cell and rule of everything found."""
    return [(message.cell, message.rule.code) for message in found_in(batch)]


def outcomes(batch: Batch, sheet: Sheet = LEARNERS) -> dict[str, int]:
    """How many rows of a sheet are new, changed, same, maybe; those that are none left out."""
    counts = batch.summary["checked"][sheet.key]
    names = ("new", "changed", "same", "maybe", "errors")
    return {name: counts[name] for name in names if counts[name]}

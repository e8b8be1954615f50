"""Forms on paper: PDF after the official layout, made by Typst."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import typst

from sobo.kernel.vietnamese import format_day, format_number
from sobo.reporting.forms.tables import ShownCell, ShownRow, ShownTable, tables
from sobo.reporting.forms.values import FormValues, digest

UNCHECKED = "Cấu trúc suy ra, chưa đối chiếu"
UNSIGNED = "Bản nháp, chưa ký"
BLANK = "………"
"""What is left to be filled in by hand."""


@dataclass(frozen=True, kw_only=True)
class FormPaper:
    """What stands on the paper around the figures."""

    superior: str
    """The body that manages the one who reports."""
    issuer: str
    """Đơn vị báo cáo."""
    receiver: str
    """Đơn vị nhận báo cáo."""
    due_on: date | None
    """By when the Ministry wants the form, where a text says."""
    place: str
    dated_on: date
    drawn_up_by: str
    head_title: str
    head_name: str
    number: str = BLANK
    signed: str = ""
    """What the seal says, as `Đã ký 18/10/2026, 21:07`; empty until the head has signed."""


def print_form(values: FormValues, *, paper: FormPaper) -> bytes:
    """Print a form as PDF, A4 across, with its verification code on every page.

    An unsigned form says that it is a draft, a derived one that its structure is not checked.
    """
    document = form_document(values, paper=paper)
    with resources.as_file(resources.files(__name__) / "form.typ") as template:
        return _compiled(template, document)


def verification_code(values: FormValues) -> str:
    """The first 16 digits of the digest, in fours: what a reader compares with the register."""
    start = digest(values)[:16].upper()
    return " ".join(start[at : at + 4] for at in range(0, 16, 4))


def _compiled(template: Path, document: dict[str, Any]) -> bytes:
    pdf: bytes = typst.compile(
        template,
        format="pdf",
        font_paths=[fontpkg_be_vietnam_pro.ROOT / "files"],
        ignore_system_fonts=True,
        sys_inputs={"form": json.dumps(document, ensure_ascii=False)},
    )
    return pdf


def form_document(values: FormValues, *, paper: FormPaper) -> dict[str, Any]:
    """Everything that is printed, as the template takes it."""
    form = values.definition
    return asdict(paper) | {
        "code": form.code,
        "title": form.title.vi.split(" – ")[0],
        "legal_basis": form.legal_basis,
        "due_on": format_day(paper.due_on) if paper.due_on else BLANK,
        "period": f"Kỳ đầu năm học {values.school_year}, số liệu đến ngày {format_day(values.on)}",
        "dated": f"{paper.place}, {_day_in_words(paper.dated_on)}",
        "dated_on": format_day(paper.dated_on),
        "warning": "" if form.is_official else UNCHECKED,
        "draft": "" if paper.signed else UNSIGNED,
        "note": form.note.vi if form.note else "",
        "verification": verification_code(values),
        "computed": "số liệu tính từ hồ sơ trong Sổ Bộ",
        "sheets": [_sheet(table) for table in tables(values)],
    }


def _day_in_words(day: date) -> str:
    """As NĐ 30/2020 writes a date: a nought before days under 10 and before January, February."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _sheet(table: ShownTable) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "waits": table.waits,
        "columns": [{"path": column.path.split(" › ")} for column in table.columns],
        "rows": [_row(row) for row in table.rows],
        "asides": [{"text": aside.text} for aside in table.asides],
        "readings": [asdict(reading) for reading in table.readings],
    }


def _row(row: ShownRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "tt": row.tt,
        "label": row.label,
        "unit": row.unit,
        "code": row.code,
        "depth": row.depth,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: ShownCell) -> dict[str, Any]:
    value = "" if cell.value is None else format_number(cell.value)
    return {"value": value, "applicable": cell.applicable}

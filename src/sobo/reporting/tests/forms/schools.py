"""Small schools for the tests of the forms: rows of the register, with what a test does not say."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import count
from typing import Any

import polars as pl

from sobo.reporting.forms.definition import Definition
from sobo.reporting.forms.definitions import definition
from sobo.reporting.forms.engine import compute
from sobo.reporting.forms.register_rows import REGISTER_COLUMNS, RegisterRows
from sobo.reporting.forms.values import Cell, FormValues

REFERENCE_DAY = date(2026, 9, 30)
CODE = "79267340001"
KINH, THAI, LA_HA = "01", "03", "49"
PUBLIC, COMMUNITY, PRIVATE = "1", "2", "3"

Given = Mapping[str, Any]

_USUAL: dict[str, dict[str, Any]] = {
    "institution": {"id": 1, "levels": ["02"], "ownership": PUBLIC, "kind": "07", "region": "02"},
    "campuses": {"is_open": True},
    "classes": {"grade": "1", "is_merged": False},
    "learners": {
        "grade": "1",
        "status": "01",
        "sex": "1",
        "birth": "2020-05-05",
        "ethnic_group": KINH,
        "is_inclusive": False,
    },
    "staff": {
        "group": "2",
        "position": "GV",
        "status": "1",
        "sex": "1",
        "birth": "1986-05-05",
        "ethnic_group": KINH,
        "contract": "1",
        "qualification": "16",
    },
    "rooms": {"kind": "PH", "build_grade": "KC", "quantity": 1, "is_borrowed": False},
}


def school(given: Given | None = None, /, **datasets: Iterable[Given]) -> RegisterRows:
    """One school's rows; `given` describes the school itself, each dataset its records."""
    rows = {dataset: list(datasets.get(dataset, ())) for dataset in REGISTER_COLUMNS}
    rows["institution"] = [given or {}]
    return {dataset: _frame(dataset, records) for dataset, records in rows.items()}


def _frame(dataset: str, records: Iterable[Given]) -> pl.DataFrame:
    numbers = count(1)
    columns = REGISTER_COLUMNS[dataset]
    filled = [
        dict.fromkeys(columns) | _numbered(dataset, columns, next(numbers)) | dict(record)
        for record in records
    ]
    return pl.DataFrame(filled, schema=columns, orient="row")


def _numbered(dataset: str, columns: Iterable[str], number: int) -> dict[str, Any]:
    own = {
        "record_id": f"{dataset}-{number}",
        "version": 1,
        "institution_id": 1,
        "id": number,
        "class_id": 1,
        "code": f"L{number}",
    }
    known = {name: value for name, value in own.items() if name in columns}
    return known | _USUAL[dataset]


def form(code: str) -> Definition:
    """The edition of a form in force on the reference day."""
    return definition(code, on=REFERENCE_DAY)


def values(code: str, rows: RegisterRows) -> FormValues:
    """A form computed on the reference day."""
    return compute(form(code), rows, of=CODE, on=REFERENCE_DAY)


def figures(code: str, rows: RegisterRows, *wanted: str, column: int = 1) -> list[Cell]:
    """The figures of some rows, in one column, in the order asked for."""
    computed = values(code, rows)
    sheet_of = {row.key: sheet.key for sheet, row in form(code).lines() if not sheet.waits}
    return [computed.figure(sheet_of[row], row, column) for row in wanted]


def across(code: str, rows: RegisterRows, row: str, *columns: int) -> list[Cell]:
    """The figures of one row in some columns, in the order asked for."""
    computed = values(code, rows)
    (sheet,) = (sheet.key for sheet, one in form(code).lines() if one.key == row)
    return [computed.figure(sheet, row, column) for column in columns]

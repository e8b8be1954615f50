"""Rows to be mended cell by cell: what the file says, with what is wrong in each cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sobo.intake.checking import CheckedSheet
from sobo.intake.models import Batch, Edit
from sobo.intake.queries.rows import shown_text, texts
from sobo.intake.wording import Message, messages, place_of
from sobo.registry.sheets import Column, Sheet
from sobo.specification.checks import is_check
from sobo.specification.rules import Severity, rule_by_code

TELLING = ("full_name", "name", "code", "birth", "sex", "school_class")
"""Columns by which a clerk knows a row again, where the sheet has them."""
MOST_TELLING = 3
LONGEST_CHOICE = 80
"""A longer code list is typed, not chosen from."""

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell to be mended."""

    key: str
    label: str
    text: str
    state: str
    """`wrong`, `odd`, `edited`, or empty."""
    message: str | None
    choices: Choices | None
    is_number: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the file."""

    row: int
    number: str
    """The row as the file numbers it, with its sheet."""
    cells: list[Cell]


def lines(
    batch: Batch, each: CheckedSheet, rows: Sequence[int], *, fields: Sequence[str], language: str
) -> list[Line]:
    """These rows with the columns that tell them apart and those that are wrong in them."""
    found = each.findings.filter(pl.col("row").is_in(rows))
    said: dict[tuple[int, str], list[Message]] = {}
    for one in messages(batch, each, found, language):
        said.setdefault((one.row, one.field), []).append(one)
    columns = shown_columns(each.sheet, [*fields, *_looked_at(each.sheet, found)])
    by_row = _texts(batch, each.sheet, rows)
    edited = set(
        Edit.objects.filter(
            batch=batch, sheet=each.sheet.key, row__in=rows, undone_at__isnull=True
        ).values_list("row", "field")
    )
    return [
        Line(
            row=row,
            number=" ".join(place_of(batch, each.sheet.key, row, "")),
            cells=[
                _cell(
                    column,
                    _text(column, by_row[row]),
                    said.get((row, column.key), ()),
                    (row, column.key) in edited,
                    language,
                )
                for column in columns
            ],
        )
        for row in rows
    ]


def shown_columns(sheet: Sheet, wrong: Iterable[str]) -> list[Column]:
    """First what tells rows apart, then what is wrong, each once."""
    telling = [key for key in TELLING if key in sheet.columns][:MOST_TELLING]
    return [sheet.columns[key] for key in dict.fromkeys([*telling, *wrong]) if key in sheet.columns]


def _looked_at(sheet: Sheet, found: pl.DataFrame) -> list[str]:
    """The columns the findings rest on: what is wrong may stand beside where it shows."""
    pairs = found.select("field", "rule").unique(maintain_order=True).iter_rows()
    return [key for field, code in pairs for key in (field, *_beside(sheet, field, code))]


def _beside(sheet: Sheet, field: str, code: str) -> list[str]:
    if not is_check(code):
        return rule_by_code(code).holds().meta.root_names()
    column = sheet.columns[field]
    when = column.declaration.required_when
    return [column.part.prefix + when.field] if when else []


def _texts(
    batch: Batch, sheet: Sheet, rows: Sequence[int]
) -> Mapping[int, Mapping[str, str | None]]:
    frame = texts(batch)[sheet.key].filter(pl.col("row").is_in(rows))
    return {row["row"]: row for row in frame.iter_rows(named=True)}


def _text(column: Column, row: Mapping[str, str | None]) -> str:
    return shown_text(column, (row.get(column.key) or "").strip())


def _cell(
    column: Column, text: str, said: Sequence[Message], is_edited: bool, language: str
) -> Cell:
    return Cell(
        key=column.key,
        label=column.label(language),
        text=text,
        state=_state(said, is_edited),
        message=" ".join(one.text for one in said) or None,
        choices=_choices(column, text, language),
        is_number=column.declaration.kind in ("whole", "number"),
    )


def _state(said: Sequence[Message], is_edited: bool) -> str:
    """The worst that is said of a cell: an error is not hidden behind something odd."""
    if said:
        is_wrong = any(one.rule.severity is Severity.ERROR for one in said)
        return "wrong" if is_wrong else "odd"
    return "edited" if is_edited else ""


def _choices(column: Column, text: str, language: str) -> Choices | None:
    """The code list to choose from, beginning with what the cell says now."""
    if (
        column.declaration.kind != "code"
        or len(column.declaration.code_list.items) > LONGEST_CHOICE
    ):
        return None
    items = column.declaration.code_list.items
    listed = [(item.code, item.label(language)) for item in items]
    first = dict.fromkeys(["", text])
    return [*((said, said) for said in first), *(pair for pair in listed if pair[0] not in first)]


def changed_cells(
    batch: Batch, sheet: Sheet, posted: Mapping[tuple[int, str], str]
) -> list[tuple[str, int, str, str | None]]:
    """The cells a person typed something else into, ready for `operations.mend`."""
    now = _texts(batch, sheet, sorted({row for row, _ in posted}))
    return [
        (sheet.key, row, field, text.strip() or None)
        for (row, field), text in posted.items()
        if row in now
        and field in sheet.columns
        and text.strip() != _text(sheet.columns[field], now[row])
    ]

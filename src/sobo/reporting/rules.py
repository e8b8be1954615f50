"""What is wrong with the figures of a form as a whole: its sums, its parts, what it leaves out.

Every rule is about one line of `comparisons`: a figure, and what it is compared with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import polars as pl

from sobo.kernel.vietnamese import format_number
from sobo.reporting.forms.definition import CellKey, Definition, Row, Sheet
from sobo.reporting.forms.values import FormValues
from sobo.specification.rules import Rule, Severity, broken, rule, rule_by_code, rules_of

SHEET = "form"
"""The name these rules are declared on: a form's figures, not a sheet of a school's workbook."""

COLUMNS_SUM, ROWS_SUM, ROW_PART, COLUMN_PART, OUTSIDE = (
    "columns sum",
    "rows sum",
    "row part",
    "column part",
    "outside",
)


class Comparison(NamedTuple):
    """One figure beside what it is compared with."""

    kind: str
    key: CellKey
    value: int
    compared: int
    with_vi: str
    """Which rows or columns `compared` comes from, in the words of the form."""
    with_en: str


class Asked(NamedTuple):
    """A comparison before there are figures."""

    kind: str
    key: CellKey
    places: tuple[int, ...]
    """Where among the form's figures the cell stands, then those whose sum it is compared with."""
    names: str


@dataclass(frozen=True, kw_only=True)
class FormFinding:
    """A sum check that does not hold, in words, at the cell it points at."""

    rule: Rule
    key: CellKey
    vi: str
    en: str


def _where(kind: str, holds: pl.Expr) -> pl.Expr:
    return (pl.col("kind") != kind) | holds


@rule(
    "BC-0001",
    on=SHEET,
    field="value",
    severity=Severity.MACRO,
    clause="TT 24/2018/TT-BGDĐT, công thức trong biểu 01-MN-ĐN, 02-TH-ĐN",
    vi="Dòng {row}, cột {column}: ghi {value}, tổng các cột {with_vi} là {compared}.",
    en="Row {row}, column {column}: {value}, while columns {with_en} add up to {compared}.",
    plain_vi="Cột tổng số không bằng tổng các cột thành phần.",
    plain_en="A total column is not the sum of its parts.",
)
def columns_add_up() -> pl.Expr:
    """Toàn bộ = công lập + tư thục (+ dân lập); tổng số phòng = kiên cố + bán kiên cố + tạm."""
    return _where(COLUMNS_SUM, pl.col("value") == pl.col("compared"))


@rule(
    "BC-0002",
    on=SHEET,
    field="value",
    severity=Severity.MACRO,
    clause="TT 24/2018/TT-BGDĐT, các dòng “Chia ra”",
    vi="Dòng {row}, cột {column}: ghi {value}, tổng các dòng {with_vi} là {compared}.",
    en="Row {row}, column {column}: {value}, while rows {with_en} add up to {compared}.",
    plain_vi="Các dòng “chia ra” không cộng đủ dòng tổng.",
    plain_en="The rows of a breakdown do not add up to their total.",
)
def breakdowns_add_up() -> pl.Expr:
    """“Chia ra” must sum; “trong đó” need not."""
    return _where(ROWS_SUM, pl.col("value") == pl.col("compared"))


@rule(
    "BC-0003",
    on=SHEET,
    field="value",
    severity=Severity.MACRO,
    clause="TT 24/2018/TT-BGDĐT, các dòng “Trong đó”",
    vi="Dòng {row}, cột {column}: ghi {value}, lớn hơn dòng {with_vi} ({compared}).",
    en="Row {row}, column {column}: {value} exceeds row {with_en} ({compared}).",
    plain_vi="Một dòng “trong đó” lớn hơn dòng chứa nó.",
    plain_en="A row exceeds the row it is part of.",
)
def parts_stay_within_their_row() -> pl.Expr:
    """A row counts at most what the row above it counts."""
    return _where(ROW_PART, pl.col("value") <= pl.col("compared"))


@rule(
    "BC-0004",
    on=SHEET,
    field="value",
    severity=Severity.MACRO,
    clause="TT 24/2018/TT-BGDĐT: nữ, dân tộc thiểu số trong tổng số",
    vi="Dòng {row}, cột {column}: ghi {value}, lớn hơn cột {with_vi} ({compared}).",
    en="Row {row}, column {column}: {value} exceeds column {with_en} ({compared}).",
    plain_vi="Một cột thành phần lớn hơn cột chứa nó.",
    plain_en="A column exceeds the column it is part of.",
)
def parts_stay_within_their_column() -> pl.Expr:
    """Women at most all; women of ethnic minorities at most women, and at most minorities."""
    return _where(COLUMN_PART, pl.col("value") <= pl.col("compared"))


@rule(
    "BC-0005",
    on=SHEET,
    field="value",
    severity=Severity.QUERY,
    clause="Cách đọc của Sổ Bộ (chưa có văn bản): điều biểu không ghi phải được giải trình",
    vi="Ngoài các dòng của biểu: {with_vi}. Hãy kiểm tra lại hoặc giải trình.",
    en="Outside the rows of the form: {with_en}. Check, or explain.",
    plain_vi="Có số liệu nằm ngoài các dòng của biểu, cần giải trình.",
    plain_en="Some figures lie outside the rows of the form and need an explanation.",
    verified=False,
)
def nothing_lies_outside() -> pl.Expr:
    """Groups with 3 or more inclusive learners; support without a place on the policy list."""
    return _where(OUTSIDE, pl.col("value") == 0)


@rule(
    "BC-0006",
    on="change of form",
    field="value",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ15.3 (thẩm định); ngưỡng 10 % là cách đọc của Sổ Bộ",
    vi="Tổng số người học đổi từ {before} thành {value} so với bản trước, quá 10 %.",
    en="The total of learners went from {before} to {value} since the last filing: over 10 %.",
    plain_vi="Tổng số người học thay đổi quá 10 % so với bản trước.",
    plain_en="The total of learners changed by more than 10 % since the last filing.",
    needs=["before"],
    verified=False,
)
def totals_move_slowly() -> pl.Expr:
    """Growth or loss beyond a tenth has a reason that a reviewer would ask for."""
    return (pl.col("value") - pl.col("before")).abs() <= pl.col("before") / 10


def check(values: FormValues) -> tuple[FormFinding, ...]:
    """The sum checks that do not hold: of rows and columns in the order of the form, then asides.

    Blank cells are not compared.
    """
    lines = list(comparisons(values))
    frame = pl.DataFrame(
        {
            "row": pl.Series(range(len(lines)), dtype=pl.Int32),
            "kind": pl.Series([line.kind for line in lines], dtype=pl.String),
            "value": pl.Series([line.value for line in lines], dtype=pl.Int64),
            "compared": pl.Series([line.compared for line in lines], dtype=pl.Int64),
        }
    )
    found = broken(frame, rules_of(SHEET)).sort("row")
    return tuple(
        _finding(rule_by_code(code), lines[row], values)
        for row, code in found.select("row", "rule").iter_rows()
    )


def blocking(values: FormValues) -> tuple[FormFinding, ...]:
    """The findings that no explanation clears: a form with one is not complete."""
    return tuple(found for found in check(values) if found.rule.severity is not Severity.QUERY)


def comparisons(values: FormValues) -> Iterator[Comparison]:
    """Every comparison the form asks for, leaving out what is blank."""
    for asked in _asked(values.definition):
        whole, *parts = (values.figures[place] for place in asked.places)
        numbers = [part for part in parts if part is not None]
        if whole is not None and len(numbers) == len(parts):
            yield Comparison(asked.kind, asked.key, whole, sum(numbers), asked.names, asked.names)
    for sheet in values.definition.sheets:
        if sheet.waits is None:
            yield from _of_asides(sheet, values)


@cache
def _asked(form: Definition) -> tuple[Asked, ...]:
    """What a form compares whatever its figures are: thousands of places, found once."""
    place = {key: number for number, key in enumerate(form.cell_keys)}
    return tuple(
        Asked(kind, key, (place[key], *(place[other] for other in others)), names)
        for sheet in form.sheets
        if sheet.waits is None
        for kind, key, others, names in (*_of_columns(sheet), *_of_rows(sheet))
    )


Beside = tuple[str, CellKey, list[CellKey], str]
"""A kind of comparison, a cell, those whose sum it is compared with, and what these are called."""


def _of_columns(sheet: Sheet) -> Iterator[Beside]:
    for row in sheet.lines:
        for column in sheet.columns:
            groups = [(COLUMNS_SUM, group) for group in column.sums]
            groups += [(COLUMN_PART, (whole,)) for whole in column.within]
            for kind, numbers in groups:
                others = [CellKey(sheet.key, row.key, number) for number in numbers]
                key = CellKey(sheet.key, row.key, column.number)
                yield kind, key, others, " + ".join(map(str, numbers))


def _of_rows(sheet: Sheet) -> Iterator[Beside]:
    for row in sheet.rows:
        groups = [(ROWS_SUM, group) for group in row.sums]
        groups += [(ROW_PART, (row.parent,))] if _is_counted_in_parent(sheet, row) else []
        for kind, keys in groups:
            names = " + ".join(row_name(sheet.by_key[key]) for key in keys)
            for column in sheet.columns:
                others = [CellKey(sheet.key, key, column.number) for key in keys]
                yield kind, CellKey(sheet.key, row.key, column.number), others, names


def _is_counted_in_parent(sheet: Sheet, row: Row) -> bool:
    return bool(row.parent) and sheet.by_key[row.parent].over == row.over


def _of_asides(sheet: Sheet, values: FormValues) -> Iterator[Comparison]:
    for row in sheet.asides:
        figure = values.figure(sheet.key, row.key)
        if row.must_be_empty and isinstance(figure, int):
            vi, en = (row.text(language).replace("…", str(figure)) for language in ("vi", "en"))
            yield Comparison(OUTSIDE, CellKey(sheet.key, row.key, 1), figure, 0, vi, en)


def _finding(rule: Rule, line: Comparison, values: FormValues) -> FormFinding:
    sheet = values.definition.sheet_by_key[line.key.sheet]
    column = sheet.by_number[line.key.column]
    said = {
        "row": row_name(sheet.by_key[line.key.row]),
        "column": f"{column.number} ({column.label})",
        "value": format_number(line.value),
        "compared": format_number(line.compared),
        "with_vi": line.with_vi,
        "with_en": line.with_en,
    }
    return FormFinding(
        rule=rule, key=line.key, vi=rule.vi.format(**said), en=rule.en.format(**said)
    )


def row_name(row: Row) -> str:
    """What a row is called in a message: its code and wording, or its wording alone."""
    return f"{row.code} “{row.label}”" if row.code else f"“{row.label}”"

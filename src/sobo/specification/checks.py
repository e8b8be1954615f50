"""The checks that follow from a declaration alone: six of them, the same for every dataset.

Each is a `Rule` like those written by hand. An area declares the six for its datasets beside its
own rules; for a sheet they are spelled out column by column, so that one pass finds everything and
a finding names the column it stands in.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Protocol

import polars as pl
from django.db import models

from sobo.specification.codelists import CodeList
from sobo.specification.fields import Declaration, When
from sobo.specification.records import Dataset, Record
from sobo.specification.rules import Repair, Rule, Severity, empty_findings, rule, rule_by_code
from sobo.specification.rules import broken as broken_rules

ROW_LEVEL = "row_level"
"""Context column with the level of education a row belongs to, for `levels=` of its columns."""

PROBLEM = "_problem"
"""Suffix of the reader's columns that are true where a cell was not understood as its type."""

EVERY_COLUMN = "*"
"""Field of a check as it is declared for a dataset, before a column is chosen."""

_FORMS = {
    "partial_date": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    "personal_number": r"^[0-9]{12}$",
    "phone": r"^\+?[0-9]{8,15}$",
    "email": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
}


class SheetPart(Protocol):
    """What a check needs to know of the record a column belongs to."""

    @property
    def model(self) -> type[models.Model]:
        """The dataset's table."""

    @property
    def prefix(self) -> str:
        """What the keys of its columns begin with."""

    @property
    def needed_by(self) -> str:
        """The column without which there is no such record; empty: always one."""


class SheetColumn(Protocol):
    """What a check needs to know of a column."""

    @property
    def key(self) -> str:
        """Name of the column in the sheet's frame."""

    @property
    def part(self) -> SheetPart:
        """The record it belongs to."""

    @property
    def declaration(self) -> Declaration:
        """What it may hold."""

    def label(self, language: str = "vi") -> str:
        """What people call it."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who fills in the sheet: what a column's declaration is held against."""

    levels: Collection[str]
    """Levels of the institution, for rows that have none of their own."""
    places: Mapping[str, Collection[str]]
    """Codes in use for `commune` and `province`."""
    columns: Mapping[str, SheetColumn]

    def is_of_level(self, column: SheetColumn) -> pl.Expr:
        """Whether the row belongs to a level that has this information."""
        levels = column.declaration.levels
        if not levels:
            return pl.lit(value=True)
        at_school = any(level in self.levels for level in levels)
        return pl.col(ROW_LEVEL).is_in(list(levels)).fill_null(value=at_school)

    def codes(self, declaration: Declaration) -> Mapping[str, Collection[str]]:
        """Codes of the column's list, each with the levels it is meant for; none: for all."""
        if declaration.kind == "place":
            return dict.fromkeys(self.places[declaration.codes], ())
        code_list: CodeList = declaration.code_list
        return {item.code: item.levels for item in code_list.items}


Condition = Callable[[SheetColumn, Asked], pl.Expr | None]


@dataclass(frozen=True, kw_only=True)
class Check:
    """A kind of check: what it says, and what holds for a column; None where it never applies."""

    number: str
    name: str
    vi: str
    en: str
    holds: Condition
    repair: Callable[[SheetColumn], Repair] | None = None


def _is_there(column: SheetColumn, asked: Asked) -> pl.Expr | None:
    demand = _demand(column, asked)
    return None if demand is None else ~demand | _is_filled(column)


def _demand(column: SheetColumn, asked: Asked) -> pl.Expr | None:
    """Where a value is required: what the wire requires is not what the register requires."""
    declaration, part = column.declaration, column.part
    record = _record_exists(column, asked)
    if part.needed_by == column.key:
        return record
    demands = [pl.lit(value=True)] if declaration.required else []
    if declaration.required_when is not None:
        demands.append(_is_met(declaration.required_when, part.prefix))
    if not demands:
        return None
    return pl.any_horizontal(demands) & asked.is_of_level(column) & record


def _record_exists(column: SheetColumn, asked: Asked) -> pl.Expr:
    part = column.part
    if not part.needed_by:
        return pl.lit(value=True)
    siblings = [other for other in asked.columns.values() if other.part == part]
    return pl.any_horizontal([_is_filled(other) for other in siblings])


def _is_met(when: When, prefix: str) -> pl.Expr:
    other = pl.col(prefix + when.field)
    met = other.is_in(list(when.values)) if when.values else other.is_not_null()
    return met.fill_null(value=False)


def _is_filled(column: SheetColumn) -> pl.Expr:
    value = pl.col(column.key)
    return value.list.len() > 0 if column.declaration.kind == "codes" else value.is_not_null()


def _is_understood(column: SheetColumn, asked: Asked) -> pl.Expr | None:
    form = _FORMS.get(column.declaration.kind)
    return None if form is None else pl.col(column.key).str.contains(form)


def _is_of_the_list(column: SheetColumn, asked: Asked) -> pl.Expr | None:
    if column.declaration.kind not in ("code", "codes", "place"):
        return None
    codes = asked.codes(column.declaration)
    if column.declaration.kind == "codes":
        unknown = pl.col(column.key).list.set_difference(list(codes))
        return unknown.list.len() == 0
    known = pl.col(column.key).is_in(list(codes))
    return pl.all_horizontal([known, *_are_of_the_level(column, codes)])


def _are_of_the_level(
    column: SheetColumn, codes: Mapping[str, Collection[str]]
) -> Iterable[pl.Expr]:
    """One expression for each set of levels that the list keeps codes for."""
    limited = sorted((sorted(levels), code) for code, levels in codes.items() if levels)
    for levels, pairs in groupby(limited, key=lambda pair: pair[0]):
        is_one = pl.col(column.key).is_in([code for _levels, code in pairs])
        yield ~is_one | pl.col(ROW_LEVEL).is_in(levels).fill_null(value=True)


def _is_within_range(column: SheetColumn, asked: Asked) -> pl.Expr | None:
    low, high, value = column.declaration.low, column.declaration.high, pl.col(column.key)
    bounds = [value >= low] if low is not None else []
    bounds += [value <= high] if high is not None else []
    return pl.all_horizontal(bounds) if bounds else None


def _is_short_enough(column: SheetColumn, asked: Asked) -> pl.Expr | None:
    if column.declaration.kind != "text" or column.declaration.length is None:
        return None
    return pl.col(column.key).str.len_chars() <= column.declaration.length


def _belongs_to_the_level(column: SheetColumn, asked: Asked) -> pl.Expr | None:
    """A plain "no" is no information, so columns filled with it all the way down may stay."""
    if not column.declaration.levels:
        return None
    value = pl.col(column.key)
    says_something = value if column.declaration.kind == "yes_no" else _is_filled(column)
    return ~says_something | asked.is_of_level(column)


def _emptied(column: SheetColumn) -> Repair:
    return Repair(vi="Xoá nội dung ô này", en="Clear this cell", values={column.key: pl.lit(None)})


CHECKS = (
    Check(
        number="0001",
        name="required_value_is_given",
        vi="Thiếu “{label}”.",
        en="“{label}” is missing.",
        holds=_is_there,
    ),
    Check(
        number="0002",
        name="value_is_understood",
        vi="Không hiểu được “{label}”: nội dung không đúng dạng.",
        en="“{label}” cannot be understood: it is not in the expected form.",
        holds=_is_understood,
    ),
    Check(
        number="0003",
        name="code_is_of_its_list",
        vi="“{label}” không có trong danh mục, hoặc không dùng cho cấp học này.",
        en="“{label}” is not in the code list, or not meant for this level.",
        holds=_is_of_the_list,
    ),
    Check(
        number="0004",
        name="value_is_within_range",
        vi="“{label}” nằm ngoài khoảng cho phép{range}.",
        en="“{label}” is outside the range allowed{range}.",
        holds=_is_within_range,
    ),
    Check(
        number="0005",
        name="text_is_short_enough",
        vi="“{label}” dài quá mức cho phép{length}.",
        en="“{label}” is longer than allowed{length}.",
        holds=_is_short_enough,
    ),
    Check(
        number="0006",
        name="level_has_this_information",
        vi="Cấp học này không có thông tin “{label}”.",
        en="This level has no “{label}”.",
        holds=_belongs_to_the_level,
        repair=_emptied,
    ),
)


_DECLARED: set[str] = set()


def declare(*datasets: Dataset, on: str | tuple[str, ...]) -> None:
    """Declare the six checks of each dataset, under its two letters, on the sheet or sheets."""
    for dataset in datasets:
        for check in CHECKS:
            _declare(check, dataset, on)


def _declare(check: Check, dataset: Dataset, on: str | tuple[str, ...]) -> None:
    def stands_for_every_column() -> pl.Expr:
        return pl.lit(value=True)

    stands_for_every_column.__name__ = check.name
    code = f"{dataset.code}-{check.number}"
    _DECLARED.add(code)
    rule(
        code,
        on=on,
        field=EVERY_COLUMN,
        severity=Severity.ERROR,
        clause=dataset.clause,
        vi=_filled(check.vi, label="…"),
        en=_filled(check.en, label="…"),
    )(stands_for_every_column)


def is_check(rule_code: str) -> bool:
    """Whether a rule code names a check that a dataset declared here."""
    return rule_code in _DECLARED


def check_of(rule_code: str, column: SheetColumn) -> Rule:
    """The rule that a finding names, with the words of its column. Raises `KeyError`."""
    return _for_column(rule_by_code(rule_code), _by_number(rule_code), column)


def broken(frame: pl.DataFrame, *, asked: Asked) -> pl.DataFrame:
    """Cells that fail a check, as `sobo.specification.rules.broken` returns them.

    `frame` holds `row`, the sheet's columns in the polars types of their kinds, where known
    `row_level`, and for each column the reader may have failed at, a Boolean `{key}_problem`. A
    cell that was not understood is only that: it is not called missing too.
    """
    present = [column for key, column in asked.columns.items() if key in frame.columns]
    if ROW_LEVEL not in frame.columns:
        frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(ROW_LEVEL))
    rules = [found for column in present for found in _rules(column, asked, frame)]
    return pl.concat([empty_findings(), broken_rules(frame, rules)])


def _rules(column: SheetColumn, asked: Asked, frame: pl.DataFrame) -> Iterable[Rule]:
    for check in CHECKS:
        holds = _condition(check, column, asked, frame)
        if holds is not None:
            declared = rule_by_code(f"{_letters(column)}-{check.number}")
            yield replace(_for_column(declared, check, column), holds=_constant(holds))


def _letters(column: SheetColumn) -> str:
    model = column.part.model
    if not issubclass(model, Record):
        raise TypeError(f"{model.__name__} is no dataset")
    return model.dataset.code


def _condition(
    check: Check, column: SheetColumn, asked: Asked, frame: pl.DataFrame
) -> pl.Expr | None:
    """What must hold; nothing where a column with no value in it cannot fail."""
    problem = column.key + PROBLEM
    is_misread = pl.col(problem).fill_null(value=False) if problem in frame.columns else None
    if check.holds is not _is_there and frame[column.key].null_count() == frame.height:
        return ~is_misread if check.holds is _is_understood and is_misread is not None else None
    holds = check.holds(column, asked)
    if is_misread is None:
        return holds
    if check.holds is _is_understood:
        return ~is_misread if holds is None else ~is_misread & holds.fill_null(value=True)
    return holds if holds is None else is_misread | holds


def _constant(expression: pl.Expr) -> Callable[[], pl.Expr]:
    return lambda: expression


def _by_number(rule_code: str) -> Check:
    return next(check for check in CHECKS if rule_code.endswith(check.number))


def _for_column(declared: Rule, check: Check, column: SheetColumn) -> Rule:
    """The dataset's rule with the words and the repair of one of its columns."""
    vi, en = (
        _filled(text, label=column.label(language), declaration=column.declaration)
        for language, text in (("vi", check.vi), ("en", check.en))
    )
    return replace(
        declared,
        field=column.key,
        clause=column.declaration.clause or declared.clause,
        vi=vi,
        en=en,
        plain_vi=vi,
        plain_en=en,
        repair=check.repair(column) if check.repair else None,
    )


def _filled(text: str, *, label: str, declaration: Declaration | None = None) -> str:
    words: dict[str, Any] = {"label": label, "range": "", "length": ""}
    if declaration is not None:
        bounds = (declaration.low, declaration.high)
        words["range"] = " ({}–{})".format(*("…" if b is None else f"{b:g}" for b in bounds))
        words["length"] = f" ({declaration.length})"
    return text.format(**words)

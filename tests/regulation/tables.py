"""The language of the tables: a rule, a line that keeps it, a line that breaks it.

A line names only what matters to its rule; the rest comes from a small primary school that keeps
every rule. `beside` puts other rows next to the line's own, on its sheet or another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from sobo.registry.context import context_for
from sobo.registry.frames import dtype
from sobo.registry.sheets import SHEETS, sheet_by_key
from sobo.specification.rules import Rule, broken, rule_by_code

SCHOOL_YEAR = 2026
ON = date(2026, 10, 12)

Row = dict[str, Any]
Table = Mapping[str, Sequence["Line"]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a table."""

    note: str
    is_kept: bool
    row: Row
    beside: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    school: Row = field(default_factory=dict)
    on: date = ON


def holds(note: str, *, beside: Any = (), school: Any = (), on: date = ON, **row: Any) -> Line:
    """A line that keeps the rule."""
    return Line(note=note, is_kept=True, row=row, beside=dict(beside), school=dict(school), on=on)


def breaks(note: str, *, beside: Any = (), school: Any = (), on: date = ON, **row: Any) -> Line:
    """A line that breaks the rule."""
    return Line(note=note, is_kept=False, row=row, beside=dict(beside), school=dict(school), on=on)


INSTITUTION: Row = {
    "code": "792674000012",
    "name": "Trường Tiểu học Lê Lợi",
    "levels": ["02"],
    "ownership": "1",
    "kind": "07",
    "region": "03",
    "area": "4",
    "address": "12 Lê Lợi",
    "commune_code": "26740",
    "province_code": "79",
    "phone": "02838221100",
    "head_name": "Trần Thị Mai",
    "national_standard": "0",
    **dict.fromkeys(
        (
            "teaches_two_sessions", "uses_computers", "has_internet", "has_grid_power",
            "has_clean_water", "has_toilets", "teaches_hand_washing", "teaches_safety",
            "has_disaster_plan",
        ),
        True,
    ),
}  # fmt: skip

CLEAN: Mapping[str, Row] = {
    "profile": INSTITUTION,
    "campuses": {
        "code": "D1", "name": "Điểm trường Bến Nghé", "distance_km": 1.5, "is_open": True,
        "commune_code": "26740", "province_code": "79",
    },
    "classes": {
        "code": "1A", "name": "1A", "grade": "1", "campus": "D1", "two_sessions": True,
        "is_merged": False, "day_boarding": True, "form_teacher_code": "7900000002",
    },
    "staff": {
        "code": "7900000001", "full_name": "Trần Thị Mai", "sex": "2", "birth": "1975-03-08",
        "ethnic_group": "01", "group": "1", "position": "01", "status": "1", "contract": "1",
        "qualification": "16", "insurance_number": "7912345678",
    },
    "learners": {
        "full_name": "Nguyễn Minh An", "sex": "1", "birth": "2020-05-02", "ethnic_group": "01",
        "school_class": "1A", "grade": "1", "status": "01", "is_new_in_level": True,
        "two_sessions": True, "day_boarder": True, "father_full_name": "Nguyễn Văn Bình",
        "father_birth_year": 1990,
    },
    "rooms": {
        "kind": "PH", "build_grade": "KC", "quantity": 12, "is_borrowed": False, "in_use": True,
        "area_m2": 48.0,
    },
}  # fmt: skip
"""One row of each sheet that keeps every rule."""

TEACHER: Row = CLEAN["staff"] | {
    "code": "7900000002", "full_name": "Lê Văn Tâm", "sex": "1", "birth": "1988-11-20",
    "group": "2", "position": "GV", "insurance_number": "7912345679",
}  # fmt: skip


FROM_MATCHING: Mapping[str, Sequence[str]] = {
    "learners": ("enrolled_elsewhere", "code_known", "school_class_stands"),
    "staff": ("code_known",),
    "classes": ("campus_stands",),
    "rooms": ("campus_stands",),
}
"""What only the comparison of a file with the register knows."""


def rows(sheet_key: str, lines: Sequence[Row]) -> pl.DataFrame:
    """Rows of a sheet in its types; what a line does not name is null."""
    columns = sheet_by_key(sheet_key).columns.values()
    schema: dict[str, Any] = {"row": pl.Int32(), "code": pl.String()}
    schema |= {column.key: dtype(column.declaration.kind) for column in columns}
    schema |= dict.fromkeys(FROM_MATCHING.get(sheet_key, ()), pl.Boolean())
    days = [name for name, kind in schema.items() if kind == pl.Date()]
    written = schema | dict.fromkeys(days, pl.String())
    frame = pl.DataFrame([{name: line.get(name) for name in schema} for line in lines], written)
    return frame.with_columns(pl.col(days).str.to_date() if days else [])


def context(sheet_key: str, line: Line) -> pl.DataFrame:
    """The line's row on a sheet, with its context."""
    own = CLEAN[sheet_key] | line.row | {"row": 2}
    around: dict[str, list[Row]] = {key: [row] for key, row in CLEAN.items()}
    around["staff"].append(TEACHER)
    around[sheet_key] = [own]
    for key, others in line.beside.items():
        kept = around[key] if key == sheet_key else []
        around[key] = [*kept, *({**CLEAN[key], **other} for other in others)]
    return context_for(
        sheet_key,
        {sheet.key: rows(sheet.key, around[sheet.key]) for sheet in SHEETS},
        institution=INSTITUTION | line.school,
        school_year=SCHOOL_YEAR,
        on=line.on,
    )


def kept_on(rule_code: str, line: Line) -> dict[str, bool]:
    """Whether a line keeps a rule, on each sheet the rule is declared on."""
    rule = rule_by_code(rule_code)
    return {key: broken(context(key, line), [rule]).is_empty() for key in rule.sheets}


def lines_of(table: Table) -> list[Any]:
    """The table's lines, one test each, named by rule and note."""
    return [(rule_code, line) for rule_code, lines in table.items() for line in lines]


def name_of(value: object) -> str:
    """What a test calls a parameter of `lines_of`."""
    if isinstance(value, Rule):
        return value.code
    return value.note if isinstance(value, Line) else str(value)

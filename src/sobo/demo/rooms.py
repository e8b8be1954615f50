"""Rooms: classrooms where the classes sit, and what a school of its kind has besides."""

from collections import Counter
from collections.abc import Iterator
from math import ceil
from typing import Any

import polars as pl

from sobo.demo import draws
from sobo.demo.plans import FOR_DISABLED, NURSERY_GRADES, SchoolPlan
from sobo.specification.fields import Level

_SOLID, _HALF_SOLID, _MAKESHIFT = "KC", "BKC", "T"
"""ROOM_GRADE."""
_CLASSROOM = "PH"
_SHARED_ROOM_CLASSES = 1.6
"""Classes a room where they learn one session a day."""
_BIG_SCHOOL = 500
_MAKESHIFT_SHARE, _BORROWED_SHARE = 0.22, 0.12

_SCHEMA = {
    "institution_id": pl.Int64,
    "campus_id": pl.Int64,
    "kind": pl.String,
    "level": pl.String,
    "section": pl.String,
    "build_grade": pl.String,
    "quantity": pl.Int32,
    "is_borrowed": pl.Boolean,
    "area_m2": pl.Float64,
    "name": pl.String,
    "in_use": pl.Boolean,
}

Row = dict[str, Any]


def room_rows(plan: SchoolPlan, classes: list[Row]) -> list[Row]:
    """The rooms of an institution."""
    rows = list(_classrooms(plan, classes))
    if not plan.is_independent_group:
        rows += _other_rooms(plan)
    return [
        {"institution_id": plan.id, "is_borrowed": False, "in_use": True, **row} for row in rows
    ]


def room_frame(rows: list[Row]) -> pl.DataFrame:
    """Rooms as a frame."""
    return pl.DataFrame(rows, schema=_SCHEMA)


def _classrooms(plan: SchoolPlan, classes: list[Row]) -> Iterator[Row]:
    """Classrooms by site and section; classes that learn half the day share them."""
    seats = Counter(
        (row.get("campus_id"), row["level"], _section(row))
        for row in classes
        if not _sits_with_another(row)
    )
    for (campus, level, section), count in seats.items():
        yield {
            "campus_id": campus,
            "kind": _CLASSROOM,
            "level": level if len(plan.levels) > 1 else None,
            "section": section,
            "build_grade": _grade(plan, campus),
            "quantity": count if plan.two_sessions else ceil(count / _SHARED_ROOM_CLASSES),
            "is_borrowed": _is_borrowed(plan, campus),
            "area_m2": 42.0 if plan.place.is_hard else 52.0,
        }


def _sits_with_another(row: Row) -> bool:
    """Merged classes share the room of the lower grade."""
    return bool(row["is_merged"]) and row["code"] > row["merged_with"]


def _section(row: Row) -> str | None:
    if row["level"] != Level.PRESCHOOL:
        return None
    return "NT" if int(row["grade"]) in NURSERY_GRADES else "MG"


def _grade(plan: SchoolPlan, campus: int | None) -> str:
    if campus is None or not plan.place.is_upland:
        return _SOLID
    is_makeshift = draws.share("makeshift", campus) < _MAKESHIFT_SHARE and plan.place.is_hard
    return _MAKESHIFT if is_makeshift else _HALF_SOLID


def _is_borrowed(plan: SchoolPlan, campus: int | None) -> bool:
    if campus is None:
        return False
    return plan.place.is_hard and draws.share("borrowed", campus) < _BORROWED_SHARE


def _other_rooms(plan: SchoolPlan) -> Iterator[Row]:
    section = _main_section(plan)
    for kind in _kinds(plan):
        yield {
            "kind": kind,
            "section": section,
            "build_grade": _SOLID,
            "quantity": 2 if kind == "TIN" and plan.learners > _BIG_SCHOOL else 1,
            "area_m2": 60.0,
        }


def _main_section(plan: SchoolPlan) -> str | None:
    if plan.main_level != Level.PRESCHOOL:
        return None
    is_nursery = all(planned.grade in NURSERY_GRADES for planned in plan.grades)
    return "NT" if is_nursery else "MG"


def _kinds(plan: SchoolPlan) -> Iterator[str]:
    yield "YT"
    if plan.main_level == Level.PRESCHOOL:
        yield from ("NT", "BEP")
        if plan.learners > _BIG_SCHOOL // 2:
            yield from ("TC", "DCN")
        return
    yield from ("TV", "TB", "TIN", "TT")
    if plan.day_boarding or plan.boards:
        yield "BEP"
    if not plan.place.is_hard:
        yield from ("NN", "NT", "AN")
    if plan.learners > _BIG_SCHOOL:
        yield "TC"
    if plan.main_level in (Level.LOWER_SECONDARY, Level.UPPER_SECONDARY):
        yield "BM"
    if plan.kind == FOR_DISABLED or plan.standard == "2":
        yield "HN"

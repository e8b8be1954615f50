"""Classes and the satellites they sit at."""

from collections.abc import Iterator
from itertools import cycle, groupby
from operator import itemgetter
from typing import Any

import polars as pl

from sobo.demo import draws
from sobo.demo.calendar import SCHOOL_YEAR
from sobo.demo.plans import (
    FOR_DISABLED,
    GIFTED,
    LEVEL_OF_GRADE,
    NURSERY_GRADES,
    PRIVATE,
    GradePlan,
    SchoolPlan,
)
from sobo.specification.fields import Level

_SIZE_SPREAD = 3
_SMALLEST_CLASS = 5
_SIZE_OF_MERGED = 11
_LANGUAGE_FROM_GRADE = 3
"""English is compulsory from grade 3 on (TT 32/2018)."""
_SOUTH_FROM = "46"
"""Provinces from Huế on number their classes 1/1, those before it letter them 1A."""

_PRESCHOOL_CODES = {13: "NT12", 14: "NT24", 15: "NT36", 16: "MG3", 17: "MG4", 18: "MG5"}
_NURSERY_NAMES = {13: "Nhóm trẻ 3-12 tháng", 14: "Nhóm trẻ 13-24 tháng", 15: "Nhóm trẻ 25-36 tháng"}
_SOUTHERN_NAMES = _NURSERY_NAMES | {16: "Mầm", 17: "Chồi", 18: "Lá"}
_NORTHERN_NAMES = _NURSERY_NAMES | {16: "Mẫu giáo bé", 17: "Mẫu giáo nhỡ", 18: "Mẫu giáo lớn"}

_GIFTED_PROGRAMMES = ("09", "10", "11", "04", "01", "13")
_SCHEMA = {
    "id": pl.Int64,
    "institution_id": pl.Int64,
    "school_year": pl.Int32,
    "code": pl.String,
    "name": pl.String,
    "grade": pl.String,
    "age_group": pl.String,
    "campus_id": pl.Int64,
    "two_sessions": pl.Boolean,
    "sessions_per_week": pl.String,
    "periods_per_week": pl.String,
    "language_1": pl.String,
    "language_periods": pl.String,
    "is_merged": pl.Boolean,
    "merged_with": pl.String,
    "merged_ages": pl.Int32,
    "day_boarding": pl.Boolean,
    "boarding_kind": pl.String,
    "is_special": pl.Boolean,
    "new_programme": pl.Boolean,
    "care_programme": pl.Boolean,
    "has_vietnamese_equipment": pl.Boolean,
    "has_maths_equipment": pl.Boolean,
    "has_class_parents": pl.Boolean,
    "has_school_parents": pl.Boolean,
    "stream": pl.String,
    "is_gifted": pl.Boolean,
    "gifted_programme": pl.String,
    "level": pl.String,
    "size": pl.Int32,
    "second_grade": pl.String,
}
"""The columns of a class, and beside them `PLAN_COLUMNS`."""

PLAN_COLUMNS = ("level", "size", "second_grade")
"""How many learners to draw, of which level, and which grade every other one belongs to."""

CAMPUS_SCHEMA = {
    "id": pl.Int64,
    "institution_id": pl.Int64,
    "code": pl.String,
    "name": pl.String,
    "distance_km": pl.Float64,
    "transport": pl.String,
    "ground_m2": pl.Float64,
    "address": pl.String,
    "commune_code": pl.String,
    "province_code": pl.String,
    "is_open": pl.Boolean,
}


def campus_rows(plan: SchoolPlan, ids: Iterator[int]) -> list[dict[str, Any]]:
    """The satellites of an institution."""
    return [
        {
            "id": next(ids),
            "institution_id": plan.id,
            "code": f"D{number:02}",
            "name": f"Điểm trường Bản {number}" if plan.place.is_upland else f"Cơ sở {number + 1}",
            "distance_km": _distance(plan, number),
            "transport": "Xe máy" if plan.place.is_upland else "Ô tô, xe máy",
            "ground_m2": 600.0 + 100 * number,
            "address": f"Bản {number}" if plan.place.is_upland else f"Khu phố {number}",
            "commune_code": plan.commune,
            "province_code": plan.province,
            "is_open": True,
        }
        for number in range(1, plan.satellites + 1)
    ]


def _distance(plan: SchoolPlan, number: int) -> float:
    furthest = 14.0 if plan.place.is_upland else 4.0
    return round(0.8 + furthest * draws.share(f"distance {number}", plan.id), 1)


def class_rows(
    plan: SchoolPlan, campuses: list[dict[str, Any]], ids: Iterator[int]
) -> list[dict[str, Any]]:
    """The classes of an institution, with `PLAN_COLUMNS` beside the columns of a class."""
    rows = [
        _class(plan, planned, number, next(ids))
        for planned in plan.grades
        for number in range(1, planned.classes + 1)
    ]
    _merge(plan, rows)
    _spread(plan, rows, campuses)
    return rows


def class_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Classes as a frame."""
    return pl.DataFrame(rows, schema=_SCHEMA)


def _class(plan: SchoolPlan, planned: GradePlan, number: int, identity: int) -> dict[str, Any]:
    level = LEVEL_OF_GRADE[planned.grade]
    specific = {
        Level.PRESCHOOL: _preschool,
        Level.PRIMARY: _primary,
        Level.LOWER_SECONDARY: _secondary,
        Level.UPPER_SECONDARY: _upper_secondary,
    }[level]
    return {
        "id": identity,
        "institution_id": plan.id,
        "school_year": SCHOOL_YEAR.start_year,
        "code": class_code(plan, planned.grade, number),
        "name": class_name(plan, planned.grade, number),
        "grade": str(planned.grade),
        "two_sessions": plan.two_sessions,
        "is_merged": False,
        "level": level,
        "size": _size(planned, identity),
        **specific(plan, planned.grade, number),
    }


def class_code(plan: SchoolPlan, grade: int, number: int) -> str:
    """A class's code, unique in its school."""
    if grade in _PRESCHOOL_CODES:
        return f"{_PRESCHOOL_CODES[grade]}-{number}"
    return class_name(plan, grade, number).replace("/", ".")


def class_name(plan: SchoolPlan, grade: int, number: int) -> str:
    """What people call a class."""
    in_south = plan.province >= _SOUTH_FROM
    if grade in _PRESCHOOL_CODES:
        return f"{(_SOUTHERN_NAMES if in_south else _NORTHERN_NAMES)[grade]} {number}"
    if LEVEL_OF_GRADE[grade] == Level.UPPER_SECONDARY:
        return f"{grade}A{number}"
    return f"{grade}/{number}" if in_south else f"{grade}{chr(ord('A') + number - 1)}"


def _size(planned: GradePlan, identity: int) -> int:
    """A size near the plan's, never above it by more than chance moves it below."""
    less = int(draws.share("class size", identity) * _SIZE_SPREAD)
    return max(planned.size - less, min(planned.size, _SMALLEST_CLASS))


def _preschool(plan: SchoolPlan, grade: int, _number: int) -> dict[str, Any]:
    return {
        "age_group": f"{grade - 12:02}",
        "day_boarding": plan.day_boarding,
        "boarding_kind": _boarding_kind(plan),
        "new_programme": True,
        "care_programme": True,
    }


def _general(plan: SchoolPlan) -> dict[str, Any]:
    return {
        "sessions_per_week": "05" if plan.two_sessions else "02",
        "is_special": plan.kind == FOR_DISABLED,
        "has_class_parents": True,
        "has_school_parents": True,
    }


def _primary(plan: SchoolPlan, grade: int, _number: int) -> dict[str, Any]:
    learns_language = grade >= _LANGUAGE_FROM_GRADE
    return _general(plan) | {
        "periods_per_week": "04" if plan.two_sessions else "01",
        "language_1": "1" if learns_language or plan.ownership == PRIVATE else None,
        "language_periods": "03" if learns_language else None,
        "day_boarding": plan.day_boarding,
        "boarding_kind": _boarding_kind(plan),
        "has_vietnamese_equipment": True,
        "has_maths_equipment": True,
    }


def _secondary(plan: SchoolPlan, _grade: int, _number: int) -> dict[str, Any]:
    return _general(plan) | {
        "language_1": "1",
        "day_boarding": plan.day_boarding,
        "boarding_kind": _boarding_kind(plan),
    }


def _upper_secondary(plan: SchoolPlan, _grade: int, number: int) -> dict[str, Any]:
    is_gifted = plan.kind == GIFTED
    programmes = _GIFTED_PROGRAMMES
    return _general(plan) | {
        "language_1": "1",
        "stream": "03",
        "is_gifted": is_gifted,
        "gifted_programme": programmes[(number - 1) % len(programmes)] if is_gifted else None,
    }


def _boarding_kind(plan: SchoolPlan) -> str | None:
    if not plan.day_boarding:
        return None
    return "01" if plan.place.is_hard else "02"


def _merge(plan: SchoolPlan, rows: list[dict[str, Any]]) -> None:
    """Let the last classes of neighbouring grades learn together, where there are too few."""
    last = {row["grade"]: row for row in rows}
    grades = [grade for grade in last if int(grade) not in NURSERY_GRADES]
    for pair in range(plan.merged):
        first, second = last[grades[2 * pair]], last[grades[2 * pair + 1]]
        for row, other in ((first, second), (second, first)):
            row.update(is_merged=True, merged_with=other["code"], size=_SIZE_OF_MERGED)
            if row["level"] == Level.PRESCHOOL:
                row.update(merged_ages=2, second_grade=_next_grade(row["grade"]))


def _next_grade(grade: str) -> str:
    """A class of several ages bears the lowest: its other children are older."""
    return str(int(grade) + 1)


def _spread(plan: SchoolPlan, rows: list[dict[str, Any]], campuses: list[dict[str, Any]]) -> None:
    """Seat half of each grade's classes at the satellites; those merged sit at the first."""
    if not campuses:
        return
    places = cycle(campus["id"] for campus in campuses)
    stays = {str(planned.grade): planned.classes // 2 for planned in plan.grades}
    for grade, of_grade in groupby(rows, key=itemgetter("grade")):
        for row in list(of_grade)[stays[grade] :]:
            row["campus_id"] = campuses[0]["id"] if row["is_merged"] else next(places)

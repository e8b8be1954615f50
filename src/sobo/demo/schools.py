"""Institutions: their profiles, as their schools would have filled them in."""

from typing import Any

import polars as pl

from sobo.demo import draws
from sobo.demo.plans import GIFTED, PUBLIC, SchoolPlan
from sobo.demo.running import RunningNumbers
from sobo.specification.fields import Level

_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "code": pl.String,
    "old_code": pl.String,
    "name": pl.String,
    "levels": pl.List(pl.String),
    "main_level": pl.String,
    "preschool_kind": pl.String,
    "ownership": pl.String,
    "kind": pl.String,
    "area": pl.String,
    "region": pl.String,
    "difficult_area": pl.String,
    "is_especially_difficult": pl.Boolean,
    "address": pl.String,
    "commune_code": pl.String,
    "province_code": pl.String,
    "phone": pl.String,
    "founded": pl.String,
    "ground_m2": pl.Float64,
    "national_standard": pl.String,
    "accreditation": pl.String,
    "has_party_cell": pl.Boolean,
    "is_international": pl.Boolean,
    "has_day_boarders": pl.Boolean,
    "has_boarders": pl.Boolean,
    "teaches_two_sessions": pl.Boolean,
    "uses_computers": pl.Boolean,
    "has_internet": pl.Boolean,
    "has_grid_power": pl.Boolean,
    "has_clean_water": pl.Boolean,
    "has_toilets": pl.Boolean,
    "teaches_hand_washing": pl.Boolean,
    "teaches_safety": pl.Boolean,
    "has_disaster_plan": pl.Boolean,
    "teaches_life_skills": pl.Boolean,
    "meets_minimum_quality": pl.Boolean,
    "has_minimum_equipment": pl.Boolean,
    "has_ordinary_classes": pl.Boolean,
    "is_accessible": pl.Boolean,
    "has_counselling": pl.Boolean,
    "learns_online": pl.Boolean,
    "shares_hiv_knowledge": pl.Boolean,
}

Row = dict[str, Any]


def institution_row(plan: SchoolPlan, codes: RunningNumbers) -> Row:
    """One institution with the columns of its table, its head still unknown."""
    return {
        "id": plan.id,
        "code": _code(plan, codes),
        "name": plan.name,
        "levels": [str(level) for level in plan.levels],
        "main_level": str(plan.main_level),
        "preschool_kind": plan.preschool_kind,
        "ownership": plan.ownership,
        "kind": plan.kind,
        "founded": str(plan.founded),
        "national_standard": plan.standard,
        **_site(plan),
        **_conditions(plan),
        **(_general_conditions(plan) if plan.main_level != Level.PRESCHOOL else {}),
    }


def institution_frame(rows: list[Row]) -> pl.DataFrame:
    """Institutions as a frame."""
    return pl.DataFrame(rows, schema=_SCHEMA)


def is_international(plan: SchoolPlan) -> bool:
    """Whether foreigners learn there too."""
    return "Quốc tế" in plan.name


def _code(plan: SchoolPlan, codes: RunningNumbers) -> str:
    """Province, commune and number, as TT 42/2021 Đ10.1 has the managing unit issue it."""
    place = plan.province + plan.commune
    number = codes.take(pl.Series([place])).item()
    return f"{place}{number:03}"


def _site(plan: SchoolPlan) -> Row:
    place = plan.place
    return {
        "area": place.area_2025,
        "region": place.region,
        "difficult_area": place.difficult_area,
        "is_especially_difficult": place.is_hard,
        "address": _address(plan),
        "commune_code": plan.commune,
        "province_code": plan.province,
        "phone": f"02{_digits('school phone', plan.id, 9)}",
        "ground_m2": float(round((14 if place.is_upland else 7) * max(plan.learners, 20))),
    }


def _address(plan: SchoolPlan) -> str:
    number = 1 + int(draws.share("address", plan.id) * 300)
    return (
        f"Bản {number % 12 + 1}"
        if plan.place.is_upland
        else f"Số {number}, khu phố {number % 9 + 1}"
    )


def _digits(draw: str, number: int, count: int) -> str:
    return f"{int(draws.share(draw, number) * 10**count):0{count}}"


def _conditions(plan: SchoolPlan) -> Row:
    """Yes/no conditions; what is missing is missing in the hard places."""
    hard = plan.place.is_hard
    return {
        "accreditation": {"2": "3", "1": "2", "0": "1"}[plan.standard],
        "has_party_cell": plan.ownership == PUBLIC,
        "is_international": is_international(plan),
        "has_day_boarders": plan.day_boarding,
        "teaches_two_sessions": plan.two_sessions,
        "uses_computers": not plan.is_independent_group,
        "has_internet": not (hard and _lacks(plan, "internet", 0.15)),
        "has_grid_power": not (hard and _lacks(plan, "power", 0.2)),
        "has_clean_water": not (hard and _lacks(plan, "water", 0.35)),
        "has_toilets": True,
        "teaches_hand_washing": True,
        "teaches_safety": not plan.is_independent_group,
        "has_disaster_plan": not _lacks(plan, "disaster plan", 0.2),
        "learns_online": False,
    }


def _general_conditions(plan: SchoolPlan) -> Row:
    return {
        "has_boarders": plan.boards,
        "teaches_life_skills": True,
        "meets_minimum_quality": plan.ownership == PUBLIC,
        "has_minimum_equipment": not plan.place.is_hard,
        "has_ordinary_classes": _has_ordinary_classes(plan),
        "is_accessible": not _lacks(plan, "access", 0.5),
        "has_counselling": not _lacks(plan, "counselling", 0.25),
        "shares_hiv_knowledge": not _lacks(plan, "hiv", 0.3),
    }


def _has_ordinary_classes(plan: SchoolPlan) -> bool | None:
    return plan.kind != GIFTED if Level.UPPER_SECONDARY in plan.levels else None


def _lacks(plan: SchoolPlan, what: str, chance: float) -> bool:
    return draws.share(what, plan.id) < chance

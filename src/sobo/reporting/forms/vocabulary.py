"""The words that conditions of a form may use: columns of each kind of record, with their lists.

`frames.py` builds exactly these columns. A condition that names another column, or a code that is
not in the column's list, is refused when the definition is read.
"""

from dataclasses import dataclass
from typing import TypeAlias

import polars as pl

DataType: TypeAlias = pl.DataType | type[pl.DataType]


@dataclass(frozen=True)
class Word:
    """One column of a frame of records."""

    type: DataType
    codes: str = ""
    """The code list its values are drawn from; empty where it holds no codes."""


YES_NO = Word(pl.Boolean)
COUNT = Word(pl.Int32)

_SCHOOL = {
    "ownership": Word(pl.String, "OWNERSHIP"),
    "region": Word(pl.String, "REGION_KIND"),
    "school_kind": Word(pl.String, "SCHOOL_KIND"),
    "preschool_kind": Word(pl.String, "PRESCHOOL_KIND"),
}
"""What every record repeats of its school."""

SCHOOL_FLAGS = (
    "uses_computers",
    "has_internet",
    "has_grid_power",
    "has_clean_water",
    "has_toilets",
    "teaches_hand_washing",
    "teaches_safety",
    "shares_hiv_knowledge",
    "has_disaster_plan",
    "teaches_two_sessions",
    "is_accessible",
    "has_counselling",
)
LEARNER_FLAGS = (
    "two_sessions",
    "day_boarder",
    "ethnic_day_boarder",
    "is_new_in_level",
    "repeats",
    "learns_informatics",
    "is_inclusive",
    "is_underweight",
    "is_stunted",
    "is_wasted",
    "is_overweight",
    "fee_exempt",
    "fee_reduced",
    "study_cost_support",
    "lunch_support",
    "very_small_group_support",
    "housing_support",
    "monthly_money",
    "rice_support",
)
STAFF_FLAGS = ("has_several_duties", "is_civil_servant", "is_pioneer_leader")

_STAFF = {
    **_SCHOOL,
    "sex": Word(pl.String, "SEX"),
    "is_minority": YES_NO,
    "age": COUNT,
    "section": Word(pl.String, "PRESCHOOL_SECTION"),
    "group": Word(pl.String, "STAFF_GROUP"),
    "position": Word(pl.String, "STAFF_POSITION"),
    "contract": Word(pl.String, "CONTRACT_KIND"),
    "qualification": Word(pl.String, "QUALIFICATION"),
    **dict.fromkeys(STAFF_FLAGS, YES_NO),
}

RECORDS: dict[str, dict[str, Word]] = {
    "school": {
        **_SCHOOL,
        "national_standard": Word(pl.String, "NATIONAL_STANDARD"),
        "class_count": COUNT,
        "satellite_count": COUNT,
        "inclusive_count": COUNT,
        **dict.fromkeys(SCHOOL_FLAGS, YES_NO),
    },
    "campus": _SCHOOL,
    "class": {
        **_SCHOOL,
        "grade": Word(pl.String, "GRADE"),
        "two_sessions": YES_NO,
        "day_boarding": YES_NO,
        "is_merged": YES_NO,
        "merged_ages": COUNT,
        "size": COUNT,
        "inclusive_count": COUNT,
    },
    "learner": {
        **_SCHOOL,
        "sex": Word(pl.String, "SEX"),
        "is_minority": YES_NO,
        "grade": Word(pl.String, "GRADE"),
        "age": COUNT,
        "months": COUNT,
        "disability": Word(pl.String, "DISABILITY_KIND"),
        "class_is_special": YES_NO,
        "is_checked": YES_NO,
        "policy_group": Word(pl.String, "POLICY_GROUP"),
        **dict.fromkeys(LEARNER_FLAGS, YES_NO),
    },
    "staff": _STAFF,
    "visitor": _STAFF,
    "room": {
        **_SCHOOL,
        "kind": Word(pl.String, "ROOM_KIND"),
        "section": Word(pl.String, "PRESCHOOL_SECTION"),
        "build_grade": Word(pl.String, "ROOM_GRADE"),
        "is_borrowed": YES_NO,
        "quantity": COUNT,
    },
}
"""Words by kind of record. Visitors teach or work here by the hour or the piece: not staff."""

"""Policy support: what learners are entitled to, by household, people and place."""

import polars as pl

from sobo.demo import draws
from sobo.demo.calendar import SCHOOL_YEAR
from sobo.demo.learners import is_public
from sobo.demo.plans import SEMI_BOARDING
from sobo.specification.codelists import code_list
from sobo.specification.fields import Level

SUPPORT_COLUMNS = (
    "institution_id",
    "person_id",
    "school_year",
    "group",
    "is_poor",
    "in_difficult_area",
    "fee_exempt",
    "fee_reduced",
    "study_cost_support",
    "lunch_support",
    "very_small_group_support",
    "housing_support",
    "monthly_money",
    "rice_support",
)

MERIT, ORPHAN, DISABLED, POOR, NEARLY_POOR, SMALL_PEOPLE, HARD_PLACE = (
    "04",
    "05",
    "06",
    "08",
    "09",
    "11",
    "13",
)
"""POLICY_GROUP."""
_NEARLY_POOR_TO_POOR = 0.6
_OF_MERIT = 0.0015
_KINDERGARTEN = ("16", "17", "18")


def policy_support(learners: pl.DataFrame) -> pl.DataFrame:
    """One row for each learner who is entitled to anything."""
    rows = learners.with_columns(
        is_poor=draws.happens("is poor", _poverty()),
        is_very_small=pl.col("ethnic_group").is_in(
            code_list("ETHNIC_GROUP").with_attribute("very_small")
        ),
        in_difficult_area=pl.col("difficult_area").is_not_null(),
    ).with_columns(group=_group())
    entitled = rows.with_columns(**_entitlements()).with_columns(
        school_year=pl.lit(SCHOOL_YEAR.start_year, dtype=pl.Int32)
    )
    return entitled.filter(pl.col("group").is_not_null() | pl.col("fee_exempt")).select(
        SUPPORT_COLUMNS
    )


def _poverty() -> pl.Expr:
    """Poverty falls unevenly: the minority peoples of a place carry most of it."""
    return pl.col("poor") * pl.when(pl.col("is_minority")).then(1.15).otherwise(0.55)


def _group() -> pl.Expr:
    nearly = draws.happens("is nearly poor", pl.col("poor") * _NEARLY_POOR_TO_POOR)
    return (
        pl.when(pl.col("disability").is_not_null())
        .then(pl.lit(DISABLED))
        .when(pl.col("is_very_small"))
        .then(pl.lit(SMALL_PEOPLE))
        .when(pl.col("is_poor"))
        .then(pl.lit(POOR))
        .when(pl.col("is_orphan"))
        .then(pl.lit(ORPHAN))
        .when(draws.happens("of merit", _OF_MERIT))
        .then(pl.lit(MERIT))
        .when(pl.col("is_hard"))
        .then(pl.lit(HARD_PLACE))
        .when(nearly)
        .then(pl.lit(NEARLY_POOR))
    )


def _entitlements() -> dict[str, pl.Expr]:
    """What follows from the group; public kindergartens charge nobody (NĐ 238/2025, unverified)."""
    group, general = pl.col("group"), pl.col("level") != Level.PRESCHOOL
    in_kindergarten = pl.col("grade").is_in(_KINDERGARTEN)
    costs = group.is_in([DISABLED, ORPHAN, POOR, SMALL_PEOPLE])
    minority_boarder = pl.col("ethnic_day_boarder").fill_null(value=False)
    in_boarding_school = (pl.col("kind") == SEMI_BOARDING) & minority_boarder
    lunch = in_kindergarten & group.is_in([POOR, HARD_PLACE, ORPHAN, SMALL_PEOPLE, DISABLED])
    return {
        "fee_exempt": (in_kindergarten & is_public()).fill_null(value=False),
        "fee_reduced": pl.lit(value=False),
        "study_cost_support": (costs & is_public()).fill_null(value=False),
        "lunch_support": pl.when(~general).then(lunch.fill_null(value=False)),
        "very_small_group_support": (group == SMALL_PEOPLE).fill_null(value=False),
        "housing_support": pl.when(general).then(in_boarding_school & draws.happens("rents", 0.2)),
        "monthly_money": pl.when(general).then(in_boarding_school),
        "rice_support": pl.when(general).then(in_boarding_school),
    }

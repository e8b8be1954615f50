"""Health checks (SK): measures that are likely, and nutrition that agrees with them.

z-scores are those of the WHO standards; the flags stay the doctor's, so a disagreement only asks.
"""

import polars as pl

from sobo.registry import growth
from sobo.specification.fields import Level
from sobo.specification.rules import Repair, Severity, rule

_CLAUSE = "TT 42/2021 Đ5.4, Đ6.4"
_WHO = "WHO Child Growth Standards 2006; TT 42/2021 Đ5.4"
_PRESCHOOL = [Level.PRESCHOOL]


def _agree(flag: str, is_so: pl.Expr) -> pl.Expr:
    """A flag that is set needs the measures behind it; measures so clear need the flag."""
    return pl.col(flag) == is_so


@rule(
    "SK-0101",
    on="learners",
    field="height_cm",
    severity=Severity.QUERY,
    clause=_WHO,
    vi="Chiều cao {height_cm} cm khó có thật ở tuổi này: ghi nhầm?",
    en="A height of {height_cm} cm is hardly true at this age: mistyped?",
    plain_vi="Chiều cao khó có thật ở tuổi này: ghi nhầm?",
    plain_en="The height is hardly true at this age: mistyped?",
    needs=["height_z"],
    verified=False,
)
def height_is_plausible_for_the_age() -> pl.Expr:
    return pl.col("height_z").is_between(*growth.IMPLAUSIBLE_HEIGHT)


@rule(
    "SK-0102",
    on="learners",
    field="weight_kg",
    severity=Severity.QUERY,
    clause=_WHO,
    vi="Cân nặng {weight_kg} kg khó có thật ở tuổi này: ghi nhầm?",
    en="A weight of {weight_kg} kg is hardly true at this age: mistyped?",
    plain_vi="Cân nặng khó có thật ở tuổi này: ghi nhầm?",
    plain_en="The weight is hardly true at this age: mistyped?",
    needs=["weight_z"],
    verified=False,
)
def weight_is_plausible_for_the_age() -> pl.Expr:
    return pl.col("weight_z").is_between(*growth.IMPLAUSIBLE_WEIGHT)


@rule(
    "SK-0103",
    on="learners",
    field="weight_kg",
    severity=Severity.QUERY,
    clause=_WHO,
    vi="Cân nặng và chiều cao không đi với nhau: một trong hai ghi nhầm?",
    en="Weight and height do not go together: is one of them mistyped?",
    needs=["bmi_z"],
    verified=False,
)
def weight_and_height_go_together() -> pl.Expr:
    return pl.col("bmi_z").is_between(*growth.IMPLAUSIBLE_BMI)


@rule(
    "SK-0104",
    on="learners",
    field="height_cm",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Chiều cao nhỏ hơn cân nặng: hai cột ghi lẫn nhau?",
    en="The height is below the weight: are the two columns swapped?",
    repair=Repair(
        vi="Đổi chỗ chiều cao và cân nặng",
        en="Swap height and weight",
        values={"height_cm": pl.col("weight_kg"), "weight_kg": pl.col("height_cm")},
    ),
)
def height_and_weight_are_not_swapped() -> pl.Expr:
    return pl.col("height_cm") > pl.col("weight_kg")


@rule(
    "SK-0201",
    on="learners",
    field="is_underweight",
    severity=Severity.QUERY,
    clause=_WHO,
    vi="Cân nặng theo tuổi {weight_z} SD không khớp với “nhẹ cân” (dưới −2 SD).",
    en="Weight for age {weight_z} SD disagrees with “underweight” (below −2 SD).",
    plain_vi="Cân nặng theo tuổi không khớp với “nhẹ cân” (dưới −2 SD).",
    plain_en="Weight for age disagrees with “underweight” (below −2 SD).",
    needs=["weight_z"],
    shows={"weight_z": pl.col("weight_z").round(1)},
    levels=_PRESCHOOL,
    verified=False,
)
def underweight_agrees_with_weight_for_age() -> pl.Expr:
    return _agree("is_underweight", pl.col("weight_z") < growth.UNDERWEIGHT)


@rule(
    "SK-0202",
    on="learners",
    field="is_stunted",
    severity=Severity.QUERY,
    clause=_WHO,
    vi="Chiều cao theo tuổi {height_z} SD không khớp với “thấp còi” (dưới −2 SD).",
    en="Height for age {height_z} SD disagrees with “stunted” (below −2 SD).",
    plain_vi="Chiều cao theo tuổi không khớp với “thấp còi” (dưới −2 SD).",
    plain_en="Height for age disagrees with “stunted” (below −2 SD).",
    needs=["height_z"],
    shows={"height_z": pl.col("height_z").round(1)},
    levels=_PRESCHOOL,
    verified=False,
)
def stunted_agrees_with_height_for_age() -> pl.Expr:
    return _agree("is_stunted", pl.col("height_z") < growth.STUNTED)


@rule(
    "SK-0203",
    on="learners",
    field="is_wasted",
    severity=Severity.QUERY,
    clause=_WHO,
    vi="Cân nặng theo chiều cao {bulk_z} SD không khớp với “còi cọc” (dưới −2 SD).",
    en="Weight for height {bulk_z} SD disagrees with “wasted” (below −2 SD).",
    plain_vi="Cân nặng theo chiều cao không khớp với “còi cọc” (dưới −2 SD).",
    plain_en="Weight for height disagrees with “wasted” (below −2 SD).",
    needs=["bulk_z"],
    shows={"bulk_z": pl.col("bulk_z").round(1)},
    levels=_PRESCHOOL,
    verified=False,
)
def wasted_agrees_with_weight_for_height() -> pl.Expr:
    return _agree("is_wasted", pl.col("bulk_z") < growth.WASTED)


@rule(
    "SK-0204",
    on="learners",
    field="is_overweight",
    severity=Severity.QUERY,
    clause=_WHO,
    vi="Cân nặng theo chiều cao {bulk_z} SD không khớp với “thừa cân, béo phì” (trên +2 SD).",
    en="Weight for height {bulk_z} SD disagrees with “overweight” (above +2 SD).",
    plain_vi="Cân nặng theo chiều cao không khớp với “thừa cân, béo phì” (trên +2 SD).",
    plain_en="Weight for height disagrees with “overweight” (above +2 SD).",
    needs=["bulk_z"],
    shows={"bulk_z": pl.col("bulk_z").round(1)},
    levels=_PRESCHOOL,
    verified=False,
)
def overweight_agrees_with_weight_for_height() -> pl.Expr:
    return _agree("is_overweight", pl.col("bulk_z") > growth.OVERWEIGHT)


@rule(
    "SK-0205",
    on="learners",
    field="is_overweight",
    severity=Severity.ERROR,
    clause=_WHO,
    vi="Vừa nhẹ cân vừa thừa cân, béo phì.",
    en="Underweight and overweight at once.",
    levels=_PRESCHOOL,
    verified=False,
)
def child_is_not_underweight_and_overweight() -> pl.Expr:
    return ~(pl.col("is_underweight") & pl.col("is_overweight"))


@rule(
    "SK-0206",
    on="learners",
    field="is_overweight",
    severity=Severity.ERROR,
    clause=_WHO,
    vi="Vừa còi cọc vừa thừa cân, béo phì.",
    en="Wasted and overweight at once.",
    levels=_PRESCHOOL,
    verified=False,
)
def child_is_not_wasted_and_overweight() -> pl.Expr:
    return ~(pl.col("is_wasted") & pl.col("is_overweight"))


@rule(
    "SK-0301",
    on="learners",
    field="checked_on",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Ngày khám không nằm trong năm học này.",
    en="The check was not made in this school year.",
    needs=["school_year"],
    verified=False,
)
def check_is_of_this_school_year() -> pl.Expr:
    checked, year = pl.col("checked_on"), pl.col("school_year")
    return (checked >= pl.date(year, 8, 1)) & (checked < pl.date(year + 1, 8, 1))


@rule(
    "SK-0302",
    on="learners",
    field="checked_on",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Ngày khám trước ngày sinh hoặc nằm trong tương lai.",
    en="The check was made before birth or in the future.",
    needs=["birth_year", "on"],
)
def check_lies_within_the_life() -> pl.Expr:
    checked = pl.col("checked_on")
    return (checked <= pl.col("on")) & (checked.dt.year() >= pl.col("birth_year"))


@rule(
    "SK-0303",
    on="learners",
    field="checked_on",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Có chiều cao, cân nặng nhưng chưa ghi ngày khám.",
    en="Height or weight is given without the day of the check.",
)
def measures_have_a_day() -> pl.Expr:
    measured = pl.col("height_cm").is_not_null() | pl.col("weight_kg").is_not_null()
    return ~measured | pl.col("checked_on").is_not_null()

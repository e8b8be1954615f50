"""Policy support (CS): who is entitled to what."""

import polars as pl

from sobo.specification.codelists import code_list
from sobo.specification.fields import GENERAL, Level
from sobo.specification.rules import Repair, Severity, rule

_KINDERGARTEN = ("16", "17", "18")
_ORPHAN, _DISABLED, _POOR, _MINORITY = "05", "06", "08", "11"
"""Policy groups (POLICY_GROUP)."""
_CLAUSE = "NĐ 238/2025/NĐ-CP"


@rule(
    "CS-0101",
    on="learners",
    field="lunch_support",
    severity=Severity.ERROR,
    clause="NĐ 105/2020/NĐ-CP Đ7",
    vi="Hỗ trợ ăn trưa chỉ dành cho trẻ mẫu giáo (3–5 tuổi).",
    en="Lunch support is for children in kindergarten (3 to 5 years) only.",
    levels=[Level.PRESCHOOL],
    verified=False,
)
def lunch_support_is_for_kindergarten() -> pl.Expr:
    return ~pl.col("lunch_support") | pl.col("grade").is_in(_KINDERGARTEN)


@rule(
    "CS-0102",
    on="learners",
    field="fee_reduced",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Vừa miễn vừa giảm học phí.",
    en="Fees are waived and reduced at once.",
    repair=Repair(
        vi="Giữ miễn, bỏ giảm học phí",
        en="Keep the waiver, drop the reduction",
        values={"fee_reduced": pl.lit(value=False)},
    ),
    verified=False,
)
def fees_are_waived_or_reduced() -> pl.Expr:
    return ~(pl.col("fee_exempt") & pl.col("fee_reduced"))


@rule(
    "CS-0103",
    on="learners",
    field="very_small_group_support",
    severity=Severity.ERROR,
    clause="NĐ 57/2017/NĐ-CP Đ2",
    vi="Hỗ trợ dân tộc rất ít người, nhưng dân tộc của em không thuộc 16 dân tộc đó.",
    en="Support for very small ethnic groups, but the learner's is not one of the sixteen.",
    verified=False,
)
def very_small_group_support_is_for_such_groups() -> pl.Expr:
    very_small = code_list("ETHNIC_GROUP").with_attribute("very_small")
    return ~pl.col("very_small_group_support") | pl.col("ethnic_group").is_in(very_small)


@rule(
    "CS-0104",
    on="learners",
    field="is_poor",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Diện chính sách là hộ nghèo nhưng Hộ nghèo không ghi “Có”.",
    en="The policy group is a poor household, but the household is not called poor.",
    repair=Repair(
        vi="Ghi “Có” vào Hộ nghèo",
        en="Say yes to poor household",
        values={"is_poor": pl.lit(value=True)},
    ),
    verified=False,
)
def policy_group_of_the_poor_is_poor() -> pl.Expr:
    return (pl.col("group") != _POOR) | pl.col("is_poor").fill_null(value=False)


@rule(
    "CS-0105",
    on="learners",
    field="group",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Diện chính sách là khuyết tật nhưng chưa ghi loại khuyết tật.",
    en="The policy group is disability, but no disability is recorded.",
    verified=False,
)
def policy_group_of_the_disabled_is_disabled() -> pl.Expr:
    return (pl.col("group") != _DISABLED) | pl.col("disability").is_not_null()


@rule(
    "CS-0106",
    on="learners",
    field="group",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Diện chính sách dành cho dân tộc thiểu số nhưng dân tộc của em không phải.",
    en="The policy group is for ethnic minorities, but the learner is not of one.",
    verified=False,
)
def policy_group_of_minorities_is_of_a_minority() -> pl.Expr:
    minorities = code_list("ETHNIC_GROUP").with_attribute("is_minority")
    return (pl.col("group") != _MINORITY) | pl.col("ethnic_group").is_in(minorities)


@rule(
    "CS-0107",
    on="learners",
    field="rice_support",
    severity=Severity.QUERY,
    clause="NĐ 116/2016/NĐ-CP",
    vi="Cấp gạo, tiền ăn hằng tháng hay hỗ trợ nhà ở là cho học sinh bán trú; em không bán trú.",
    en="Rice, meal money and housing are for boarders; this learner is none.",
    levels=GENERAL,
    verified=False,
)
def boarding_support_is_for_boarders() -> pl.Expr:
    support = ("rice_support", "monthly_money", "housing_support")
    receives = pl.any_horizontal([pl.col(name).fill_null(value=False) for name in support])
    boards = pl.any_horizontal([
        pl.col(name).fill_null(value=False) for name in ("ethnic_day_boarder", "day_boarder")
    ])  # fmt: skip
    return ~receives | boards


@rule(
    "CS-0108",
    on="learners",
    field="group",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Diện mồ côi cả cha, mẹ nhưng chưa ghi người giám hộ.",
    en="Orphaned of both parents, yet no guardian is named.",
    verified=False,
)
def orphan_has_a_guardian() -> pl.Expr:
    return (pl.col("group") != _ORPHAN) | pl.col("guardian_full_name").is_not_null()


@rule(
    "CS-0109",
    on="learners",
    field="study_cost_support",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Có hỗ trợ nhưng chưa ghi diện chính sách hay hộ nghèo nào làm căn cứ.",
    en="There is support, but no policy group or poor household that it rests on.",
    verified=False,
)
def study_cost_support_has_a_ground() -> pl.Expr:
    grounds = [
        pl.col("group").is_not_null(),
        pl.col("is_poor").fill_null(value=False),
        pl.col("in_difficult_area").fill_null(value=False),
        pl.col("disability").is_not_null(),
    ]
    return ~pl.col("study_cost_support") | pl.any_horizontal(grounds)

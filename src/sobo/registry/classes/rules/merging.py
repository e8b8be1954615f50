"""Merged classes: one room, one teacher, several grades or ages (LO-02xx).

A merged class belongs to its lowest grade; its learners count in their own.
"""

import polars as pl

from sobo.specification.fields import Level
from sobo.specification.rules import Repair, Severity, rule

_CLAUSE = "TT 42/2021 Đ5.2, Đ6.2"


@rule(
    "LO-0201",
    on="classes",
    field="merged_with",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Không có lớp nào mang mã lớp ghép {merged_with}.",
    en="No class has the code {merged_with} that this one is merged with.",
    plain_vi="Không có lớp nào mang mã lớp ghép này.",
    plain_en="No class has the code that this one is merged with.",
    needs=["merged_known"],
)
def merged_class_exists() -> pl.Expr:
    return pl.col("merged_known")


@rule(
    "LO-0202",
    on="classes",
    field="merged_with",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Lớp ghép với chính nó.",
    en="The class is merged with itself.",
)
def class_is_not_merged_with_itself() -> pl.Expr:
    return pl.col("merged_with") != pl.col("code")


@rule(
    "LO-0203",
    on="classes",
    field="merged_with",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Hai lớp ghép không cùng điểm trường.",
    en="The two merged classes are not on the same campus.",
    needs=["merged_known", "merged_campus"],
)
def merged_classes_share_a_campus() -> pl.Expr:
    own, other = pl.col("campus").fill_null(""), pl.col("merged_campus").fill_null("")
    return ~pl.col("merged_known") | (own == other)


@rule(
    "LO-0204",
    on="classes",
    field="merged_with",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Hai lớp ghép không cùng cấp học.",
    en="The two merged classes are not of the same level.",
    needs=["merged_level"],
    verified=False,
)
def merged_classes_share_a_level() -> pl.Expr:
    return pl.col("merged_level") == pl.col("row_level")


@rule(
    "LO-0205",
    on="classes",
    field="is_merged",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Đã ghi mã lớp ghép hoặc số độ tuổi ghép nhưng không ghi là lớp ghép.",
    en="A merged class or a number of merged ages is given, but the class is not called merged.",
    repair=Repair(
        vi="Ghi là lớp ghép", en="Call it merged", values={"is_merged": pl.lit(value=True)}
    ),
)
def class_with_a_partner_is_merged() -> pl.Expr:
    has_partner = pl.col("merged_with").is_not_null() | pl.col("merged_ages").is_not_null()
    return pl.col("is_merged").fill_null(value=False) | ~has_partner


@rule(
    "LO-0206",
    on="classes",
    field="merged_with",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Lớp ghép với {merged_with}, nhưng lớp kia ghi ghép với lớp khác.",
    en="Merged with {merged_with}, but that class names another partner.",
    plain_vi="Lớp ghép kia ghi ghép với lớp khác.",
    plain_en="The other class names another partner.",
    needs=["merged_known", "merged_back"],
    verified=False,
)
def merging_is_mutual() -> pl.Expr:
    return pl.col("merged_back") == pl.col("code")


@rule(
    "LO-0207",
    on="classes",
    field="merged_ages",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.2",
    vi="Ghi ghép {merged_ages} độ tuổi, nhưng trẻ trong lớp thuộc {grades} độ tuổi.",
    en="It says {merged_ages} merged ages, but the children are of {grades}.",
    plain_vi="Số độ tuổi ghép khác với số độ tuổi của trẻ trong lớp.",
    plain_en="The number of merged ages differs from the ages of the children in the class.",
    needs=["grades", "size"],
    levels=[Level.PRESCHOOL],
)
def merged_ages_are_those_of_the_children() -> pl.Expr:
    return (pl.col("merged_ages") == pl.col("grades")) | (pl.col("size") == 0)


@rule(
    "LO-0208",
    on="classes",
    field="is_merged",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Không phải lớp ghép nhưng có {other_grades} em khối khác.",
    en="Not a merged class, yet {other_grades} of its learners are of another grade.",
    plain_vi="Không phải lớp ghép nhưng có em khối khác.",
    plain_en="Not a merged class, yet some of its learners are of another grade.",
    needs=["other_grades"],
)
def class_of_several_grades_is_merged() -> pl.Expr:
    return pl.col("is_merged") | (pl.col("other_grades") == 0)

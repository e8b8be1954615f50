"""Progress, inclusion and what is kept for ethnic minorities (HS-05xx)."""

import polars as pl

from sobo.registry.learners.models import MOVED_IN
from sobo.specification.codelists import code_list
from sobo.specification.fields import GENERAL
from sobo.specification.rules import Repair, Severity, rule

_FIRST_GRADES = ("1", "6", "10")
_RETURNED = ("03", "07")
_REPEATING = "2"
"""Kind of admission of one who repeats the grade (ADMISSION_KIND)."""


def _is_of_a_minority() -> pl.Expr:
    return pl.col("ethnic_group").is_in(code_list("ETHNIC_GROUP").with_attribute("is_minority"))


@rule(
    "HS-0501",
    on="learners",
    field="repeats",
    severity=Severity.ERROR,
    clause="TT 03/2024/TT-BGDĐT",
    vi="Vừa lưu ban vừa tuyển mới đầu cấp.",
    en="Repeats the grade and is new in the level at once.",
    levels=GENERAL,
    verified=False,
)
def repeater_is_not_new_in_the_level() -> pl.Expr:
    return ~(pl.col("repeats") & pl.col("is_new_in_level"))


@rule(
    "HS-0502",
    on="learners",
    field="is_new_in_level",
    severity=Severity.ERROR,
    clause="TT 03/2024/TT-BGDĐT",
    vi="Tuyển mới chỉ có ở lớp đầu cấp (1, 6, 10), hoặc khi em chuyển đến hay xin học lại.",
    en="New in a level: only in its first grade (1, 6, 10), or on moving in or coming back.",
    levels=GENERAL,
    verified=False,
)
def new_learners_are_in_a_first_grade() -> pl.Expr:
    came = pl.col("status").is_in(MOVED_IN + _RETURNED)
    return ~pl.col("is_new_in_level") | pl.col("grade").is_in(_FIRST_GRADES) | came


@rule(
    "HS-0503",
    on="learners",
    field="is_new_in_level",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN",
    vi="Em học lớp đầu cấp nhưng không ghi tuyển mới, cũng không ghi lưu ban.",
    en="In the first grade of a level, yet neither new nor repeating.",
    levels=GENERAL,
    verified=False,
    repair=Repair(
        vi="Ghi “Có” vào Tuyển mới đầu cấp",
        en="Say yes to new in this level",
        values={"is_new_in_level": pl.lit(value=True)},
    ),
)
def first_grade_learner_is_new_or_repeats() -> pl.Expr:
    is_new = pl.col("is_new_in_level").fill_null(value=False)
    repeats = pl.col("repeats").fill_null(value=False)
    return ~pl.col("grade").is_in(_FIRST_GRADES) | is_new | repeats


@rule(
    "HS-0504",
    on="learners",
    field="admission",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ6.4",
    vi="Loại nhập học và Lưu ban năm trước không khớp.",
    en="The kind of admission and repeating the grade disagree.",
    levels=GENERAL,
    verified=False,
)
def admission_agrees_with_repeating() -> pl.Expr:
    repeats = pl.col("repeats").fill_null(value=False)
    return (pl.col("admission") == _REPEATING) == repeats


@rule(
    "HS-0511",
    on="learners",
    field="disability",
    severity=Severity.ERROR,
    clause="Luật Người khuyết tật 2010 Đ3, Đ28",
    vi="Em học hoà nhập nhưng chưa ghi loại khuyết tật.",
    en="In inclusive education, but no disability is recorded.",
    verified=False,
)
def inclusive_learner_has_a_disability() -> pl.Expr:
    return ~pl.col("is_inclusive") | pl.col("disability").is_not_null()


@rule(
    "HS-0512",
    on="learners",
    field="is_inclusive",
    severity=Severity.ERROR,
    clause="Luật Người khuyết tật 2010 Đ28",
    vi="Em học hoà nhập nhưng lớp là lớp chuyên biệt.",
    en="In inclusive education, but the class is a special one.",
    needs=["class_is_special"],
    levels=GENERAL,
    verified=False,
)
def inclusive_learner_is_in_an_ordinary_class() -> pl.Expr:
    return ~(pl.col("is_inclusive") & pl.col("class_is_special"))


@rule(
    "HS-0513",
    on="learners",
    field="disability",
    severity=Severity.QUERY,
    clause="Luật Người khuyết tật 2010 Đ28",
    vi="Em học lớp chuyên biệt nhưng chưa ghi loại khuyết tật.",
    en="In a special class, but no disability is recorded.",
    needs=["class_is_special"],
    levels=GENERAL,
    verified=False,
)
def learner_of_a_special_class_has_a_disability() -> pl.Expr:
    return ~pl.col("class_is_special") | pl.col("disability").is_not_null()


@rule(
    "HS-0514",
    on="learners",
    field="is_inclusive",
    severity=Severity.QUERY,
    clause="Luật Người khuyết tật 2010 Đ28",
    vi="Em khuyết tật ở lớp thường nhưng không ghi học hoà nhập.",
    en="A disabled learner in an ordinary class who is not said to be in inclusive education.",
    needs=["class_is_special"],
    verified=False,
    repair=Repair(
        vi="Ghi “Có” vào Khuyết tật học hoà nhập",
        en="Say yes to inclusive education",
        values={"is_inclusive": pl.lit(value=True)},
    ),
)
def disabled_learner_is_in_inclusion_or_a_special_class() -> pl.Expr:
    is_taught_apart = pl.col("class_is_special").fill_null(value=False)
    is_inclusive = pl.col("is_inclusive").fill_null(value=False)
    return pl.col("disability").is_null() | is_inclusive | is_taught_apart


@rule(
    "HS-0515",
    on="learners",
    field="is_not_assessed",
    severity=Severity.ERROR,
    clause="TT 27/2020, TT 22/2021/TT-BGDĐT",
    vi="Ghi “khuyết tật không đánh giá” nhưng chưa ghi loại khuyết tật.",
    en="Disabled and not assessed, but no disability is recorded.",
    verified=False,
)
def one_not_assessed_has_a_disability() -> pl.Expr:
    return ~pl.col("is_not_assessed") | pl.col("disability").is_not_null()


@rule(
    "HS-0521",
    on="learners",
    field="ethnic_day_boarder",
    severity=Severity.ERROR,
    clause="NĐ 116/2016/NĐ-CP",
    vi="Học sinh dân tộc bán trú nhưng dân tộc không phải dân tộc thiểu số.",
    en="An ethnic day boarder who is not of an ethnic minority.",
    levels=GENERAL,
    verified=False,
)
def ethnic_day_boarder_is_of_a_minority() -> pl.Expr:
    return ~pl.col("ethnic_day_boarder") | _is_of_a_minority()


@rule(
    "HS-0522",
    on="learners",
    field="ethnic_day_boarder",
    severity=Severity.QUERY,
    clause="NĐ 116/2016/NĐ-CP",
    vi="Học sinh dân tộc bán trú ở trường không phải PTDT bán trú và không thuộc vùng khó khăn.",
    en="An ethnic day boarder at a school of another kind and outside the difficult areas.",
    needs=["school_kind", "school_is_especially_difficult", "school_difficult_area"],
    levels=GENERAL,
    verified=False,
)
def ethnic_day_boarder_is_at_such_a_school() -> pl.Expr:
    kinds = code_list("SCHOOL_KIND").with_attribute("is_ethnic_semi_boarding")
    is_such_a_school = pl.col("school_kind").is_in(kinds).fill_null(value=False)
    is_difficult = pl.col("school_is_especially_difficult").fill_null(value=False)
    is_named = pl.col("school_difficult_area").is_not_null()
    return ~pl.col("ethnic_day_boarder") | is_such_a_school | is_difficult | is_named


@rule(
    "HS-0523",
    on="learners",
    field="has_teaching_assistant",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ6.4",
    vi="“Học sinh dân tộc có trợ giảng” nhưng dân tộc không phải dân tộc thiểu số.",
    en="Has an assistant for ethnic minorities, but is not of one.",
    levels=GENERAL,
    verified=False,
)
def one_with_an_ethnic_assistant_is_of_a_minority() -> pl.Expr:
    return ~pl.col("has_teaching_assistant") | _is_of_a_minority()


@rule(
    "HS-0524",
    on="learners",
    field="ethnic_group",
    severity=Severity.QUERY,
    clause="Luật Hộ tịch 2014 Đ14; BLDS 2015 Đ29",
    vi="Em thuộc dân tộc thiểu số nhưng cả cha và mẹ đều ghi không.",
    en="The learner is of an ethnic minority, but neither father nor mother is.",
    verified=False,
)
def minority_child_has_a_minority_parent() -> pl.Expr:
    neither = ~pl.col("father_is_minority") & ~pl.col("mother_is_minority")
    return ~_is_of_a_minority() | ~neither

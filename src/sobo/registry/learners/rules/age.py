"""Age and days (HS-02xx).

Age is the calendar year the school year starts in, less the year of birth (Luật Giáo dục 2019 Đ28);
nursery groups go by completed months on 30 September.
"""

import polars as pl

from sobo.specification.fields import GENERAL, Level
from sobo.specification.rules import Severity, rule

_PRESCHOOL = [Level.PRESCHOOL]
_MONTHS = {"13": (3, 12), "14": (13, 24), "15": (25, 36)}
"""Completed months of a nursery group (GRADE), both ends included."""
_YEARS_LATE = 3
_OLDEST_CHILD = 6
_OLDEST_LEARNER = 25
_YOUNGEST_MONTHS = 3


def _is_general() -> pl.Expr:
    return pl.col("row_level").is_in([level.value for level in GENERAL])


@rule(
    "HS-0201",
    on="learners",
    field="birth",
    severity=Severity.QUERY,
    clause="Luật Giáo dục 2019 Đ23",
    vi="Trẻ {age} tuổi (tính theo năm) còn học mầm non.",
    en="A child of {age} by the calendar is still in preschool.",
    plain_vi="Trẻ trên 6 tuổi (tính theo năm) còn học mầm non.",
    plain_en="A child above 6 by the calendar is still in preschool.",
    needs=["age"],
    levels=_PRESCHOOL,
    verified=False,
)
def preschool_child_is_at_most_six() -> pl.Expr:
    return (pl.col("row_level") != Level.PRESCHOOL.value) | (pl.col("age") <= _OLDEST_CHILD)


@rule(
    "HS-0202",
    on="learners",
    field="birth",
    severity=Severity.QUERY,
    clause="Luật Giáo dục 2019 Đ23",
    vi="Trẻ chưa đủ 3 tháng tuổi ngày 30/9: nhà trẻ nhận trẻ từ 3 tháng.",
    en="The child was not 3 months old on 30 September: nurseries take children from 3 months on.",
    needs=["months"],
    levels=_PRESCHOOL,
    verified=False,
)
def nursery_child_is_at_least_three_months() -> pl.Expr:
    return pl.col("months") >= _YOUNGEST_MONTHS


@rule(
    "HS-0203",
    on="learners",
    field="birth",
    severity=Severity.ERROR,
    clause="Luật Giáo dục 2019 Đ28",
    vi="Học sinh {age} tuổi: năm sinh ghi nhầm?",
    en="A learner of {age}: is the year of birth mistyped?",
    plain_vi="Học sinh trên 25 tuổi: năm sinh ghi nhầm?",
    plain_en="A learner above 25: is the year of birth mistyped?",
    needs=["age"],
    levels=GENERAL,
    verified=False,
)
def learner_is_of_school_age() -> pl.Expr:
    return ~_is_general() | (pl.col("age") <= _OLDEST_LEARNER)


@rule(
    "HS-0204",
    on="learners",
    field="birth",
    severity=Severity.QUERY,
    clause="Luật Giáo dục 2019 Đ28.1",
    vi="Học sinh lớp {grade} phải từ {expected_age} tuổi; em này {age} tuổi.",
    en="A learner of grade {grade} must be {expected_age} or above; this one is {age}.",
    plain_vi="Học sinh chưa đủ tuổi của khối lớp.",
    plain_en="The learner is younger than the grade asks for.",
    needs=["age", "expected_age"],
    levels=GENERAL,
)
def is_old_enough_for_the_grade() -> pl.Expr:
    return ~_is_general() | (pl.col("age") >= pl.col("expected_age"))


@rule(
    "HS-0205",
    on="learners",
    field="birth",
    severity=Severity.QUERY,
    clause="Luật Giáo dục 2019 Đ28.2, Đ28.3",
    vi="Em {age} tuổi, quá tuổi lớp {grade} hơn 3 năm: cần quyết định học sai tuổi.",
    en="At {age} the learner is more than 3 years late for grade {grade}: a decision is needed.",
    plain_vi="Quá tuổi của khối lớp hơn 3 năm: cần quyết định học sai tuổi.",
    plain_en="More than 3 years late for the grade: a decision is needed.",
    needs=["age", "expected_age"],
    levels=GENERAL,
)
def is_at_most_three_years_late() -> pl.Expr:
    late = pl.col("age") - pl.col("expected_age")
    return ~_is_general() | (late <= _YEARS_LATE) | pl.col("age_decision").is_not_null()


@rule(
    "HS-0206",
    on="learners",
    field="birth",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN",
    vi="Ngày 30/9 trẻ được {months} tháng, ngoài nhóm tuổi của em.",
    en="On 30 September the child was {months} months old, outside the group's ages.",
    plain_vi="Số tháng tuổi ngày 30/9 nằm ngoài nhóm tuổi.",
    plain_en="The age in months on 30 September lies outside the group's.",
    needs=["months"],
    levels=_PRESCHOOL,
    verified=False,
)
def months_agree_with_the_nursery_group() -> pl.Expr:
    outside = [
        (pl.col("grade") == grade) & ~pl.col("months").is_between(*ends)
        for grade, ends in _MONTHS.items()
    ]
    return ~pl.any_horizontal(outside)


@rule(
    "HS-0207",
    on="learners",
    field="birth",
    severity=Severity.QUERY,
    clause="Luật Giáo dục 2019 Đ23; TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN",
    vi="Trẻ {age} tuổi (tính theo năm); lớp mẫu giáo này dành cho trẻ {expected_age} tuổi.",
    en="The child is {age} by the calendar; this kindergarten class is for age {expected_age}.",
    plain_vi="Tuổi của trẻ khác với độ tuổi của lớp mẫu giáo.",
    plain_en="The child's age is not that of the kindergarten class.",
    needs=["age", "expected_age"],
    levels=_PRESCHOOL,
    verified=False,
)
def age_agrees_with_the_kindergarten_class() -> pl.Expr:
    is_preschool = pl.col("row_level") == Level.PRESCHOOL.value
    return ~is_preschool | (pl.col("age") == pl.col("expected_age"))


@rule(
    "HS-0208",
    on="learners",
    field="birth",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN",
    vi="Trẻ nhà trẻ cần đủ ngày sinh: nhóm tuổi tính theo tháng.",
    en="A nursery child needs a full date of birth: groups go by months.",
    needs=["birth_day"],
    levels=_PRESCHOOL,
    verified=False,
)
def nursery_child_s_birth_is_known_to_the_day() -> pl.Expr:
    is_nursery = pl.col("grade").is_in(list(_MONTHS))
    return ~is_nursery | pl.col("birth").is_null() | pl.col("birth_day").is_not_null()


@rule(
    "HS-0209",
    on="learners",
    field="entered_on",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ10.2",
    vi="Ngày vào trường trước ngày sinh hoặc nằm trong tương lai.",
    en="The day of entry lies before birth or in the future.",
    needs=["birth_year", "on"],
)
def entry_lies_within_the_life() -> pl.Expr:
    entered = pl.col("entered_on")
    return (entered <= pl.col("on")) & (entered.dt.year() >= pl.col("birth_year"))


@rule(
    "HS-0210",
    on="learners",
    field="is_pioneer",
    severity=Severity.QUERY,
    clause="Điều lệ Đội TNTP Hồ Chí Minh Đ1",
    vi="Đội viên từ 9 đến 15 tuổi; em này {age} tuổi.",
    en="Pioneers are 9 to 15 years old; this learner is {age}.",
    plain_vi="Tuổi của đội viên ngoài khoảng 9–15.",
    plain_en="A pioneer outside the ages 9 to 15.",
    needs=["age"],
    levels=GENERAL,
    verified=False,
)
def pioneer_is_nine_to_fifteen() -> pl.Expr:
    # Who turned 9 or 16 within the school year is let pass: ages here are by calendar year.
    return ~pl.col("is_pioneer") | pl.col("age").is_between(8, 16)


@rule(
    "HS-0211",
    on="learners",
    field="is_union_member",
    severity=Severity.QUERY,
    clause="Điều lệ Đoàn TNCS Hồ Chí Minh Đ1",
    vi="Đoàn viên từ 16 tuổi; em này {age} tuổi.",
    en="Members of the Youth Union are 16 or above; this learner is {age}.",
    plain_vi="Đoàn viên chưa đủ tuổi.",
    plain_en="A member of the Youth Union below its age.",
    needs=["age"],
    levels=GENERAL,
    verified=False,
)
def union_member_is_old_enough() -> pl.Expr:
    return ~pl.col("is_union_member") | (pl.col("age") >= 15)


@rule(
    "HS-0212",
    on="learners",
    field="is_union_member",
    severity=Severity.QUERY,
    clause="Điều lệ Đội TNTP Hồ Chí Minh Đ1; Điều lệ Đoàn TNCS Hồ Chí Minh Đ1",
    vi="Vừa là đội viên vừa là đoàn viên.",
    en="Both a pioneer and a member of the Youth Union.",
    levels=GENERAL,
    verified=False,
)
def learner_is_pioneer_or_union_member() -> pl.Expr:
    return ~(pl.col("is_pioneer") & pl.col("is_union_member"))

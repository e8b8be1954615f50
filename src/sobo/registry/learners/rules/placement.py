"""Class and grade (HS-03xx)."""

import polars as pl

from sobo.specification.rules import Repair, Severity, rule

_CLAUSE = "TT 42/2021 Đ5.4, Đ6.4"


@rule(
    "HS-0301",
    on="learners",
    field="school_class",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Trường không có lớp {school_class} trong năm học này.",
    en="The school has no class {school_class} in this school year.",
    plain_vi="Trường không có lớp này trong năm học này.",
    plain_en="The school has no such class in this school year.",
    needs=["class_known"],
)
def class_exists() -> pl.Expr:
    return pl.col("class_known")


@rule(
    "HS-0302",
    on="learners",
    field="grade",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Khối của em ({grade}) khác với khối của lớp ({class_grade}).",
    en="The learner's grade ({grade}) differs from the class's ({class_grade}).",
    plain_vi="Khối của em khác với khối của lớp.",
    plain_en="The learner's grade differs from the class's.",
    needs=["class_grade", "class_is_merged"],
    repair=Repair(
        vi="Lấy khối theo lớp",
        en="Take the grade of the class",
        values={"grade": pl.col("class_grade")},
    ),
)
def grade_is_that_of_the_class() -> pl.Expr:
    is_merged = pl.col("class_is_merged").fill_null(value=False)
    return is_merged | (pl.col("grade") == pl.col("class_grade"))


@rule(
    "HS-0303",
    on="learners",
    field="grade",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Khối này không thuộc cấp học nào của trường.",
    en="This grade belongs to no level of the school.",
    needs=["level_is_taught"],
)
def grade_is_of_the_school_s_levels() -> pl.Expr:
    return pl.col("level_is_taught")


@rule(
    "HS-0304",
    on="learners",
    field="grade",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Lớp ghép mang khối thấp nhất ({class_grade}); khối của em ({grade}) không thể thấp hơn.",
    en="A merged class bears its lowest grade ({class_grade}); {grade} cannot be below it.",
    plain_vi="Khối của em thấp hơn khối của lớp ghép, hoặc thuộc cấp học khác.",
    plain_en="The learner's grade is below that of the merged class, or of another level.",
    needs=["class_grade", "class_is_merged", "class_level"],
)
def merged_class_bears_its_lowest_grade() -> pl.Expr:
    own = pl.col("grade").cast(pl.Int32, strict=False)
    lowest = pl.col("class_grade").cast(pl.Int32, strict=False)
    fits = (own >= lowest) & (pl.col("row_level") == pl.col("class_level"))
    return ~pl.col("class_is_merged") | fits


@rule(
    "HS-0305",
    on="learners",
    field="two_sessions",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, 02-TH-ĐN",
    vi="Học 2 buổi/ngày của em khác với của lớp.",
    en="Two sessions a day: the learner's answer differs from the class's.",
    needs=["class_two_sessions"],
    repair=Repair(
        vi="Ghi theo lớp",
        en="Answer as the class does",
        values={"two_sessions": pl.col("class_two_sessions")},
    ),
)
def two_sessions_are_those_of_the_class() -> pl.Expr:
    return pl.col("two_sessions") == pl.col("class_two_sessions")


@rule(
    "HS-0306",
    on="learners",
    field="day_boarder",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Em bán trú nhưng lớp không bán trú.",
    en="A day boarder in a class without day boarding.",
    needs=["class_day_boarding"],
)
def day_boarder_is_in_a_day_boarding_class() -> pl.Expr:
    return ~pl.col("day_boarder") | pl.col("class_day_boarding")


@rule(
    "HS-0307",
    on="learners",
    field="day_boarder",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Em bán trú nhưng không học 2 buổi/ngày.",
    en="A day boarder who does not have two sessions a day.",
    verified=False,
    repair=Repair(
        vi="Ghi “Có” vào Học 2 buổi/ngày",
        en="Say yes to two sessions a day",
        values={"two_sessions": pl.lit(value=True)},
        applies=pl.col("class_two_sessions").fill_null(value=False),
    ),
    needs=["class_two_sessions"],
)
def day_boarder_has_two_sessions() -> pl.Expr:
    return ~pl.col("day_boarder") | pl.col("two_sessions")


@rule(
    "HS-0308",
    on="learners",
    field="boarding_kind",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Đã ghi hình thức bán trú nhưng em không bán trú.",
    en="A kind of boarding is given, but the learner is no day boarder.",
)
def only_day_boarders_have_a_kind_of_boarding() -> pl.Expr:
    boards = pl.col("day_boarder") | pl.col("ethnic_day_boarder").fill_null(value=False)
    return pl.col("boarding_kind").is_null() | boards

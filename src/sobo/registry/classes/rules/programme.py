"""How the class learns: sessions, boarding, languages, streams (LO-05xx)."""

import polars as pl

from sobo.specification.codelists import code_list
from sobo.specification.fields import GENERAL, Level
from sobo.specification.rules import Repair, Severity, rule

_CLAUSE = "TT 42/2021 Đ5.2, Đ6.2"
_ONE_SESSION_A_DAY, _TWO_SESSIONS_A_DAY = 6, 9
"""Sessions a week: up to 6 leave no second session, from 9 on nearly every day has two."""


@rule(
    "LO-0501",
    on="classes",
    field="sessions_per_week",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN",
    vi="Số buổi học trên tuần không khớp với Dạy 2 buổi/ngày.",
    en="The sessions a week disagree with two sessions a day.",
    levels=GENERAL,
    verified=False,
)
def sessions_agree_with_two_sessions_a_day() -> pl.Expr:
    known = {
        item.code: item.attributes["sessions"] for item in code_list("SESSIONS_PER_WEEK").items
    }
    sessions = pl.col("sessions_per_week").replace_strict(
        known, default=None, return_dtype=pl.Int32
    )
    twice = pl.col("two_sessions")
    return (twice & (sessions > _ONE_SESSION_A_DAY)) | (~twice & (sessions < _TWO_SESSIONS_A_DAY))


@rule(
    "LO-0502",
    on="classes",
    field="boarding_kind",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Đã ghi hình thức bán trú nhưng lớp không bán trú.",
    en="A kind of boarding is given, but the class has no day boarding.",
)
def only_day_boarding_classes_have_a_kind() -> pl.Expr:
    return pl.col("boarding_kind").is_null() | pl.col("day_boarding")


@rule(
    "LO-0503",
    on="classes",
    field="day_boarding",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Lớp bán trú thì học 2 buổi/ngày.",
    en="A class with day boarding has two sessions a day.",
    repair=Repair(
        vi="Ghi “Có” vào Dạy 2 buổi/ngày",
        en="Say yes to two sessions a day",
        values={"two_sessions": pl.lit(value=True)},
    ),
    verified=False,
)
def day_boarding_class_has_two_sessions() -> pl.Expr:
    return ~pl.col("day_boarding") | pl.col("two_sessions")


@rule(
    "LO-0504",
    on="classes",
    field="day_boarding",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Lớp ghi không bán trú nhưng có {day_boarders} em bán trú.",
    en="The class says no day boarding, yet {day_boarders} learners are day boarders.",
    plain_vi="Lớp ghi không bán trú nhưng có em bán trú.",
    plain_en="The class says no day boarding, yet some learners are day boarders.",
    needs=["day_boarders"],
)
def class_of_day_boarders_has_day_boarding() -> pl.Expr:
    return pl.col("day_boarding") | (pl.col("day_boarders") == 0)


@rule(
    "LO-0505",
    on="classes",
    field="language_2",
    severity=Severity.ERROR,
    clause="TT 32/2018/TT-BGDĐT",
    vi="Ngoại ngữ 2 trùng với ngoại ngữ 1.",
    en="The second foreign language is the first.",
    levels=GENERAL,
    verified=False,
)
def second_language_differs_from_the_first() -> pl.Expr:
    return pl.col("language_2") != pl.col("language_1")


@rule(
    "LO-0506",
    on="classes",
    field="language_1",
    severity=Severity.ERROR,
    clause="TT 32/2018/TT-BGDĐT",
    vi="Đã ghi ngoại ngữ 2 nhưng chưa ghi ngoại ngữ 1.",
    en="A second foreign language is given without a first.",
    levels=GENERAL,
    repair=Repair(
        vi="Chuyển ngoại ngữ 2 sang ngoại ngữ 1",
        en="Make the second language the first",
        values={"language_1": pl.col("language_2"), "language_2": pl.lit(None, dtype=pl.String)},
    ),
    verified=False,
)
def second_language_follows_a_first() -> pl.Expr:
    return pl.col("language_2").is_null() | pl.col("language_1").is_not_null()


@rule(
    "LO-0507",
    on="classes",
    field="is_gifted",
    severity=Severity.QUERY,
    clause="Luật Giáo dục 2019 Đ62",
    vi="Lớp chuyên nhưng trường không phải trường chuyên.",
    en="A gifted class in a school that is not a gifted school.",
    needs=["school_kind"],
    levels=[Level.UPPER_SECONDARY],
    verified=False,
)
def gifted_class_is_in_a_gifted_school() -> pl.Expr:
    gifted_schools = code_list("SCHOOL_KIND").with_attribute("is_specialised")
    return ~pl.col("is_gifted") | pl.col("school_kind").is_in(gifted_schools)


@rule(
    "LO-0508",
    on="classes",
    field="gifted_programme",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ6.2",
    vi="Đã ghi hệ chuyên nhưng lớp không phải lớp chuyên.",
    en="A gifted programme is given, but the class is not a gifted one.",
    levels=[Level.UPPER_SECONDARY],
)
def only_gifted_classes_have_a_programme() -> pl.Expr:
    return pl.col("gifted_programme").is_null() | pl.col("is_gifted").fill_null(value=False)


@rule(
    "LO-0509",
    on="classes",
    field="language_periods",
    severity=Severity.QUERY,
    clause="TT 32/2018/TT-BGDĐT",
    vi="Đã ghi số tiết ngoại ngữ nhưng chưa ghi ngoại ngữ 1.",
    en="Foreign language periods are given, but no foreign language.",
    levels=[Level.PRIMARY],
    verified=False,
)
def language_periods_are_of_a_language() -> pl.Expr:
    return pl.col("language_periods").is_null() | pl.col("language_1").is_not_null()

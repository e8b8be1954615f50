"""Teaching: qualification, subjects, sessions, awards (NS-03xx)."""

import polars as pl

from sobo.registry.staff.models import EMPLOYEE, TEACHER
from sobo.specification.fields import SECONDARY, Level
from sobo.specification.rules import Severity, rule

_DEGREES_WITH_PEDAGOGY = ("01", "02", "13", "16")
"""Doctor, master, degree with pedagogy certificate, pedagogy degree (QUALIFICATION)."""
_COLLEGE_OR_ABOVE = (*_DEGREES_WITH_PEDAGOGY, "03", "14", "17")
_CLAUSE = "TT 42/2021 Đ5.3, Đ6.3"


@rule(
    "NS-0301",
    on="staff",
    field="qualification",
    severity=Severity.QUERY,
    clause="Luật Giáo dục 2019 Đ72.1a",
    vi="Giáo viên mầm non cần bằng cao đẳng sư phạm trở lên.",
    en="A preschool teacher needs a college degree in pedagogy or above.",
    levels=[Level.PRESCHOOL],
    verified=False,
)
def preschool_teacher_is_qualified() -> pl.Expr:
    is_one = (pl.col("group") == TEACHER) & (pl.col("row_level") == Level.PRESCHOOL.value)
    return ~is_one | pl.col("qualification").is_in(_COLLEGE_OR_ABOVE)


@rule(
    "NS-0302",
    on="staff",
    field="qualification",
    severity=Severity.QUERY,
    clause="Luật Giáo dục 2019 Đ72.1b",
    vi="Giáo viên phổ thông cần bằng cử nhân sư phạm, hoặc cử nhân có chứng chỉ nghiệp vụ sư phạm.",
    en="A teacher of general schools needs a degree in pedagogy, or one with its certificate.",
    levels=[Level.PRIMARY, *SECONDARY],
    verified=False,
)
def general_teacher_is_qualified() -> pl.Expr:
    is_preschool = pl.col("row_level") == Level.PRESCHOOL.value
    is_one = (pl.col("group") == TEACHER) & ~is_preschool
    return ~is_one | pl.col("qualification").is_in(_DEGREES_WITH_PEDAGOGY)


@rule(
    "NS-0303",
    on="staff",
    field="subjects",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Giáo viên THCS, THPT chưa ghi môn dạy.",
    en="A secondary teacher without a subject.",
    levels=SECONDARY,
)
def secondary_teacher_has_a_subject() -> pl.Expr:
    is_secondary = pl.col("row_level").is_in([level.value for level in SECONDARY])
    is_one = (pl.col("group") == TEACHER) & is_secondary
    return ~is_one | (pl.col("subjects").list.len().fill_null(0) > 0)


@rule(
    "NS-0304",
    on="staff",
    field="subjects",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Nhân viên không dạy môn nào, nhưng đã ghi môn dạy.",
    en="An employee does not teach, yet subjects are given.",
    verified=False,
)
def employee_teaches_no_subject() -> pl.Expr:
    teaches = pl.col("subjects").list.len().fill_null(0) > 0
    return (pl.col("group") != EMPLOYEE) | ~teaches


@rule(
    "NS-0305",
    on="staff",
    field="teaches_two_sessions",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Vừa dạy 1 buổi/ngày vừa dạy 2 buổi/ngày.",
    en="Teaches one session a day and two sessions at once.",
    verified=False,
)
def teacher_has_one_or_two_sessions() -> pl.Expr:
    return ~(pl.col("teaches_one_session") & pl.col("teaches_two_sessions"))


@rule(
    "NS-0306",
    on="staff",
    field="good_teacher",
    severity=Severity.QUERY,
    clause="TT 22/2019/TT-BGDĐT",
    vi="Danh hiệu giáo viên giỏi ghi cho một nhân viên.",
    en="A good-teacher award for an employee.",
    verified=False,
)
def good_teacher_award_is_for_those_who_teach() -> pl.Expr:
    return pl.col("good_teacher").is_null() | (pl.col("group") != EMPLOYEE)


@rule(
    "NS-0307",
    on="staff",
    field="is_pioneer_leader",
    severity=Severity.QUERY,
    clause="TT 20/2023/TT-BGDĐT",
    vi="Chuyên trách Đoàn, Đội là giáo viên; người này không thuộc nhóm giáo viên.",
    en="A full-time Pioneer leader is a teacher; this person is not.",
    verified=False,
)
def pioneer_leader_is_a_teacher() -> pl.Expr:
    return ~pl.col("is_pioneer_leader") | (pl.col("group") == TEACHER)


@rule(
    "NS-0308",
    on="staff",
    field="professional_standard",
    severity=Severity.QUERY,
    clause="TT 20/2018, TT 26/2018, TT 14/2018/TT-BGDĐT",
    vi="Chuẩn nghề nghiệp là của giáo viên và cán bộ quản lý, không phải của nhân viên.",
    en="Professional standards are for teachers and managers, not for employees.",
    verified=False,
)
def professional_standard_is_not_for_employees() -> pl.Expr:
    return pl.col("professional_standard").is_null() | (pl.col("group") != EMPLOYEE)

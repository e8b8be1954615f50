"""Who is in the class and who leads it: size, inclusion, form teacher (LO-03xx, LO-04xx)."""

import polars as pl

from sobo.specification.fields import GENERAL, Level
from sobo.specification.rules import Repair, Severity, rule

_EMPLOYEE = "3"
"""Staff group (STAFF_GROUP) of those who neither lead nor teach: nhân viên."""
_TEACHER = pl.col("form_teacher_code")


@rule(
    "LO-0301",
    on="classes",
    field="name",
    severity=Severity.QUERY,
    clause="TT 52/2020 Đ15; TT 28/2020 Đ16; TT 32/2020 Đ16; TT 15/2026/TT-BGDĐT",
    vi="Lớp có {size} em, quá mức {size_limit} em.",
    en="The class has {size} learners, more than the {size_limit} of the norm.",
    plain_vi="Sĩ số lớp quá mức quy định.",
    plain_en="The class is larger than the norm.",
    needs=["size", "size_limit"],
    verified=False,
)
def class_size_is_within_the_norm() -> pl.Expr:
    return pl.col("size") <= pl.col("size_limit")


@rule(
    "LO-0302",
    on="classes",
    field="name",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.2, Đ6.2",
    vi="Lớp chưa có em nào.",
    en="The class has no learner yet.",
    needs=["size"],
)
def class_has_learners() -> pl.Expr:
    return pl.col("size") > 0


@rule(
    "LO-0303",
    on="classes",
    field="name",
    severity=Severity.QUERY,
    clause="TT 03/2018/TT-BGDĐT; TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN",
    vi="Lớp có {inclusive_learners} em khuyết tật học hoà nhập, quá mức {inclusive_limit} em.",
    en="The class has {inclusive_learners} learners in inclusion, more than {inclusive_limit}.",
    plain_vi="Số em khuyết tật học hoà nhập trong lớp quá mức quy định.",
    plain_en="The class has more learners in inclusive education than the norm.",
    needs=["inclusive_learners", "inclusive_limit"],
    verified=False,
)
def inclusive_learners_are_few() -> pl.Expr:
    return pl.col("inclusive_learners") <= pl.col("inclusive_limit")


@rule(
    "LO-0304",
    on="classes",
    field="has_disabled_learners",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.2, Đ6.2",
    vi="Lớp ghi không có trẻ khuyết tật nhưng có {disabled_learners} em.",
    en="The class says it has no disabled learner, yet {disabled_learners} are.",
    plain_vi="Lớp ghi không có trẻ khuyết tật nhưng có em khuyết tật.",
    plain_en="The class says it has no disabled learner, yet some are.",
    needs=["disabled_learners"],
    repair=Repair(
        vi="Ghi “Có” vào Lớp có trẻ khuyết tật",
        en="Say yes to learners with disabilities",
        values={"has_disabled_learners": pl.lit(value=True)},
    ),
)
def disabled_learners_are_declared() -> pl.Expr:
    return pl.col("has_disabled_learners") | (pl.col("disabled_learners") == 0)


@rule(
    "LO-0305",
    on="classes",
    field="is_special",
    severity=Severity.QUERY,
    clause="Luật Người khuyết tật 2010 Đ28",
    vi="Lớp chuyên biệt có {size} em nhưng chỉ {disabled_learners} em có ghi khuyết tật.",
    en="A special class of {size}, but only {disabled_learners} have a disability recorded.",
    plain_vi="Lớp chuyên biệt có em chưa ghi khuyết tật.",
    plain_en="A special class with learners who have no disability recorded.",
    needs=["size", "disabled_learners"],
    levels=GENERAL,
    verified=False,
)
def special_class_is_for_the_disabled() -> pl.Expr:
    return ~pl.col("is_special") | (pl.col("size") == pl.col("disabled_learners"))


@rule(
    "LO-0401",
    on="classes",
    field="form_teacher_code",
    severity=Severity.ERROR,
    clause="TT 15/2026/TT-BGDĐT",
    vi="Không có ai trong trường mang mã {form_teacher_code}.",
    en="No one at the school has the code {form_teacher_code}.",
    plain_vi="Không có ai trong trường mang mã giáo viên chủ nhiệm này.",
    plain_en="No one at the school has this form teacher's code.",
    needs=["teacher_known", "teacher_by_name"],
    verified=False,
    repair=Repair(
        vi="Thay họ tên bằng mã của giáo viên đó",
        en="Put the teacher's code in place of the name",
        values={"form_teacher_code": pl.col("teacher_by_name")},
        applies=pl.col("teacher_by_name").is_not_null(),
    ),
)
def form_teacher_is_of_the_school() -> pl.Expr:
    return pl.col("teacher_known")


@rule(
    "LO-0402",
    on="classes",
    field="form_teacher_code",
    severity=Severity.ERROR,
    clause="TT 15/2026/TT-BGDĐT",
    vi="Giáo viên chủ nhiệm không còn làm việc ở trường.",
    en="The form teacher no longer works at the school.",
    needs=["teacher_working"],
    verified=False,
)
def form_teacher_is_working() -> pl.Expr:
    return pl.col("teacher_working")


@rule(
    "LO-0403",
    on="classes",
    field="form_teacher_code",
    severity=Severity.QUERY,
    clause="TT 15/2026/TT-BGDĐT",
    vi="Người chủ nhiệm lớp thuộc nhóm nhân viên, không phải giáo viên.",
    en="The form teacher is an employee, not a teacher.",
    needs=["teacher_group"],
    verified=False,
)
def form_teacher_teaches() -> pl.Expr:
    return pl.col("teacher_group") != _EMPLOYEE


@rule(
    "LO-0404",
    on="classes",
    field="form_teacher_code",
    severity=Severity.QUERY,
    clause="TT 15/2026/TT-BGDĐT",
    vi="Giáo viên này chủ nhiệm {teacher_classes} lớp.",
    en="This teacher is form teacher of {teacher_classes} classes.",
    plain_vi="Một giáo viên chủ nhiệm nhiều lớp.",
    plain_en="One teacher is form teacher of several classes.",
    needs=["teacher_classes"],
    verified=False,
)
def form_teacher_has_one_class() -> pl.Expr:
    # The classes merged into one room share their teacher.
    return pl.col("is_merged").fill_null(value=False) | (pl.col("teacher_classes") == 1)


@rule(
    "LO-0405",
    on="classes",
    field="form_teacher_code",
    severity=Severity.QUERY,
    clause="TT 15/2026/TT-BGDĐT",
    vi="Lớp chưa có giáo viên chủ nhiệm.",
    en="The class has no form teacher yet.",
    levels=GENERAL,
    verified=False,
)
def general_class_has_a_form_teacher() -> pl.Expr:
    is_preschool = pl.col("row_level") == Level.PRESCHOOL.value
    return is_preschool | _TEACHER.is_not_null()

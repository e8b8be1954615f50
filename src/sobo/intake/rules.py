"""What only a file can get wrong: rules that compare its rows with the register they go to."""

import polars as pl

from sobo.registry.matching import CODE_KNOWN
from sobo.specification.rules import Repair, Severity, rule


@rule(
    "TA-0404",
    on=("learners", "staff"),
    field="code",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ10.2",
    vi="Mã {code} không có trong sổ của trường này: tệp của trường khác, hay mã gõ nhầm?",
    en="Code {code} is not in this school's register: another school's file, or mistyped?",
    plain_vi="Mã không có trong sổ của trường này: tệp của trường khác, hay mã gõ nhầm?",
    plain_en="The code is not in this school's register: another school's file, or mistyped?",
    needs=[CODE_KNOWN],
    repair=Repair(
        vi="Để trống mã: em đã có trong sổ sẽ được tìm theo số định danh hoặc họ tên",
        en="Leave the code empty: somebody known is found by personal number or name",
        values={"code": pl.lit(None, dtype=pl.String)},
    ),
)
def code_is_known_to_the_school() -> pl.Expr:
    return pl.col("code").is_null() | pl.col(CODE_KNOWN)


@rule(
    "TA-0405",
    on="learners",
    field="school_class",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.4, Đ6.4",
    vi="Lớp {school_class} là lớp mới trong tệp và dòng lớp ấy còn lỗi: sửa lớp trước.",
    en="Class {school_class} is new in this file and its own row has errors: mend the class first.",
    plain_vi="Lớp là lớp mới trong tệp và dòng lớp ấy còn lỗi: sửa lớp trước.",
    plain_en="The class is new in this file and its own row has errors: mend the class first.",
    needs=["school_class_stands"],
)
def class_of_the_learner_can_be_written() -> pl.Expr:
    return pl.col("school_class_stands")


@rule(
    "TA-0406",
    on=("classes", "rooms"),
    field="campus",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Điểm trường {campus} là điểm mới trong tệp và dòng ấy còn lỗi: sửa điểm trường trước.",
    en="Campus {campus} is new in this file and its own row has errors: mend the campus first.",
    plain_vi="Điểm trường là điểm mới trong tệp và dòng ấy còn lỗi: sửa điểm trường trước.",
    plain_en="The campus is new in this file and its own row has errors: mend the campus first.",
    needs=["campus_stands"],
)
def campus_can_be_written() -> pl.Expr:
    return pl.col("campus_stands")

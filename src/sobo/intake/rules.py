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
    return pl.col(CODE_KNOWN)

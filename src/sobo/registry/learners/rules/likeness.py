"""Rows that may be one and the same child (HS-06xx)."""

import polars as pl

from sobo.registry.learners.models import PRESENT
from sobo.specification.rules import Severity, rule


@rule(
    "HS-0601",
    on="learners",
    field="full_name",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ10.2",
    vi="{full_name} có ở {rows_alike} dòng: cùng họ tên, ngày sinh và lớp.",
    en="{full_name} stands on {rows_alike} rows with the same birth and class.",
    plain_vi="Dòng trùng: cùng họ tên, ngày sinh và lớp.",
    plain_en="A repeated row: same name, birth and class.",
    needs=["rows_alike"],
)
def learner_stands_on_one_row() -> pl.Expr:
    # Twins who share a name in writing are told apart by their numbers or codes.
    told_apart = pl.any_horizontal(pl.col("number_uses", "code_uses") == 1)
    return (pl.col("rows_alike") == 1) | told_apart.fill_null(value=False)


@rule(
    "HS-0602",
    on="learners",
    field="full_name",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ10.2",
    vi="Có thể đã có em này: {namesakes} dòng khác gần giống họ tên và cùng ngày sinh.",
    en="Perhaps the same child: {namesakes} other rows with nearly this name and the same birth.",
    plain_vi="Có thể trùng: dòng khác gần giống họ tên và cùng ngày sinh.",
    plain_en="Perhaps the same child: another row with nearly this name and the same birth.",
    needs=["namesakes", "birth_day"],
)
def learner_resembles_no_other() -> pl.Expr:
    # A year or month of birth alone is shared by too many to ask about.
    return pl.col("birth_day").is_null() | (pl.col("namesakes") == 0)


@rule(
    "HS-0603",
    on="learners",
    field="status",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ10.5",
    vi="Em còn đang học ở trường khác: trường đó cần ghi chuyển đi, trường này ghi chuyển đến.",
    en="Still enrolled at another school: that one records the move out, this one the move in.",
    needs=["enrolled_elsewhere"],
)
def learner_is_enrolled_at_one_school_at_a_time() -> pl.Expr:
    return ~(pl.col("status").is_in(PRESENT) & pl.col("enrolled_elsewhere"))

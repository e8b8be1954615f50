"""Who it is: likeness, age, recruitment, insurance (NS-01xx)."""

import polars as pl

from sobo.specification.rules import Severity, rule

_OF_AGE, _OLDEST = 18, 70


@rule(
    "NS-0101",
    on="staff",
    field="full_name",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ10.2",
    vi="{full_name} có ở {rows_alike} dòng: cùng họ tên, ngày sinh và giới tính.",
    en="{full_name} stands on {rows_alike} rows with the same birth and sex.",
    plain_vi="Dòng trùng: cùng họ tên, ngày sinh và giới tính.",
    plain_en="A repeated row: same name, birth and sex.",
    needs=["rows_alike", "number_uses", "code_uses"],
)
def staff_member_stands_on_one_row() -> pl.Expr:
    told_apart = pl.any_horizontal(pl.col("number_uses", "code_uses") == 1)
    return (pl.col("rows_alike") == 1) | told_apart.fill_null(value=False)


@rule(
    "NS-0102",
    on="staff",
    field="birth",
    severity=Severity.QUERY,
    clause="Luật Viên chức 2010 Đ22",
    vi="Người này {age} tuổi, chưa đủ 18.",
    en="This person is {age}, not yet 18.",
    plain_vi="Người này chưa đủ 18 tuổi.",
    plain_en="This person is not yet 18.",
    needs=["age"],
    verified=False,
)
def staff_member_is_of_age() -> pl.Expr:
    return pl.col("age") >= _OF_AGE


@rule(
    "NS-0103",
    on="staff",
    field="birth",
    severity=Severity.QUERY,
    clause="Bộ luật Lao động 2019 Đ169",
    vi="Người này {age} tuổi mà vẫn đang làm việc: năm sinh ghi nhầm?",
    en="This person still works at {age}: is the year of birth mistyped?",
    plain_vi="Người này trên 70 tuổi mà vẫn đang làm việc: năm sinh ghi nhầm?",
    plain_en="This person still works above 70: is the year of birth mistyped?",
    needs=["age"],
    verified=False,
)
def staff_member_is_of_working_age() -> pl.Expr:
    return pl.col("age") <= _OLDEST


@rule(
    "NS-0104",
    on="staff",
    field="recruited_on",
    severity=Severity.QUERY,
    clause="Luật Viên chức 2010 Đ22",
    vi="Ngày tuyển dụng trước ngày đủ 18 tuổi.",
    en="Recruited before the eighteenth birthday.",
    needs=["birth_day", "birth_year"],
    verified=False,
)
def recruitment_follows_the_eighteenth_birthday() -> pl.Expr:
    birthday = pl.col("birth_day").dt.offset_by(f"{_OF_AGE}y")
    # Where only the year of birth is known, the year must do.
    first_of_year = pl.date(pl.col("birth_year") + _OF_AGE, 1, 1)
    return pl.col("recruited_on") >= birthday.fill_null(first_of_year)


@rule(
    "NS-0105",
    on="staff",
    field="recruited_on",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.3, Đ6.3",
    vi="Ngày tuyển dụng nằm trong tương lai.",
    en="The day of recruitment lies in the future.",
    needs=["on"],
)
def recruitment_is_not_in_the_future() -> pl.Expr:
    return pl.col("recruited_on") <= pl.col("on")


@rule(
    "NS-0106",
    on="staff",
    field="status_on",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ10.4",
    vi="Ngày có trạng thái nằm trong tương lai.",
    en="The day of the status lies in the future.",
    needs=["on"],
)
def status_day_is_not_in_the_future() -> pl.Expr:
    return pl.col("status_on") <= pl.col("on")


@rule(
    "NS-0107",
    on="staff",
    field="insurance_number",
    severity=Severity.QUERY,
    clause="Luật Bảo hiểm xã hội 2024",
    vi="Mã số BHXH thường có 10 chữ số.",
    en="A social insurance number usually has 10 digits.",
    verified=False,
)
def insurance_number_has_ten_digits() -> pl.Expr:
    return pl.col("insurance_number").str.contains(r"^[0-9]{10}$")

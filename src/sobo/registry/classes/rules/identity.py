"""Which class it is: code, name, grade, age group, campus (LO-01xx)."""

import polars as pl

from sobo.specification.codelists import code_list
from sobo.specification.fields import GENERAL, Level
from sobo.specification.rules import Repair, Severity, rule


def _age_group_of_the_grade() -> pl.Expr:
    groups = {
        item.attributes["grade"]: item.code for item in code_list("PRESCHOOL_AGE_GROUP").items
    }
    return pl.col("grade").replace_strict(groups, default=None, return_dtype=pl.String)


@rule(
    "LO-0101",
    on="classes",
    field="code",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.2, Đ6.2",
    vi="Mã lớp {code} có ở {same_code} dòng.",
    en="The class code {code} stands on {same_code} rows.",
    plain_vi="Mã lớp trùng với dòng khác.",
    plain_en="The class code is used by another row.",
    needs=["same_code"],
)
def class_code_is_unique() -> pl.Expr:
    return pl.col("same_code") == 1


@rule(
    "LO-0102",
    on="classes",
    field="name",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.2, Đ6.2",
    vi="Tên lớp “{name}” có ở {same_name} dòng.",
    en="The class name “{name}” stands on {same_name} rows.",
    plain_vi="Tên lớp trùng với dòng khác.",
    plain_en="The class name is used by another row.",
    needs=["same_name"],
)
def class_name_is_unique() -> pl.Expr:
    return pl.col("same_name") == 1


@rule(
    "LO-0103",
    on="classes",
    field="grade",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ6.2",
    vi="Tên lớp “{name}” bắt đầu bằng số {number} nhưng khối ghi là {grade}.",
    en="The class name “{name}” begins with {number}, but the grade is {grade}.",
    plain_vi="Số ở đầu tên lớp khác với khối.",
    plain_en="The number that the class name begins with is not its grade.",
    shows={"number": pl.col("name").str.extract(r"^(?:[Ll]ớp )?(\d{1,2})")},
    levels=GENERAL,
    verified=False,
)
def class_name_begins_with_the_grade() -> pl.Expr:
    number = pl.col("name").str.extract(r"^(?:[Ll]ớp )?(\d{1,2})")
    is_general = pl.col("row_level") != Level.PRESCHOOL.value
    return ~is_general | (number.cast(pl.Int32) == pl.col("grade").cast(pl.Int32, strict=False))


@rule(
    "LO-0104",
    on="classes",
    field="grade",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.2, Đ6.2",
    vi="Khối này không thuộc cấp học nào của trường.",
    en="This grade belongs to no level of the school.",
    needs=["level_is_taught"],
)
def class_grade_is_of_the_school_s_levels() -> pl.Expr:
    return pl.col("level_is_taught")


@rule(
    "LO-0105",
    on="classes",
    field="age_group",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.2",
    vi="Nhóm tuổi không khớp với khối.",
    en="The age group disagrees with the grade.",
    levels=[Level.PRESCHOOL],
    repair=Repair(
        vi="Lấy nhóm tuổi theo khối",
        en="Take the age group of the grade",
        values={"age_group": _age_group_of_the_grade()},
    ),
)
def age_group_agrees_with_the_grade() -> pl.Expr:
    return pl.col("age_group") == _age_group_of_the_grade()


@rule(
    "LO-0106",
    on="classes",
    field="campus",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.2, Đ6.2",
    vi="Không có điểm trường nào mang mã {campus}; lớp ở trường chính thì để trống.",
    en="No campus has the code {campus}; leave it empty for a class of the main site.",
    plain_vi="Không có điểm trường nào mang mã này; lớp ở trường chính thì để trống.",
    plain_en="No campus has this code; leave it empty for a class of the main site.",
    needs=["campus_known"],
)
def campus_of_the_class_exists() -> pl.Expr:
    return pl.col("campus_known")

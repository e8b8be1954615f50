"""The post: group, position, head, contract, level (NS-02xx)."""

import polars as pl

from sobo.institutions.rules.profile import PUBLIC
from sobo.registry.staff.models import EMPLOYEE, MANAGER, TEACHER, VISITING, WORKING
from sobo.specification.codelists import code_list
from sobo.specification.fields import Level
from sobo.specification.rules import Repair, Severity, rule

HEADS = ("01", "05")
"""Positions of the one at the head: hiệu trưởng, giám đốc (STAFF_POSITION)."""
_PUBLIC_EMPLOYEE = ("0", "1", "7")
"""Contract kinds of viên chức, which only a public school makes."""
_CLAUSE = "TT 42/2021 Đ5.3, Đ6.3"


def _group_of_the_position() -> pl.Expr:
    groups = {item.code: item.attributes["group"] for item in code_list("STAFF_POSITION").items}
    known = {position: group for position, group in groups.items() if group}
    return pl.col("position").replace_strict(known, default=None, return_dtype=pl.String)


@rule(
    "NS-0201",
    on="staff",
    field="group",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Nhóm cán bộ không khớp với vị trí việc làm.",
    en="The staff group disagrees with the position.",
    repair=Repair(
        vi="Lấy nhóm cán bộ theo vị trí",
        en="Take the group of the position",
        values={"group": _group_of_the_position()},
    ),
)
def group_agrees_with_the_position() -> pl.Expr:
    return pl.col("group") == _group_of_the_position()


@rule(
    "NS-0202",
    on="staff",
    field="position",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Vị trí này là của Sở hoặc phòng, không phải của trường.",
    en="This position is one of a department or division, not of a school.",
    verified=False,
)
def position_is_of_a_school() -> pl.Expr:
    offices = [
        item.code for item in code_list("STAFF_POSITION").items if item.attributes["group"] is None
    ]
    return ~pl.col("position").is_in(offices)


@rule(
    "NS-0203",
    on="staff",
    field="position",
    severity=Severity.ERROR,
    clause="Luật Giáo dục 2019 Đ56",
    vi="Trường có {heads} người đứng đầu đang làm việc; chỉ được một.",
    en="The school has {heads} working heads; there is only one.",
    plain_vi="Trường có nhiều người đứng đầu đang làm việc; chỉ được một.",
    plain_en="The school has several working heads; there is only one.",
    needs=["heads"],
    verified=False,
)
def school_has_one_working_head() -> pl.Expr:
    is_head = pl.col("position").is_in(HEADS) & pl.col("status").is_in(WORKING)
    return ~is_head | (pl.col("heads") == 1)


@rule(
    "NS-0204",
    on="staff",
    field="contract",
    severity=Severity.ERROR,
    clause="TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, 02-TH-ĐN",
    vi="Cán bộ quản lý không thể là thỉnh giảng hay thuê khoán.",
    en="A manager cannot be a visiting teacher or a contractor.",
    verified=False,
)
def manager_is_staff_of_the_school() -> pl.Expr:
    return (pl.col("group") != MANAGER) | ~pl.col("contract").is_in(VISITING)


@rule(
    "NS-0205",
    on="staff",
    field="contract",
    severity=Severity.QUERY,
    clause="Luật Viên chức 2010 Đ2, Đ9",
    vi="Hợp đồng viên chức chỉ có ở trường công lập.",
    en="Only public schools make contracts of public employees.",
    needs=["school_ownership"],
    verified=False,
)
def public_employees_work_at_public_schools() -> pl.Expr:
    is_public = pl.col("school_ownership") == PUBLIC
    return is_public | ~pl.col("contract").is_in(_PUBLIC_EMPLOYEE)


@rule(
    "NS-0206",
    on="staff",
    field="is_civil_servant",
    severity=Severity.QUERY,
    clause="Luật Cán bộ, công chức",
    vi="Công chức chỉ có ở trường công lập.",
    en="Civil servants work at public schools only.",
    needs=["school_ownership"],
    verified=False,
)
def civil_servants_work_at_public_schools() -> pl.Expr:
    return ~pl.col("is_civil_servant") | (pl.col("school_ownership") == PUBLIC)


@rule(
    "NS-0207",
    on="staff",
    field="level",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Cấp học phục vụ không phải là cấp học của trường.",
    en="The level served is none of the school's.",
    needs=["level_is_taught"],
)
def level_served_is_of_the_school() -> pl.Expr:
    return pl.col("level_is_taught")


@rule(
    "NS-0208",
    on="staff",
    field="section",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, mã 168–193",
    vi="Giáo viên mầm non cần ghi dạy nhà trẻ hay mẫu giáo.",
    en="Does this preschool teacher teach the nursery or the kindergarten?",
    levels=[Level.PRESCHOOL],
)
def preschool_teacher_has_a_section() -> pl.Expr:
    is_one = (pl.col("group") == TEACHER) & (pl.col("row_level") == Level.PRESCHOOL.value)
    return ~is_one | pl.col("section").is_not_null()


@rule(
    "NS-0209",
    on="staff",
    field="has_several_duties",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, mã 109–119",
    vi="“Nhân viên kiêm nhiều việc” chỉ dành cho nhóm nhân viên.",
    en="Only employees are counted as having several duties.",
    verified=False,
)
def only_employees_have_several_duties() -> pl.Expr:
    return ~pl.col("has_several_duties") | (pl.col("group") == EMPLOYEE)


@rule(
    "NS-0210",
    on="staff",
    field="status_on",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ10.4",
    vi="Người này không còn làm việc nhưng chưa ghi từ ngày nào.",
    en="This person no longer works here, but since which day is not said.",
)
def one_who_left_has_a_day() -> pl.Expr:
    return pl.col("status").is_in(WORKING) | pl.col("status_on").is_not_null()

"""What is wrong with rows about rooms (PH), each rule under its official code."""

import polars as pl

from sobo.registry.facilities.models import Room
from sobo.specification import checks
from sobo.specification.fields import Level
from sobo.specification.rules import Repair, Severity, rule

_CLASSROOM = "PH"
"""Kind of room: classroom (ROOM_KIND)."""
_SMALLEST_CLASSROOM, _LARGEST_CLASSROOM = 15, 200
"""Square metres; TT 13/2020 asks 1.5 m² and more for each of at least 10 learners."""
_CLAUSE = "TT 42/2021 Đ5.5, Đ6.5"

checks.declare(Room.dataset, on="rooms")


@rule(
    "PH-0101",
    on="rooms",
    field="campus",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Không có điểm trường nào mang mã {campus}; phòng ở trường chính thì để trống.",
    en="No campus has the code {campus}; leave it empty for rooms of the main site.",
    plain_vi="Không có điểm trường nào mang mã này; phòng ở trường chính thì để trống.",
    plain_en="No campus has this code; leave it empty for rooms of the main site.",
    needs=["campus_known"],
)
def campus_of_the_room_exists() -> pl.Expr:
    return pl.col("campus_known")


@rule(
    "PH-0102",
    on="rooms",
    field="level",
    severity=Severity.ERROR,
    clause=_CLAUSE,
    vi="Cấp học sử dụng không phải là cấp học của trường.",
    en="The level served is none of the school's.",
    needs=["level_is_taught"],
)
def room_s_level_is_of_the_school() -> pl.Expr:
    return pl.col("level_is_taught")


@rule(
    "PH-0103",
    on="rooms",
    field="section",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, mã 194–212",
    vi="Phòng học mầm non cần ghi của nhà trẻ hay mẫu giáo.",
    en="Is this preschool classroom the nursery's or the kindergarten's?",
    levels=[Level.PRESCHOOL],
)
def preschool_classroom_has_a_section() -> pl.Expr:
    is_preschool = pl.col("row_level") == Level.PRESCHOOL.value
    return ~is_preschool | (pl.col("kind") != _CLASSROOM) | pl.col("section").is_not_null()


@rule(
    "PH-0104",
    on="rooms",
    field="name",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Phòng “{name}” có ở {same_name} dòng cùng loại: đã kể hai lần, hay một lần nhờ, mượn?",
    en="The room “{name}” stands on {same_name} rows of its kind: counted twice, or borrowed?",
    plain_vi="Phòng cùng tên, cùng loại ở dòng khác: đã kể hai lần?",
    plain_en="A room of the same name and kind on another row: counted twice?",
    needs=["same_name"],
)
def room_is_counted_once() -> pl.Expr:
    return pl.col("same_name") == 1


@rule(
    "PH-0105",
    on="rooms",
    field="quantity",
    severity=Severity.QUERY,
    clause=_CLAUSE,
    vi="Dòng mang tên một phòng nhưng ghi {quantity} phòng.",
    en="The row bears the name of one room but counts {quantity}.",
    plain_vi="Dòng mang tên một phòng nhưng ghi nhiều phòng.",
    plain_en="The row bears the name of one room but counts several.",
    repair=Repair(
        vi="Ghi 1 phòng",
        en="Count one room",
        values={"quantity": pl.lit(1, dtype=pl.Int64)},
        applies=pl.col("name").str.contains(r"\d$"),
    ),
)
def named_room_is_one() -> pl.Expr:
    return pl.col("name").is_null() | (pl.col("quantity") == 1)


@rule(
    "PH-0106",
    on="rooms",
    field="area_m2",
    severity=Severity.QUERY,
    clause="TT 13/2020/TT-BGDĐT",
    vi="Phòng học rộng {area_m2} m²: ghi nhầm, hay là tổng diện tích của nhiều phòng?",
    en="A classroom of {area_m2} m²: mistyped, or the area of several together?",
    plain_vi="Diện tích phòng học khó có thật.",
    plain_en="The area of the classroom is hardly true.",
    verified=False,
)
def classroom_has_a_plausible_area() -> pl.Expr:
    is_plausible = pl.col("area_m2").is_between(_SMALLEST_CLASSROOM, _LARGEST_CLASSROOM)
    return (pl.col("kind") != _CLASSROOM) | is_plausible


@rule(
    "PH-0107",
    on="rooms",
    field="in_use",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, mã 121",
    vi="Phòng nhờ, mượn nhưng không sử dụng: đã trả lại thì bỏ khỏi danh sách.",
    en="A borrowed room that is not in use: if it was given back, take it off the list.",
    verified=False,
)
def borrowed_room_is_in_use() -> pl.Expr:
    return ~pl.col("is_borrowed") | pl.col("in_use")

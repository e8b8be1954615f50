"""What is wrong with a school's profile (TR)."""

import polars as pl

from sobo.institutions.models import Institution
from sobo.institutions.places import province_of
from sobo.specification import checks
from sobo.specification.codelists import code_list
from sobo.specification.fields import Level
from sobo.specification.rules import Repair, Severity, rule

PUBLIC, COMMUNITY, PRIVATE = "1", "2", "3"
"""Ownership: công lập, dân lập, tư thục (OWNERSHIP)."""
_CITY, _ISLAND = "03", "05"
"""Regions (REGION_KIND)."""
_FIRST_AREA, _THIRD_AREA = "1", "4"
"""KV1 and KV3 (AREA_2025)."""

checks.declare(Institution.dataset, on="profile")


@rule(
    "TR-0101",
    on="profile",
    field="main_level",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Cấp học chính không nằm trong các cấp học của trường.",
    en="The main level is not one of the school's levels.",
)
def main_level_is_one_of_the_levels() -> pl.Expr:
    main = pl.col("main_level")
    return main.is_null() | pl.col("levels").list.contains(main)


@rule(
    "TR-0102",
    on="profile",
    field="main_level",
    severity=Severity.ERROR,
    clause="TT 25/2024/TT-BGDĐT",
    vi="Trường nhiều cấp học phải ghi cấp học chính: đội ngũ, phòng dùng chung tính vào cấp đó.",
    en="A school of several levels must name its main one: shared staff and rooms count there.",
    verified=False,
)
def several_levels_have_a_main_one() -> pl.Expr:
    return (pl.col("levels").list.len() < 2) | pl.col("main_level").is_not_null()


@rule(
    "TR-0103",
    on="profile",
    field="ownership",
    severity=Severity.ERROR,
    clause="Luật Giáo dục 2019 Đ47.1b",
    vi="Loại hình dân lập chỉ có ở mầm non.",
    en="Only preschools can be community-run (dân lập).",
    verified=False,
)
def only_preschools_are_community_run() -> pl.Expr:
    is_preschool = pl.col("levels") == [Level.PRESCHOOL.value]
    return (pl.col("ownership") != COMMUNITY) | is_preschool


@rule(
    "TR-0104",
    on="profile",
    field="kind",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ6.1",
    vi="Loại trường này không có ở các cấp học đã ghi.",
    en="This kind of school does not exist at the levels given.",
    verified=False,
)
def kind_exists_at_the_levels() -> pl.Expr:
    levels = {item.code: list(item.levels) for item in code_list("SCHOOL_KIND").items}
    meant = [
        (pl.col("kind") == kind) & (pl.col("levels").list.set_intersection(at).list.len() == 0)
        for kind, at in levels.items()
        if at
    ]
    return ~pl.any_horizontal(meant)


@rule(
    "TR-0105",
    on="profile",
    field="commune_code",
    severity=Severity.ERROR,
    clause="QĐ 19/2025/QĐ-TTg",
    vi="Xã/phường không thuộc tỉnh/thành phố đã ghi.",
    en="The commune does not lie in the province given.",
    repair=Repair(
        vi="Lấy tỉnh/thành phố theo xã/phường",
        en="Take the province of the commune",
        values={"province_code": province_of(pl.col("commune_code"))},
    ),
)
def commune_lies_in_the_province() -> pl.Expr:
    return province_of(pl.col("commune_code")) == pl.col("province_code")


@rule(
    "TR-0106",
    on="profile",
    field="name",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ10.1",
    vi="Mã cơ sở giáo dục {school_code} không đúng dạng: mã tỉnh (2 số), mã xã (5 số), số thứ tự.",
    en="The institution code {school_code} is malformed: province (2 digits), commune (5), number.",
    plain_vi="Mã cơ sở giáo dục không đúng dạng: mã tỉnh (2 số), mã xã (5 số), số thứ tự.",
    plain_en="The institution code is malformed: province (2 digits), commune (5), number.",
    needs=["school_code"],
)
def code_is_province_commune_and_number() -> pl.Expr:
    return pl.col("school_code").str.contains(r"^\d{2}\d{5}\d{1,13}$")


@rule(
    "TR-0107",
    on="profile",
    field="area",
    severity=Severity.QUERY,
    clause="TT 08/2025/TT-BCA",
    vi="Vùng và khu vực không khớp: thành phố không thuộc KV1, hải đảo không thuộc KV3.",
    en="Region and area disagree: a city is not in area KV1, an island not in KV3.",
    verified=False,
)
def area_agrees_with_the_region() -> pl.Expr:
    city_in_first = (pl.col("region") == _CITY) & (pl.col("area") == _FIRST_AREA)
    island_in_third = (pl.col("region") == _ISLAND) & (pl.col("area") == _THIRD_AREA)
    return ~(city_in_first | island_in_third)


@rule(
    "TR-0108",
    on="profile",
    field="difficult_area",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Trường thuộc vùng đặc biệt khó khăn nhưng chưa ghi vùng khó khăn nào.",
    en="The school is in an especially difficult area, but no difficult area is named.",
)
def especially_difficult_area_is_named() -> pl.Expr:
    return ~pl.col("is_especially_difficult") | pl.col("difficult_area").is_not_null()


@rule(
    "TR-0109",
    on="profile",
    field="map_position",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Vị trí bản đồ cần là vĩ độ, kinh độ trong lãnh thổ Việt Nam, như 10.7769, 106.7009.",
    en="The map position should be a latitude and longitude within Việt Nam, as 10.7769, 106.7009.",
    verified=False,
)
def map_position_is_in_vietnam() -> pl.Expr:
    parts = (
        pl.col("map_position")
        .str.split(",")
        .list.eval(pl.element().str.strip_chars().cast(pl.Float64, strict=False))
    )
    # Wide enough for Hoàng Sa and Trường Sa.
    latitude = parts.list.get(0, null_on_oob=True).is_between(6, 24)
    longitude = parts.list.get(1, null_on_oob=True).is_between(102, 118)
    return pl.col("map_position").is_null() | (latitude & longitude).fill_null(value=False)


@rule(
    "TR-0110",
    on="profile",
    field="founded",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Ngày thành lập nằm trong tương lai.",
    en="The day of founding lies in the future.",
    needs=["on"],
)
def founding_is_not_in_the_future() -> pl.Expr:
    # Partial dates sort as text: "2026" stands before every day of 2026.
    return pl.col("founded") <= pl.col("on").dt.to_string("%Y-%m-%d")


@rule(
    "TR-0111",
    on="profile",
    field="national_standard",
    severity=Severity.QUERY,
    clause="TT 17/2018, TT 18/2018, TT 19/2018/TT-BGDĐT",
    vi="Chuẩn quốc gia mức 1 cần kiểm định cấp độ 2 trở lên, mức 2 cần cấp độ 3 trở lên.",
    en="National standard 1 needs accreditation level 2 or above, standard 2 level 3 or above.",
    verified=False,
)
def national_standard_rests_on_accreditation() -> pl.Expr:
    standard = pl.col("national_standard").cast(pl.Int32, strict=False)
    level = pl.col("accreditation").cast(pl.Int32, strict=False).fill_null(0)
    return (standard == 0) | (level >= standard + 1)


@rule(
    "TR-0201",
    on="profile",
    field="teaches_two_sessions",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Trường ghi không dạy 2 buổi/ngày nhưng có {two_session_classes} lớp học 2 buổi/ngày.",
    en="The school says it does not teach two sessions a day; {two_session_classes} classes do.",
    plain_vi="Trường ghi không dạy 2 buổi/ngày nhưng có lớp học 2 buổi/ngày.",
    plain_en="The school says it does not teach two sessions a day, yet some classes do.",
    needs=["two_session_classes"],
    repair=Repair(
        vi="Ghi “Có” vào Dạy 2 buổi/ngày",
        en="Say yes to two sessions a day",
        values={"teaches_two_sessions": pl.lit(value=True)},
    ),
)
def two_session_classes_are_the_school_s_too() -> pl.Expr:
    return pl.col("teaches_two_sessions") | (pl.col("two_session_classes") == 0)


@rule(
    "TR-0202",
    on="profile",
    field="has_day_boarders",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Trường ghi không có học sinh bán trú nhưng có {day_boarders} em bán trú.",
    en="The school says it has no day boarders, yet {day_boarders} learners are.",
    plain_vi="Trường ghi không có học sinh bán trú nhưng có em bán trú.",
    plain_en="The school says it has no day boarders, yet some learners are.",
    needs=["day_boarders"],
    repair=Repair(
        vi="Ghi “Có” vào Có học sinh bán trú",
        en="Say yes to day boarders",
        values={"has_day_boarders": pl.lit(value=True)},
    ),
)
def day_boarders_are_the_school_s_too() -> pl.Expr:
    return pl.col("has_day_boarders") | (pl.col("day_boarders") == 0)


@rule(
    "TR-0203",
    on="profile",
    field="has_disabled_learners",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Trường ghi không có học sinh khuyết tật nhưng có {disabled_learners} em khuyết tật.",
    en="The school says it has no disabled learners, yet {disabled_learners} are.",
    plain_vi="Trường ghi không có học sinh khuyết tật nhưng có em khuyết tật.",
    plain_en="The school says it has no disabled learners, yet some are.",
    needs=["disabled_learners"],
    repair=Repair(
        vi="Ghi “Có” vào Có học sinh khuyết tật",
        en="Say yes to learners with disabilities",
        values={"has_disabled_learners": pl.lit(value=True)},
    ),
)
def disabled_learners_are_the_school_s_too() -> pl.Expr:
    return pl.col("has_disabled_learners") | (pl.col("disabled_learners") == 0)


@rule(
    "TR-0301",
    on="profile",
    field="head_name",
    severity=Severity.MACRO,
    clause="Luật Giáo dục 2019 Đ56",
    vi="Trang Đội ngũ có {heads} người đứng đầu đang làm việc; một trường có đúng một.",
    en="The staff sheet has {heads} working heads; a school has exactly one.",
    plain_vi="Một trường có đúng một người đứng đầu đang làm việc trong trang Đội ngũ.",
    plain_en="A school has exactly one working head on its staff sheet.",
    needs=["heads", "staff_count"],
    verified=False,
)
def school_has_exactly_one_head() -> pl.Expr:
    return (pl.col("heads") == 1) | (pl.col("staff_count") == 0)


@rule(
    "TR-0302",
    on="profile",
    field="head_name",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Hiệu trưởng ghi ở hồ sơ trường khác với trang Đội ngũ ({head_by_post}).",
    en="The head named in the profile differs from the staff sheet's ({head_by_post}).",
    plain_vi="Hiệu trưởng ghi ở hồ sơ trường khác với trang Đội ngũ.",
    plain_en="The head named in the profile differs from the staff sheet's.",
    needs=["head_by_post"],
    repair=Repair(
        vi="Lấy họ tên theo trang Đội ngũ",
        en="Take the name on the staff sheet",
        values={"head_name": pl.col("head_by_post")},
    ),
)
def head_is_the_one_on_the_staff_sheet() -> pl.Expr:
    return pl.col("head_name").str.to_lowercase() == pl.col("head_by_post").str.to_lowercase()


@rule(
    "TR-0303",
    on="profile",
    field="name",
    severity=Severity.MACRO,
    clause="TT 13/2020/TT-BGDĐT",
    vi="{classroom_count} phòng học cho {class_count} lớp: chưa đủ nửa số lớp, kể cả học hai ca.",
    en="{classroom_count} classrooms for {class_count} classes: too few even for two shifts.",
    plain_vi="Số phòng học chưa bằng nửa số lớp, kể cả học hai ca.",
    plain_en="Fewer classrooms than half the classes: too few even for two shifts.",
    needs=["classroom_count", "class_count"],
    verified=False,
)
def classrooms_suffice_for_two_shifts() -> pl.Expr:
    # With no room at all the rooms are not entered yet: that is no finding about their number.
    none_entered = pl.col("classroom_count") == 0
    return none_entered | (pl.col("classroom_count") * 2 >= pl.col("class_count"))

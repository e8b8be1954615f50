"""What is wrong with a school's campuses (DI)."""

import polars as pl

from sobo.institutions.models import Campus
from sobo.institutions.places import province_of
from sobo.specification import checks
from sobo.specification.rules import Repair, Severity, rule

checks.declare(Campus.dataset, on="campuses")


@rule(
    "DI-0101",
    on="campuses",
    field="code",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Mã điểm trường {code} có ở {same_code} dòng.",
    en="The campus code {code} stands on {same_code} rows.",
    plain_vi="Mã điểm trường trùng với dòng khác.",
    plain_en="The campus code is used by another row.",
    needs=["same_code"],
)
def campus_code_is_unique() -> pl.Expr:
    return pl.col("same_code") == 1


@rule(
    "DI-0102",
    on="campuses",
    field="name",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Tên điểm trường “{name}” có ở {same_name} dòng.",
    en="The campus name “{name}” stands on {same_name} rows.",
    plain_vi="Tên điểm trường trùng với dòng khác.",
    plain_en="The campus name is used by another row.",
    needs=["same_name"],
)
def campus_name_is_unique() -> pl.Expr:
    return pl.col("same_name") == 1


@rule(
    "DI-0103",
    on="campuses",
    field="commune_code",
    severity=Severity.ERROR,
    clause="QĐ 19/2025/QĐ-TTg",
    vi="Xã/phường của điểm trường không thuộc tỉnh/thành phố đã ghi.",
    en="The campus's commune does not lie in the province given.",
    repair=Repair(
        vi="Lấy tỉnh/thành phố theo xã/phường",
        en="Take the province of the commune",
        values={"province_code": province_of(pl.col("commune_code"))},
    ),
)
def campus_commune_lies_in_its_province() -> pl.Expr:
    return province_of(pl.col("commune_code")) == pl.col("province_code")


@rule(
    "DI-0104",
    on="campuses",
    field="commune_code",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Điểm trường nằm ở tỉnh khác với trường chính.",
    en="The campus lies in another province than its main site.",
    needs=["school_province_code"],
    verified=False,
)
def campus_is_in_the_province_of_its_school() -> pl.Expr:
    return province_of(pl.col("commune_code")) == pl.col("school_province_code")


@rule(
    "DI-0105",
    on="campuses",
    field="commune_code",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Điểm trường nằm ở xã/phường khác với trường chính.",
    en="The campus lies in another commune than its main site.",
    needs=["school_commune_code"],
    verified=False,
)
def campus_is_in_the_commune_of_its_school() -> pl.Expr:
    return pl.col("commune_code") == pl.col("school_commune_code")


@rule(
    "DI-0106",
    on="campuses",
    field="distance_km",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, 02-TH-ĐN",
    vi="Khoảng cách bằng 0: điểm trường chính không ghi ở trang tính này.",
    en="A distance of nothing: the main site does not belong on this sheet.",
)
def campus_stands_apart_from_the_main_site() -> pl.Expr:
    return pl.col("distance_km") > 0


@rule(
    "DI-0107",
    on="campuses",
    field="name",
    severity=Severity.QUERY,
    clause="TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, 02-TH-ĐN",
    vi="Điểm trường mang đúng tên trường: điểm trường chính không ghi ở trang tính này.",
    en="The campus bears the school's own name: the main site does not belong on this sheet.",
    needs=["school_name"],
)
def campus_is_not_the_main_site() -> pl.Expr:
    return pl.col("name").str.to_lowercase() != pl.col("school_name").str.to_lowercase()


@rule(
    "DI-0108",
    on="campuses",
    field="is_open",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Điểm trường đang hoạt động nhưng không có lớp nào.",
    en="The campus is open but has no class.",
    needs=["class_count"],
)
def open_campus_has_a_class() -> pl.Expr:
    return ~pl.col("is_open") | (pl.col("class_count") > 0)


@rule(
    "DI-0109",
    on="campuses",
    field="is_open",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.1, Đ6.1",
    vi="Điểm trường đã ngừng hoạt động nhưng vẫn có {class_count} lớp.",
    en="The campus is closed but still has {class_count} classes.",
    plain_vi="Điểm trường đã ngừng hoạt động nhưng vẫn có lớp.",
    plain_en="The campus is closed but still has classes.",
    needs=["class_count"],
)
def closed_campus_has_no_class() -> pl.Expr:
    return pl.col("is_open") | (pl.col("class_count") == 0)

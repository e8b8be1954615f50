"""What is wrong with a person (NG), learner or staff."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import polars as pl

from sobo.institutions.places import province_of
from sobo.kernel import personal_number
from sobo.registry.people.models import IdentityPaper, Person
from sobo.specification import checks
from sobo.specification.rules import Repair, Severity, rule

_VIETNAM = "VN"
_UNKNOWN_SEX = "0"
_FOREIGNER = "55"
"""Ethnic group of foreigners (ETHNIC_GROUP)."""
_EVERYONE = ("learners", "staff")

_NUMBER, _SEX, _BIRTH_YEAR = pl.col("personal_number"), pl.col("sex"), pl.col("birth_year")

checks.declare(Person.dataset, on=_EVERYONE)
checks.declare(IdentityPaper.dataset, on="learners")


@cache
def _provinces_of_registration() -> Mapping[str, str]:
    """Province of today for each place code of a personal number."""
    data = resources.files("sobo.registry") / "data" / "cccd_birth_place_codes.csv"
    places = pl.read_csv(data.read_bytes(), infer_schema=False)
    return dict(zip(places["code"], places["current_province_code"], strict=True))


def _is_foreign() -> pl.Expr:
    return pl.col("nationality").fill_null(_VIETNAM) != _VIETNAM


@rule(
    "NG-0101",
    on=_EVERYONE,
    field="personal_number",
    severity=Severity.ERROR,
    clause="NĐ 137/2015/NĐ-CP Đ13; TT 07/2016/TT-BCA",
    vi="Số định danh không khớp giới tính: chữ số thứ tư cho biết giới tính khác.",
    en="The personal number tells another sex: its fourth digit says so.",
    repair=Repair(
        vi="Lấy giới tính theo số định danh",
        en="Take the sex that the number tells",
        values={"sex": personal_number.sex_in(_NUMBER)},
        applies=personal_number.agrees_with_birth_year(_NUMBER, _BIRTH_YEAR),
    ),
    needs=["birth_year"],
    verified=False,
)
def personal_number_agrees_with_sex() -> pl.Expr:
    return personal_number.agrees_with_sex(_NUMBER, _SEX)


@rule(
    "NG-0102",
    on=_EVERYONE,
    field="personal_number",
    severity=Severity.ERROR,
    clause="NĐ 137/2015/NĐ-CP Đ13; TT 07/2016/TT-BCA",
    vi="Số định danh ghi năm sinh {year_told}, ngày sinh ghi {birth_year}.",
    en="The personal number says born in {year_told}, the date of birth says {birth_year}.",
    plain_vi="Số định danh không khớp năm sinh.",
    plain_en="The personal number tells another year of birth.",
    needs=["birth_year"],
    shows={"year_told": personal_number.birth_year_in(_NUMBER)},
    verified=False,
)
def personal_number_agrees_with_birth_year() -> pl.Expr:
    return personal_number.agrees_with_birth_year(_NUMBER, _BIRTH_YEAR)


@rule(
    "NG-0103",
    on="learners",
    field="personal_number",
    severity=Severity.QUERY,
    clause="TT 07/2016/TT-BCA, phụ lục I",
    vi="Ba số đầu của số định danh chỉ nơi đăng ký khai sinh khác với tỉnh nơi sinh.",
    en="The first three digits of the personal number name another province than that of birth.",
    verified=False,
)
def personal_number_agrees_with_birth_place() -> pl.Expr:
    return personal_number.agrees_with_birth_place(
        _NUMBER, pl.col("birth_province"), places=_provinces_of_registration()
    )


@rule(
    "NG-0104",
    on=_EVERYONE,
    field="personal_number",
    severity=Severity.ERROR,
    clause="Luật Căn cước 26/2023 Đ12",
    vi="Số định danh này có ở {number_uses} dòng; mỗi người có một số riêng.",
    en="This personal number stands on {number_uses} rows; each person has a number of their own.",
    plain_vi="Số định danh trùng với dòng khác; mỗi người có một số riêng.",
    plain_en="The personal number is used by another row; each person has a number of their own.",
    needs=["number_uses"],
    verified=False,
)
def personal_number_belongs_to_one_person() -> pl.Expr:
    return pl.col("number_uses") == 1


@rule(
    "NG-0105",
    on=_EVERYONE,
    field="code",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ10.2",
    vi="Mã định danh Bộ GD&ĐT này có ở {code_uses} dòng; mỗi người có một mã, suốt đời.",
    en="This code of the Ministry stands on {code_uses} rows; each person has one, for life.",
    plain_vi="Mã định danh Bộ GD&ĐT trùng với dòng khác; mỗi người có một mã, suốt đời.",
    plain_en="The Ministry's code is used by another row; each person has one, for life.",
    needs=["code_uses"],
)
def code_belongs_to_one_person() -> pl.Expr:
    return pl.col("code_uses") == 1


@rule(
    "NG-0106",
    on=_EVERYONE,
    field="passport",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.4, Đ6.4",
    vi="Người nước ngoài chưa có số giấy tờ nhập cảnh.",
    en="A foreigner without the number of a travel document.",
)
def foreigner_has_a_travel_document() -> pl.Expr:
    has_one = pl.col("passport").is_not_null() | _NUMBER.is_not_null()
    return ~_is_foreign() | has_one


@rule(
    "NG-0107",
    on=_EVERYONE,
    field="ethnic_group",
    severity=Severity.QUERY,
    clause="QCVN 109:2017/BTTTT",
    vi="Dân tộc ghi “Người nước ngoài” nhưng quốc tịch là Việt Nam.",
    en="The ethnic group says foreigner, the nationality Vietnamese.",
    verified=False,
)
def ethnic_group_agrees_with_nationality() -> pl.Expr:
    return (pl.col("ethnic_group") != _FOREIGNER) | _is_foreign()


@rule(
    "NG-0108",
    on=_EVERYONE,
    field="sex",
    severity=Severity.QUERY,
    clause="QCVN 109:2017/BTTTT",
    vi="Giới tính ghi “Chưa có thông tin”: người này không vào được cột Nữ của biểu.",
    en="The sex is unknown: this person cannot be counted in the column of women and girls.",
    repair=Repair(
        vi="Lấy giới tính theo số định danh",
        en="Take the sex that the personal number tells",
        values={"sex": personal_number.sex_in(_NUMBER)},
        applies=personal_number.agrees_with_birth_year(_NUMBER, _BIRTH_YEAR),
    ),
    needs=["birth_year"],
    verified=False,
)
def sex_is_known() -> pl.Expr:
    return _SEX != _UNKNOWN_SEX


@rule(
    "NG-0201",
    on=_EVERYONE,
    field="full_name",
    severity=Severity.ERROR,
    clause="Luật Hộ tịch 2014 Đ14; BLDS 2015 Đ26",
    vi="Họ tên “{full_name}” có chữ số hoặc ký hiệu.",
    en="The name “{full_name}” has a digit or a sign in it.",
    plain_vi="Họ tên có chữ số hoặc ký hiệu.",
    plain_en="The name has a digit or a sign in it.",
    verified=False,
)
def name_is_made_of_letters() -> pl.Expr:
    # Names such as H'Nga, Y-Blơ and K’Brơi are written with an apostrophe or a hyphen.
    return pl.col("full_name").str.contains(r"^[\p{L}\p{M}'’\-. ]+$")


@rule(
    "NG-0202",
    on=_EVERYONE,
    field="full_name",
    severity=Severity.QUERY,
    clause="Luật Hộ tịch 2014 Đ14; BLDS 2015 Đ26",
    vi="Họ tên “{full_name}” chỉ có một chữ: còn thiếu họ hoặc tên?",
    en="The name “{full_name}” is a single word: is the family or given name missing?",
    plain_vi="Họ tên chỉ có một chữ: còn thiếu họ hoặc tên?",
    plain_en="The name is a single word: is the family or given name missing?",
    verified=False,
)
def name_has_a_family_and_a_given_part() -> pl.Expr:
    return pl.col("full_name").str.strip_chars().str.contains(" ", literal=True)


@rule(
    "NG-0203",
    on=_EVERYONE,
    field="full_name",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.4, Đ6.4",
    vi="Họ tên viết toàn chữ hoa: nên viết như trong giấy khai sinh.",
    en="The name is all in capitals: better as on the birth certificate.",
    repair=Repair(
        vi="Viết hoa chữ cái đầu mỗi chữ",
        en="Capitalise each word",
        values={"full_name": pl.col("full_name").str.to_titlecase()},
        applies=~pl.col("full_name").str.contains(r"['’\-]"),
    ),
    verified=False,
)
def name_is_not_all_capitals() -> pl.Expr:
    name = pl.col("full_name")
    return (name != name.str.to_uppercase()) | (name == name.str.to_lowercase())


@rule(
    "NG-0204",
    on=_EVERYONE,
    field="birth",
    severity=Severity.ERROR,
    clause="Luật Hộ tịch 2014 Đ14",
    vi="Ngày sinh nằm trong tương lai.",
    en="The date of birth lies in the future.",
    needs=["on"],
    verified=False,
)
def birth_is_not_in_the_future() -> pl.Expr:
    # Partial dates sort as text: "2026" stands before every day of 2026.
    return pl.col("birth") <= pl.col("on").dt.to_string("%Y-%m-%d")


@rule(
    "NG-0205",
    on=_EVERYONE,
    field="birth",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.4, Đ6.4",
    vi="“Ngày sinh” không phải là một ngày có thật.",
    en="The date of birth is no day of the calendar.",
    needs=["birth_day"],
)
def birth_is_a_day_of_the_calendar() -> pl.Expr:
    is_whole = pl.col("birth").str.len_chars() == len("2015-01-02")
    return ~is_whole | pl.col("birth_day").is_not_null()


@rule(
    "NG-0301",
    on="learners",
    field="birth_commune",
    severity=Severity.ERROR,
    clause="QĐ 19/2025/QĐ-TTg",
    vi="Xã nơi sinh không thuộc tỉnh nơi sinh đã ghi.",
    en="The commune of birth does not lie in the province of birth.",
    repair=Repair(
        vi="Lấy tỉnh theo xã",
        en="Take the province of the commune",
        values={"birth_province": province_of(pl.col("birth_commune"))},
    ),
)
def birth_commune_lies_in_the_birth_province() -> pl.Expr:
    return province_of(pl.col("birth_commune")) == pl.col("birth_province")


@rule(
    "NG-0302",
    on=_EVERYONE,
    field="residence_commune",
    severity=Severity.ERROR,
    clause="QĐ 19/2025/QĐ-TTg",
    vi="Xã nơi ở không thuộc tỉnh nơi ở đã ghi.",
    en="The commune of residence does not lie in the province of residence.",
    repair=Repair(
        vi="Lấy tỉnh theo xã",
        en="Take the province of the commune",
        values={"residence_province": province_of(pl.col("residence_commune"))},
    ),
)
def residence_commune_lies_in_the_residence_province() -> pl.Expr:
    return province_of(pl.col("residence_commune")) == pl.col("residence_province")


@rule(
    "NG-0303",
    on=_EVERYONE,
    field="origin_commune",
    severity=Severity.ERROR,
    clause="QĐ 19/2025/QĐ-TTg",
    vi="Xã quê quán không thuộc tỉnh quê quán đã ghi.",
    en="The commune of origin does not lie in the province of origin.",
    repair=Repair(
        vi="Lấy tỉnh theo xã",
        en="Take the province of the commune",
        values={"origin_province": province_of(pl.col("origin_commune"))},
    ),
)
def origin_commune_lies_in_the_origin_province() -> pl.Expr:
    return province_of(pl.col("origin_commune")) == pl.col("origin_province")


@rule(
    "GT-0101",
    on="learners",
    field="paper_issued_on",
    severity=Severity.ERROR,
    clause="TT 42/2021 Đ5.4, Đ6.4",
    vi="Ngày cấp giấy tờ trước ngày sinh hoặc nằm trong tương lai.",
    en="The paper was issued before birth or in the future.",
    needs=["birth_year", "on"],
)
def paper_is_issued_within_the_life() -> pl.Expr:
    issued = pl.col("paper_issued_on")
    return (issued <= pl.col("on")) & (issued.dt.year() >= _BIRTH_YEAR)

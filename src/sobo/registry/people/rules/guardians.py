"""What is wrong with a learner's father, mother or guardian (GH).

The sheet keeps the three side by side, so a rule about any of them is declared three times, under
codes whose first digit says whose it is: 1 father, 2 mother, 3 guardian.
"""

from dataclasses import dataclass

import polars as pl

from sobo.kernel import personal_number
from sobo.kernel.personal_number import FEMALE, MALE
from sobo.registry.people.models import Guardian
from sobo.specification import checks
from sobo.specification.rules import Repair, Severity, rule


@dataclass(frozen=True, kw_only=True)
class _Relative:
    """One of the three that a learner's row names."""

    digit: int
    prefix: str
    vi: str
    en: str

    def column(self, name: str) -> pl.Expr:
        """A column of this relative."""
        return pl.col(self.prefix + name)


_FATHER = _Relative(digit=1, prefix="father_", vi="cha", en="father")
_MOTHER = _Relative(digit=2, prefix="mother_", vi="mẹ", en="mother")
_GUARDIAN = _Relative(digit=3, prefix="guardian_", vi="người giám hộ", en="guardian")
_YOUNGEST_PARENT, _OLDEST_PARENT = 14, 70
_OF_AGE = 18

checks.declare(Guardian.dataset, on="learners")


def _declare_for(relative: _Relative) -> None:
    """Declare the rules that hold for each of the three."""
    who, whom = relative.vi, relative.en

    @rule(
        f"GH-{relative.digit}101",
        on="learners",
        field=f"{relative.prefix}full_name",
        severity=Severity.QUERY,
        clause="TT 42/2021 Đ5.4, Đ6.4",
        vi=f"Họ tên {who} giống hệt họ tên của em.",
        en=f"The {whom} bears the learner's own name.",
    )
    def relative_has_another_name_than_the_learner() -> pl.Expr:
        own, name = pl.col("full_name"), relative.column("full_name")
        return name.str.to_lowercase() != own.str.to_lowercase()

    @rule(
        f"GH-{relative.digit}102",
        on="learners",
        field=f"{relative.prefix}personal_number",
        severity=Severity.ERROR,
        clause="Luật Căn cước 26/2023 Đ12",
        vi=f"Số định danh của {who} là số của chính em.",
        en=f"The {whom}'s personal number is the learner's own.",
        verified=False,
        repair=Repair(
            vi=f"Xoá số định danh của {who}",
            en=f"Clear the {whom}'s personal number",
            values={f"{relative.prefix}personal_number": pl.lit(None, dtype=pl.String)},
        ),
    )
    def relative_has_another_number_than_the_learner() -> pl.Expr:
        return relative.column("personal_number") != pl.col("personal_number")

    @rule(
        f"GH-{relative.digit}103",
        on="learners",
        field=f"{relative.prefix}birth_year",
        severity=Severity.QUERY,
        clause="NĐ 137/2015/NĐ-CP Đ13; TT 07/2016/TT-BCA",
        vi=f"Năm sinh của {who} không khớp số định danh.",
        en=f"The {whom}'s year of birth disagrees with the personal number.",
        verified=False,
        repair=Repair(
            vi="Lấy năm sinh theo số định danh",
            en="Take the year that the number tells",
            values={
                f"{relative.prefix}birth_year": personal_number.birth_year_in(
                    relative.column("personal_number")
                ).cast(pl.Int64)
            },
        ),
    )
    def relative_s_number_agrees_with_birth_year() -> pl.Expr:
        return personal_number.agrees_with_birth_year(
            relative.column("personal_number"), relative.column("birth_year")
        )


def _declare_for_parent(parent: _Relative, sex: str) -> None:
    """Declare the rules that hold for father and mother, who gave birth and have a known sex."""

    @rule(
        f"GH-{parent.digit}201",
        on="learners",
        field=f"{parent.prefix}birth_year",
        severity=Severity.QUERY,
        clause="Luật Hôn nhân và gia đình 2014 Đ88",
        vi=f"Năm sinh của {parent.vi} cho thấy {parent.vi} {{years_older}} tuổi khi em ra đời.",
        en=f"By the years of birth, the {parent.en} was {{years_older}} when the child was born.",
        plain_vi=f"Tuổi của {parent.vi} khi em ra đời khó có thật.",
        plain_en=f"The {parent.en}'s age at the child's birth is hardly true.",
        needs=["birth_year"],
        shows={"years_older": pl.col("birth_year") - parent.column("birth_year")},
        verified=False,
    )
    def parent_s_age_at_birth_is_plausible() -> pl.Expr:
        years_older = pl.col("birth_year") - parent.column("birth_year")
        return years_older.is_between(_YOUNGEST_PARENT, _OLDEST_PARENT)

    @rule(
        f"GH-{parent.digit}202",
        on="learners",
        field=f"{parent.prefix}personal_number",
        severity=Severity.QUERY,
        clause="NĐ 137/2015/NĐ-CP Đ13; TT 07/2016/TT-BCA",
        vi=f"Số định danh của {parent.vi} cho biết giới tính khác: cha và mẹ ghi lẫn cột?",
        en=f"The {parent.en}'s personal number tells another sex: are father and mother swapped?",
        verified=False,
    )
    def parent_s_number_agrees_with_sex() -> pl.Expr:
        return personal_number.sex_in(parent.column("personal_number")) == sex


for _relative in (_FATHER, _MOTHER, _GUARDIAN):
    _declare_for(_relative)
_declare_for_parent(_FATHER, MALE)
_declare_for_parent(_MOTHER, FEMALE)


@rule(
    "GH-3201",
    on="learners",
    field="guardian_birth_year",
    severity=Severity.QUERY,
    clause="Bộ luật Dân sự 2015 Đ49",
    vi="Người giám hộ chưa đủ 18 tuổi.",
    en="The guardian is not yet 18.",
    needs=["on"],
    verified=False,
)
def guardian_is_of_age() -> pl.Expr:
    return pl.col("on").dt.year() - _GUARDIAN.column("birth_year") >= _OF_AGE


@rule(
    "GH-4001",
    on="learners",
    field="mother_personal_number",
    severity=Severity.ERROR,
    clause="Luật Căn cước 26/2023 Đ12",
    vi="Cha và mẹ có cùng một số định danh.",
    en="Father and mother have the same personal number.",
    verified=False,
)
def parents_have_numbers_of_their_own() -> pl.Expr:
    return _FATHER.column("personal_number") != _MOTHER.column("personal_number")


@rule(
    "GH-4002",
    on="learners",
    field="mother_full_name",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.4, Đ6.4",
    vi="Cha và mẹ có cùng họ tên.",
    en="Father and mother bear the same name.",
)
def parents_have_names_of_their_own() -> pl.Expr:
    father, mother = _FATHER.column("full_name"), _MOTHER.column("full_name")
    return father.str.to_lowercase() != mother.str.to_lowercase()


@rule(
    "GH-4003",
    on="learners",
    field="father_full_name",
    severity=Severity.QUERY,
    clause="TT 42/2021 Đ5.4, Đ6.4; BLDS 2015 Đ47",
    vi="Em chưa đủ 18 tuổi nhưng chưa ghi cha, mẹ hay người giám hộ nào.",
    en="The learner is under 18, yet neither father, mother nor guardian is named.",
    needs=["birth_year", "on"],
    verified=False,
)
def minor_has_a_parent_or_guardian() -> pl.Expr:
    is_of_age = pl.col("on").dt.year() - pl.col("birth_year") >= _OF_AGE
    relatives = (_FATHER, _MOTHER, _GUARDIAN)
    return is_of_age | pl.any_horizontal([r.column("full_name").is_not_null() for r in relatives])

"""Parents and guardians, as the school knows them."""

import polars as pl

from sobo.demo import draws, names
from sobo.demo.people import FOREIGN, Registrar
from sobo.kernel.personal_number import FEMALE, MALE
from sobo.registry.sheets import FATHER, GUARDIAN, MOTHER

GUARDIAN_COLUMNS = (
    "institution_id", "person_id", "relation", "full_name", "personal_number", "birth_year",
    "occupation", "phone",
)

_KNOWN = {FATHER: 0.955, MOTHER: 0.985, GUARDIAN: 0.02}
_SEXES = {FATHER: MALE, MOTHER: FEMALE, GUARDIAN: FEMALE}
_OLDER_BY = {FATHER: (22, 41), MOTHER: (20, 38), GUARDIAN: (45, 62)}
_NUMBER_KNOWN = 0.62
_PHONE_KNOWN, _PHONE_KNOWN_UPLAND = 0.96, 0.78
_OPERATORS = dict.fromkeys(
    ("032", "034", "035", "038", "070", "078", "081", "086", "090", "093", "096", "097", "098"), 1.0
)
_TOWN_WORK = {
    "Công nhân": 30.0, "Buôn bán": 18.0, "Nhân viên văn phòng": 16.0, "Lái xe": 7.0,
    "Nội trợ": 8.0, "Giáo viên": 5.0, "Kỹ sư": 5.0, "Thợ xây": 4.0, "Lao động tự do": 7.0,
}
_UPLAND_WORK = {
    "Nông dân": 66.0, "Làm nương rẫy": 16.0, "Buôn bán": 6.0, "Công nhân": 5.0,
    "Cán bộ xã": 4.0, "Giáo viên": 3.0,
}


def guardians(learners: pl.DataFrame, registrar: Registrar) -> pl.DataFrame:
    """Parents of the learners, with the family's names and plausible ages."""
    at_home = learners.filter(pl.col("ethnic_group") != FOREIGN)
    kin = [_of(relation, at_home, registrar) for relation in _KNOWN]
    return pl.concat(kin).select(GUARDIAN_COLUMNS)


def contact_phone() -> pl.Expr:
    """The number that a learner's family answers; null where the school has none."""
    known = pl.when(pl.col("is_upland")).then(_PHONE_KNOWN_UPLAND).otherwise(_PHONE_KNOWN)
    return pl.when(draws.happens("has phone", known)).then(phone("phone"))


def phone(draw: str) -> pl.Expr:
    """A mobile number of ten digits."""
    digits = draws.whole(draw, 0, 9_999_999).cast(pl.String).str.zfill(7)
    return draws.one_of(f"{draw} operator", _OPERATORS) + digits


def _of(relation: str, learners: pl.DataFrame, registrar: Registrar) -> pl.DataFrame:
    low, high = _OLDER_BY[relation]
    known = learners.filter(draws.happens(f"has {relation}", _KNOWN[relation]))
    kin = known.select(
        "id", "institution_id", "naming", "number_place", "is_upland", "family", "phone",
        person_id=pl.col("id"),
        relation=pl.lit(relation),
        sex=pl.lit(_SEXES[relation]),
        birth_year=pl.col("birth_on").dt.year() - draws.whole(f"age of {relation}", low, high),
    )
    numbers = registrar.personal_numbers(kin)
    return kin.with_columns(
        full_name=pl.concat_str(
            _family_name(relation), names.rest_of_name(f"name of {relation}"), separator=" "
        ),
        personal_number=pl.when(draws.happens(f"number of {relation}", _NUMBER_KNOWN)).then(
            pl.lit(numbers)
        ),
        occupation=_occupation(relation),
        phone=pl.col("phone") if relation == MOTHER else pl.lit(None, dtype=pl.String),
    )


def _family_name(relation: str) -> pl.Expr:
    """Children bear their father's family name."""
    return pl.col("family") if relation == FATHER else names.family_name(f"family of {relation}")


def _occupation(relation: str) -> pl.Expr:
    draw = f"work of {relation}"
    town, upland = draws.one_of(draw, _TOWN_WORK), draws.one_of(draw, _UPLAND_WORK)
    return pl.when(pl.col("is_upland")).then(upland).otherwise(town)

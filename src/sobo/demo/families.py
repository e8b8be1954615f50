"""Parents and guardians, as the school knows them."""

import polars as pl

from sobo.demo import draws, names
from sobo.demo.people import Registrar
from sobo.kernel.personal_number import FEMALE, MALE
from sobo.registry.sheets import FATHER, GUARDIAN, MOTHER

GUARDIAN_COLUMNS = (
    "institution_id",
    "person_id",
    "relation",
    "full_name",
    "personal_number",
    "birth_year",
    "occupation",
    "phone",
)

_FATHER_KNOWN, _MOTHER_KNOWN, _GUARDIAN_KNOWN = 0.955, 0.985, 0.01
_SEXES = {FATHER: MALE, MOTHER: FEMALE, GUARDIAN: FEMALE}
_OLDER_BY = {FATHER: (22, 41), MOTHER: (20, 38), GUARDIAN: (45, 62)}
_NUMBER_KNOWN = 0.62
_PHONE_KNOWN, _PHONE_KNOWN_UPLAND = 0.96, 0.78
_OPERATORS = dict.fromkeys(
    ("032", "034", "035", "038", "070", "078", "081", "086", "090", "093", "096", "097", "098"), 1.0
)
_TOWN_WORK = {
    "Công nhân": 30.0,
    "Buôn bán": 18.0,
    "Nhân viên văn phòng": 16.0,
    "Lái xe": 7.0,
    "Nội trợ": 8.0,
    "Giáo viên": 5.0,
    "Kỹ sư": 5.0,
    "Thợ xây": 4.0,
    "Lao động tự do": 7.0,
}
_UPLAND_WORK = {
    "Nông dân": 66.0,
    "Làm nương rẫy": 16.0,
    "Buôn bán": 6.0,
    "Công nhân": 5.0,
    "Cán bộ xã": 4.0,
    "Giáo viên": 3.0,
}


def guardians(learners: pl.DataFrame, registrar: Registrar) -> pl.DataFrame:
    """Parents of the learners, with the family's names and plausible ages.

    Who has neither father nor mother has a guardian. Needs the columns of an identity, `is_orphan`
    and `phone`.
    """
    kin = [_of(relation, known, learners, registrar) for relation, known in _known().items()]
    return pl.concat(kin).select(GUARDIAN_COLUMNS)


def contact_phone() -> pl.Expr:
    """The number that a learner's family answers; null where the school has none."""
    known = pl.when(pl.col("is_upland")).then(_PHONE_KNOWN_UPLAND).otherwise(_PHONE_KNOWN)
    return pl.when(draws.happens("has phone", known)).then(phone("phone"))


def phone(draw: str) -> pl.Expr:
    """A mobile number of ten digits."""
    digits = draws.whole(draw, 0, 9_999_999).cast(pl.String).str.zfill(7)
    return draws.one_of(f"{draw} operator", _OPERATORS) + digits


def _known() -> dict[str, pl.Expr]:
    """Whose relatives of each kind the school knows."""
    has_father = ~pl.col("is_orphan") & draws.happens("has father", _FATHER_KNOWN)
    has_mother = ~pl.col("is_orphan") & draws.happens("has mother", _MOTHER_KNOWN)
    has_guardian = draws.happens("has guardian", _GUARDIAN_KNOWN) | ~(has_father | has_mother)
    return {FATHER: has_father, MOTHER: has_mother, GUARDIAN: has_guardian}


def _of(
    relation: str, is_known: pl.Expr, learners: pl.DataFrame, registrar: Registrar
) -> pl.DataFrame:
    low, high = _OLDER_BY[relation]
    kin = learners.filter(is_known).select(
        "id",
        "institution_id",
        "nationality",
        "naming",
        "number_place",
        "is_upland",
        "family",
        "phone",
        child=pl.col("full_name"),
        person_id=pl.col("id"),
        relation=pl.lit(relation),
        sex=pl.lit(_SEXES[relation]),
        birth_year=pl.col("birth_on").dt.year() - draws.whole(f"age of {relation}", low, high),
    )
    numbers = registrar.personal_numbers(kin)
    return kin.with_columns(
        full_name=_full_name(relation),
        personal_number=pl.when(_is_numbered(relation)).then(pl.lit(numbers)),
        occupation=_occupation(relation),
        phone=pl.col("phone") if relation == MOTHER else pl.lit(None, dtype=pl.String),
    )


def _is_numbered(relation: str) -> pl.Expr:
    known = draws.happens(f"number of {relation}", _NUMBER_KNOWN)
    return pl.col("nationality").is_null() & known


def _full_name(relation: str) -> pl.Expr:
    """A name that is not the child's own."""
    first, second = (
        pl.concat_str(_family_name(relation), names.rest_of_name(draw), separator=" ")
        for draw in (f"name of {relation}", f"other name of {relation}")
    )
    return pl.when(first == pl.col("child")).then(second).otherwise(first)


def _family_name(relation: str) -> pl.Expr:
    """Children bear their father's family name."""
    return pl.col("family") if relation == FATHER else names.family_name(f"family of {relation}")


def _occupation(relation: str) -> pl.Expr:
    draw = f"work of {relation}"
    town, upland = draws.one_of(draw, _TOWN_WORK), draws.one_of(draw, _UPLAND_WORK)
    return pl.when(pl.col("is_upland")).then(upland).otherwise(town)

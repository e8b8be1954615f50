"""Persons: who they are, where they come from, and their numbers."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib import resources

import polars as pl

from sobo.demo import draws, names
from sobo.demo.calendar import REFERENCE_ON
from sobo.demo.running import RunningNumbers
from sobo.institutions.reference import provinces
from sobo.kernel.personal_number import FEMALE

FOREIGN = "55"
"""ETHNIC_GROUP of a foreigner."""
_OWN_CODE_WEIGHT = 8.0
_FOREIGN_BORN = 0.25
_ELSEWHERE_IN_PROVINCE = 0.06
_YEAR_ONLY = 0.004
_COUNTED_IN_MONTHS = 4
"""Years of life in which children are counted by months."""

# A step without a common factor with the size of the range visits every number once, so that
# numbers look random and none is given twice.
_SIX_DIGITS, _STEP = 1_000_000, 618_033

PERSON_COLUMNS = (
    "id",
    "institution_id",
    "code",
    "full_name",
    "sex",
    "birth",
    "ethnic_group",
    "nationality",
    "personal_number",
    "passport",
    "birth_place",
    "birth_commune",
    "birth_province",
    "birth_country",
    "origin_commune",
    "origin_province",
    "residence",
    "residence_commune",
    "residence_province",
)


class Registrar:
    """Gives persons their codes and personal numbers, no number twice in the whole nation."""

    def __init__(self, *, after: int = 0) -> None:
        self.codes = RunningNumbers(after=after)
        self._numbers = RunningNumbers(after=after)

    def person_codes(self, provinces: pl.Series) -> pl.Series:
        """Lifelong codes: the province of first registration and eight digits."""
        running = self.codes.take(provinces).cast(pl.String).str.zfill(8)
        return provinces + running

    def personal_numbers(self, frame: pl.DataFrame) -> pl.Series:
        """Numbers of 12 digits that tell the columns `number_place`, `sex` and `birth_year`."""
        century_and_sex = (pl.col("birth_year") // 100 - 19) * 2 + (pl.col("sex") == FEMALE)
        heads = frame.select(
            pl.col("number_place")
            + century_and_sex.cast(pl.String)
            + (pl.col("birth_year") % 100).cast(pl.String).str.zfill(2)
        ).to_series()
        running = self._numbers.take(heads) * _STEP % _SIX_DIGITS
        return heads + running.cast(pl.String).str.zfill(6)


def with_identity(frame: pl.DataFrame, registrar: Registrar) -> pl.DataFrame:
    """Add what makes a row a person.

    Needs `id`, `sex`, `ethnic_group`, `nationality`, `birth_on` (Date), `knows_number`,
    `born_here` (the chance), `province` and `commune`.
    """
    placed = frame.with_columns(
        naming=names.naming(),
        birth_year=pl.col("birth_on").dt.year(),
        birth_province=_birth_province(),
    ).with_columns(
        family=names.family_name(),
        number_place=draws.one_of_each("place of number", "birth_province", _number_places()),
    )
    return placed.with_columns(
        full_name=pl.concat_str("family", names.rest_of_name(), separator=" "),
        code=registrar.person_codes(placed["province"]),
        personal_number=_where_known(registrar.personal_numbers(placed)),
        birth=_birth(),
        **_papers_of_foreigners(),
        **_places(),
    )


def _birth() -> pl.Expr:
    """The day as stored; in the highlands some papers tell the year alone."""
    knows_year_only = pl.col("is_hard") & draws.happens("knows year only", _YEAR_ONLY)
    whole = pl.col("birth_on").dt.to_string("%Y-%m-%d")
    year = pl.col("birth_on").dt.to_string("%Y")
    # A nursery counts in months, so it asks for the day.
    is_small = pl.col("birth_year") >= REFERENCE_ON.year - _COUNTED_IN_MONTHS
    return pl.when(knows_year_only & ~is_small).then(year).otherwise(whole)


def _where_known(numbers: pl.Series) -> pl.Expr:
    is_citizen = pl.col("nationality").is_null()
    return pl.when(is_citizen & pl.col("knows_number")).then(pl.lit(numbers))


def _papers_of_foreigners() -> dict[str, pl.Expr]:
    is_foreign = pl.col("nationality").is_not_null()
    letter = draws.one_of("passport letter", dict.fromkeys("ABCEGKLMPRT", 1.0))
    digits = draws.whole("passport", 1_000_000, 99_999_999).cast(pl.String).str.zfill(8)
    was_born_abroad = is_foreign & ~draws.happens("born here", _FOREIGN_BORN)
    return {
        "passport": pl.when(is_foreign).then(letter + digits),
        "birth_country": pl.when(was_born_abroad).then("nationality"),
    }


def _birth_province() -> pl.Expr:
    """The province of the school, or any other: families move to towns."""
    others = draws.one_of("other province", dict.fromkeys(_number_places(), 1.0))
    is_here = draws.happens("born in province", pl.col("born_here"))
    at_home = pl.when(is_here).then("province").otherwise(others)
    return pl.when(pl.col("nationality").is_null()).then(at_home)


def _places() -> dict[str, pl.Expr]:
    from_here = pl.col("birth_province") == pl.col("province")
    lives_near = ~draws.happens("lives elsewhere", _ELSEWHERE_IN_PROVINCE)
    return {
        "birth_place": pl.col("birth_province").replace_strict(
            _province_names(), default=None, return_dtype=pl.String
        ),
        "birth_commune": pl.when(from_here & lives_near).then("commune"),
        "origin_province": pl.col("birth_province"),
        "origin_commune": pl.when(from_here & lives_near).then("commune"),
        "residence": pl.format(
            "Số {}, tổ {}", draws.whole("house", 1, 240), draws.whole("quarter", 1, 18)
        ),
        "residence_commune": pl.col("commune"),
        "residence_province": pl.col("province"),
    }


@cache
def _province_names() -> dict[str, str]:
    today = provinces().filter(pl.col("until").is_null())
    return dict(zip(today["code"], today["name"], strict=True))


@cache
def _number_places() -> Mapping[str, Mapping[str, float]]:
    """For each province of today the place codes of numbers registered there, its own first."""
    file = resources.files("sobo.registry") / "data" / "cccd_birth_place_codes.csv"
    weights: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))):
        place, province = row["code"], row["current_province_code"]
        weight = _OWN_CODE_WEIGHT if place == f"0{province}" else 1.0
        weights.setdefault(province, {})[place] = weight
    return weights

"""The 12-digit personal number (số định danh cá nhân) and what its digits claim.

NĐ 137/2015/NĐ-CP Đ13 and TT 07/2016/TT-BCA (neither text at hand): three digits for the place
where the birth was registered, one for century and sex, two for the year of birth, six random.
There is no check digit. A disagreement asks a question; only a formed number can answer it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import polars as pl

MALE, FEMALE = "1", "2"

_FORM = re.compile(r"(\d{3})(\d)(\d{2})\d{6}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class PersonalNumber:
    """A well-formed personal number, read. Printing it hides the number."""

    place: str
    """Place of registration: `0` and the province code before 1/7/2025, or a country's code."""
    sex: str
    """Code of the list SEX: `1` male, `2` female."""
    birth_year: int

    @classmethod
    def parse(cls, number: str) -> Self:
        """Read a number of 12 digits. Raises `ValueError`, without the value."""
        match = _FORM.fullmatch(number)
        if match is None:
            raise ValueError("a personal number has 12 digits")
        century, sex = divmod(int(match[2]), 2)
        return cls(
            place=match[1],
            sex=FEMALE if sex else MALE,
            birth_year=1900 + 100 * century + int(match[3]),
        )

    def agrees_with_sex(self, sex: str) -> bool | None:
        """Whether the number tells the sex recorded; None where that is neither male nor female."""
        return self.sex == sex if sex in (MALE, FEMALE) else None

    def agrees_with_birth_year(self, birth_year: int) -> bool:
        """Whether the number tells the year of birth recorded."""
        return self.birth_year == birth_year

    def agrees_with_birth_place(self, province: str, places: Mapping[str, str]) -> bool | None:
        """Whether the number tells the province of birth recorded; None for an unknown place.

        `places` gives the province of today for each place code. Registered elsewhere than born is
        common and lawful.
        """
        known = places.get(self.place)
        return None if known is None else known == province


def is_well_formed(numbers: pl.Expr) -> pl.Expr:
    """Whether each number has exactly 12 digits."""
    return numbers.str.contains(r"^[0-9]{12}$")


def place_in(numbers: pl.Expr) -> pl.Expr:
    """Place codes in numbers; null where malformed."""
    return _where_well_formed(numbers, numbers.str.slice(0, 3))


def sex_in(numbers: pl.Expr) -> pl.Expr:
    """Codes of the list SEX in numbers; null where malformed."""
    is_female = _century_digit(numbers) % 2 == 1
    return _where_well_formed(
        numbers, pl.when(is_female).then(pl.lit(FEMALE)).otherwise(pl.lit(MALE))
    )


def birth_year_in(numbers: pl.Expr) -> pl.Expr:
    """Birth years (Int32) in numbers; null where malformed."""
    year_digits = numbers.str.slice(4, 2).cast(pl.Int32, strict=False)
    year = 1900 + _century_digit(numbers) // 2 * 100 + year_digits
    return _where_well_formed(numbers, year)


def agrees_with_sex(numbers: pl.Expr, sexes: pl.Expr) -> pl.Expr:
    """Whether numbers tell the recorded sex; null where either is unknown."""
    return sex_in(numbers) == pl.when(sexes.is_in([MALE, FEMALE])).then(sexes)


def agrees_with_birth_year(numbers: pl.Expr, birth_years: pl.Expr) -> pl.Expr:
    """Whether numbers tell the recorded year of birth; null where either is unknown."""
    return birth_year_in(numbers) == birth_years


def agrees_with_birth_place(
    numbers: pl.Expr, provinces: pl.Expr, *, places: Mapping[str, str]
) -> pl.Expr:
    """Whether numbers tell the recorded province of birth; null for unknown places."""
    told = place_in(numbers).replace_strict(dict(places), default=None, return_dtype=pl.String)
    return told == provinces


def _century_digit(numbers: pl.Expr) -> pl.Expr:
    return numbers.str.slice(3, 1).cast(pl.Int32, strict=False)


def _where_well_formed(numbers: pl.Expr, value: pl.Expr) -> pl.Expr:
    return pl.when(is_well_formed(numbers)).then(value)

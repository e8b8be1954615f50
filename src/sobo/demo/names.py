"""Names as each people of the country gives them. No name is anyone's: the parts are drawn apart."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from functools import cache

import polars as pl

from sobo.demo import draws
from sobo.demo.localities import read_data
from sobo.kernel.personal_number import FEMALE, MALE

KINH = "Kinh"
FAMILY, MIDDLE, GIVEN = "family", "middle", "given"
_TWO_MIDDLE_NAMES = 0.42

# Peoples without a list of their own carry the names of the people they live among.
_NAMED_AS = {
    "01": KINH,
    "02": "Tày",
    "03": "Thái",
    "04": "Hoa",
    "05": "Khơ-me",
    "06": "Mường",
    "07": "Tày",
    "08": "Hmông",
    "09": "Tày",
    "10": "Tây Nguyên",
    "12": "Tây Nguyên",
    "13": "Tây Nguyên",
    "14": "Tây Nguyên",
    "15": "Tày",
    "16": "Tây Nguyên",
    "20": "Tây Nguyên",
    "29": "Thái",
    "33": "Thái",
    "34": "Thái",
    "37": "Thái",
    "39": "Thái",
    "43": "Tày",
}

Weights = Mapping[str, float]


def naming(ethnic_group: str = "ethnic_group", nationality: str = "nationality") -> pl.Expr:
    """Whose names a person bears: a people of the country, or a foreign nation's."""
    at_home = pl.col(ethnic_group).replace_strict(_NAMED_AS, default=KINH, return_dtype=pl.String)
    return pl.coalesce(pl.col(nationality), at_home)


def family_name(draw: str = "family name") -> pl.Expr:
    """A family name, by the columns `naming` and `sex`."""
    return _part(draw, FAMILY)


def rest_of_name(draw: str = "name") -> pl.Expr:
    """Middle and given names, by the columns `naming` and `sex`."""
    second = pl.when(draws.happens(f"{draw} has two", _TWO_MIDDLE_NAMES) & _is_kinh()).then(
        _part(f"{draw} second", GIVEN)
    )
    middle, given = _part(f"{draw} middle", MIDDLE), _part(f"{draw} given", GIVEN)
    is_doubled = second == given
    return pl.concat_str(
        middle, pl.when(~is_doubled).then(second), given, separator=" ", ignore_nulls=True
    )


def _is_kinh() -> pl.Expr:
    return pl.col("naming").is_in([KINH, "Hoa"])


def _part(draw: str, part: str) -> pl.Expr:
    tables = {key: parts[part] for key, parts in _pools().items() if part in parts}
    return _by_pool(draw, tables)


def _by_pool(draw: str, tables: Mapping[tuple[str, str], Weights]) -> pl.Expr:
    return pl.coalesce(
        pl.when((pl.col("naming") == people) & (pl.col("sex") == sex)).then(
            draws.one_of(draw, weights)
        )
        for (people, sex), weights in tables.items()
    )


@cache
def _pools() -> dict[tuple[str, str], dict[str, Weights]]:
    """For each people and sex the weights of each part of a name."""
    pools: dict[tuple[str, str], dict[str, Weights]] = {
        (KINH, sex): {
            FAMILY: _family_names(),
            MIDDLE: _listed("middle", sex),
            GIVEN: _listed("given", sex),
        }
        for sex in (MALE, FEMALE)
    }
    for row in csv.DictReader(io.StringIO(read_data("peoples_names.csv"))):
        for sex in (row["sex"],) if row["sex"] else (MALE, FEMALE):
            weights = {name: float(often) for name, often in Counter(row["names"].split()).items()}
            pools.setdefault((row["people"], sex), {})[row["part"]] = weights
    return pools


def _family_names() -> Weights:
    rows = csv.DictReader(io.StringIO(read_data("family_names.csv")))
    return {
        row["name"]: float(row["weight_percent"])
        for row in rows
        if row["typical_ethnic_group"].startswith("Kinh")
    }


def _listed(kind: str, sex: str) -> Weights:
    letter = {MALE: "M", FEMALE: "F"}[sex]
    rows = csv.DictReader(io.StringIO(read_data(f"{kind}_names.csv")))
    return {row["name"]: float(row["weight"]) for row in rows if row["sex"] == letter}

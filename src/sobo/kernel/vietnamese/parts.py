"""A person's name as family, middle and given part, and work done once for each distinct part.

A million names hold a few thousand parts: what Python computes part by part, Polars joins back.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import polars as pl


class NameParts(NamedTuple):
    """Parts in the order they are spoken; a single word is a given name."""

    family: str
    middle: str
    given: str


PARTS = NameParts._fields


def name_parts(name: str) -> NameParts:
    """Split a tidy name: the last word is the given name, the first the family name."""
    rest, _, given = name.rpartition(" ")
    family, _, middle = rest.partition(" ")
    return NameParts(family, middle, given)


def by_parts(names: pl.Series, functions: Mapping[str, Callable[[str], str]]) -> pl.DataFrame:
    """Apply functions to the parts of names that hold single blanks.

    Returns one row a name, one column `{part}_{function}` each; a null name gives nulls.
    """
    parts = _split(names)
    computed = [_computed(parts[part], functions) for part in PARTS]
    return pl.concat(computed, how="horizontal")


def _split(names: pl.Series) -> pl.DataFrame:
    words = pl.col("name").str.split(" ")
    middle = words.list.slice(1, words.list.len().cast(pl.Int64) - 2)
    family = pl.when(words.list.len() > 1).then(words.list.first()).otherwise(pl.lit(""))
    frame = names.alias("name").to_frame()
    return frame.select(
        family=pl.when(pl.col("name").is_not_null()).then(family),
        middle=middle.list.join(" "),
        given=words.list.last(),
    )


def _computed(part: pl.Series, functions: Mapping[str, Callable[[str], str]]) -> pl.DataFrame:
    distinct = part.unique().drop_nulls()
    table = pl.DataFrame(
        {part.name: distinct}
        | {
            f"{part.name}_{name}": pl.Series(map(function, distinct), dtype=pl.String)
            for name, function in functions.items()
        }
    )
    joined = part.to_frame().join(table, on=part.name, how="left", maintain_order="left")
    return joined.drop(part.name)

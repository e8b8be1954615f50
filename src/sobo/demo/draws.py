"""Chance that is the same on every machine and in every order.

A draw depends on nothing but the number of the row and the name of what is drawn: whole frames are
drawn at once, and a new attribute never moves another one.
"""

import math
import zlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

import polars as pl

# SplitMix64 (Steele, Lea and Flood, 2014): every step is plain 64-bit arithmetic that wraps.
_GOLDEN = 0x9E3779B97F4A7C15
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_WORD = (1 << 64) - 1
_FRACTION_BITS = 53
_NORMAL_TERMS = 4


def share(name: str, number: int) -> float:
    """One draw from [0, 1) for one row."""
    mixed = (number * _GOLDEN + _start(name)) & _WORD
    mixed = (mixed ^ mixed >> 30) * _FIRST & _WORD
    mixed = (mixed ^ mixed >> 27) * _SECOND & _WORD
    return (mixed ^ mixed >> 31) // (1 << 64 - _FRACTION_BITS) / (1 << _FRACTION_BITS)


def shares(name: str, numbers: str = "id") -> pl.Expr:
    """`share` over the column that numbers the rows, as Float64."""
    mixed = pl.col(numbers).cast(pl.UInt64) * _word(_GOLDEN) + _word(_start(name))
    mixed = (mixed ^ mixed // _word(1 << 30)) * _word(_FIRST)
    mixed = (mixed ^ mixed // _word(1 << 27)) * _word(_SECOND)
    top = (mixed ^ mixed // _word(1 << 31)) // _word(1 << 64 - _FRACTION_BITS)
    return top.cast(pl.Float64) / (1 << _FRACTION_BITS)


def happens(name: str, chance: float | pl.Expr, numbers: str = "id") -> pl.Expr:
    """True in that share of the rows."""
    return shares(name, numbers) < chance


def whole(name: str, low: int, high: int, numbers: str = "id") -> pl.Expr:
    """Whole numbers from `low` to `high`, both included, all as likely, as Int32."""
    return (shares(name, numbers) * (high - low + 1)).floor().cast(pl.Int32) + low


def normal(name: str, numbers: str = "id") -> pl.Expr:
    """Numbers spread like a bell around 0 with deviation 1, never beyond 3.5.

    The sum of four even draws: extremes that no child reaches are cut off by itself.
    """
    terms = [shares(f"{name} {term}", numbers) for term in range(_NORMAL_TERMS)]
    deviation = math.sqrt(_NORMAL_TERMS / 12)
    return (pl.sum_horizontal(terms) - _NORMAL_TERMS / 2) / deviation


def one_of(name: str, weights: Mapping[str, float], numbers: str = "id") -> pl.Expr:
    """One of the texts, as often as its weight says."""
    return picked(shares(name, numbers), weights)


def one_of_each(
    name: str, key: str, weights: Mapping[str, Mapping[str, float]], numbers: str = "id"
) -> pl.Expr:
    """`one_of` with weights that depend on the column `key`; null where no weights are given."""
    return pl.coalesce(
        pl.when(pl.col(key) == value).then(one_of(name, table, numbers))
        for value, table in weights.items()
    )


def picked(position: pl.Expr, weights: Mapping[str, float]) -> pl.Expr:
    """The text at a position within [0, 1) of all the weights laid end to end."""
    values = pl.lit(pl.Series(list(weights), dtype=pl.String))
    borders = pl.Series(_borders(list(weights.values())), dtype=pl.Float64)
    return values.gather(pl.lit(borders).search_sorted(position, "right"))


def choose(name: str, number: int, weights: Mapping[str, float]) -> str:
    """`one_of` for one row."""
    borders = _borders(list(weights.values()))
    return list(weights)[bisect_right(borders, share(name, number))]


def _borders(weights: Sequence[float]) -> list[float]:
    """Where one weight ends and the next begins, the last end left out."""
    total = sum(weights)
    return [reached / total for reached in accumulate(weights[:-1])]


def _start(name: str) -> int:
    """Where the draws of a name begin; Python's own hash differs from run to run."""
    digest = zlib.crc32(name.encode())
    return digest << 32 | zlib.adler32(name.encode())


def _word(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.UInt64)

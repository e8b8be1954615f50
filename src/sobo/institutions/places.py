"""Codes of today's communes and provinces, for whoever must know them without a database."""

from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources

import polars as pl


@cache
def province_by_commune() -> Mapping[str, str]:
    """Province code of each of today's communes, by commune code (QĐ 19/2025/QĐ-TTg)."""
    communes = _read("communes.csv")
    return dict(zip(communes["code"], communes["province_code"], strict=True))


def province_of(commune: pl.Expr) -> pl.Expr:
    """Province codes of today's communes; null for any other code."""
    return commune.replace_strict(province_by_commune(), default=None, return_dtype=pl.String)


@cache
def codes_in_use() -> Mapping[str, Collection[str]]:
    """Today's codes of communes and provinces, under the names that `Place` fields use."""
    return {
        "commune": set(_read("communes.csv")["code"]),
        "province": set(_read("provinces.csv")["code"]),
    }


KINDS = ("Thành phố", "Tỉnh", "Phường", "Xã", "Đặc khu", "TP.", "TP")


@cache
def spoken(of: str, province_code: str) -> Mapping[str, tuple[str, ...]]:
    """What people write for each place, by code: `of` is `commune` or `province`.

    Names of communes are understood within one province only, since many share a name; the codes
    of all others are there without a name.
    """
    rows = _read("communes.csv" if of == "commune" else "provinces.csv")
    near = of == "province" or pl.col("province_code") == province_code
    named = rows.select("code", pl.when(near).then("name").alias("name"))
    return {code: _spellings(name) if name else () for code, name in named.iter_rows()}


def _spellings(name: str) -> tuple[str, ...]:
    """The name in full, and without the word for its kind where that leaves a name."""
    bare = next((name.removeprefix(f"{kind} ") for kind in KINDS if name.startswith(kind)), name)
    return (name,) if bare.isdigit() else (name, bare, *(f"{kind} {bare}" for kind in KINDS[-2:]))


def _read(name: str) -> pl.DataFrame:
    data = (resources.files("sobo.institutions") / "data" / name).read_bytes()
    return pl.read_csv(data, infer_schema=False)

"""Kinds of place a school can stand in, and what follows from it for the people there.

Shares are rough: they give the demo the true shape and are no statistics.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Locality:
    """A kind of place."""

    region: str
    """REGION_KIND."""
    area_2025: str
    area: str
    difficult_area: str | None
    is_hard: bool
    """In an especially difficult area."""
    poor: float
    """Share of poor households."""
    born_here: float
    """Share of learners born in the province."""
    late: float
    """Share a year behind their age; two and three years are rarer."""
    stature: float
    """Mean height, in deviations of the WHO standard."""
    build: float
    """Mean body mass index, in deviations of the WHO standard."""
    numbered: float
    """Share of persons whose personal number the school knows."""
    peoples: Mapping[str, float]
    """Weights by ETHNIC_GROUP."""

    @property
    def is_upland(self) -> bool:
        """Miền núi, vùng sâu."""
        return self.region in ("04", "06")


@cache
def localities() -> dict[str, Locality]:
    """Every kind of place, by name."""
    raw = json.loads(read_data("localities.json"))
    return {name: Locality(**values) for name, values in raw.items()}


def locality_frame() -> pl.DataFrame:
    """The plain attributes of each kind of place, one row each, with its name in `locality`."""
    rows = [
        {"locality": name, **{k: v for k, v in vars(place).items() if k != "peoples"}}
        for name, place in localities().items()
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def peoples() -> dict[str, Mapping[str, float]]:
    """Weights of the ethnic groups in each kind of place."""
    return {name: place.peoples for name, place in localities().items()}


def read_data(name: str) -> str:
    """One of the demo's data files."""
    return (resources.files("sobo.demo") / "data" / name).read_text(encoding="utf-8")

"""Institutions invented beyond the written ones, so that the nation can grow to its true size.

How many each province has (`data/spread.csv`) and of which kinds (`data/kinds.csv`) is rough: it adds
up to the 54,000 institutions and 25 million learners of 2024-25 (facts, 9.1), not to any province.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, count, islice

import polars as pl

from sobo.demo import draws
from sobo.demo.localities import localities, read_data
from sobo.demo.plans import GradePlan, SchoolPlan, read_grades, written_plans
from sobo.institutions.reference import communes
from sobo.specification.fields import Level

_SMALLER_IN_THE_HILLS = 0.78
_WORDS_OF_NAMES = dict.fromkeys(
    "Ánh Dương,Bình Minh,Hoa Sen,Hoa Mai,Hướng Dương,Sơn Ca,Họa Mi,Măng Non,Tuổi Thơ,Sao Mai,"
    "Nguyễn Trãi,Trần Phú,Lê Lợi,Quang Trung,Nguyễn Du,Lê Hồng Phong,Võ Thị Sáu,Kim Đồng,"
    "Lý Thường Kiệt,Chu Văn An,Hai Bà Trưng,Phan Bội Châu,Lương Thế Vinh,Nguyễn Huệ".split(","),
    1.0,
)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of institution, as invented ones come."""

    words: str
    levels: tuple[Level, ...]
    preschool_kind: str | None
    ownership: str
    kind: str
    grades: tuple[GradePlan, ...]
    satellites: int
    two_sessions: bool
    day_boarding: bool


def all_plans() -> Iterator[SchoolPlan]:
    """The written institutions, then invented ones without end; made one by one, never held."""
    written = written_plans()
    return chain(written, map(_invented, count(len(written) + 1)))


def first_plans(institutions: int) -> Iterator[SchoolPlan]:
    """That many institutions, the written ones first."""
    return islice(all_plans(), institutions)


def _invented(number: int) -> SchoolPlan:
    province = draws.choose("province", number, _institutions())
    locality = draws.choose("locality", number, _localities()[province])
    of_province = _communes()[province]
    commune = of_province[int(draws.share("commune", number) * len(of_province))]
    kind = _kinds()[draws.choose("kind", number, _weights())]
    return SchoolPlan(
        id=number,
        key="",
        name=f"{kind.words} {draws.choose('name', number, _WORDS_OF_NAMES)}",
        province=province,
        commune=commune,
        locality=locality,
        levels=kind.levels,
        preschool_kind=kind.preschool_kind,
        ownership=kind.ownership,
        kind=kind.kind,
        grades=_grades(kind, locality),
        satellites=_satellites(kind, locality, number),
        merged=0,
        two_sessions=kind.two_sessions,
        day_boarding=kind.day_boarding,
        standard=draws.choose("standard", number, {"0": 42.0, "1": 46.0, "2": 12.0}),
        founded=1976 + int(draws.share("founded", number) * 45),
    )


def _grades(kind: Kind, locality: str) -> tuple[GradePlan, ...]:
    """The kind's classes; those in the hills are smaller."""
    if not localities()[locality].is_upland:
        return kind.grades
    return tuple(
        replace(planned, size=max(6, round(planned.size * _SMALLER_IN_THE_HILLS)))
        for planned in kind.grades
    )


def _satellites(kind: Kind, locality: str, number: int) -> int:
    if not kind.satellites:
        return 0
    most = 4 if localities()[locality].is_upland else 1
    return int(draws.share("satellites", number) * (most + 1))


@cache
def _institutions() -> Mapping[str, float]:
    return {row["province"]: float(row["institutions"]) for row in _read("spread.csv")}


@cache
def _localities() -> dict[str, Mapping[str, float]]:
    return {row["province"]: _read_weights(row["localities"]) for row in _read("spread.csv")}


def _read_weights(text: str) -> dict[str, float]:
    pairs = (part.split(":") for part in text.split())
    return {name: float(weight) for name, weight in pairs}


@cache
def _communes() -> dict[str, list[str]]:
    """Today's communes of each province."""
    today = communes().filter(pl.col("until").is_null())
    grouped = today.group_by("province_code", maintain_order=True).agg("code")
    return dict(grouped.iter_rows())


@cache
def _weights() -> Mapping[str, float]:
    return {row["words"]: float(row["weight"]) for row in _read("kinds.csv")}


@cache
def _kinds() -> dict[str, Kind]:
    return {
        row["words"]: Kind(
            words=row["words"],
            levels=tuple(map(Level, row["levels"].split())),
            preschool_kind=row["preschool_kind"] or None,
            ownership=row["ownership"],
            kind=row["kind"],
            grades=read_grades(row["grades"]),
            satellites=int(row["satellites"]),
            two_sessions=row["two_sessions"] == "1",
            day_boarding=row["day_boarding"] == "1",
        )
        for row in _read("kinds.csv")
    }


def _read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read_data(name))))

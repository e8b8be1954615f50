"""The tree of units: Bộ, Sở, phòng until 1/7/2025, xã/phường since; and who manages which school."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from sobo.demo.calendar import REMEMBERED_FROM
from sobo.demo.plans import SchoolPlan
from sobo.institutions.models import TIER_COMMUNE, TIER_DEPARTMENT, TIER_DIVISION, TIER_MINISTRY
from sobo.institutions.reference import (
    REFORMED_ON,
    communes,
    districts,
    old_district_of_commune,
    provinces,
)

MINISTRY = "BGDDT"
_UNIT_SCHEMA = {
    "id": pl.Int64,
    "code": pl.String,
    "tier": pl.String,
    "name": pl.String,
    "name_en": pl.String,
    "province_code": pl.String,
    "commune_code": pl.String,
}


def department_code(province: str, *, on: date) -> str:
    """The code of a Sở. Two digits changed meaning in 2025: those that ended bear the year."""
    return province if on >= REFORMED_ON or _still_stands(province) else f"{province}-2025"


def commune_unit_code(province: str, commune: str) -> str:
    """The code of a commune's people's committee as managing unit."""
    return province + commune


def division_code(province: str, district: str) -> str:
    """The code of a phòng: its Sở and its district."""
    return province + district


def _still_stands(old_province: str) -> bool:
    """Whether an old province lives on under its code and name."""
    named = provinces().filter(pl.col("code") == old_province)
    return named["name"].n_unique() == 1 and named.height > 1


@dataclass(frozen=True, kw_only=True)
class Territory:
    """The units of some provinces, and the relations between them."""

    provinces: tuple[str, ...]

    @cached_property
    def units(self) -> pl.DataFrame:
        """Units with the columns of their table but the sort key."""
        rows = [{"id": number, **row} for number, row in enumerate(self._unit_rows(), start=1)]
        return pl.DataFrame(rows, schema=_UNIT_SCHEMA)

    @cached_property
    def unit_parents(self) -> pl.DataFrame:
        """Which unit stands above which, and when."""
        rows = [
            {"unit_id": self._ids[child], "parent_id": self._ids[parent], **period}
            for child, parent, period in self._relations()
        ]
        schema = {"unit_id": pl.Int64, "parent_id": pl.Int64, "since": pl.Date, "until": pl.Date}
        return pl.DataFrame(rows, schema=schema)

    def managements(self, plan: SchoolPlan) -> list[dict[str, Any]]:
        """Which unit manages an institution directly: before the reform, and since."""
        founded = max(date(plan.founded, 8, 1), REMEMBERED_FROM)
        relations: list[tuple[str, dict[str, date | None]]] = []
        if founded < REFORMED_ON:
            relations.append((self._manager_before(plan), {"since": founded, "until": REFORMED_ON}))
        since: dict[str, date | None] = {"since": max(founded, REFORMED_ON), "until": None}
        relations.append((self._manager_now(plan), since))
        return [
            {"institution_id": plan.id, "unit_id": self._ids[code], **period}
            for code, period in relations
        ]

    def _manager_now(self, plan: SchoolPlan) -> str:
        if plan.is_under_department:
            return plan.province
        return commune_unit_code(plan.province, plan.commune)

    def _manager_before(self, plan: SchoolPlan) -> str:
        district, province = old_district_of_commune()[plan.commune]
        if plan.is_under_department:
            return department_code(province, on=REMEMBERED_FROM)
        return division_code(province, district)

    @cached_property
    def _ids(self) -> dict[str, int]:
        return dict(zip(self.units["code"], self.units["id"], strict=True))

    @cached_property
    def _communes(self) -> pl.DataFrame:
        return communes().filter(
            pl.col("until").is_null() & pl.col("province_code").is_in(self.provinces)
        )

    @cached_property
    def _districts(self) -> pl.DataFrame:
        """The districts that today's communes of these provinces lay in."""
        known = old_district_of_commune()
        wanted = {known[code][0] for code in self._communes["code"] if code in known}
        return districts().filter(pl.col("code").is_in(sorted(wanted)))

    @cached_property
    def _ended(self) -> list[str]:
        """Old provinces whose Sở ended with the reform."""
        old = self._districts["province_code"].unique().sort()
        return [code for code in old if not _still_stands(code)]

    def _unit_rows(self) -> Iterator[dict[str, Any]]:
        yield {
            "code": MINISTRY,
            "tier": TIER_MINISTRY,
            "name": "Bộ Giáo dục và Đào tạo",
            "name_en": "Ministry of Education and Training",
        }
        for code in self.provinces:
            yield _department(code, code, _province_name(code, ended=False))
        for code in self._ended:
            ended = department_code(code, on=REMEMBERED_FROM)
            yield _department(ended, code, _province_name(code, ended=True))
        for row in self._districts.iter_rows(named=True):
            yield _division(row)
        for row in self._communes.iter_rows(named=True):
            yield _commune(row)

    def _relations(self) -> Iterator[tuple[str, str, dict[str, date | None]]]:
        always: dict[str, date | None] = {"since": REMEMBERED_FROM, "until": None}
        before: dict[str, date | None] = {"since": REMEMBERED_FROM, "until": REFORMED_ON}
        since: dict[str, date | None] = {"since": REFORMED_ON, "until": None}
        for code in self.provinces:
            yield code, MINISTRY, always
        for code in self._ended:
            yield department_code(code, on=REMEMBERED_FROM), MINISTRY, before
        for district, province in self._districts.select("code", "province_code").iter_rows():
            above = department_code(province, on=REMEMBERED_FROM)
            yield division_code(province, district), above, before
        for commune, province in self._communes.select("code", "province_code").iter_rows():
            yield commune_unit_code(province, commune), province, since


def territory_of(plans: Iterable[SchoolPlan]) -> Territory:
    """The territory that these institutions stand in."""
    return Territory(provinces=tuple(sorted({plan.province for plan in plans})))


def _province_name(code: str, *, ended: bool) -> str:
    until = pl.col("until").is_not_null() if ended else pl.col("until").is_null()
    return str(provinces().filter((pl.col("code") == code) & until)["name"].item())


def _department(code: str, province: str, name: str) -> dict[str, Any]:
    return {
        "code": code,
        "tier": TIER_DEPARTMENT,
        "name": f"Sở Giáo dục và Đào tạo {name}",
        "name_en": f"Department of Education and Training, {name}",
        "province_code": province,
    }


def _division(district: dict[str, Any]) -> dict[str, Any]:
    place = f"{district['kind'].lower()} {_bare(district)}"
    return {
        "code": division_code(district["province_code"], district["code"]),
        "tier": TIER_DIVISION,
        "name": f"Phòng Giáo dục và Đào tạo {place}",
        "name_en": f"Division of Education and Training, {_bare(district)}",
        "province_code": district["province_code"],
    }


def _commune(commune: dict[str, Any]) -> dict[str, Any]:
    place = f"{commune['kind'].lower()} {_bare(commune)}"
    return {
        "code": commune_unit_code(commune["province_code"], commune["code"]),
        "tier": TIER_COMMUNE,
        "name": f"UBND {place}",
        "name_en": f"People's Committee of {_bare(commune)}",
        "province_code": commune["province_code"],
        "commune_code": commune["code"],
    }


def _bare(place: dict[str, Any]) -> str:
    """The name without its kind: `Phường Bàn Cờ` is Bàn Cờ; `Quận 3` stays a number."""
    return str(place["name"]).removeprefix(f"{place['kind']} ")

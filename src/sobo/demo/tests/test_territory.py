"""Who manages whom: today's tree, and the one before 1/7/2025."""

from datetime import date

import polars as pl
import pytest

from sobo.demo.nation import Batch
from sobo.demo.plans import plan_of
from sobo.demo.territory import Territory

BEFORE, TODAY = date(2024, 10, 12), date(2026, 10, 12)


def manager(territory: Territory, batch: Batch, key: str, *, on: date) -> str:
    """The code of the unit that manages a school directly on a day."""
    relation = batch.managements.filter(
        (pl.col("institution_id") == plan_of(key).id)
        & (pl.col("since") <= on)
        & (pl.col("until").is_null() | (pl.col("until") > on))
    )
    return str(
        relation.join(territory.units, left_on="unit_id", right_on="id").get_column("code").item()
    )


@pytest.mark.parametrize(
    ("school", "before", "today"),
    [
        ("th-ban-co", "79770", "7927154"),
        ("th-chieng-sinh", "14116", "1403679"),
        ("th-di-an", "74724", "7925942"),
        ("th-thcs-can-gio", "79787", "7927664"),
        ("thpt-moc-chau", "14", "14"),
        ("thcs-thpt-tan-phu", "79", "79"),
        ("chuyen-biet", "79", "79"),
    ],
)
def test_schools_passed_from_districts_to_communes(
    territory: Territory, batch: Batch, school: str, before: str, today: str
) -> None:
    assert manager(territory, batch, school, on=BEFORE) == before
    assert manager(territory, batch, school, on=TODAY) == today


def parents(territory: Territory, *, on: date) -> dict[str, str]:
    """Parent code of each unit that had one on a day."""
    codes = territory.units.select("id", "code")
    relations = territory.unit_parents.filter(
        (pl.col("since") <= on) & (pl.col("until").is_null() | (pl.col("until") > on))
    )
    named = relations.join(codes, left_on="unit_id", right_on="id").join(
        codes, left_on="parent_id", right_on="id", suffix="_above"
    )
    return dict(named.select("code", "code_above").iter_rows())


def test_today_every_commune_stands_under_its_department(territory: Territory) -> None:
    tree = parents(territory, on=TODAY)
    assert tree["79"] == tree["14"] == "BGDDT"
    communes = [code for code in tree if len(code) == 7 and code.isdigit()]
    assert len(communes) == 168 + 75
    assert {tree[code] for code in communes} == {"79", "14"}
    assert not [code for code in tree if len(code) == 5]


def test_before_the_reform_districts_stood_under_the_departments_of_then(
    territory: Territory,
) -> None:
    tree = parents(territory, on=BEFORE)
    assert tree["74724"] == "74-2025"
    assert tree["74-2025"] == "BGDDT"
    assert tree["79770"] == "79"
    assert not [code for code in tree if len(code) == 7 and code.isdigit()]

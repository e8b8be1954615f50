"""The territory as shipped: whole, composed, and joined without loose ends."""

import unicodedata
from collections import Counter
from importlib import resources

import polars as pl
import pytest

DATA = resources.files("sobo.institutions") / "data"


def read(name: str) -> pl.DataFrame:
    """One shipped file, all columns as text, empty cells as null."""
    return pl.read_csv((DATA / name).read_bytes(), infer_schema=False)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("provinces.csv", 34),
        ("communes.csv", 3321),
        ("old_provinces.csv", 63),
        ("old_districts.csv", 707),
        ("old_communes.csv", 10602),
    ],
)
def test_every_unit_is_there_once(name: str, rows: int) -> None:
    units = read(name)
    assert units.height == rows
    assert units["code"].n_unique() == rows
    assert units["name"].null_count() == 0


def test_communes_are_687_wards_2621_communes_and_13_special_zones() -> None:
    assert Counter(read("communes.csv")["type"]) == {"Phường": 687, "Xã": 2621, "Đặc khu": 13}


def test_10035_communes_of_696_districts_stood_on_the_eve_of_the_reform() -> None:
    for name, standing in [("old_communes.csv", 10035), ("old_districts.csv", 696)]:
        assert read(name)["existed_on_2025_06_30"].to_list().count("1") == standing


def test_units_stand_in_units_that_exist() -> None:
    provinces, old_provinces = (
        set(read("provinces.csv")["code"]),
        set(read("old_provinces.csv")["code"]),
    )
    districts = read("old_districts.csv")
    assert set(read("communes.csv")["province_code"]) == provinces
    assert set(read("old_provinces.csv")["new_province_code"]) == provinces
    assert set(read("regions.csv")["province_code"]) == provinces
    assert set(districts["province_code"]) == old_provinces
    assert set(read("old_communes.csv")["district_code"]) <= set(districts["code"])


def test_the_mapping_leads_from_every_commune_of_the_eve_to_every_commune_of_today() -> None:
    mapping, old = read("commune_mapping.csv"), read("old_communes.csv")
    standing = old.filter(pl.col("existed_on_2025_06_30") == "1")
    assert set(mapping["old_code"].drop_nulls()) == set(standing["code"])
    assert set(mapping["new_code"]) == set(read("communes.csv")["code"])


def test_441_old_communes_were_split_and_each_has_one_proposal() -> None:
    splits = read("commune_mapping.csv").filter(pl.col("is_split") == "1")
    targets = splits.group_by("old_code").agg(
        new=pl.col("new_code").n_unique(), proposals=(pl.col("is_default") == "1").sum()
    )
    assert targets.height == 441
    assert targets["new"].to_list() == [count for count in targets["new"] if count > 1]
    assert set(targets["proposals"]) == {1}


def test_only_confirmed_pairs_call_a_commune_split() -> None:
    doubtful = read("commune_mapping.csv").filter(pl.col("status") == "suspect_package_only")
    assert set(doubtful["is_split"]) == {"0"}


def test_communes_gone_before_the_reform_propose_communes_of_today() -> None:
    earlier, today = read("commune_mapping_pre2025.csv"), set(read("communes.csv")["code"])
    for column in ("new_codes_by_name", "candidate_new_codes_of_district"):
        proposed = earlier[column].drop_nulls().str.split(" ").explode()
        assert set(proposed) <= today
    assert earlier.height == 567


def test_files_are_composed_and_end_their_lines_alike() -> None:
    for path in DATA.iterdir():
        if path.name.endswith(".csv"):
            content = path.read_bytes()
            assert b"\r" not in content, path.name
            assert unicodedata.is_normalized("NFC", content.decode()), path.name

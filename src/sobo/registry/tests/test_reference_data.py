"""Birth places behind personal numbers, and the growth standards, as shipped."""

from importlib import resources

import polars as pl
import pytest

DATA = resources.files("sobo.registry") / "data"


def test_each_of_the_63_birth_places_lies_in_a_province_of_today() -> None:
    places = pl.read_csv((DATA / "cccd_birth_place_codes.csv").read_bytes(), infer_schema=False)
    assert places["code"].n_unique() == places.height == 63
    assert places["code"].str.contains(r"^0\d\d$").all()
    assert places["current_province_code"].n_unique() == 34
    today = dict(zip(places["code"], places["current_province_code"], strict=True))
    assert (today["079"], today["074"], today["015"]) == ("79", "79", "15")


@pytest.mark.parametrize(
    ("indicator", "last_month"),
    [("length_height_for_age", 228), ("weight_for_age", 120), ("bmi_for_age", 228)],
)
def test_growth_standards_know_every_month_of_both_sexes(indicator: str, last_month: int) -> None:
    standards = pl.read_csv((DATA / "who_growth.csv").read_bytes())
    for sex in ("M", "F"):
        months = standards.filter((pl.col("indicator") == indicator) & (pl.col("sex") == sex))
        assert sorted(months["age_months"]) == list(range(last_month + 1))


def test_a_newborn_boy_weighs_3346_grams_at_the_median() -> None:
    standards = pl.read_csv((DATA / "who_growth.csv").read_bytes())
    newborn = standards.filter(
        (pl.col("indicator") == "weight_for_age")
        & (pl.col("sex") == "M")
        & (pl.col("age_months") == 0)
    )
    assert newborn["M"].item() == pytest.approx(3.3464, abs=0.001)


def test_weight_for_height_goes_by_half_centimetres_without_gaps() -> None:
    standards = pl.read_csv((DATA / "who_weight_for_height.csv").read_bytes())
    for (_indicator, _sex), rows in standards.group_by("indicator", "sex"):
        halves = sorted((rows["cm"] * 2).cast(pl.Int64))
        assert halves == list(range(halves[0], halves[-1] + 1))

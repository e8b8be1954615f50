"""Health checks: measures drawn from the WHO standards, and the state that follows from them."""

from functools import cache
from importlib import resources

import polars as pl

from sobo.demo import draws
from sobo.demo.calendar import REFERENCE_ON, SCHOOL_YEAR
from sobo.kernel.age import completed_months_of
from sobo.registry.growth import OVERWEIGHT, STUNTED, UNDERWEIGHT, WASTED, with_growth
from sobo.specification.fields import Level

HEALTH_COLUMNS = (
    "institution_id",
    "person_id",
    "school_year",
    "round",
    "checked_on",
    "height_cm",
    "weight_kg",
    "blood_group",
    "is_underweight",
    "is_stunted",
    "is_wasted",
    "is_overweight",
    "eye_disease",
)

_CHECKED = {
    Level.PRESCHOOL: 0.995,
    Level.PRIMARY: 0.95,
    Level.LOWER_SECONDARY: 0.82,
    Level.UPPER_SECONDARY: 0.6,
}
_SPREAD = 0.92
_SHORT_SIGHTED_TOWN, _SHORT_SIGHTED_UPLAND = 0.24, 0.03
_BLOOD_KNOWN = 0.08
_BLOOD = {"4": 45.0, "2": 30.0, "1": 20.0, "3": 5.0}
_LETTERS = {"1": "M", "2": "F"}


def health_checks(learners: pl.DataFrame) -> pl.DataFrame:
    """The September check of nearly every learner at school."""
    chance = pl.col("level").replace_strict(_CHECKED, return_dtype=pl.Float64)
    checked = learners.filter(draws.happens("is checked", chance)).with_columns(
        round=pl.lit(1, dtype=pl.Int32),
        school_year=pl.lit(SCHOOL_YEAR.start_year, dtype=pl.Int32),
        checked_on=pl.lit(REFERENCE_ON) - pl.duration(days=_days_before()),
        birth_day=pl.col("birth_on"),
    )
    return _with_state(_with_measures(checked)).select(HEALTH_COLUMNS)


def _days_before() -> pl.Expr:
    """A whole school is checked within a few days."""
    return draws.whole("week of check", 4, 18, "institution_id") - draws.whole("day of check", 0, 3)


def _with_measures(rows: pl.DataFrame) -> pl.DataFrame:
    rows = rows.with_columns(
        letter=pl.col("sex").replace_strict(_LETTERS, return_dtype=pl.String),
        months=completed_months_of(pl.col("birth_on"), on=REFERENCE_ON).clip(0, 228),
    )
    rows = _with_measure(rows, "length_height_for_age", "height_cm", "stature")
    rows = _with_measure(rows, "bmi_for_age", "bmi", "build")
    return rows.with_columns(
        height_cm=pl.col("height_cm").round(1),
        weight_kg=(pl.col("bmi") * (pl.col("height_cm") / 100).pow(2)).round(1),
    )


def _with_measure(rows: pl.DataFrame, indicator: str, name: str, mean: str) -> pl.DataFrame:
    """Turn a deviation around the locality's mean into a measure: X = M (1 + L S z)^(1/L)."""
    joined = rows.join(
        _standard(indicator), on=["letter", "months"], how="left", maintain_order="left"
    )
    z = pl.col(mean) + draws.normal(name) * _SPREAD
    power = pl.col("L") * pl.col("S") * z + 1
    measure = pl.col("M") * power.clip(0.05).pow(1 / pl.col("L"))
    return joined.with_columns(measure.alias(name)).drop("L", "M", "S")


def _with_state(rows: pl.DataFrame) -> pl.DataFrame:
    """Say what the measures say; the official form asks it of preschools alone."""
    judged = with_growth(rows)
    bulk = pl.coalesce("bulk_z", "bmi_z")
    states = {
        "is_underweight": pl.col("weight_z") < UNDERWEIGHT,
        "is_stunted": pl.col("height_z") < STUNTED,
        "is_wasted": bulk < WASTED,
        "is_overweight": bulk > OVERWEIGHT,
    }
    in_preschool = pl.col("level") == Level.PRESCHOOL
    upland = pl.col("is_upland")
    blurred = pl.when(upland).then(_SHORT_SIGHTED_UPLAND).otherwise(_SHORT_SIGHTED_TOWN)
    return judged.with_columns(
        **{name: pl.when(in_preschool).then(state) for name, state in states.items()},
        eye_disease=pl.when(~in_preschool & draws.happens("is short-sighted", blurred)).then(
            pl.lit("Cận thị")
        ),
        blood_group=pl.when(draws.happens("blood is known", _BLOOD_KNOWN)).then(
            draws.one_of("blood", _BLOOD)
        ),
    )


@cache
def _standard(indicator: str) -> pl.DataFrame:
    data = (resources.files("sobo.registry") / "data" / "who_growth.csv").read_bytes()
    table = pl.read_csv(data).filter(pl.col("indicator") == indicator)
    months = pl.col("age_months").cast(pl.Int32)
    return table.select(pl.col("sex").alias("letter"), months.alias("months"), "L", "M", "S")

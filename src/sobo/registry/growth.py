"""How far a child's measures lie from the WHO standards, in standard deviations.

WHO Child Growth Standards 2006 (0–5 years) and Growth Reference 2007 (5–19 years), as L, M and S by
sex and completed months: z = ((X / M)^L − 1) / (L·S), and ln(X / M) / S where L is nothing.
"""

from functools import cache
from importlib import resources

import polars as pl

UNDERWEIGHT = STUNTED = WASTED = -2.0
"""Below this z-score a child under five is counted as such (WHO)."""
OVERWEIGHT = 2.0
"""Above this weight for height a child under five is counted as overweight (WHO)."""

IMPLAUSIBLE_WEIGHT = (-6.0, 5.0)
IMPLAUSIBLE_HEIGHT = (-6.0, 6.0)
IMPLAUSIBLE_BMI = (-5.0, 5.0)
"""Outside these a measure is more likely mistyped than true (the flags of WHO Anthro)."""

_STANDING_FROM_MONTHS = 24
_NO_L = 1e-6


def with_growth(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `weight_z`, `height_z`, `bmi_z` and `bulk_z` (weight for height), Float64.

    `rows` holds `sex` (SEX), `birth_day` and `checked_on` (Date), `height_cm` and `weight_kg`
    (Float64). A z-score is null where a measure, the sex or a day is unknown, or where the
    standards end (weight for age: 120 months; for height: 120 cm).
    """
    measured = rows["height_cm"].is_not_null().any() or rows["weight_kg"].is_not_null().any()
    if not measured:
        nothing = pl.lit(None, dtype=pl.Float64)
        return rows.with_columns(weight_z=nothing, height_z=nothing, bmi_z=nothing, bulk_z=nothing)
    prepared = rows.with_columns(_months().alias("_months"), _sex().alias("_sex")).with_columns(
        _bulk_indicator().alias("_bulk"), _half_centimetres().alias("_cm")
    )
    height, weight = pl.col("height_cm"), pl.col("weight_kg")
    bmi = weight / (height / 100).pow(2)
    prepared = _with_z(prepared, "weight_z", weight, _by_age("weight_for_age"))
    prepared = _with_z(prepared, "height_z", height, _by_age("length_height_for_age"))
    prepared = _with_z(prepared, "bmi_z", bmi, _by_age("bmi_for_age"))
    prepared = _with_z(prepared, "bulk_z", weight, _by_height())
    return prepared.drop("_months", "_sex", "_bulk", "_cm")


def _months() -> pl.Expr:
    """Completed months of life on the day of the check."""
    born, checked = pl.col("birth_day"), pl.col("checked_on")
    years = checked.dt.year() - born.dt.year()
    months = years * 12 + checked.dt.month().cast(pl.Int32) - born.dt.month().cast(pl.Int32)
    return months - (checked.dt.day() < born.dt.day()).cast(pl.Int32)


def _sex() -> pl.Expr:
    return pl.col("sex").replace_strict({"1": "M", "2": "F"}, default=None, return_dtype=pl.String)


def _bulk_indicator() -> pl.Expr:
    """Younger children are measured lying down: their table is by length."""
    standing = pl.col("_months") >= _STANDING_FROM_MONTHS
    return (
        pl.when(standing).then(pl.lit("weight_for_height")).otherwise(pl.lit("weight_for_length"))
    )


def _half_centimetres() -> pl.Expr:
    return (pl.col("height_cm") * 2).round().cast(pl.Int32)


def _with_z(rows: pl.DataFrame, name: str, value: pl.Expr, standard: pl.DataFrame) -> pl.DataFrame:
    keys = [key for key in standard.columns if key not in ("L", "M", "S")]
    joined = rows.join(standard, on=keys, how="left", maintain_order="left")
    ratio, power, spread = value / pl.col("M"), pl.col("L"), pl.col("S")
    z = (
        pl.when(power.abs() < _NO_L)
        .then(ratio.log() / spread)
        .otherwise((ratio.pow(power) - 1) / (power * spread))
    )
    return joined.with_columns(z.alias(name)).drop("L", "M", "S")


@cache
def _by_age(indicator: str) -> pl.DataFrame:
    table = _read("who_growth.csv").filter(pl.col("indicator") == indicator)
    return table.select(
        pl.col("sex").alias("_sex"),
        pl.col("age_months").cast(pl.Int32).alias("_months"),
        "L",
        "M",
        "S",
    )


@cache
def _by_height() -> pl.DataFrame:
    return _read("who_weight_for_height.csv").select(
        pl.col("indicator").alias("_bulk"),
        pl.col("sex").alias("_sex"),
        (pl.col("cm") * 2).round().cast(pl.Int32).alias("_cm"),
        "L",
        "M",
        "S",
    )


def _read(name: str) -> pl.DataFrame:
    data = (resources.files("sobo.registry") / "data" / name).read_bytes()
    return pl.read_csv(data)

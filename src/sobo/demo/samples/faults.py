"""Faults of substance for the messy workbook: what is wrong, and the findings it must lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from sobo.demo.samples.cells import Cell


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A wrong value in one column of one row."""

    key: str
    """The column it stands in."""
    value: Cell
    findings: Sequence[tuple[str, str]]
    """Column and rule of each finding that follows."""
    where: pl.Expr
    """Rows it can be told of; the first that no other fault has taken is it."""


_ORDINARY = (
    (pl.col("status") == "01")
    & pl.col("personal_number").is_not_null()
    & pl.col("disability").is_null()
    & (pl.col("birth").str.len_chars() == 10)
    & pl.col("code").is_not_null()
)
_BOY = pl.col("sex") == "1"

CLASS_FAULTS = (
    Fault(
        key="is_merged",
        value="Có",
        findings=(("merged_with", "LO-0001"),),
        where=pl.col("grade") == "2",
    ),
)

LOWER_FAULTS = (
    Fault(
        key="sex", value="Nữ", findings=(("personal_number", "NG-0101"),), where=_ORDINARY & _BOY
    ),
    Fault(
        key="height_cm",
        value="1215",
        findings=(("height_cm", "SK-0004"), ("height_cm", "SK-0101"), ("weight_kg", "SK-0103")),
        where=_ORDINARY & pl.col("height_cm").is_not_null(),
    ),
    Fault(
        key="father_birth_year",
        value=2017,
        findings=(("father_birth_year", "GH-1201"),),
        where=_ORDINARY & pl.col("father_birth_year").is_not_null(),
    ),
    Fault(
        key="birth",
        value=date(2022, 3, 15),
        findings=(("birth", "HS-0204"), ("personal_number", "NG-0102")),
        where=_ORDINARY & (pl.col("grade") == "1") & pl.col("height_cm").is_null(),
    ),
    Fault(key="sex", value="Nma", findings=(("sex", "NG-0003"),), where=_ORDINARY & _BOY),
    Fault(key="birth", value="31/02/2019", findings=(("birth", "NG-0002"),), where=_ORDINARY),
    Fault(key="birth", value="5/03/18", findings=(("birth", "NG-0002"),), where=_ORDINARY),
    Fault(
        key="phone",
        value="0912",
        findings=(("phone", "HS-0002"),),
        where=_ORDINARY & pl.col("phone").is_not_null(),
    ),
)

UPPER_FAULTS = (
    Fault(
        key="school_class",
        value="4H",
        findings=(("school_class", "HS-0301"),),
        where=_ORDINARY & (pl.col("grade") == "4"),
    ),
    Fault(
        key="status",
        value="5",
        findings=(("leaving_reason", "HS-0001"), ("status_on", "HS-0405")),
        where=_ORDINARY,
    ),
    Fault(
        key="personal_number",
        value="014217",
        findings=(("personal_number", "NG-0002"),),
        where=_ORDINARY,
    ),
)


def chosen_rows(rows: pl.DataFrame, faults: Sequence[Fault]) -> dict[int, list[Fault]]:
    """A row of its own for each fault, by the row's place; raises `StopIteration` where none is."""
    chosen: dict[int, list[Fault]] = {}
    for number, fault in enumerate(faults):
        fitting = rows.select(pl.arg_where(fault.where)).to_series()
        # Faults spread over the sheet: each looks first where the one before it left off.
        start = len(rows) * number // len(faults)
        later = [at for at in fitting if at >= start] + list(fitting)
        chosen[next(at for at in later if at not in chosen)] = [fault]
    return chosen

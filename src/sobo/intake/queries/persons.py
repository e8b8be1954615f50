"""Rows that may mean somebody the school already knows: a person decides, never the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sobo.intake.checking import CheckedSheet
from sobo.intake.models import Batch
from sobo.intake.wording import place_of
from sobo.registry import matching
from sobo.registry.frames import sheet_rows
from sobo.registry.showing import written

COMPARED = (
    "full_name",
    "birth",
    "sex",
    "personal_number",
    "school_class",
    "ethnic_group",
    "father_full_name",
    "mother_full_name",
    "residence",
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody the row may mean: (label, in the file, in the register) of what tells persons apart."""

    code: str
    name: str
    person: int
    compared: Sequence[tuple[str, str | None, str | None]]


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One row to decide on."""

    row: int
    where: str
    name: str
    candidates: list[Candidate]


def doubts(batch: Batch, each: CheckedSheet) -> list[Doubt]:
    """Rows of a sheet that wait for a decision, with whom they may mean."""
    pairs = each.matched.candidates
    unsure = each.matched.rows.filter(pl.col(matching.OUTCOME) == matching.MAYBE)
    if unsure.is_empty():
        return []
    known = sheet_rows(
        each.sheet, institution_ids=[batch.institution_id], school_year=batch.school_year
    )
    by_code = {
        row["code"]: row
        for row in known.filter(pl.col("code").is_in(pairs["code"].unique().implode())).iter_rows(
            named=True
        )
    }
    meant = dict(pairs.group_by("row", maintain_order=True).agg("code").iter_rows())
    return [
        Doubt(
            row=row["row"],
            where="!".join(place_of(batch, each.sheet.key, row["row"], "full_name")),
            name=row["full_name"],
            candidates=[_candidate(each, row, by_code[code]) for code in meant[row["row"]]],
        )
        for row in unsure.iter_rows(named=True)
    ]


def _candidate(each: CheckedSheet, row: dict[str, Any], known: dict[str, Any]) -> Candidate:
    return Candidate(
        code=known["code"],
        name=known["full_name"],
        person=known["_person"],
        compared=[
            (
                each.sheet.columns[key].label(),
                _written(each, key, row.get(key)),
                _written(each, key, known.get(key)),
            )
            for key in COMPARED
            if key in each.sheet.columns and (row.get(key) or known.get(key))
        ],
    )


def _written(each: CheckedSheet, key: str, value: Any) -> str | None:
    return None if value is None else written(each.sheet.columns[key].declaration, value)

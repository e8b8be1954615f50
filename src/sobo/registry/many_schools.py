"""Context of learners of many schools at once: what a province loads in one go.

The same context and the same rules as for one school. Keys that only mean something within a school
(a class's code) carry the school's key meanwhile, and schools alike in what the context depends on
are taken together.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

import polars as pl

from sobo.institutions.models import Institution
from sobo.registry.checking import profile_of
from sobo.registry.context import context_for
from sobo.registry.frames import dtype
from sobo.specification.records import declarations

SCHOOL, MARK = "institution_id", "|"
WITHIN_SCHOOL = {"learners": ("school_class",), "classes": ("code", "merged_with")}
"""Columns whose values are keys within one school only."""


def learner_context(
    learners: pl.DataFrame,
    classes: pl.DataFrame,
    *,
    institutions: Sequence[Institution],
    school_year: int,
    on: date,
) -> pl.DataFrame:
    """Learners of these institutions with every column their rules look at.

    Both frames carry `institution_id`; the others are as `context_for` takes them.
    """
    alike = sorted(institutions, key=_depends_on)
    parts = [
        _of_alike(list(group), learners, classes, school_year, on)
        for _key, group in groupby(alike, key=_depends_on)
    ]
    return pl.concat(parts, how="diagonal_relaxed")


def _depends_on(institution: Institution) -> tuple[str, ...]:
    """What the context of learners takes from the institution, beyond its own columns."""
    return tuple(institution.levels)


def _of_alike(
    schools: list[Institution],
    learners: pl.DataFrame,
    classes: pl.DataFrame,
    school_year: int,
    on: date,
) -> pl.DataFrame:
    keys = [school.pk for school in schools]
    frames = {
        "learners": _marked(learners.filter(pl.col(SCHOOL).is_in(keys)), "learners"),
        "classes": _marked(classes.filter(pl.col(SCHOOL).is_in(keys)), "classes").drop(SCHOOL),
    }
    rows = context_for(
        "learners", frames, institution=profile_of(schools[0]), school_year=school_year, on=on
    )
    profiles = _profiles(schools)
    own = [name for name in profiles.columns if name != SCHOOL]
    return _unmarked(rows.drop(own).join(profiles, on=SCHOOL, maintain_order="left"))


def _marked(rows: pl.DataFrame, sheet: str) -> pl.DataFrame:
    school = pl.col(SCHOOL).cast(pl.String) + MARK
    present = [name for name in WITHIN_SCHOOL[sheet] if name in rows.columns]
    return rows.with_columns((school + pl.col(name)).alias(name) for name in present)


def _unmarked(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("school_class").str.replace(r"^\d+\|", ""))


def _profiles(schools: Sequence[Institution]) -> pl.DataFrame:
    """The schools' own columns, named as the context names them."""
    own = {n: d for n, d in declarations(Institution).items() if d.kind != "codes"}
    columns = {
        f"school_{name}": pl.Series(
            [_plain(getattr(school, name)) for school in schools], dtype=dtype(declared.kind)
        )
        for name, declared in own.items()
    }
    return pl.DataFrame({SCHOOL: [school.pk for school in schools], **columns})


def _plain(value: Any) -> Any:
    return float(value) if hasattr(value, "as_tuple") else value

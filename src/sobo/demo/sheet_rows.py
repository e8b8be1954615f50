"""A drawn school as the rows of its sheets: what its own workbook would hold."""

from collections.abc import Mapping

import polars as pl
from django.db import models

from sobo.demo.nation import Batch
from sobo.institutions.models import Campus, Institution
from sobo.registry.classes.models import SchoolClass
from sobo.registry.facilities.models import Room
from sobo.registry.frames import dtype
from sobo.registry.learners.models import Enrolment, HealthCheck, PolicySupport
from sobo.registry.people.models import Guardian, Person
from sobo.registry.sheets import Part, Sheet
from sobo.registry.staff.models import Post

_FRAMES: Mapping[type[models.Model], str] = {
    Institution: "institutions",
    Campus: "campuses",
    SchoolClass: "classes",
    Person: "persons",
    Enrolment: "enrolments",
    Guardian: "guardians",
    HealthCheck: "health_checks",
    PolicySupport: "policy_support",
    Post: "posts",
    Room: "rooms",
}
"""Which frame of a batch holds the rows of a dataset; identity papers are not drawn."""


def sheet_rows(batch: Batch, sheet: Sheet, *, institution: int) -> pl.DataFrame:
    """The rows of one sheet of one school, by the sheet's keys and in its types.

    References are codes, as people write them; a person's code is in `code`.
    """
    rows = _own(batch, sheet.anchor, institution)
    for part in sheet.parts:
        rows = _with_part(rows, batch, part, sheet)
    rows = _with_codes(rows, batch)
    types = {key: dtype(column.declaration.kind) for key, column in sheet.columns.items()}
    missing = [pl.lit(None).alias(key) for key in types if key not in rows.columns]
    return rows.with_columns(missing).select(pl.col(key).cast(kind) for key, kind in types.items())


def _own(batch: Batch, model: type[models.Model], institution: int) -> pl.DataFrame:
    frame: pl.DataFrame = getattr(batch, _FRAMES[model])
    key = "id" if model is Institution else "institution_id"
    return frame.filter(pl.col(key) == institution)


def _with_part(rows: pl.DataFrame, batch: Batch, part: Part, sheet: Sheet) -> pl.DataFrame:
    if part.model is sheet.anchor or part.model not in _FRAMES:
        return rows
    if part.model is Person:
        persons = batch.persons.drop("institution_id")
        return rows.join(persons, left_on="person_id", right_on="id", how="left")
    own: pl.DataFrame = getattr(batch, _FRAMES[part.model])
    for column, value in part.fixed.items():
        own = own.filter(pl.col(column) == value)
    own = own.drop("institution_id", "school_year", *part.fixed, strict=False)
    named = own.rename({name: part.prefix + name for name in own.columns if name != "person_id"})
    return rows.join(named, on="person_id", how="left", maintain_order="left")


def _with_codes(rows: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Replace references by the codes that people write."""
    for key, referred in (("school_class", batch.classes), ("campus", batch.campuses)):
        if f"{key}_id" in rows.columns:
            codes = referred.select(pl.col("id").alias(f"{key}_id"), pl.col("code").alias(key))
            rows = rows.join(codes, on=f"{key}_id", how="left", maintain_order="left")
    return rows

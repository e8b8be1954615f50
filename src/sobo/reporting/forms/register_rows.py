"""What a form is computed from: rows of the register, by dataset, with the columns it needs."""

from collections.abc import Mapping
from typing import TypeAlias

import polars as pl

from sobo.reporting.forms.vocabulary import LEARNER_FLAGS, SCHOOL_FLAGS, STAFF_FLAGS, DataType

RegisterRows: TypeAlias = Mapping[str, pl.DataFrame]
"""Rows of the register, by the names and with at least the columns of `REGISTER_COLUMNS`."""

_ENVELOPE: dict[str, DataType] = {"record_id": pl.String, "version": pl.Int32}
_OF_SCHOOL: dict[str, DataType] = {**_ENVELOPE, "institution_id": pl.Int64}
_OF_PERSON: dict[str, DataType] = {
    **_OF_SCHOOL,
    "sex": pl.String,
    "birth": pl.String,
    "ethnic_group": pl.String,
    "status": pl.String,
    "status_on": pl.Date,
}

REGISTER_COLUMNS: dict[str, dict[str, DataType]] = {
    "institution": {
        **_ENVELOPE,
        "id": pl.Int64,
        "levels": pl.List(pl.String),
        "main_level": pl.String,
        "preschool_kind": pl.String,
        "ownership": pl.String,
        "kind": pl.String,
        "region": pl.String,
        "national_standard": pl.String,
        **dict.fromkeys(SCHOOL_FLAGS, pl.Boolean),
    },
    "campuses": {**_OF_SCHOOL, "id": pl.Int64, "is_open": pl.Boolean},
    "classes": {
        **_OF_SCHOOL,
        "id": pl.Int64,
        "code": pl.String,
        "grade": pl.String,
        "campus_id": pl.Int64,
        "two_sessions": pl.Boolean,
        "day_boarding": pl.Boolean,
        "is_special": pl.Boolean,
        "is_merged": pl.Boolean,
        "merged_with": pl.String,
        "merged_ages": pl.Int32,
    },
    "learners": {
        **_OF_PERSON,
        "class_id": pl.Int64,
        "grade": pl.String,
        "entered_on": pl.Date,
        "disability": pl.String,
        "checked_on": pl.Date,
        "group": pl.String,
        **dict.fromkeys(LEARNER_FLAGS, pl.Boolean),
    },
    "staff": {
        **_OF_PERSON,
        "level": pl.String,
        "section": pl.String,
        "group": pl.String,
        "position": pl.String,
        "contract": pl.String,
        "qualification": pl.String,
        **dict.fromkeys(STAFF_FLAGS, pl.Boolean),
    },
    "rooms": {
        **_OF_SCHOOL,
        "level": pl.String,
        "kind": pl.String,
        "section": pl.String,
        "build_grade": pl.String,
        "quantity": pl.Int32,
        "is_borrowed": pl.Boolean,
        "in_use": pl.Boolean,
    },
}
"""Columns by dataset, named as the models name them; `class_id` is the enrolment's class, `group`
the policy group of a learner. Learners come with person, health check and support joined on."""


def typed(rows: RegisterRows, dataset: str) -> pl.DataFrame:
    """The rows of one dataset with exactly its columns and types.

    Raises `ValueError` naming what is missing.
    """
    columns = REGISTER_COLUMNS[dataset]
    if dataset not in rows:
        raise ValueError(f"the rows of {dataset} are missing")
    missing = columns.keys() - set(rows[dataset].columns)
    if missing:
        raise ValueError(f"{dataset} lack the columns {sorted(missing)}")
    return rows[dataset].select(pl.col(name).cast(kind) for name, kind in columns.items())

"""The register's rows as the forms count them, under the session's own scope.

They are read as they stand now, or as they stood at an earlier moment: from current rows and their
history together, so that a signed return opens as its head saw it.
"""

from collections.abc import Sequence
from datetime import datetime

import polars as pl
from django.db.models import Model

from sobo.institutions.models import Campus, Institution
from sobo.registry.classes.models import SchoolClass
from sobo.registry.facilities.models import Room
from sobo.registry.frames import read
from sobo.registry.learners.models import Enrolment, HealthCheck, PolicySupport
from sobo.registry.people.models import Person
from sobo.registry.staff.models import Post
from sobo.reporting.forms.register_rows import REGISTER_COLUMNS, RegisterRows
from sobo.specification.guards import history_table

ANCHORS: dict[str, tuple[type[Model], str, str]] = {
    "institution": (Institution, "i", "i.id"),
    "campuses": (Campus, "c", "c.institution_id"),
    "classes": (SchoolClass, "k", "k.institution_id"),
    "learners": (Enrolment, "e", "e.institution_id"),
    "staff": (Post, "s", "s.institution_id"),
    "rooms": (Room, "r", "r.institution_id"),
}
"""The table each dataset begins with, its alias, and the column that names its institution."""

JOINS = {
    "learners": """
        JOIN {person} p ON p.id = e.person_id
        LEFT JOIN {health} h ON h.institution_id = e.institution_id
            AND h.person_id = e.person_id AND h.school_year = e.school_year AND h.round = 1
            AND h.event <> 'CANCEL'
        LEFT JOIN {support} u ON u.institution_id = e.institution_id
            AND u.person_id = e.person_id AND u.school_year = e.school_year
            AND u.event <> 'CANCEL'
    """,
    "staff": "JOIN {person} p ON p.id = s.person_id",
}
JOINED: dict[str, type[Model]] = {"person": Person, "health": HealthCheck, "support": PolicySupport}

OF_PERSON = dict.fromkeys(("sex", "birth", "ethnic_group"), "p")
OF_HEALTH = dict.fromkeys(
    ("checked_on", "is_underweight", "is_stunted", "is_wasted", "is_overweight"), "h"
)
OF_SUPPORT = dict.fromkeys(
    (
        "group", "fee_exempt", "fee_reduced", "study_cost_support", "lunch_support",
        "very_small_group_support", "housing_support", "monthly_money", "rice_support",
    ),
    "u",
)  # fmt: skip
ELSEWHERE = {"learners": OF_PERSON | OF_HEALTH | OF_SUPPORT, "staff": OF_PERSON}
"""Columns that stand in a joined table, by its alias."""

OTHER_NAMES = {("learners", "class_id"): "e.school_class_id"}

EVERY_VERSION = """(
    SELECT {columns} FROM {table} WHERE recorded_at <= %s
    UNION ALL
    SELECT {columns} FROM {history} WHERE recorded_at <= %s AND superseded_at > %s
)"""
"""The version of each record that was current at a moment, given three times."""


def register_rows(
    *, institution_ids: Sequence[int], school_year: int, as_of: datetime | None = None
) -> RegisterRows:
    """Rows of the institutions by dataset, with the columns of `REGISTER_COLUMNS`.

    `as_of` is a moment of the database's clock; none: as the rows stand now.
    """
    return {
        dataset: _rows(dataset, institution_ids, school_year, as_of) for dataset in REGISTER_COLUMNS
    }


def _rows(
    dataset: str, institution_ids: Sequence[int], school_year: int, as_of: datetime | None
) -> pl.DataFrame:
    model, alias, institution = ANCHORS[dataset]
    types = REGISTER_COLUMNS[dataset]
    selected = ", ".join(f'{_source(dataset, alias, name)} AS "{name}"' for name in types)
    joined = {name: _table(other, as_of) for name, other in JOINED.items()}
    origin = f"{_table(model, as_of)} {alias} {JOINS.get(dataset, '').format(**joined)}"
    query = (
        f"SELECT {selected} FROM {origin} "
        f"WHERE {institution} = ANY (%s) AND {alias}.event <> 'CANCEL'"
    )
    parameters: list[object] = [as_of] * origin.count("%s") + [list(institution_ids)]
    if dataset in ("classes", "learners"):
        query += f" AND {alias}.school_year = %s"
        parameters.append(school_year)
    return read(f"{query} ORDER BY {alias}.id", parameters, types)


def _table(model: type[Model], as_of: datetime | None) -> str:
    """The table, or what its current rows were at the moment."""
    if as_of is None:
        return model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return EVERY_VERSION.format(
        columns=columns, table=model._meta.db_table, history=history_table(model)
    )


def _source(dataset: str, alias: str, name: str) -> str:
    """Where a column is read from; lists travel joined (`registry.frames.read`)."""
    other = OTHER_NAMES.get((dataset, name))
    if other:
        return other
    source = f'{ELSEWHERE.get(dataset, {}).get(name, alias)}."{name}"'
    is_list = isinstance(REGISTER_COLUMNS[dataset][name], pl.List)
    return f"array_to_string({source}, '|')" if is_list else source

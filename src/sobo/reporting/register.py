"""The register's rows as the forms count them, under the session's own scope."""

from collections.abc import Sequence

import polars as pl

from sobo.registry.frames import read
from sobo.reporting.forms.register_rows import REGISTER_COLUMNS, RegisterRows

ANCHORS = {
    "institution": ("institutions_institution", "i", "i.id"),
    "campuses": ("institutions_campus", "c", "c.institution_id"),
    "classes": ("classes_schoolclass", "k", "k.institution_id"),
    "learners": ("learners_enrolment", "e", "e.institution_id"),
    "staff": ("staff_post", "s", "s.institution_id"),
    "rooms": ("facilities_room", "r", "r.institution_id"),
}

JOINS = {
    "learners": """
        JOIN people_person p ON p.id = e.person_id
        LEFT JOIN learners_healthcheck h ON h.institution_id = e.institution_id
            AND h.person_id = e.person_id AND h.school_year = e.school_year AND h.round = 1
            AND h.event <> 'CANCEL'
        LEFT JOIN learners_policysupport u ON u.institution_id = e.institution_id
            AND u.person_id = e.person_id AND u.school_year = e.school_year
            AND u.event <> 'CANCEL'
    """,
    "staff": "JOIN people_person p ON p.id = s.person_id",
}

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


def register_rows(*, institution_ids: Sequence[int], school_year: int) -> RegisterRows:
    """Rows of the institutions by dataset, with the columns of `REGISTER_COLUMNS`."""
    return {dataset: _rows(dataset, institution_ids, school_year) for dataset in REGISTER_COLUMNS}


def _rows(dataset: str, institution_ids: Sequence[int], school_year: int) -> pl.DataFrame:
    table, alias, institution = ANCHORS[dataset]
    types = REGISTER_COLUMNS[dataset]
    selected = ", ".join(f'{_source(dataset, alias, name)} AS "{name}"' for name in types)
    query = (
        f"SELECT {selected} FROM {table} {alias} {JOINS.get(dataset, '')} "
        f"WHERE {institution} = ANY (%s) AND {alias}.event <> 'CANCEL'"
    )
    parameters: list[object] = [list(institution_ids)]
    if dataset in ("classes", "learners"):
        query += f" AND {alias}.school_year = %s"
        parameters.append(school_year)
    return read(f"{query} ORDER BY {alias}.id", parameters, types)


def _source(dataset: str, alias: str, name: str) -> str:
    """Where a column is read from; lists travel joined (`registry.frames.read`)."""
    other = OTHER_NAMES.get((dataset, name))
    if other:
        return other
    source = f'{ELSEWHERE.get(dataset, {}).get(name, alias)}."{name}"'
    is_list = isinstance(REGISTER_COLUMNS[dataset][name], pl.List)
    return f"array_to_string({source}, '|')" if is_list else source

"""The records that a figure counts, as a list people can read and open.

Rows are shown as they stand now, with their version: the page says which have changed since they
were counted.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sobo.registry.queries.rows import fetch

RECORDS = {
    "learners": """
        SELECT e.record_id, e.version, p.id AS person, p.record_id AS person_record,
               p.full_name AS name, p.birth, p.sex, e.status, k.code AS part
        FROM learners_enrolment e
        JOIN people_person p ON p.id = e.person_id
        LEFT JOIN classes_schoolclass k ON k.institution_id = e.institution_id
            AND k.id = e.school_class_id
        WHERE e.institution_id = %(school)s AND e.record_id = ANY (%(records)s::uuid[])
        ORDER BY length(k.grade), k.grade, k.sort_key, p.sort_key, e.id
    """,
    "staff": """
        SELECT s.record_id, s.version, p.id AS person, p.record_id AS person_record,
               p.full_name AS name, p.birth, p.sex, s.position, s.contract, s.group AS part
        FROM staff_post s JOIN people_person p ON p.id = s.person_id
        WHERE s.institution_id = %(school)s AND s.record_id = ANY (%(records)s::uuid[])
        ORDER BY s.group, p.sort_key, s.id
    """,
    "classes": """
        SELECT k.record_id, k.version, k.name, k.grade, k.grade AS part
        FROM classes_schoolclass k
        WHERE k.institution_id = %(school)s AND k.record_id = ANY (%(records)s::uuid[])
        ORDER BY length(k.grade), k.grade, k.sort_key, k.id
    """,
    "rooms": """
        SELECT r.record_id, r.version, r.name, r.kind, r.build_grade, r.quantity, r.kind AS part
        FROM facilities_room r
        WHERE r.institution_id = %(school)s AND r.record_id = ANY (%(records)s::uuid[])
        ORDER BY r.kind, r.id
    """,
    "campuses": """
        SELECT c.record_id, c.version, c.name, c.code AS part FROM institutions_campus c
        WHERE c.institution_id = %(school)s AND c.record_id = ANY (%(records)s::uuid[])
        ORDER BY c.code, c.id
    """,
    "institution": """
        SELECT i.record_id, i.version, i.name, i.code AS part FROM institutions_institution i
        WHERE i.id = %(school)s AND i.record_id = ANY (%(records)s::uuid[])
    """,
}

ABOUT_PERSONS = ("learners", "staff")
"""Datasets whose rows name a person: looking at them is journalled."""


def records(dataset: str, *, institution_id: int, record_ids: Sequence[str]) -> list[Any]:
    """Rows of a dataset as they stand now: `record_id`, `version`, `part` (what they are grouped
    by) and the dataset's own columns."""
    wanted = [UUID(each) for each in record_ids]
    return fetch(RECORDS[dataset], {"school": institution_id, "records": wanted})

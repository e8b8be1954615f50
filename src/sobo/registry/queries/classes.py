"""Classes of a school, and the list of one class."""

from typing import Any
from uuid import UUID

from sobo.registry.learners.models import PRESENT
from sobo.registry.queries.rows import fetch, fetch_one

CLASSES = """
SELECT k.record_id, k.code, k.name, k.grade, k.two_sessions, k.day_boarding, k.is_merged,
       c.name AS campus, count(e.id) AS learners,
       count(e.id) FILTER (WHERE p.sex = '2') AS girls,
       t.id AS teacher_id, t.full_name AS teacher, t.record_id AS teacher_record
FROM classes_schoolclass k
LEFT JOIN institutions_campus c ON c.institution_id = k.institution_id AND c.id = k.campus_id
LEFT JOIN learners_enrolment e ON e.institution_id = k.institution_id
    AND e.school_class_id = k.id AND e.event <> 'CANCEL' AND e.status = ANY (%(present)s)
LEFT JOIN people_person p ON p.id = e.person_id
LEFT JOIN people_person t ON t.code = k.form_teacher_code
WHERE k.institution_id = %(school)s AND k.school_year = %(year)s AND k.event <> 'CANCEL'
GROUP BY k.id, c.name, t.id, t.full_name, t.record_id
ORDER BY length(k.grade), k.grade, k.sort_key
"""


def classes(*, school_id: int, year: int) -> list[Any]:
    """The classes of a school year with size, girls and form teacher, by grade and name."""
    return fetch(CLASSES, {"school": school_id, "year": year, "present": list(PRESENT)})


# Functions of the database (registry/functions.sql), which keep their plans.
CLASS = "SELECT * FROM class_heading(%s, %s)"
OPENED = "SELECT * FROM class_opened(%s, %s)"


def school_class(record_id: UUID, *, school_id: int) -> Any:
    """One class of a school with its form teacher. Raises `NotInSight`."""
    return fetch_one(CLASS, [record_id, school_id])


def opened(found: Any) -> list[Any]:
    """The learners of a class that `school_class` found, in Vietnamese order of names.

    The look is journalled in the same statement.
    """
    return fetch(OPENED, [found.institution_id, found.id])

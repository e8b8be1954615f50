"""Learners of a school, found and sorted."""

from collections.abc import Mapping
from typing import Any

from sobo.kernel.vietnamese import search_key
from sobo.registry.learners.models import PRESENT
from sobo.registry.queries.paging import Found, page_of
from sobo.registry.queries.rows import fetch

LEARNERS = """
SELECT p.id, p.record_id, p.code, p.full_name, p.sex, p.birth,
       p.personal_number IS NOT NULL AS has_number,
       k.name AS class_name, k.record_id AS class_record, e.grade, e.status, e.day_boarder,
       e.two_sessions, e.phone, e.entered_on
FROM learners_enrolment e
JOIN people_person p ON p.id = e.person_id
JOIN classes_schoolclass k ON k.institution_id = e.institution_id AND k.id = e.school_class_id
WHERE e.institution_id = %(school)s AND e.school_year = %(year)s AND e.event <> 'CANCEL'
{conditions}
ORDER BY {order}
"""

_POLICY = (
    "SELECT 1 FROM learners_policysupport s WHERE s.institution_id = e.institution_id "
    "AND s.person_id = e.person_id AND s.school_year = e.school_year AND s.event <> 'CANCEL'"
)
_CONDITIONS = {
    "wanted": "AND (p.search_key LIKE '%%' || %(wanted)s || '%%' OR p.code = %(wanted)s)",
    "grade": "AND e.grade = %(grade)s",
    "school_class": "AND k.code = %(school_class)s",
    "status": "AND e.status = %(status)s",
    "sex": "AND p.sex = %(sex)s",
    "ethnic_group": "AND p.ethnic_group = %(ethnic_group)s",
    "policy": f'AND EXISTS ({_POLICY} AND s."group" = %(policy)s)',
}
_NUMBER = {
    "none": "AND p.personal_number IS NULL AND e.status = ANY (%(present)s)",
    "given": "AND p.personal_number IS NOT NULL",
}
FILTERS = (*_CONDITIONS, "number")
SORTS = {
    "name": "p.sort_key",
    "class": "k.sort_key",
    "birth": "p.birth",
    "status": "e.status",
    "code": "p.code",
}


def learners(
    *, school_id: int, year: int, filters: Mapping[str, str], sort: str, page: int
) -> Found:
    """The learners of a school year that fit, forty a page, in Vietnamese order of names.

    `filters` may hold any of `FILTERS`: `wanted` is part of a name, with or without marks, or a
    whole code; `number` is `none` or `given`; the others are codes of their lists.
    """
    given = {name: value for name, value in filters.items() if value}
    if "wanted" in given:
        given["wanted"] = search_key(given["wanted"])
    conditions = [_CONDITIONS[name] for name in given if name in _CONDITIONS]
    conditions.append(_NUMBER.get(given.get("number", ""), ""))
    return page_of(
        LEARNERS,
        {**given, "school": school_id, "year": year, "present": list(PRESENT)},
        conditions=" ".join(conditions),
        sorts=SORTS,
        sort=sort,
        page=page,
    )


FACETS = """
SELECT e.grade, k.code AS school_class, k.name AS class_name, e.status, p.sex, count(*) AS learners
FROM learners_enrolment e
JOIN people_person p ON p.id = e.person_id
JOIN classes_schoolclass k ON k.institution_id = e.institution_id AND k.id = e.school_class_id
WHERE e.institution_id = %s AND e.school_year = %s AND e.event <> 'CANCEL'
GROUP BY e.grade, k.code, k.name, k.sort_key, e.status, p.sex
ORDER BY length(e.grade), e.grade, k.sort_key
"""


def facets(*, school_id: int, year: int) -> list[Any]:
    """How many learners there are by grade, class, status and sex: what filters can choose from."""
    return fetch(FACETS, [school_id, year])

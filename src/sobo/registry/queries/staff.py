"""Staff of a school, found and sorted."""

from collections.abc import Mapping

from sobo.kernel.vietnamese import search_key
from sobo.registry.queries.paging import Found, page_of

STAFF = """
SELECT p.id, p.record_id, p.code, p.full_name, p.sex, p.birth, s."group", s.position, s.status,
       s.contract, s.qualification, s.level, s.phone, k.name AS class_name,
       k.record_id AS class_record
FROM staff_post s
JOIN people_person p ON p.id = s.person_id
LEFT JOIN classes_schoolclass k ON k.institution_id = s.institution_id
    AND k.form_teacher_code = p.code AND k.school_year = %(year)s AND k.event <> 'CANCEL'
WHERE s.institution_id = %(school)s AND s.event <> 'CANCEL'
{conditions}
ORDER BY {order}
"""

_CONDITIONS = {
    "wanted": "AND (p.search_key LIKE '%%' || %(wanted)s || '%%' OR p.code = %(wanted)s)",
    "group": 'AND s."group" = %(group)s',
    "position": "AND s.position = %(position)s",
    "status": "AND s.status = %(status)s",
    "contract": "AND s.contract = %(contract)s",
    "level": "AND s.level = %(level)s",
}
FILTERS = tuple(_CONDITIONS)
SORTS = {
    "name": "p.sort_key",
    "group": 's."group"',
    "position": "s.position",
    "birth": "p.birth",
    "code": "p.code",
}


def staff(*, school_id: int, year: int, filters: Mapping[str, str], sort: str, page: int) -> Found:
    """The staff of a school that fit, forty a page; `filters` may hold any of `FILTERS`."""
    given = {name: value for name, value in filters.items() if value and name in _CONDITIONS}
    if "wanted" in given:
        given["wanted"] = search_key(given["wanted"])
    return page_of(
        STAFF,
        {**given, "school": school_id, "year": year},
        conditions=" ".join(_CONDITIONS[name] for name in given),
        sorts=SORTS,
        sort=sort,
        page=page,
    )

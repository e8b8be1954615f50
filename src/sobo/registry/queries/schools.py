"""Schools in scope, what stands above them, and what they hold."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.cache import cache

from sobo.kernel.actor import Actor
from sobo.kernel.vietnamese import search_key
from sobo.registry.learners.models import PRESENT
from sobo.registry.queries.paging import Found, page_of
from sobo.registry.queries.rows import fetch, fetch_one
from sobo.registry.staff.models import WORKING


@dataclass(frozen=True, kw_only=True)
class School:
    """A school and the units above it, the uppermost first."""

    id: int
    record_id: UUID
    code: str
    name: str
    levels: tuple[str, ...]
    province_code: str | None
    commune_code: str | None
    units: tuple[str, ...]


STANDING = """
SELECT i.id, i.record_id, i.code, i.name, i.levels, i.province_code, i.commune_code,
       u.name AS unit, above.name AS unit_above
FROM institutions_institution i
LEFT JOIN institutions_institutionmanagement m ON m.institution_id = i.id
    AND m.since <= %(on)s AND (m.until IS NULL OR %(on)s < m.until)
LEFT JOIN institutions_unit u ON u.id = m.unit_id
LEFT JOIN institutions_unitparent p ON p.unit_id = u.id
    AND p.since <= %(on)s AND (p.until IS NULL OR %(on)s < p.until)
LEFT JOIN institutions_unit above ON above.id = p.parent_id
WHERE {condition}
LIMIT 1
"""


def school(record_id: UUID, *, on: date) -> School:
    """A school by its record id. Raises `NotInSight`."""
    return _school(STANDING.format(condition="i.record_id = %(key)s"), key=record_id, on=on)


def school_of_institution(institution_id: int, *, on: date) -> School:
    """A school by its key, as an account names it. Raises `NotInSight`."""
    return _school(STANDING.format(condition="i.id = %(key)s"), key=institution_id, on=on)


REMEMBERED_FOR = 600
"""Seconds that a school's name and place are remembered: they change a few times a decade."""


def remembered(record_id: UUID, *, by: Actor, on: date) -> School:
    """As `school`, asked at most once in ten minutes for each account. Raises `NotInSight`.

    What one account may see is never remembered for another; rows below the school still answer
    to row-level security.
    """
    key = f"school-{by.account_id}-{record_id}"
    found: School | None = cache.get(key)
    if found is None:
        found = school(record_id, on=on)
        cache.set(key, found, REMEMBERED_FOR)
    return found


def own(*, by: Actor, on: date) -> School | None:
    """The school an account answers to, remembered likewise; none for those of a unit."""
    if by.institution_id is None:
        return None
    key = f"own-school-{by.account_id}"
    found: School | None = cache.get(key)
    if found is None:
        found = school_of_institution(by.institution_id, on=on)
        cache.set(key, found, REMEMBERED_FOR)
    return found


def _school(query: str, **parameters: Any) -> School:
    row = fetch_one(query, parameters)
    return School(
        id=row.id,
        record_id=row.record_id,
        code=row.code,
        name=row.name,
        levels=tuple(row.levels),
        province_code=row.province_code,
        commune_code=row.commune_code,
        units=tuple(name for name in (row.unit_above, row.unit) if name),
    )


SCHOOLS = """
SELECT i.record_id, i.code, i.name, i.levels, i.ownership, i.phone, c.name AS commune,
       (SELECT count(*) FROM classes_schoolclass k
        WHERE k.institution_id = i.id AND k.school_year = %(year)s AND k.event <> 'CANCEL')
           AS classes,
       (SELECT count(*) FROM learners_enrolment e
        WHERE e.institution_id = i.id AND e.school_year = %(year)s AND e.event <> 'CANCEL'
          AND e.status = ANY (%(present)s)) AS learners
FROM institutions_institution i
LEFT JOIN institutions_commune c ON c.code = i.commune_code AND c.until IS NULL
WHERE i.event <> 'CANCEL' {conditions}
ORDER BY {order}
"""

_CONDITIONS = {
    "wanted": "AND i.search_key LIKE '%%' || %(wanted)s || '%%'",
    "level": "AND %(level)s = ANY (i.levels)",
    "ownership": "AND i.ownership = %(ownership)s",
    "commune": "AND i.commune_code = %(commune)s",
}
SORTS = {"name": "i.sort_key", "learners": "learners", "classes": "classes", "code": "i.code"}


def schools(*, year: int, filters: dict[str, str], sort: str, page: int) -> Found:
    """The schools in scope that fit, forty a page.

    `filters` may hold `wanted` (part of a name, with or without marks), `level`, `ownership` and
    `commune`; `sort` is a key of `SORTS`, after a minus for descending.
    """
    given = {name: value for name, value in filters.items() if value and name in _CONDITIONS}
    if "wanted" in given:
        given["wanted"] = search_key(given["wanted"])
    conditions = " ".join(_CONDITIONS[name] for name in given)
    return page_of(
        SCHOOLS,
        {**given, "year": year, "present": list(PRESENT)},
        conditions=conditions,
        sorts=SORTS,
        sort=sort,
        page=page,
    )


def communes_in_scope() -> list[Any]:
    """Communes that hold at least one school in scope: `code` and `name`, in Vietnamese order."""
    return fetch(
        "SELECT code, name FROM institutions_commune WHERE until IS NULL AND code IN "
        "(SELECT commune_code FROM institutions_institution) ORDER BY sort_key",
        [],
    )


COUNTS = """
SELECT
  (SELECT count(*) FROM institutions_campus c
   WHERE c.institution_id = %(school)s AND c.event <> 'CANCEL' AND c.is_open) AS campuses,
  (SELECT count(*) FROM classes_schoolclass k WHERE k.institution_id = %(school)s
     AND k.school_year = %(year)s AND k.event <> 'CANCEL') AS classes,
  (SELECT count(*) FROM learners_enrolment e WHERE e.institution_id = %(school)s
     AND e.school_year = %(year)s AND e.event <> 'CANCEL' AND e.status = ANY (%(present)s))
     AS learners,
  (SELECT count(*) FROM staff_post s WHERE s.institution_id = %(school)s
     AND s.event <> 'CANCEL' AND s.status = ANY (%(working)s)) AS staff,
  (SELECT coalesce(sum(r.quantity), 0) FROM facilities_room r
   WHERE r.institution_id = %(school)s AND r.event <> 'CANCEL' AND r.in_use) AS rooms
"""


def counts(*, school_id: int, year: int) -> Any:
    """How much a school holds: `campuses`, `classes`, `learners`, `staff`, `rooms`."""
    return fetch_one(
        COUNTS,
        {"school": school_id, "year": year, "present": list(PRESENT), "working": list(WORKING)},
    )


NAMED = """
SELECT i.record_id, i.name, c.name AS commune FROM institutions_institution i
LEFT JOIN institutions_commune c ON c.code = i.commune_code AND c.until IS NULL
WHERE i.event <> 'CANCEL' AND (i.search_key LIKE '%%' || %(wanted)s || '%%' OR i.code = %(code)s)
ORDER BY i.sort_key LIMIT 20
"""


def named(wanted: str) -> list[Any]:
    """At most twenty schools in scope whose name holds `wanted`, marks aside, or of that code."""
    return fetch(NAMED, {"wanted": search_key(wanted), "code": wanted})

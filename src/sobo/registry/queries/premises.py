"""Campuses and rooms of a school."""

from typing import Any

from sobo.registry.queries.rows import fetch

CAMPUSES = """
SELECT c.record_id, c.code, c.name, c.address, c.distance_km, c.is_open, c.phone,
       m.name AS commune,
       (SELECT count(*) FROM classes_schoolclass k WHERE k.institution_id = c.institution_id
          AND k.campus_id = c.id AND k.school_year = %(year)s AND k.event <> 'CANCEL') AS classes
FROM institutions_campus c
LEFT JOIN institutions_commune m ON m.code = c.commune_code AND m.until IS NULL
WHERE c.institution_id = %(school)s AND c.event <> 'CANCEL'
ORDER BY c.code
"""

ROOMS = """
SELECT r.record_id, r.kind, r.name, r.level, r.build_grade, r.quantity, r.is_borrowed,
       r.area_m2, r.in_use, c.name AS campus
FROM facilities_room r
LEFT JOIN institutions_campus c ON c.institution_id = r.institution_id AND c.id = r.campus_id
WHERE r.institution_id = %s AND r.event <> 'CANCEL'
ORDER BY r.kind, r.build_grade, r.name, r.id
"""


def campuses(*, school_id: int, year: int) -> list[Any]:
    """The campuses of a school beside its main site, with their classes of a year."""
    return fetch(CAMPUSES, {"school": school_id, "year": year})


def communes_of(province_code: str | None) -> dict[str, str]:
    """Names of a province's communes by code, in Vietnamese order."""
    rows = fetch(
        "SELECT code, name FROM institutions_commune WHERE province_code = %s AND until IS NULL "
        "ORDER BY sort_key",
        [province_code],
    )
    return {row.code: row.name for row in rows}


def rooms(*, school_id: int) -> list[Any]:
    """The rooms of a school, alike ones in one row."""
    return fetch(ROOMS, [school_id])

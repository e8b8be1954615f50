"""Finding persons by name within one's scope."""

from typing import Any

from sobo.kernel.vietnamese import search_key
from sobo.registry.queries.rows import fetch

MOST = 100

PERSONS = """
SELECT p.id, p.record_id, p.full_name, p.birth, p.sex,
       e.class_name, e.status AS learner_status, s.position, s.status AS staff_status,
       coalesce(i.name, j.name) AS school, coalesce(i.record_id, j.record_id) AS school_record,
       coalesce(i.id, j.id) AS school_id, e.institution_id IS NOT NULL AS is_learner
FROM people_person p
LEFT JOIN LATERAL (
    SELECT e.institution_id, e.status, k.name AS class_name FROM learners_enrolment e
    JOIN classes_schoolclass k ON k.institution_id = e.institution_id AND k.id = e.school_class_id
    WHERE e.person_id = p.id AND e.event <> 'CANCEL' ORDER BY e.school_year DESC LIMIT 1
) e ON true
LEFT JOIN LATERAL (
    SELECT s.institution_id, s.position, s.status FROM staff_post s
    WHERE s.person_id = p.id AND s.event <> 'CANCEL' ORDER BY s.id DESC LIMIT 1
) s ON true
LEFT JOIN institutions_institution i ON i.id = e.institution_id
LEFT JOIN institutions_institution j ON j.id = s.institution_id
WHERE p.id IN (SELECT find_persons(%s, %s))
ORDER BY p.sort_key, p.id
"""


def find(wanted: str) -> list[Any]:
    """At most `MOST` persons whose name holds `wanted`, marks aside."""
    return fetch(PERSONS, [search_key(wanted), MOST])

"""Reporting rounds as published data: what is asked, as of which day, and by when at the Ministry.

The days that a Sở sets for its own province are no part of it (`operations.set_deadlines`).
"""

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from psycopg import Connection

ROUND = """
INSERT INTO reporting_round
    (code, name, name_en, school_year, reference_on, opens_on, forms, clause)
VALUES (%(code)s, %(name)s, %(name_en)s, %(school_year)s, %(reference_on)s, %(opens_on)s,
        %(forms)s, %(clause)s)
ON CONFLICT (code) DO UPDATE SET
    name = EXCLUDED.name, name_en = EXCLUDED.name_en, school_year = EXCLUDED.school_year,
    reference_on = EXCLUDED.reference_on, opens_on = EXCLUDED.opens_on, forms = EXCLUDED.forms,
    clause = EXCLUDED.clause
RETURNING id
"""

# Everyone's day, added where it is not the one that counts already.
DEADLINE = """
WITH published AS (
    SELECT %(round)s::bigint AS round_id, %(state)s::text AS state, %(due_on)s::date AS due_on,
           %(clause)s::text AS clause, %(verified)s::boolean AS is_verified
), counting AS (
    SELECT d.due_on, d.clause, d.is_verified
    FROM reporting_deadline d JOIN published USING (round_id, state)
    WHERE d.province_code IS NULL ORDER BY d.id DESC LIMIT 1
)
INSERT INTO reporting_deadline (round_id, state, due_on, clause, is_verified)
SELECT * FROM published
WHERE (due_on, clause, is_verified) NOT IN (SELECT * FROM counting)
"""


def publish(connection: Connection[Any]) -> None:
    """Bring rounds and everyone's days to what this version ships, as the owner of the database.

    Doing it again changes nothing, and no province's own day is touched.
    """
    for each in published():
        _publish(connection, each)


def published() -> list[Mapping[str, Any]]:
    """Every round that ships with the product, as `data/rounds.json` has it."""
    text = (resources.files("sobo.reporting") / "data" / "rounds.json").read_text("utf-8")
    rounds: list[Mapping[str, Any]] = json.loads(text)
    return rounds


def _publish(connection: Connection[Any], wanted: Mapping[str, Any]) -> None:
    found = connection.execute(ROUND, dict(wanted)).fetchone()
    assert found is not None
    for deadline in wanted["deadlines"]:
        connection.execute(DEADLINE, {**deadline, "round": found[0]})

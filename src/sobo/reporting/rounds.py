"""Reporting rounds as published data: what is asked, as of which day, and by when."""

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

DEADLINE = """
INSERT INTO reporting_deadline (round_id, province_code, state, due_on, clause, is_verified)
VALUES (%(round)s, %(province)s, %(state)s, %(due_on)s, %(clause)s, %(verified)s)
ON CONFLICT (round_id, province_code, state) DO UPDATE SET
    due_on = EXCLUDED.due_on, clause = EXCLUDED.clause, is_verified = EXCLUDED.is_verified
"""


def published() -> list[Mapping[str, Any]]:
    """Every round that ships with the product, as `data/rounds.json` has it."""
    text = (resources.files("sobo.reporting") / "data" / "rounds.json").read_text("utf-8")
    rounds: list[Mapping[str, Any]] = json.loads(text)
    return rounds


def open_round(connection: Connection[Any], code: str) -> int:
    """Put a published round with its deadlines into the database, as its owner; returns its key.

    Doing it again changes nothing. Raises `KeyError` for a round that is not published.
    """
    wanted = {each["code"]: each for each in published()}[code]
    found = connection.execute(ROUND, dict(wanted)).fetchone()
    assert found is not None
    for deadline in wanted["deadlines"]:
        connection.execute(DEADLINE, {**deadline, "round": found[0]})
    return int(found[0])

"""Days that the departments of the demo set for their provinces, as real ones do by letter."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from psycopg import Connection

ROUND = "dau-nam-2026"
EVERYWHERE = {"signed": date(2026, 10, 15), "reviewed": date(2026, 10, 20)}
OF_THE_STORY = ("14", "79")
"""Provinces whose department means to approve some days before it must."""
APPROVED_EARLY = {"approved": date(2026, 10, 25)}

OWN_DAY = """
INSERT INTO reporting_deadline (round_id, province_code, state, due_on, clause, is_verified)
SELECT id, %(province)s, %(state)s, %(due_on)s,
       'Ngày do bản trình diễn đặt; mỗi Sở tự quyết', false
FROM reporting_round WHERE code = %(round)s
"""


def set_own_days(connection: Connection[Any], provinces: Iterable[str]) -> None:
    """Set every department's own days in the round of the demo, as the owner; once."""
    for province in provinces:
        for state, due_on in _days_of(province).items():
            given = {"round": ROUND, "province": province, "state": state, "due_on": due_on}
            connection.execute(OWN_DAY, given)


def _days_of(province: str) -> Mapping[str, date]:
    return EVERYWHERE | (APPROVED_EARLY if province in OF_THE_STORY else {})

"""The demo's departments keep to what the product asks of real ones."""

from datetime import date
from typing import Any

from sobo.demo.deadlines import OF_THE_STORY, set_own_days

DAYS = """
SELECT d.province_code, array_agg(d.due_on ORDER BY array_position(
    ARRAY['signed', 'reviewed', 'approved'], d.state::text))
FROM reporting_deadline d JOIN reporting_round r ON r.id = d.round_id AND r.code = 'dau-nam-2026'
GROUP BY 1
"""


def test_departments_ask_in_order_and_before_the_ministry_does(owner: Any) -> None:
    set_own_days(owner, ["04", *OF_THE_STORY])
    days = dict(owner.execute(DAYS).fetchall())
    (ministrys,) = days.pop(None)
    assert ministrys == date(2026, 10, 31)
    assert {province: len(own) for province, own in days.items()} == {"04": 2, "14": 3, "79": 3}
    assert all(own == sorted(own) and own[-1] < ministrys for own in days.values())

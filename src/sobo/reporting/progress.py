"""How signing went, and where it is heading: what a board draws."""

from dataclasses import dataclass
from datetime import date, timedelta

PACE_DAYS = 7
"""The forecast goes on at the pace of the last week: simple enough to be told in one sentence."""

DRAWN_PAST = timedelta(days=4)
"""How far past the deadline the forecast is drawn."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """Signed returns by the end of each day: what is known, and what is expected."""

    known: list[tuple[date, int]]
    expected: list[tuple[date, int]]
    """The days after the last known one, up to the deadline."""
    total: int
    late: int
    """Returns that at this pace will not be signed by the deadline."""


def course(
    signed_by_day: list[tuple[date, int]],
    *,
    total: int,
    opens_on: date,
    today: date,
    due_on: date | None,
) -> Course:
    """Fill in days without a signature, and go on at the last week's pace until the deadline.

    `signed_by_day` are running totals on the days on which any was signed.
    """
    first = min([today, *(day for day, _ in signed_by_day)])
    known = _every_day(dict(signed_by_day), max(first - timedelta(days=1), opens_on), today)
    if due_on is None or due_on < today:
        return Course(known=known, expected=[], total=total, late=total - known[-1][1])
    expected = _expected(known, total=total, until=due_on + DRAWN_PAST)
    by_then = dict([*known, *expected])[due_on]
    return Course(known=known, expected=expected, total=total, late=total - by_then)


def _every_day(counted: dict[date, int], first: date, last: date) -> list[tuple[date, int]]:
    days, so_far = [], 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        so_far = counted.get(day, so_far)
        days.append((day, so_far))
    return days


def _expected(known: list[tuple[date, int]], *, total: int, until: date) -> list[tuple[date, int]]:
    today, signed = known[-1]
    before = known[-1 - PACE_DAYS][1] if len(known) > PACE_DAYS else 0
    pace = (signed - before) / PACE_DAYS
    return [
        (today + timedelta(days=n), min(round(signed + pace * n), total))
        for n in range(1, (until - today).days + 1)
    ]

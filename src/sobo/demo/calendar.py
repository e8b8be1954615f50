"""The days of the demonstration."""

from datetime import date

from sobo.kernel.school_year import SchoolYear

SCHOOL_YEAR = SchoolYear(2026)
REFERENCE_ON = date(2026, 9, 30)
"""The day the beginning-of-year report counts."""
DEMO_ON = date(2026, 10, 12)
"""The demo's today: the round is open and due on 31/10."""
REMEMBERED_FROM = date(2000, 1, 1)
"""Older relations between units are not told."""

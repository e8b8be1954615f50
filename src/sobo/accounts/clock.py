"""The one clock: pages, jobs and commands take the time here and hand it to the domain."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment; on the installation's own day where one is set (the demo)."""
    moment = timezone.localtime()
    day: date | None = settings.TODAY
    if day is None:
        return moment
    return moment.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """The present day, by the same clock."""
    return now().date()

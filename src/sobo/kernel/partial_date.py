"""A day of which perhaps only the month or the year is known.

Stored as text, `2015-01-02`, `2015-01` or `2015`: it sorts by itself, and the wire's three fields
(ngaythangnam, thangnam, nam) are three lengths of it.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

import polars as pl

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_VIETNAMESE = re.compile(r"(?:(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*)?(\d{4})")


@dataclass(frozen=True, kw_only=True)
class PartialDate:
    """A year, perhaps with month and day. Raises `ValueError` where no such day exists."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs a month")
        month, day = (1 if part is None else part for part in (self.month, self.day))
        date(self.year, month, day)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """Read `2015-01-02`, `2015-01` or `2015`. Raises `ValueError`."""
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError("expected YYYY-MM-DD, YYYY-MM or YYYY")
        return cls._from_digits(match[1], match[2], match[3])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what people write: `2/1/2015`, `02-01-2015`, `01/2015`, `2015`, or the stored form.

        The day comes before the month. Raises `ValueError`, also for years of two digits.
        """
        stripped = text.strip()
        if _ISO.fullmatch(stripped):
            return cls.from_iso(stripped)
        match = _VIETNAMESE.fullmatch(stripped)
        if match is None:
            raise ValueError("expected dd/mm/yyyy, mm/yyyy or yyyy")
        return cls._from_digits(match[3], match[2], match[1])

    @classmethod
    def _from_digits(cls, year: str, month: str | None, day: str | None) -> Self:
        return cls(
            year=int(year), month=int(month) if month else None, day=int(day) if day else None
        )

    @classmethod
    def of(cls, day: date) -> Self:
        """Take a wholly known day."""
        return cls(year=day.year, month=day.month, day=day.day)

    @property
    def known_day(self) -> date | None:
        """The day, where all of it is known."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def vietnamese(self) -> str:
        """The form people read: `02/01/2015`, `01/2015` or `2015`."""
        return "/".join(reversed(str(self).split("-")))

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


def year_of(dates: pl.Expr) -> pl.Expr:
    """Years (Int32) of partial dates in their stored form; null where there is none."""
    return dates.str.slice(0, 4).cast(pl.Int32, strict=False)


def known_day_of(dates: pl.Expr) -> pl.Expr:
    """Days (Date) of partial dates in their stored form; null unless wholly known."""
    return dates.str.to_date("%Y-%m-%d", strict=False, exact=True)

"""The school year, the calendar that everything in a school hangs on."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

# Khung kế hoạch năm học: teaching starts in late August or on 5/9. That the year itself turns on
# 1 August, the usual day of transfers and new posts, is custom and not read in a text.
_FIRST_MONTH = 8
_WRITTEN = re.compile(r"\s*(\d{4})\s*[-–/]\s*(\d{4})\s*")


@dataclass(frozen=True, order=True)
class SchoolYear:
    """A school year by the calendar year it starts in; written `2026-2027` (wire: `namhoc`)."""

    start_year: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-2027`, also with blanks, a dash or a slash. Raises `ValueError`."""
        match = _WRITTEN.fullmatch(text)
        if match is None or int(match[2]) != int(match[1]) + 1:
            raise ValueError(f"not a school year: {text!r}")
        return cls(int(match[1]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Find the school year that a day falls in."""
        return cls(day.year if day.month >= _FIRST_MONTH else day.year - 1)

    @property
    def first_day(self) -> date:
        """First day of the year, inclusive."""
        return date(self.start_year, _FIRST_MONTH, 1)

    @property
    def until_day(self) -> date:
        """First day of the next year: the period is `[first_day, until_day)`."""
        return self.next.first_day

    @property
    def next(self) -> Self:
        """The school year after this one."""
        return type(self)(self.start_year + 1)

    @property
    def previous(self) -> Self:
        """The school year before this one."""
        return type(self)(self.start_year - 1)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day < self.until_day

    def __str__(self) -> str:
        return f"{self.start_year}-{self.start_year + 1}"

"""Age as schools count it: by calendar year from primary on, by completed months before."""

from datetime import date
from typing import TypeVar

import polars as pl

from sobo.kernel.school_year import SchoolYear

YearOrYears = TypeVar("YearOrYears", int, pl.Expr)


def school_age(birth_year: YearOrYears, *, school_year: SchoolYear) -> YearOrYears:
    """Age in years by the calendar: the year the school year starts in, less the year of birth.

    It is the age that Luật Giáo dục 2019 Đ28 sets for each grade and that indicators count by.
    """
    return school_year.start_year - birth_year


def completed_months(born_on: date, *, on: date) -> int:
    """Months of life completed on a day.

    A month is completed on the day of the month of birth; who was born on the 31st completes a
    shorter month on the 1st of the next, as PostgreSQL's `age` counts too.
    """
    months = (on.year - born_on.year) * 12 + on.month - born_on.month
    return months - (on.day < born_on.day)


def completed_months_of(born_on: pl.Expr, *, on: date) -> pl.Expr:
    """`completed_months` over a Date column, as Int32; null where the day is not known."""
    years = on.year - born_on.dt.year()
    months = years * 12 + on.month - born_on.dt.month().cast(pl.Int32)
    return months - (born_on.dt.day() > on.day).cast(pl.Int32)

"""School years, partial dates and ages."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobo.kernel.age import completed_months, completed_months_of, school_age
from sobo.kernel.partial_date import PartialDate, known_day_of, year_of
from sobo.kernel.school_year import SchoolYear


@pytest.mark.parametrize("written", ["2026-2027", " 2026 - 2027 ", "2026–2027", "2026/2027"])
def test_a_school_year_is_read_as_schools_write_it(written: str) -> None:
    assert SchoolYear.parse(written) == SchoolYear(2026)
    assert str(SchoolYear.parse(written)) == "2026-2027"


@pytest.mark.parametrize("written", ["2026", "2026-2028", "2027-2026", "26-27", ""])
def test_what_is_no_school_year_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a school year"):
        SchoolYear.parse(written)


@pytest.mark.parametrize(
    ("day", "start_year"),
    [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026), (date(2027, 7, 31), 2026)],
)
def test_a_school_year_turns_on_the_first_of_august(day: date, start_year: int) -> None:
    year = SchoolYear.of(day)
    assert year == SchoolYear(start_year)
    assert day in year
    assert day not in year.next
    assert day not in year.previous
    assert year.until_day == year.next.first_day


READ = [
    ("2/1/2015", "2015-01-02", "02/01/2015"),
    ("02-01-2015", "2015-01-02", "02/01/2015"),
    ("2.1.2015", "2015-01-02", "02/01/2015"),
    ("2015-01-02", "2015-01-02", "02/01/2015"),
    ("01/2015", "2015-01", "01/2015"),
    ("1/2015", "2015-01", "01/2015"),
    (" 2015 ", "2015", "2015"),
]


@pytest.mark.parametrize(("typed", "stored", "shown"), READ)
def test_a_date_is_read_as_far_as_it_is_known(typed: str, stored: str, shown: str) -> None:
    read = PartialDate.parse(typed)
    assert (str(read), read.vietnamese) == (stored, shown)


@pytest.mark.parametrize(
    "typed", ["31/2/2015", "13/2015", "1/13/2015", "2/1/15", "2015-1-2", "0/0/2015", "năm 2015", ""]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(typed)


partial_dates = st.dates(date(1900, 1, 1), date(2099, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [
            PartialDate.of(day),
            PartialDate(year=day.year, month=day.month),
            PartialDate(year=day.year),
        ]
    )
)


@given(partial_dates)
def test_a_partial_date_survives_being_stored_and_shown(value: PartialDate) -> None:
    assert PartialDate.from_iso(str(value)) == value
    assert PartialDate.parse(value.vietnamese) == value


@given(st.lists(st.none() | partial_dates))
def test_a_column_of_partial_dates_tells_years_and_known_days(
    values: list[PartialDate | None],
) -> None:
    stored = pl.Series("born", [value and str(value) for value in values], dtype=pl.String)
    read = stored.to_frame().select(year=year_of(pl.col("born")), day=known_day_of(pl.col("born")))
    assert read["year"].to_list() == [value and value.year for value in values]
    assert read["day"].to_list() == [value and value.known_day for value in values]


def test_school_age_counts_calendar_years() -> None:
    year = SchoolYear(2026)
    assert school_age(2020, school_year=year) == 6
    ages = pl.DataFrame({"birth_year": [2020, None]}).select(
        age=school_age(pl.col("birth_year"), school_year=year)
    )
    assert ages["age"].to_list() == [6, None]


MONTHS = [
    (date(2026, 9, 30), date(2026, 9, 30), 0),
    (date(2026, 6, 30), date(2026, 9, 30), 3),
    (date(2026, 7, 1), date(2026, 9, 30), 2),
    (date(2025, 9, 30), date(2026, 9, 30), 12),
    (date(2025, 9, 12), date(2026, 9, 30), 12),
    (date(2026, 8, 31), date(2026, 9, 30), 0),
    (date(2026, 8, 31), date(2026, 10, 1), 1),
    (date(2024, 2, 29), date(2025, 2, 28), 11),
]


@pytest.mark.parametrize(("born_on", "on", "months"), MONTHS)
def test_months_of_life_count_when_completed(born_on: date, on: date, months: int) -> None:
    assert completed_months(born_on, on=on) == months


@given(
    st.lists(st.none() | st.dates(date(1950, 1, 1), date(2026, 12, 31))), st.dates(date(2026, 1, 1))
)
def test_a_column_of_birthdays_gets_the_months_each_gets(born: list[date | None], on: date) -> None:
    column = pl.Series("born_on", born, dtype=pl.Date).to_frame()
    months = column.select(months=completed_months_of(pl.col("born_on"), on=on))["months"]
    assert months.to_list() == [day and completed_months(day, on=on) for day in born]

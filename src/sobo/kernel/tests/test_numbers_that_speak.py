"""Personal numbers, and the numbers behind spreadsheet columns and dates."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobo.kernel import personal_number
from sobo.kernel.excel import (
    column_letters,
    column_number,
    day_of_serial,
    days_of_serials,
    serial_of_day,
)
from sobo.kernel.personal_number import FEMALE, MALE, PersonalNumber

READ = [
    ("079215123456", "079", MALE, 2015),
    ("004320000001", "004", FEMALE, 2020),
    ("001085000001", "001", MALE, 1985),
    ("096199999999", "096", FEMALE, 1999),
    ("079401000000", "079", MALE, 2101),
]

MALFORMED = ["79215123456", "0792151234567", "07921512345a", "", "٠٧٩٢١٥١٢٣٤٥٦", "079215123456\n"]

PLACES = {"079": "79", "074": "79", "004": "04"}


@pytest.mark.parametrize(("number", "place", "sex", "birth_year"), READ)
def test_a_personal_number_tells_place_sex_and_year(
    number: str, place: str, sex: str, birth_year: int
) -> None:
    read = PersonalNumber.parse(number)
    assert (read.place, read.sex, read.birth_year) == (place, sex, birth_year)


@pytest.mark.parametrize("number", MALFORMED)
def test_what_has_not_12_digits_is_refused_without_being_quoted(number: str) -> None:
    with pytest.raises(ValueError, match="12 digits") as refusal:
        PersonalNumber.parse(number)
    assert not number or number not in str(refusal.value)


def test_a_number_answers_only_what_is_known() -> None:
    number = PersonalNumber.parse("074215123456")
    assert number.agrees_with_sex(MALE) is True
    assert number.agrees_with_sex(FEMALE) is False
    assert number.agrees_with_sex("0") is None
    assert number.agrees_with_birth_year(2015)
    assert not number.agrees_with_birth_year(2016)
    # Bình Dương is part of Hồ Chí Minh City today; its numbers keep the old prefix.
    assert number.agrees_with_birth_place("79", PLACES) is True
    assert number.agrees_with_birth_place("04", PLACES) is False
    assert PersonalNumber.parse("999215123456").agrees_with_birth_place("79", PLACES) is None


numbers = st.from_regex(r"[0-9]{12}", fullmatch=True) | st.sampled_from(MALFORMED)
people = st.lists(
    st.tuples(
        st.none() | numbers,
        st.sampled_from([MALE, FEMALE, "0", None]),
        st.none() | st.integers(1900, 2100),
        st.sampled_from(["79", "04", None]),
    )
)


def _answers(
    number: str | None, sex: str | None, year: int | None, province: str | None
) -> tuple[object, ...]:
    try:
        read = PersonalNumber.parse(number or "")
    except ValueError:
        return (None, None, None)
    return (
        read.agrees_with_sex(sex or ""),
        None if year is None else read.agrees_with_birth_year(year),
        None if province is None else read.agrees_with_birth_place(province, PLACES),
    )


@given(people)
def test_a_column_of_numbers_answers_as_each_number_does(
    rows: list[tuple[str | None, str | None, int | None, str | None]],
) -> None:
    schema = {"number": pl.String, "sex": pl.String, "year": pl.Int32, "province": pl.String}
    number = pl.col("number")
    answers = pl.DataFrame(rows, schema=schema, orient="row").select(
        sex=personal_number.agrees_with_sex(number, pl.col("sex")),
        year=personal_number.agrees_with_birth_year(number, pl.col("year")),
        place=personal_number.agrees_with_birth_place(number, pl.col("province"), places=PLACES),
    )
    assert answers.rows() == [_answers(*row) for row in rows]


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (72, "BT"), (702, "ZZ"), (16384, "XFD")],
)
def test_columns_are_counted_in_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert column_number(letters) == number
    assert column_number(letters.lower()) == number


@pytest.mark.parametrize("letters", ["", "A1", "Đ", "-"])
def test_what_is_no_column_is_refused(letters: str) -> None:
    with pytest.raises(ValueError, match="not column letters"):
        column_number(letters)


def test_there_is_no_column_zero() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        column_letters(0)


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (42006, date(2015, 1, 2)),
        (42006.75, date(2015, 1, 2)),
    ],
)
def test_date_serials_step_over_the_day_that_never_was(serial: float, day: date) -> None:
    assert day_of_serial(serial) == day
    assert serial_of_day(day) == int(serial)


def test_old_macintosh_workbooks_count_from_1904() -> None:
    assert day_of_serial(40544, from_1904=True) == date(2015, 1, 2)


@pytest.mark.parametrize("serial", [0, 60, -1, 3_000_000])
def test_a_serial_that_names_no_day_is_refused(serial: int) -> None:
    with pytest.raises(ValueError, match="no day"):
        day_of_serial(serial)


@given(st.lists(st.none() | st.floats(-10, 3_000_000) | st.sampled_from([59.0, 60.0, 61.0])))
def test_a_column_of_serials_gives_the_days_each_gives(serials: list[float | None]) -> None:
    column = pl.Series("serial", serials, dtype=pl.Float64).to_frame()
    days = column.select(day=days_of_serials(pl.col("serial")))["day"]
    assert days.dtype == pl.Date
    assert days.to_list() == [_day_or_none(serial) for serial in serials]


def _day_or_none(serial: float | None) -> date | None:
    try:
        return None if serial is None else day_of_serial(serial)
    except ValueError:
        return None

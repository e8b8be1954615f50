"""Names tidied and searched; figures and days as Vietnamese readers expect them."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sobo.kernel import vietnamese

TIDY = [
    ("  nguyễn   THỊ  lan ", "nguyễn THỊ lan"),
    ("Trần\r\nVăn\tAn", "Trần Văn An"),
    ("Lê\u00a0Lợi\u200b", "Lê Lợi"),
    (unicodedata.normalize("NFD", "Đặng Thuỳ Trâm"), "Đặng Thuỳ Trâm"),
    ("Ðinh Bộ Lĩnh", "Đinh Bộ Lĩnh"),
    ("", ""),
]

SEARCHED = [
    ("Nguyễn Thị Ánh", "nguyen thi anh"),
    ("ĐẶNG  ĐÌNH ĐỨC", "dang dinh duc"),
    (unicodedata.normalize("NFD", "Phường Ô Chợ Dừa"), "phuong o cho dua"),
    ("Ðắk Lắk", "dak lak"),
    ("M'Drắk", "m'drak"),
]


@pytest.mark.parametrize(("typed", "tidy"), TIDY)
def test_a_name_is_tidied_and_keeps_its_case(typed: str, tidy: str) -> None:
    assert vietnamese.tidy_name(typed) == tidy


@pytest.mark.parametrize(("text", "key"), SEARCHED)
def test_search_ignores_marks_case_and_blanks(text: str, key: str) -> None:
    assert vietnamese.search_key(text) == key


texts = st.text(
    alphabet="aăâđeêoôơuưnghlmtLĐÐÊŌ  \t\u00a0\u200b\u0300\u0323\u0302'1Ǆİß", max_size=30
)


@given(st.lists(st.none() | texts))
@example([None, "", " ", "a", "\u200b", "a \u200b b", " \u0300x  y", "\x1cc"])
def test_a_column_is_tidied_and_searched_as_its_names_are(names: list[str | None]) -> None:
    column = pl.Series("name", names, dtype=pl.String)
    expected_tidy = [None if name is None else vietnamese.tidy_name(name) for name in names]
    expected_keys = [None if name is None else vietnamese.search_key(name) for name in names]
    assert vietnamese.tidy_names(column).to_list() == expected_tidy
    assert vietnamese.search_keys(column).to_list() == expected_keys


@given(texts)
def test_tidying_twice_changes_nothing(text: str) -> None:
    tidy = vietnamese.tidy_name(text)
    assert vietnamese.tidy_name(tidy) == tidy
    assert vietnamese.nfc(tidy) == tidy


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1105, 0, "1.105"),
        (7.5, 1, "7,5"),
        (25255251, 0, "25.255.251"),
        (-1234.5, 2, "-1.234,50"),
        (Decimal("0.25"), 2, "0,25"),
    ],
)
def test_numbers_take_dots_and_a_decimal_comma(
    value: float | Decimal, places: int, written: str
) -> None:
    assert vietnamese.format_number(value, places) == written


def test_a_percentage_does_not_break_from_its_sign() -> None:
    assert vietnamese.format_percent(0.395) == "39,5\u00a0%"
    assert vietnamese.format_percent(1, 0) == "100\u00a0%"


def test_days_and_moments_are_written_day_first_in_vietnamese_time() -> None:
    assert vietnamese.format_day(date(2015, 1, 2)) == "02/01/2015"
    moment = datetime(2026, 10, 18, 14, 7, tzinfo=UTC)
    assert vietnamese.format_moment(moment) == "18/10/2026, 21:07"

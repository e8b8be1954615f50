"""What each text means, as tables: value, problem, repair."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from sobo.intake.reading import values
from sobo.intake.reading.values import PROBLEMS, REPAIRS, Parsed


def outcome(text: str | None, parsed: Parsed, **others: object) -> tuple[object, ...]:
    columns = {"text": pl.Series([text], dtype=pl.String)}
    columns |= {name: pl.Series([value]) for name, value in others.items()}
    row = pl.DataFrame(columns).select(parsed.value.alias("v"), parsed.problem.alias("p"))
    return row.row(0)


def repair(text: str, parsed: Parsed) -> str | None:
    found = pl.DataFrame({"text": [text]}).select(parsed.repair.alias("r"))["r"][0]
    return None if found is None else str(found)


TEXT = pl.col("text")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02/09/2015", (date(2015, 9, 2), None)),
        ("2/9/2015", (date(2015, 9, 2), None)),
        (" 02 - 09 - 2015 ", (date(2015, 9, 2), None)),
        ("02.09.2015", (date(2015, 9, 2), None)),
        ("2015-09-02", (date(2015, 9, 2), None)),
        ("2015-09-02 00:00:00", (date(2015, 9, 2), None)),
        ("ngày 02 tháng 09 năm 2015", (date(2015, 9, 2), None)),
        ("42249", (date(2015, 9, 2), None)),
        ("42249.75", (date(2015, 9, 2), None)),
        ("29/02/2016", (date(2016, 2, 29), None)),
        ("29/02/2015", (None, "TA-0202")),
        ("31/04/2015", (None, "TA-0202")),
        ("00/01/2015", (None, "TA-0202")),
        ("02/09/15", (None, "TA-0203")),
        ("09/22/2015", (None, "TA-0204")),
        ("09/2015", (None, "TA-0205")),
        ("2015", (None, "TA-0205")),
        ("không rõ", (None, "TA-0201")),
        ("2/9", (None, "TA-0201")),
        ("   ", (None, None)),
        (None, (None, None)),
    ],
)
def test_days(text: str | None, expected: tuple[object, ...]) -> None:
    assert outcome(text, values.days(TEXT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02/09/2015", ("2015-09-02", None)),
        ("9/2015", ("2015-09", None)),
        ("2015-09", ("2015-09", None)),
        ("2015", ("2015", None)),
        ("42249", ("2015-09-02", None)),
        ("13/2015", (None, "TA-0202")),
        ("15", (None, "TA-0201")),
        (None, (None, None)),
    ],
)
def test_partial_days(text: str | None, expected: tuple[object, ...]) -> None:
    assert outcome(text, values.partial_days(TEXT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7,5", (7.5, None)),
        ("7.5", (7.5, None)),
        ("-0,25", (-0.25, None)),
        ("0.125", (0.125, None)),
        ("110", (110.0, None)),
        ("1.105,5", (1105.5, None)),
        ("1,105.5", (1105.5, None)),
        ("1.234.567", (1234567.0, None)),
        ("1 105,5", (1105.5, None)),
        ("1.105", (None, "TA-0212")),
        ("7,92E+10", (None, "TA-0214")),
        ("bảy rưỡi", (None, "TA-0211")),
        ("7,5,5", (None, "TA-0211")),
        ("", (None, None)),
    ],
)
def test_decimals(text: str, expected: tuple[object, ...]) -> None:
    assert outcome(text, values.decimals(TEXT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1105", (1105, None)),
        ("1.105", (1105, None)),
        ("1,105", (1105, None)),
        ("1\u00a0105", (1105, None)),
        ("1.234.567", (1234567, None)),
        ("7,0", (7, None)),
        ("-3", (-3, None)),
        ("7,5", (None, "TA-0213")),
        ("1.0e+16", (None, "TA-0214")),
        ("ba", (None, "TA-0211")),
        (None, (None, None)),
    ],
)
def test_whole_numbers(text: str | None, expected: tuple[object, ...]) -> None:
    assert outcome(text, values.whole_numbers(TEXT)) == expected


@pytest.mark.parametrize("text", ["x", "X", "có", "CÓ", "Co", "1", "true", "✓", "V", "yes", "Đúng"])
def test_yes(text: str) -> None:
    assert outcome(text, values.yes_or_no(TEXT)) == (True, None)


@pytest.mark.parametrize("text", ["không", "KHÔNG", "Khong", "0", "false", "-", "K", "no"])
def test_no(text: str) -> None:
    assert outcome(text, values.yes_or_no(TEXT)) == (False, None)


def test_neither_yes_nor_no() -> None:
    assert outcome("có lẽ", values.yes_or_no(TEXT)) == (None, "TA-0221")
    assert outcome(None, values.yes_or_no(TEXT)) == (None, None)


STATUSES = {
    "01": ("Đang học", "đang theo học"),
    "02": ("Chuyển đến kỳ 1",),
    "10": ("Chuyển đến trong hè",),
    "11": ("Khác",),
    "12": ("Khác",),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01", ("01", None)),
        ("1", ("01", None)),
        ("10", ("10", None)),
        ("Đang học", ("01", None)),
        ("ĐANG  HỌC", ("01", None)),
        ("dang hoc", ("01", None)),
        ("Đang học".encode().decode(), ("01", None)),
        ("01 - Đang học", ("01", None)),
        ("Đang theo học", ("01", None)),
        ("chuyển đến, kỳ 1", ("02", None)),
        ("Khác", (None, "TA-0232")),
        ("12", ("12", None)),
        ("13", (None, "TA-0231")),
        ("0", (None, "TA-0231")),
        ("", (None, None)),
    ],
)
def test_codes(text: str, expected: tuple[object, ...]) -> None:
    assert outcome(text, values.codes(TEXT, STATUSES)) == expected


def test_a_code_outranks_a_label_that_looks_like_one() -> None:
    items = {"1": ("Lớp 1",), "2": ("1",)}
    assert outcome("1", values.codes(TEXT, items)) == ("1", None)


# The second is a boy born in 2019 in place 001: Excel shows his number without its two zeros.
@pytest.mark.parametrize(
    ("text", "sex", "year", "expected"),
    [
        ("079219000123", "1", 2019, ("079219000123", None)),
        ("079 219 000 123", "1", 2019, ("079219000123", None)),
        ("'079219000123", None, None, ("079219000123", None)),
        ("79219000123", "1", 2019, ("079219000123", None)),
        ("1219000123", "1", 2019, ("001219000123", None)),
        ("79219000123", None, 2019, ("079219000123", None)),
        ("79219000123", "2", 2019, (None, "TA-0242")),
        ("79219000123", "1", 2018, (None, "TA-0242")),
        ("79219000123", None, None, (None, "TA-0242")),
        ("025123456", "1", 2019, (None, "TA-0243")),
        ("7.9219E+10", "1", 2019, (None, "TA-0214")),
        ("7,92E+10", "1", 2019, (None, "TA-0214")),
        ("0792190001234", "1", 2019, (None, "TA-0241")),
        ("chưa có", "1", 2019, (None, "TA-0241")),
        (None, "1", 2019, (None, None)),
    ],
)
def test_personal_numbers(
    text: str | None, sex: str | None, year: int | None, expected: tuple[object, ...]
) -> None:
    frame = pl.DataFrame(
        {"text": [text], "sex": [sex], "year": [year]},
        schema={"text": pl.String, "sex": pl.String, "year": pl.Int32},
    )
    parsed = values.personal_numbers(TEXT, sexes=pl.col("sex"), birth_years=pl.col("year"))
    assert frame.select(v=parsed.value, p=parsed.problem).row(0) == expected


def test_without_witnesses_no_zero_is_invented() -> None:
    assert outcome("79219000123", values.personal_numbers(TEXT)) == (None, "TA-0242")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0912345678", ("0912345678", None)),
        ("0912.345.678", ("0912345678", None)),
        ("912345678", ("0912345678", None)),
        ("+84 912 345 678", ("0912345678", None)),
        ("84912345678", ("0912345678", None)),
        ("02838223344", ("02838223344", None)),
        ("0912345678; 0987654321", (None, "TA-0252")),
        ("9,12E+08", (None, "TA-0214")),
        ("12345", (None, "TA-0251")),
        ("không có", (None, "TA-0251")),
        ("", (None, None)),
    ],
)
def test_phones(text: str, expected: tuple[object, ...]) -> None:
    assert outcome(text, values.phones(TEXT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Nguyễn   Văn An ", ("Nguyễn Văn An", None)),
        ("Nguye\u0302\u0303n Văn An", ("Nguyễn Văn An", None)),
        ("NGUYỄN VĂN AN", ("NGUYỄN VĂN AN", None)),
        ("H'Hen Niê", ("H'Hen Niê", None)),
        ("Y-Bhăm Niê", ("Y-Bhăm Niê", None)),
        ("Nguyễn Văn An 2", (None, "TA-0261")),
        ("=cmd()", (None, "TA-0261")),
        (None, (None, None)),
    ],
)
def test_names(text: str | None, expected: tuple[object, ...]) -> None:
    assert outcome(text, values.names(TEXT)) == expected


@pytest.mark.parametrize(
    ("text", "parsed", "code"),
    [
        ("42249", values.days(TEXT), "TA-0304"),
        ("02/09/2015", values.days(TEXT), None),
        ("912345678", values.phones(TEXT), "TA-0302"),
        ("NGUYỄN VĂN AN", values.names(TEXT), "TA-0303"),
        ("Nguyễn Văn An", values.names(TEXT), None),
        ("1", values.codes(TEXT, STATUSES), "TA-0305"),
        ("10", values.codes(TEXT, STATUSES), None),
    ],
)
def test_repairs_are_told(text: str, parsed: Parsed, code: str | None) -> None:
    assert repair(text, parsed) == code


def test_a_restored_personal_number_is_told() -> None:
    parsed = values.personal_numbers(TEXT, birth_years=pl.lit(2019))
    assert repair("79219000123", parsed) == "TA-0301"


def test_every_problem_and_repair_has_words_in_both_languages() -> None:
    for wording in (*PROBLEMS.values(), *REPAIRS.values()):
        assert wording.vi != wording.en
        assert "{" not in wording.vi + wording.en  # words for logs may not carry values

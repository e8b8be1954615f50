"""Days as people and spreadsheets write them."""

from __future__ import annotations

import polars as pl

from sobo.intake.reading.values.parsed import Parsed, first_of, trimmed
from sobo.kernel.excel import days_of_serials

# Day before month, as everyone in Việt Nam writes; ISO as machines and this reader write.
DAY_MONTH_YEAR = r"^([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})$"
YEAR_MONTH_DAY = r"^([0-9]{4})[/.\-]([0-9]{1,2})[/.\-]([0-9]{1,2})(?:[T ].*)?$"
MONTH_YEAR = r"^([0-9]{1,2})[/.\-]([0-9]{4})$"
YEAR_MONTH = r"^([0-9]{4})-([0-9]{1,2})$"
YEAR = r"^([0-9]{4})$"
TWO_DIGIT_YEAR = r"^[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2}$"
SERIAL = r"^[1-7][0-9]{4}(?:\.[0-9]+)?$"
WORDS = r"(?i)\s*(?:ngày|tháng|năm)\s*"
BLANKS_AT_MARKS = r"\s*([/.\-])\s*"


def days(column: pl.Expr) -> Parsed:
    """Read whole days (Date).

    Problems: TA-0201 unreadable, TA-0202 no such day, TA-0203 two-digit year, TA-0204 month
    first, TA-0205 day or month missing.  Repair: TA-0304 an Excel serial.
    """
    text = _plain(column)
    value = _whole_day(text)
    problem = first_of(
        {
            "TA-0205": _is_partial(text),
            **_problems_of_form(text),
            "TA-0202": value.is_null() & text.is_not_null(),
        }
    )
    return Parsed(value, problem, _repair(text))


def partial_days(column: pl.Expr) -> Parsed:
    """Read days of which perhaps only month or year is known (String, see `kernel.partial_date`).

    Problems: as `days`, without TA-0205.
    """
    text = _plain(column)
    month = pl.coalesce(_month(text, MONTH_YEAR, 2, 1), _month(text, YEAR_MONTH, 1, 2))
    year = pl.when(text.str.contains(YEAR)).then(text)
    value = pl.coalesce(_whole_day(text).dt.strftime("%Y-%m-%d"), month, year)
    problem = first_of({**_problems_of_form(text), "TA-0202": value.is_null() & text.is_not_null()})
    return Parsed(value, problem, _repair(text))


def _plain(column: pl.Expr) -> pl.Expr:
    spoken = column.str.normalize("NFC").str.replace_all(WORDS, "/").str.strip_chars("/")
    return trimmed(spoken).str.replace_all(BLANKS_AT_MARKS, "${1}")


def _whole_day(text: pl.Expr) -> pl.Expr:
    serial = pl.when(text.str.contains(SERIAL)).then(text).cast(pl.Float64, strict=False)
    return pl.coalesce(
        _day(text, DAY_MONTH_YEAR, (3, 2, 1)),
        _day(text, YEAR_MONTH_DAY, (1, 2, 3)),
        days_of_serials(serial),
    )


def _day(text: pl.Expr, pattern: str, groups: tuple[int, int, int]) -> pl.Expr:
    """The day from the groups that hold year, month and day; null where the calendar has none."""
    year, month, day = (text.str.extract(pattern, group) for group in groups)
    iso = pl.concat_str(year, month.str.zfill(2), day.str.zfill(2), separator="-")
    return iso.str.to_date("%Y-%m-%d", strict=False)


def _month(text: pl.Expr, pattern: str, year_group: int, month_group: int) -> pl.Expr:
    month = text.str.extract(pattern, month_group)
    is_a_month = month.cast(pl.Int32, strict=False).is_between(1, 12)
    iso = pl.concat_str(text.str.extract(pattern, year_group), month.str.zfill(2), separator="-")
    return pl.when(is_a_month).then(iso)


def _is_partial(text: pl.Expr) -> pl.Expr:
    return text.str.contains(f"{MONTH_YEAR}|{YEAR_MONTH}|{YEAR}")


def _problems_of_form(text: pl.Expr) -> dict[str, pl.Expr]:
    day, month = (
        text.str.extract(DAY_MONTH_YEAR, group).cast(pl.Int32, strict=False) for group in (1, 2)
    )
    forms = "|".join((DAY_MONTH_YEAR, YEAR_MONTH_DAY, MONTH_YEAR, YEAR_MONTH, YEAR, SERIAL))
    return {
        "TA-0203": text.str.contains(TWO_DIGIT_YEAR),
        "TA-0204": day.is_between(1, 12) & month.is_between(13, 31),
        "TA-0201": ~text.str.contains(forms),
    }


def _repair(text: pl.Expr) -> pl.Expr:
    return first_of({"TA-0304": text.str.contains(SERIAL)})

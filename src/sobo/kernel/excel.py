"""Column letters and day numbers, as spreadsheets count them."""

from datetime import date, timedelta

import polars as pl

# Excel believes that 1900 was a leap year (ECMA-376 Part 1, 18.17.4.1): serial 60 is the day that
# never was, and every serial after it runs one ahead.
_EPOCH = date(1899, 12, 31)
_EPOCH_AFTER_LEAP_BUG = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_NEVER_WAS = 60
_LAST_SERIAL = 2_958_465  # 31/12/9999


def column_letters(number: int) -> str:
    """Letters of a column counted from 1: 1 is `A`, 27 is `AA`. Raises `ValueError` below 1."""
    if number < 1:
        raise ValueError("columns are counted from 1")
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """Number of a column from its letters: `A` is 1, `aa` is 27. Raises `ValueError`."""
    if not (letters.isascii() and letters.isalpha()):
        raise ValueError(f"not column letters: {letters!r}")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def day_of_serial(serial: float, *, from_1904: bool = False) -> date:
    """Day of a date serial; the time of day is dropped.

    `from_1904` is the workbook setting of old Macintosh files. Raises `ValueError` for serials
    that name no day: 60 in the usual system, those below 1 and those past the year 9999.
    """
    days = int(serial)
    if from_1904:
        return _EPOCH_1904 + timedelta(days=days)
    if days == _NEVER_WAS or not 1 <= days <= _LAST_SERIAL:
        raise ValueError(f"no day has the serial {days}")
    epoch = _EPOCH if days < _NEVER_WAS else _EPOCH_AFTER_LEAP_BUG
    return epoch + timedelta(days=days)


def serial_of_day(day: date) -> int:
    """Date serial of a day from 1/1/1900 on, in the usual system. Raises `ValueError` before."""
    if day <= _EPOCH:
        raise ValueError("spreadsheets know no day before 1/1/1900")
    serial = (day - _EPOCH).days
    return serial if serial < _NEVER_WAS else serial + 1


def days_of_serials(serials: pl.Expr) -> pl.Expr:
    """`day_of_serial` over a numeric column, as Date; null where no day has the serial."""
    whole = serials.floor().cast(pl.Int64, strict=False)
    days = whole - (whole > _NEVER_WAS).cast(pl.Int64)
    is_a_day = whole.is_between(1, _LAST_SERIAL) & (whole != _NEVER_WAS)
    shifted = pl.lit(_EPOCH) + pl.duration(days=days)
    return pl.when(is_a_day).then(shifted)

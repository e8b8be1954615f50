"""Numbers with commas and dots, each of which may mean thousands or decimals."""

from __future__ import annotations

import polars as pl

from sobo.intake.reading.values.parsed import Parsed, first_of, trimmed

PLAIN = r"^[+-]?[0-9]+$"
DECIMAL_COMMA = r"^[+-]?[0-9]+,[0-9]+$"
DECIMAL_DOT = r"^[+-]?[0-9]+\.[0-9]+$"
# 1.105,5 · 1.234.567 · 1,234,567 · 1,234.5: two marks, or one mark twice, leave no doubt.
DOTTED_THOUSANDS = r"^[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})$"
COMMA_THOUSANDS = r"^[+-]?[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})$"
DOT_IN_DOUBT = r"^[+-]?[1-9][0-9]{0,2}\.[0-9]{3}$"
ONE_GROUP_OF_THREE = r"^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
EXPONENT = r"^[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+$"


def decimals(column: pl.Expr) -> Parsed:
    """Read numbers (Float64): `7,5` and `7.5` are 7.5, `1.105,5` is 1105.5.

    Problems: TA-0211 no number, TA-0212 a dot before three digits, TA-0214 digits lost.
    """
    text = _without_blanks(column)
    value = _number(text, {DECIMAL_COMMA: ",", DECIMAL_DOT: "."})
    in_doubt = text.str.contains(DOT_IN_DOUBT)
    problem = first_of({"TA-0212": in_doubt, **_unreadable(text, value)})
    return Parsed(pl.when(~in_doubt).then(value), problem)


def whole_numbers(column: pl.Expr) -> Parsed:
    """Read whole numbers (Int64): `1.105`, `1,105` and `1 105` are 1105, `7,0` is 7.

    Problems: TA-0211 no number, TA-0213 not whole, TA-0214 digits lost.
    """
    text = _without_blanks(column)
    thousands = pl.when(text.str.contains(ONE_GROUP_OF_THREE)).then(
        text.str.replace_all(r"[.,]", "")
    )
    plain = pl.coalesce(thousands, text)
    value = _number(plain, {DECIMAL_COMMA: ",", DECIMAL_DOT: "."})
    is_whole = value == value.round(0)
    problem = first_of({"TA-0213": ~is_whole, **_unreadable(text, value)})
    return Parsed(pl.when(is_whole).then(value).cast(pl.Int64, strict=False), problem)


def _without_blanks(column: pl.Expr) -> pl.Expr:
    return trimmed(column).str.replace_all(" ", "", literal=True)


def _number(text: pl.Expr, decimal_marks: dict[str, str]) -> pl.Expr:
    """Numbers from text by form; null where no form fits."""
    forms = {
        PLAIN: text,
        DOTTED_THOUSANDS: text.str.replace_all(".", "", literal=True).str.replace(",", "."),
        COMMA_THOUSANDS: text.str.replace_all(",", "", literal=True),
        **{form: text.str.replace(mark, ".", literal=True) for form, mark in decimal_marks.items()},
    }
    matching = [pl.when(text.str.contains(form)).then(plain) for form, plain in forms.items()]
    return pl.coalesce(matching).cast(pl.Float64, strict=False)


def _unreadable(text: pl.Expr, value: pl.Expr) -> dict[str, pl.Expr]:
    return {"TA-0214": text.str.contains(EXPONENT), "TA-0211": value.is_null() & text.is_not_null()}

"""What the values of a column look like, told without keeping or showing any of them."""

from __future__ import annotations

import re

import polars as pl

from sobo.intake.reading.headings import Heading, ValueKind
from sobo.kernel.vietnamese import search_keys

SAMPLE = 400

DAY = r"^\s*(?:\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*(?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}.*)\s*$"
SERIAL_DAY = r"^[1-7]\d{4}(?:\.\d+)?$"
NUMBER = r"^\s*[+-]?\d+(?:[.,]\d+)*\s*%?\s*$"
PERSONAL_NUMBER = r"^\s*\d{11,12}\s*$"
PHONE = r"^\s*(?:\+?84|0)?[\s.]?[1-9](?:[\s.\-]?\d){8}\s*$"
NAME = r"^\s*\p{L}[\p{L}\p{M}.'’]*(?:[\s]+\p{L}[\p{L}\p{M}.'’]*){1,7}\s*$"
YES_NO_KEYS = frozenset({"x", "v", "co", "khong", "1", "0", "true", "false", "yes", "no", "✓"})

PATTERNS = {
    ValueKind.DATE: rf"{DAY}|{SERIAL_DAY}",
    ValueKind.NUMBER: NUMBER,
    ValueKind.PERSONAL_NUMBER: PERSONAL_NUMBER,
    ValueKind.PHONE: PHONE,
    ValueKind.NAME: NAME,
}
DATA_IN_HEADING = re.compile(rf"{DAY}|^\(?[0-9]+(?:[.,][0-9]+)*\)?$")


def looks_like_data(text: str) -> bool:
    """Whether a text can be no label: a day or a number, in brackets or not."""
    return DATA_IN_HEADING.match(text) is not None


def fit(values: pl.Series, heading: Heading) -> float | None:
    """The share of a column's first values that could stand under a heading.

    None where nothing can be said: no values, or a heading that takes any text.
    """
    if heading.kind is ValueKind.TEXT or (heading.kind is ValueKind.CODE and not heading.values):
        return None
    sample = values.drop_nulls().head(SAMPLE)
    if sample.is_empty():
        return None
    return int(_fitting(sample, heading).sum()) / sample.len()


def _fitting(sample: pl.Series, heading: Heading) -> pl.Series:
    if heading.kind is ValueKind.CODE:
        return search_keys(sample).is_in(list(heading.value_keys))
    if heading.kind is ValueKind.YES_NO:
        return search_keys(sample).is_in(list(YES_NO_KEYS))
    return sample.str.contains(PATTERNS[heading.kind])

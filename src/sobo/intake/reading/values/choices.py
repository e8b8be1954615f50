"""Values out of a known few: code lists, and yes or no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from sobo.intake.reading.headings import PUNCTUATION, label_key
from sobo.intake.reading.values.parsed import Parsed, first_of, trimmed
from sobo.kernel.vietnamese import search_key, search_keys

YES = ("x", "v", "✓", "✔", "☑", "có", "yes", "y", "true", "1", "đúng")
NO = ("không", "ko", "k", "no", "n", "false", "0", "-", "sai", "☐", "✗")


def yes_or_no(column: pl.Expr) -> Parsed:
    """Read yes and no in their many spellings (Boolean).  Problem: TA-0221."""
    text = trimmed(column)
    key = text.map_batches(search_keys, return_dtype=pl.String)
    yes, no = [search_key(word) for word in YES], [search_key(word) for word in NO]
    value = pl.when(key.is_in(yes)).then(True).when(key.is_in(no)).then(False)
    return Parsed(value, first_of({"TA-0221": value.is_null() & text.is_not_null()}))


def codes(column: pl.Expr, items: Mapping[str, Sequence[str]]) -> Parsed:
    """Read codes (String) written as code, label, alias or “code - label”.

    `items` maps each code to its label and aliases.  Case, marks, punctuation and lost leading
    zeros do not matter.  Problems: TA-0231 unknown, TA-0232 several items fit.  Repair:
    TA-0305 a leading zero restored.
    """
    text = trimmed(column)
    key = text.map_batches(_label_keys, return_dtype=pl.String)
    meanings = _meanings(items)
    known = {spelling: code for spelling, code in meanings.items() if code is not None}
    shortened = [spelling for spelling in _shortened(items) if spelling in known]
    value = key.replace_strict(known, default=None, return_dtype=pl.String)
    in_doubt = [spelling for spelling, code in meanings.items() if code is None]
    problem = first_of(
        {"TA-0232": key.is_in(in_doubt), "TA-0231": value.is_null() & text.is_not_null()}
    )
    return Parsed(value, problem, first_of({"TA-0305": key.is_in(shortened)}))


def _label_keys(texts: pl.Series) -> pl.Series:
    """`label_key` over a series."""
    keys = search_keys(texts).str.replace_all(PUNCTUATION.pattern, " ")
    return keys.str.replace_all(r"\s+", " ").str.strip_chars(" ")


def _meanings(items: Mapping[str, Sequence[str]]) -> dict[str, str | None]:
    """Spelling → code, None where several codes share it; a code outranks every label."""
    by_label: dict[str, set[str]] = {}
    for code, labels in items.items():
        for label in labels:
            for spelling in (label_key(label), label_key(f"{code} {label}")):
                by_label.setdefault(spelling, set()).add(code)
    meanings = {
        spelling: next(iter(found)) if len(found) == 1 else None
        for spelling, found in by_label.items()
        if spelling
    }
    return meanings | _shortened(items) | {label_key(code): code for code in items}


def _shortened(items: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Codes as Excel shows them after dropping their zeros, where no other code is meant."""
    short = {label_key(code).lstrip("0"): code for code in items if code.startswith("0")}
    codes_as_written = {label_key(code) for code in items}
    return {key: code for key, code in short.items() if key and key not in codes_as_written}

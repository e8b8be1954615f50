"""Names and other free text, tidied but never rewritten."""

from __future__ import annotations

import polars as pl

from sobo.intake.reading.values.parsed import Parsed, first_of, trimmed
from sobo.kernel.vietnamese import tidy_names

# Letters, blanks, and the marks found in names of ethnic groups and foreigners (H'Hen, Y-Bhăm).
STRANGE_IN_A_NAME = r"[^\p{L}\p{M}\s.'’ʼ\-]"


def texts(column: pl.Expr) -> Parsed:
    """Tidy free text (String): composed, single blanks.  No problems."""
    return Parsed(_tidied(column), pl.lit(None, dtype=pl.String))


def names(column: pl.Expr) -> Parsed:
    """Tidy people's names (String): composed, single blanks, case as typed.

    Problem: TA-0261 digits or signs.  Repair: TA-0303 all capitals, kept.
    """
    tidy = _tidied(column)
    is_strange = tidy.str.contains(STRANGE_IN_A_NAME)
    shouts = (tidy == tidy.str.to_uppercase()) & (tidy.str.len_chars() > 1)
    return Parsed(
        pl.when(~is_strange).then(tidy),
        first_of({"TA-0261": is_strange}),
        first_of({"TA-0303": shouts & ~is_strange}),
    )


def _tidied(column: pl.Expr) -> pl.Expr:
    return trimmed(column).map_batches(tidy_names, return_dtype=pl.String)

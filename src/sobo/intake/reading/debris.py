"""Rows inside and below a table that are no data: repeated headings, totals, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from sobo.intake.reading.body import ROW
from sobo.intake.reading.headings import label_key
from sobo.intake.reading.layout import LONGEST_LABEL, Layout

# Matched on composed lower-case text, marks kept: “tổng” is a sum, “Tống” a family name.
TOTAL = r"^\s*(?:tổng|cộng|total|sum)(?:\s|:|$)"
CLOSING = (
    r"người lập|lập biểu|hiệu trưởng|thủ trưởng|giám đốc|giáo viên chủ nhiệm|gvcn|ký tên|"
    r"họ tên\)|họ và tên\)|ghi rõ|đóng dấu|xác nhận|"
    r"ấn định danh sách|danh sách (?:này )?(?:có|gồm)|"
    r"ngày\s*[\d.…]*\s*tháng\s*[\d.…]*\s*năm"
)
ORDINAL = r"^\s*\(?[0-9]+[).]?\s*$"
MOST_CELLS_OF_A_REMARK = 3
SHARE_OF_A_REPEATED_HEADING = 0.6
SHORTEST_NUMBERING = 3
COLUMNS_TO_SIEVE = 3


@dataclass
class Sorting:
    """The data rows, and the sheet rows left out by reason (the codes of `notes.REMARKS`)."""

    frame: pl.DataFrame
    left_out: dict[str, tuple[int, ...]] = field(default_factory=dict)


REPEATED_HEADING, TOTALS, BELOW, TITLES, ONLY_ORDINAL = (
    "TA-0111",
    "TA-0112",
    "TA-0113",
    "TA-0114",
    "TA-0115",
)


def sort_rows(frame: pl.DataFrame, layout: Layout, *, required: Sequence[str]) -> Sorting:
    """Part the data rows of a body from everything else.

    Only rows that say little can be left out: a full row is data whatever it says, unless it
    repeats the heading.  `required` are the letters of columns no learner's row may lack.
    """
    repeated = _repeated_headings(frame, layout)
    sparse = _sparse_rows(frame, layout, required=required)
    reasons = _reasons(sparse, repeated, frame[ROW].to_list())
    left_out: dict[str, list[int]] = {}
    for row, reason in sorted(reasons.items()):
        left_out.setdefault(reason, []).append(row)
    kept = frame.filter(~pl.col(ROW).is_in(list(reasons)))
    return Sorting(kept, {reason: tuple(rows) for reason, rows in left_out.items()})


def _repeated_headings(frame: pl.DataFrame, layout: Layout) -> set[int]:
    """Rows that say again what the heading says, and numberings (1), (2), (3) under it."""
    labels = {column.letter: column.label_keys for column in layout.columns if column.texts}
    matched = [column.letter for column in layout.matches.values() if column.texts]
    telling = sorted(matched or labels, key=lambda letter: frame[letter].n_unique())
    sieve = {letter: labels[letter] for letter in telling[:COLUMNS_TO_SIEVE]}
    suspects = frame.filter(_repeats_some_label(frame, sieve))
    repeated = {row[ROW] for row in suspects.iter_rows(named=True) if _repeats_heading(row, labels)}
    return repeated | _numberings(frame, repeated, labels)


def _repeats_some_label(frame: pl.DataFrame, labels: Mapping[str, frozenset[str]]) -> pl.Series:
    """A cheap sieve: rows where a cell of the least varied columns repeats its own label."""
    found = pl.Series([False]).new_from_index(0, frame.height)
    for letter, keys in labels.items():
        distinct = frame[letter].unique().drop_nulls().to_list()
        labels_said = [text for text in distinct if label_key(text[:LONGEST_LABEL]) in keys]
        found = found | frame[letter].is_in(labels_said)
    return found.fill_null(False)


def _repeats_heading(row: Mapping[str, str | None], labels: Mapping[str, frozenset[str]]) -> bool:
    said = [label_key(str(row[letter])) in keys for letter, keys in labels.items() if row[letter]]
    return sum(said) >= max(2, SHARE_OF_A_REPEATED_HEADING * len(said))


def _numberings(
    frame: pl.DataFrame, repeated: set[int], labels: Mapping[str, frozenset[str]]
) -> set[int]:
    """Rows that number the columns: looked for only directly under a heading."""
    under_heading = frame.with_row_index("at").filter(
        (pl.col("at") == 0) | pl.col(ROW).shift(1).is_in(list(repeated))
    )
    rows = under_heading.iter_rows(named=True)
    return {row[ROW] for row in rows if _is_numbering(row, labels)}


def _is_numbering(row: Mapping[str, str | None], labels: Mapping[str, frozenset[str]]) -> bool:
    """Whether the filled cells are single letters, then 1, 2, 3 … (official forms: A, B, 1, 2)."""
    texts = [label_key(row[letter] or "") for letter in labels]
    said = [word for text in texts for word in text.split()]
    figures = [text for text in said if text.isdecimal()]
    others = [text for text in said if not text.isdecimal()]
    expected = [str(number) for number in range(1, len(figures) + 1)]
    single_letters = all(len(text) == 1 for text in others)
    return len(figures) >= SHORTEST_NUMBERING and figures == expected and single_letters


def _sparse_rows(frame: pl.DataFrame, layout: Layout, *, required: Sequence[str]) -> dict[int, str]:
    """Row → reason for rows that say little; "" where they only look like a remark."""
    letters = [column.letter for column in layout.columns]
    told = [column.letter for column in layout.columns if not column.is_ordinal]
    facts = frame.select(
        ROW,
        said=pl.sum_horizontal(pl.col(told).is_not_null().cast(pl.Int32)),
        lacking=_share_lacking(required),
        text=pl.concat_str(letters, separator="\n", ignore_nulls=True)
        .str.normalize("NFC")
        .str.to_lowercase(),
    )
    reasons = facts.select(ROW, _sparse_reason()).drop_nulls("reason")
    return dict(reasons.rows())


def _share_lacking(required: Sequence[str]) -> pl.Expr:
    if not required:
        return pl.lit(1.0)
    return pl.mean_horizontal(pl.col(list(required)).is_null().cast(pl.Float64))


def _sparse_reason() -> pl.Expr:
    says_little = pl.col("said") <= MOST_CELLS_OF_A_REMARK
    lacks_much = pl.col("lacking") >= 0.5
    return (
        pl.when((pl.col("said") == 0) & pl.col("text").str.contains(ORDINAL))
        .then(pl.lit(ONLY_ORDINAL))
        .when(lacks_much & pl.col("text").str.contains(TOTAL))
        .then(pl.lit(TOTALS))
        .when(lacks_much & says_little & pl.col("text").str.contains(CLOSING))
        .then(pl.lit(BELOW))
        .when(pl.col("said") == 0)
        .then(pl.lit(TITLES))
        .when(says_little & lacks_much)
        .then(pl.lit(""))
        .alias("reason")
    )


def _reasons(sparse: Mapping[int, str], repeated: set[int], rows: Sequence[int]) -> dict[int, str]:
    """Settle the undecided: what follows a closing row is closing, what precedes a repeated
    heading is its title, anything else that says little is still data."""
    reasons = dict.fromkeys(repeated, REPEATED_HEADING)
    closing = False
    for row in rows:
        reason = sparse.get(row)
        closing = (
            row not in repeated and (closing or reason in (BELOW, TOTALS)) and reason is not None
        )
        if reason:
            reasons.setdefault(row, reason)
        elif closing:
            reasons.setdefault(row, BELOW)
    before_heading = False
    for row in reversed(rows):
        undecided = sparse.get(row) == "" and row not in reasons
        if undecided and before_heading:
            reasons[row] = TITLES
        before_heading = row in repeated or (before_heading and sparse.get(row) is not None)
    return reasons

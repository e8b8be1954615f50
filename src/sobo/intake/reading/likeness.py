"""Which heading an unknown column may be: by its label, and by what its values look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import polars as pl

from sobo.intake.reading.headings import Heading, ValueKind, label_forms, words
from sobo.intake.reading.layout import Column
from sobo.intake.reading.profiles import fit

MOST_SUGGESTIONS = 5
LEAST_SCORE = 0.35
LABEL_WEIGHT = 0.75
VALUES_ALONE = 0.6
VALUES_CONTRADICT = 0.2
CONTRADICTED = 0.5
TELLING_LABEL = 0.45

KIND_NAMES = {
    ValueKind.NAME: ("tên người", "names of people"),
    ValueKind.DATE: ("ngày tháng", "dates"),
    ValueKind.NUMBER: ("số", "numbers"),
    ValueKind.CODE: ("các mục trong danh mục", "items of the code list"),
    ValueKind.YES_NO: ("có/không", "yes or no"),
    ValueKind.PERSONAL_NUMBER: ("số định danh 12 chữ số", "personal numbers of 12 digits"),
    ValueKind.PHONE: ("số điện thoại", "telephone numbers"),
}


@dataclass(frozen=True)
class Suggestion:
    """A heading that a column may be; `score` runs from 0 to 1."""

    key: str
    score: float
    vi: str
    en: str


@dataclass(frozen=True)
class UnmappedColumn:
    """A column nobody claimed: what it is called and how full it is, never what it says."""

    letter: str
    label: str
    filled: int
    distinct: int
    suggestions: tuple[Suggestion, ...]


def describe(column: Column, values: pl.Series, headings: Sequence[Heading]) -> UnmappedColumn:
    """Describe an unmapped column and rank the still free headings it may be."""
    suggestions = [suggest(column, values, heading) for heading in headings]
    ranked = sorted(
        (suggestion for suggestion in suggestions if suggestion is not None),
        key=lambda suggestion: -suggestion.score,
    )
    return UnmappedColumn(
        column.letter,
        column.label,
        filled=values.count(),
        distinct=values.drop_nulls().n_unique(),
        suggestions=tuple(ranked[:MOST_SUGGESTIONS]),
    )


def suggest(column: Column, values: pl.Series, heading: Heading) -> Suggestion | None:
    """Weigh one heading for one column; None where nothing speaks for it."""
    label, closest = label_likeness(column, heading)
    fitting = fit(values, heading)
    score = _score(label, fitting)
    if score < LEAST_SCORE:
        return None
    return Suggestion(heading.key, round(score, 2), *_reasons(label, closest, fitting, heading))


def _score(label: float, fitting: float | None) -> float:
    if fitting is None:
        return label
    if fitting < VALUES_CONTRADICT:
        return label * CONTRADICTED
    return max(LABEL_WEIGHT * label + (1 - LABEL_WEIGHT) * fitting, VALUES_ALONE * fitting**2)


def label_likeness(column: Column, heading: Heading) -> tuple[float, str]:
    """How alike the labels are (0 to 1), and which of the heading's labels is closest."""
    weighed = [
        (_alike(words(form), words(known)), label)
        for form in column.forms | column.own_forms
        for label in heading.labels
        for known in label_forms(label)
    ]
    return max(weighed, default=(0.0, heading.labels[0]))


def _alike(left: list[str], right: list[str]) -> float:
    """Half by shared words (order free), half by shared letters (spelling mistakes)."""
    shared = len(set(left) & set(right))
    by_words = 2 * shared / (len(set(left)) + len(set(right)))
    by_letters = SequenceMatcher(None, " ".join(left), " ".join(right), autojunk=False).ratio()
    return 0.5 * by_words + 0.5 * by_letters


def _reasons(
    label: float, closest: str, fitting: float | None, heading: Heading
) -> tuple[str, str]:
    vi, en = [], []
    if label >= TELLING_LABEL:
        vi.append(f"tiêu đề gần giống “{closest}”")
        en.append(f"the heading resembles “{closest}”")
    if fitting is not None and fitting >= VALUES_CONTRADICT:
        kind_vi, kind_en = KIND_NAMES[heading.kind]
        vi.append(f"{fitting:.0%} giá trị là {kind_vi}")
        en.append(f"{fitting:.0%} of the values are {kind_en}")
    return "; ".join(vi), "; ".join(en)

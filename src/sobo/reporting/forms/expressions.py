"""Conditions of a form: a small language in JSON, compiled to Polars expressions.

    {"all": [...]}  {"any": [...]}  {"not": {...}}
    {"is": ["grade", "1"]}  {"is": ["grade", ["1", "2"]]}  {"is": ["two_sessions", true]}
    {"between": ["age", 20, 29]}      both ends belong to it; null leaves an end open
    {"known": "disability"}           the column holds a value
    {"term": "nursery"}               a condition the form defines once under a name

A value that is not known satisfies no condition, and `not` of it holds: a row and its remainder
always make the whole.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, TypeAlias

import polars as pl

from sobo.reporting.forms.vocabulary import RECORDS, Word
from sobo.specification.codelists import code_list

Condition: TypeAlias = Mapping[str, Any]

EVERYTHING = pl.lit(value=True)
"""True for every record."""


class ConditionError(ValueError):
    """A condition that names something unknown, or does not fit its column."""


@dataclass(frozen=True)
class Language:
    """What may be said about one kind of record: its words, and the terms of the form."""

    words: Mapping[str, Word]
    terms: Mapping[str, Condition]

    @classmethod
    def about(cls, records: str, *, terms: Mapping[str, Condition]) -> "Language":
        """Speak of one kind of record. Raises `ConditionError` for an unknown kind."""
        if records not in RECORDS:
            raise ConditionError(f"no such kind of record: {records}")
        return cls(RECORDS[records], terms)

    def compile(self, condition: Condition | None) -> pl.Expr:
        """Turn a condition into an expression that is never null. Raises `ConditionError`."""
        if condition is None:
            return EVERYTHING
        if len(condition) != 1:
            raise ConditionError(f"one operator expected: {condition}")
        ((operator, argument),) = condition.items()
        if operator not in _OPERATORS:
            raise ConditionError(f"no such operator: {operator}")
        return _OPERATORS[operator](self, argument)

    def word(self, name: str) -> Word:
        """The column of that name. Raises `ConditionError`."""
        if name not in self.words:
            raise ConditionError(f"no such column: {name}")
        return self.words[name]


def every(conditions: Iterable[pl.Expr]) -> pl.Expr:
    """All of the conditions hold."""
    return reduce(and_, conditions, EVERYTHING)


def some(conditions: Iterable[pl.Expr]) -> pl.Expr:
    """At least one of the conditions holds."""
    return reduce(or_, conditions)


def _all(language: Language, parts: list[Condition]) -> pl.Expr:
    return every(language.compile(part) for part in parts)


def _any(language: Language, parts: list[Condition]) -> pl.Expr:
    return some(language.compile(part) for part in parts)


def _not(language: Language, part: Condition) -> pl.Expr:
    return language.compile(part).not_()


def _is(language: Language, argument: list[Any]) -> pl.Expr:
    name, wanted = argument
    values = wanted if isinstance(wanted, list) else [wanted]
    _require_values(name, language.word(name), values)
    return pl.col(name).is_in(values).fill_null(value=False)


def _between(language: Language, argument: list[Any]) -> pl.Expr:
    name, low, high = argument
    word = language.word(name)
    ends = [end for end in (low, high) if end is not None]
    if word.type != pl.Int32 or not ends or not all(type(end) is int for end in ends):
        raise ConditionError(f"not a range of whole numbers: {argument}")
    bounds = [pl.col(name) >= low] if low is not None else []
    bounds += [pl.col(name) <= high] if high is not None else []
    return every(bound.fill_null(value=False) for bound in bounds)


def _known(language: Language, name: str) -> pl.Expr:
    language.word(name)
    return pl.col(name).is_not_null()


def _term(language: Language, name: str) -> pl.Expr:
    if name not in language.terms:
        raise ConditionError(f"no such term: {name}")
    return language.compile(language.terms[name])


_OPERATORS: dict[str, Callable[[Language, Any], pl.Expr]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "is": _is,
    "between": _between,
    "known": _known,
    "term": _term,
}

_PYTHON_TYPES: dict[Any, type] = {pl.String: str, pl.Boolean: bool, pl.Int32: int}


def _require_values(name: str, word: Word, values: list[Any]) -> None:
    expected = _PYTHON_TYPES[word.type]
    if not values or not all(type(value) is expected for value in values):
        raise ConditionError(f"{name} is compared with {values}, expected {expected.__name__}")
    unknown = sorted(set(values) - set(code_list(word.codes).by_code)) if word.codes else []
    if unknown:
        raise ConditionError(f"{name}: codes not in {word.codes}: {', '.join(unknown)}")

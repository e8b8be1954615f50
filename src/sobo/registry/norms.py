"""Norms of the law that rules ask about, as dated data with their clauses and doubts."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from sobo.specification.codelists import code_list

CLASS_SIZE = "class_size"
INDEPENDENT_GROUP_SIZE = "independent_group_size"
INCLUSIVE_LEARNERS = "inclusive_learners"

TOPICS = {
    "size_limit": (CLASS_SIZE, INDEPENDENT_GROUP_SIZE),
    "inclusive_limit": (INCLUSIVE_LEARNERS,),
}
"""The columns of `registry.context` that hold a norm, and the norms each may hold."""
_NAMES = {
    CLASS_SIZE: "sĩ số lớp · class size",
    INDEPENDENT_GROUP_SIZE: "sĩ số nhóm, lớp độc lập · size of an independent group",
    INCLUSIVE_LEARNERS: "em học hoà nhập trong một lớp · learners in inclusion in a class",
}


@dataclass(frozen=True, kw_only=True)
class Norm:
    """The most that a norm allows in each grade, over [since, until)."""

    most: Mapping[str, int]
    """Learners in one class, by grade (GRADE)."""
    clause: str
    since: date
    until: date | None
    verified: bool
    doubt: str | None

    def is_in_force(self, *, on: date) -> bool:
        """Whether the norm applies on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def most_by_grade(topic: str, *, on: date) -> dict[str, int]:
    """What a norm allows on a day, by grade. Raises `KeyError` for an unknown topic."""
    in_force = (norm for norm in _norms()[topic] if norm.is_in_force(on=on))
    return {grade: most for norm in in_force for grade, most in norm.most.items()}


def in_words() -> dict[str, list[str]]:
    """Every norm with its days, by the column of a rule's context that holds it."""
    return {
        column: [_in_words(topic, norm) for topic in topics for norm in _norms()[topic]]
        for column, topics in TOPICS.items()
    }


def _in_words(topic: str, norm: Norm) -> str:
    until = f" đến trước {norm.until:%d/%m/%Y}" if norm.until else ""
    doubt = "" if norm.verified else f" (**chưa đối chiếu** · not verified: {norm.doubt})"
    return (
        f"{_NAMES[topic]}, từ {norm.since:%d/%m/%Y}{until}: {'; '.join(_numbers(norm))}. "
        f"{norm.clause}{doubt}"
    )


def _numbers(norm: Norm) -> Iterator[str]:
    """Neighbouring grades that are allowed the same, as `Lớp 1 – Lớp 5: 35`."""
    grades = code_list("GRADE")
    for most, alike in groupby(norm.most, key=norm.most.__getitem__):
        first, *rest = (grades.label(grade) for grade in alike)
        yield f"{first}{' – ' + rest[-1] if rest else ''}: {most}"


@cache
def _norms() -> dict[str, tuple[Norm, ...]]:
    text = (resources.files("sobo.registry") / "data" / "norms.json").read_text(encoding="utf-8")
    return {topic: tuple(_norm(raw) for raw in norms) for topic, norms in json.loads(text).items()}


def _norm(raw: Mapping[str, Any]) -> Norm:
    return Norm(
        most=raw["grades"],
        clause=raw["clause"],
        since=date.fromisoformat(raw["since"]),
        until=date.fromisoformat(raw["until"]) if raw["until"] else None,
        verified=raw["verified"],
        doubt=raw["doubt"],
    )

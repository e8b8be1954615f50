"""Norms of the law that rules ask about, as dated data with their clauses and doubts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

CLASS_SIZE = "class_size"
INDEPENDENT_GROUP_SIZE = "independent_group_size"
INCLUSIVE_LEARNERS = "inclusive_learners"


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

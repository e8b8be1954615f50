"""The figures everyone asks for first: which cells of a form they are, and their names."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from sobo.reporting.forms.definition import Bilingual, CellKey, Definition

SCHOOLS, CLASSES, LEARNERS, GIRLS, MINORITY, STAFF, ROOMS = HEADLINES = (
    "schools", "classes", "learners", "girls", "minority", "staff", "rooms",
)  # fmt: skip


def label(name: str) -> Bilingual:
    """What a headline figure is called."""
    return Bilingual(**_data()["labels"][name])


def cells(definition: Definition, name: str) -> tuple[CellKey, ...]:
    """The cells that add up to a headline figure in a form. Raises `KeyError`."""
    return tuple(
        CellKey(*key) for key in _data()["cells"][definition.code][definition.edition][name]
    )


def places(definition: Definition, name: str) -> list[int]:
    """Where those cells stand among the form's figures, counted from 1 as PostgreSQL does."""
    place = {key: number for number, key in enumerate(definition.cell_keys, start=1)}
    return [place[key] for key in cells(definition, name)]


def value(definition: Definition, figures: Sequence[int | None], name: str) -> int:
    """A headline figure of a form's figures; blank cells count nothing."""
    return sum(figures[place - 1] or 0 for place in places(definition, name))


@cache
def _data() -> Mapping[str, Any]:
    text = (resources.files("sobo.reporting") / "data" / "headlines.json").read_text("utf-8")
    read: Mapping[str, Any] = json.loads(text)
    return read

"""Published code lists, as data beside this file: one JSON a list, with source and doubt.

A code means nothing alone: it is (list, edition, code). What is stored are the codes of the edition
that each file names; the codes of the 2020 exchange stand beside them for the wire.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Item:
    """One code of a list and what people write for it."""

    code: str
    vi: str
    en: str
    aliases: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    wire_2020: str | None = None
    attributes: Mapping[str, Any]

    def label(self, language: str) -> str:
        """The label in `vi` or `en`."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """A published list of codes, in its order."""

    name: str
    title_vi: str
    title_en: str
    edition: str
    source: str
    doubt: str | None
    verified: bool
    partial: bool
    items: tuple[Item, ...]

    @property
    def by_code(self) -> dict[str, Item]:
        """Items by their code."""
        return {item.code: item for item in self.items}

    def label(self, code: str | None, language: str = "vi") -> str:
        """The label of a code; the code itself where the list does not know it."""
        item = self.by_code.get(code or "")
        return item.label(language) if item else (code or "")

    def with_attribute(self, name: str) -> tuple[str, ...]:
        """Codes whose attribute of that name is true."""
        return tuple(item.code for item in self.items if item.attributes.get(name))


_KNOWN = {"code", "vi", "en", "aliases", "levels", "wire2020"}


def _item(raw: Mapping[str, Any]) -> Item:
    return Item(
        code=raw["code"],
        vi=raw["vi"],
        en=raw["en"],
        aliases=tuple(raw.get("aliases") or ()),
        levels=tuple(raw.get("levels") or ()),
        wire_2020=raw.get("wire2020"),
        attributes={key: value for key, value in raw.items() if key not in _KNOWN},
    )


@cache
def code_list(name: str) -> CodeList:
    """Read one list by its name, as `LEARNER_STATUS`. Raises `FileNotFoundError`."""
    text = (resources.files(__name__) / f"{name}.json").read_text(encoding="utf-8")
    raw = json.loads(text)
    return CodeList(
        name=raw["list"],
        title_vi=raw["title_vi"],
        title_en=raw["title_en"],
        edition=raw["edition"],
        source=raw["source"],
        doubt=raw["doubt"],
        verified=raw["verified"],
        partial=raw["partial"],
        items=tuple(_item(item) for item in raw["items"]),
    )

"""Sentences of the product that stand in the other language than the one chosen."""

import gettext
from functools import cache
from pathlib import Path

import sobo

from .people import Person

CATALOGUE = Path(sobo.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.mo"
_SHORTEST = 8
"""Shorter texts are names and codes, the same in both languages."""


def english_on(reader: Person) -> set[str]:
    """English sentences of the catalogue that a page in Vietnamese shows."""
    lines = {line.strip() for line in reader.main.inner_text().splitlines()}
    return lines & _english()


@cache
def _english() -> frozenset[str]:
    with CATALOGUE.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    said = {str(text) for text in catalogue._catalog.values()}  # type: ignore[attr-defined]
    vietnamese = {str(key) for key in catalogue._catalog}  # type: ignore[attr-defined]
    return frozenset(text for text in said - vietnamese if len(text) >= _SHORTEST)

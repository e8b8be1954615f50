"""Everything said in Vietnamese is said in English too, and compiled."""

import re
from collections.abc import Sequence

from sobo.portal import catalogue

PLACES = re.compile(r"%\(\w+\)\w*|\{\w*\}")


def test_every_message_has_its_english() -> None:
    assert catalogue.untranslated() == []


def test_the_compiled_catalogue_is_that_of_the_translations() -> None:
    compiled = (catalogue.ENGLISH / "django.mo").read_bytes()
    assert compiled == catalogue.compiled(catalogue.english())


def test_translations_keep_the_places_for_values() -> None:
    for message in catalogue.english():
        if message.id:
            # An English singular may say "once" where Vietnamese counts, so the plural is asked.
            said, english = (_last(texts) for texts in (message.id, message.string))
            assert set(PLACES.findall(said)) == set(PLACES.findall(english)), said


def _last(texts: str | Sequence[str] | None) -> str:
    return texts or "" if isinstance(texts, str | None) else texts[-1]

"""Everything said in Vietnamese is said in English too, and compiled."""

import re

import pytest

from sobo.portal import catalogue

PLACES = re.compile(r"%\(\w+\)\w*|\{\w*\}")


def test_every_message_has_its_english() -> None:
    assert catalogue.untranslated() == []


def test_the_compiled_catalogue_is_that_of_the_translations() -> None:
    compiled = (catalogue.ENGLISH / "django.mo").read_bytes()
    assert compiled == catalogue.compiled(catalogue.english())


@pytest.mark.parametrize("number", [0, 1])
def test_translations_keep_the_places_for_values(number: int) -> None:
    for message in catalogue.english():
        if message.id:
            said = message.id[number] if isinstance(message.id, tuple) else message.id
            english = message.string[number] if isinstance(message.id, tuple) else message.string
            # An English singular may say "once" where Vietnamese counts.
            if number == 1 or not isinstance(message.id, tuple):
                assert set(PLACES.findall(said)) == set(PLACES.findall(english)), said

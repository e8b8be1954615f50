"""The printed handbook is the rules themselves."""

from pathlib import Path

from sobo.specification.handbook import handbook
from sobo.specification.rules import all_rules

PRINTED = Path(__file__).parents[2] / "docs" / "generated" / "rules.md"


def test_the_printed_handbook_is_the_one_the_rules_print() -> None:
    assert PRINTED.read_text(encoding="utf-8") == handbook()


def test_every_text_stands_in_the_handbook() -> None:
    text = handbook()
    for rule in all_rules():
        if rule.field != "*":
            assert rule.code in text
            assert rule.vi in text
            assert rule.en in text

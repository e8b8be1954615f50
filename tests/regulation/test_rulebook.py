"""What every rule owes its reader: a table, a clause, two languages, a repair that works."""

import re
import unicodedata
from dataclasses import replace
from functools import cache
from itertools import chain
from string import Formatter
from typing import Any

import polars as pl
import pytest
from polars import selectors

from sobo.institutions import places
from sobo.registry.sheets import SHEETS, sheet_by_key
from sobo.specification import checks
from sobo.specification.rules import Rule, Severity, all_rules, broken, rules_of

from . import (
    test_classes,
    test_files,
    test_health_and_support,
    test_learners,
    test_persons,
    test_rooms,
    test_school,
    test_staff,
)
from .tables import CLEAN, INSTITUTION, Line, Table, context, holds, name_of

MODULES = (
    test_classes, test_files, test_health_and_support, test_learners, test_persons, test_rooms,
    test_school, test_staff,
)  # fmt: skip
CODE = re.compile(r"[A-Z]{2}-\d{4}")
SHEET_KEYS = [sheet.key for sheet in SHEETS]


def tables() -> Table:
    """All tables of this folder as one."""
    found = [
        value for module in MODULES for value in vars(module).values()
        if isinstance(value, dict) and value and all(CODE.fullmatch(str(key)) for key in value)
    ]  # fmt: skip
    return dict(chain.from_iterable(table.items() for table in found))


def written_by_hand() -> list[Rule]:
    """The rules of these sheets that no declaration gives by itself."""
    return [
        rule for rule in all_rules()
        if set(rule.sheets) & set(SHEET_KEYS) and not checks.is_check(rule.code)
    ]  # fmt: skip


@cache
def columns_of(key: str) -> set[str]:
    """A sheet's columns and those of its context."""
    return set(context(key, holds("any")).columns)


BY_HAND = pytest.mark.parametrize("rule", written_by_hand(), ids=lambda rule: rule.code)


def test_there_are_enough_rules() -> None:
    assert len(written_by_hand()) >= 60


def test_every_rule_has_a_table_and_every_table_a_rule() -> None:
    assert sorted(tables()) == sorted(rule.code for rule in written_by_hand())


@pytest.mark.parametrize(("code", "lines"), tables().items())
def test_every_table_shows_what_keeps_and_what_breaks_its_rule(
    code: str, lines: list[Line]
) -> None:
    assert {line.is_kept for line in lines} == {True, False}


@BY_HAND
def test_texts_are_whole_in_both_languages(rule: Rule) -> None:
    texts = (rule.vi, rule.en, rule.plain_vi, rule.plain_en)
    assert all(text.endswith((".", "?")) for text in texts)
    assert rule.vi != rule.en
    assert rule.clause


@BY_HAND
def test_vietnamese_is_composed(rule: Rule) -> None:
    repair = (rule.repair.vi, rule.repair.en) if rule.repair else ()
    for text in (rule.vi, rule.plain_vi, rule.clause, *repair):
        assert unicodedata.is_normalized("NFC", text)


@BY_HAND
def test_plain_texts_hold_no_value(rule: Rule) -> None:
    assert "{" not in rule.plain_vi + rule.plain_en


@BY_HAND
def test_a_rule_points_at_and_shows_what_its_sheets_have(rule: Rule) -> None:
    shown = {name for text in (rule.vi, rule.en) for _, name, _, _ in Formatter().parse(text)}
    for key in rule.sheets:
        columns = columns_of(key)
        assert rule.field in sheet_by_key(key).columns
        assert set(rule.needs) <= columns
        assert shown - {None} <= columns | set(rule.shows)


@BY_HAND
def test_both_languages_show_the_same_values(rule: Rule) -> None:
    vi, en = ({name for _, name, _, _ in Formatter().parse(text)} for text in (rule.vi, rule.en))
    assert vi == en


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (rule, line)
        for rule in written_by_hand() if rule.repair
        for line in tables()[rule.code] if not line.is_kept
    ],
    ids=name_of,
)  # fmt: skip
def test_a_repair_clears_what_it_offers_to_clear(rule: Rule, line: Line) -> None:
    for key in rule.sheets:
        for row in repaired(rule, context(key, line), key):
            assert broken(context(key, replace(line, row=row)), [rule]).is_empty()


@pytest.mark.parametrize("rule", [rule for rule in written_by_hand() if rule.repair], ids=name_of)
def test_a_repair_is_offered_for_some_line(rule: Rule) -> None:
    lines = [line for line in tables()[rule.code] if not line.is_kept]
    assert any(repaired(rule, context(key, line), key) for key in rule.sheets for line in lines)


def repaired(rule: Rule, frame: pl.DataFrame, key: str) -> list[dict[str, Any]]:
    """The rows that the repair offers to mend, as it leaves them."""
    if rule.repair is None:
        return []
    applies = rule.repair.applies
    offered = frame if applies is None else frame.filter(applies.fill_null(value=False))
    mended = offered.with_columns(**rule.repair.values).select(*sheet_by_key(key).columns)
    days = selectors.date().dt.to_string("%Y-%m-%d")
    return mended.with_columns(days).rows(named=True)


@pytest.mark.parametrize("key", SHEET_KEYS)
def test_the_clean_school_keeps_every_rule(key: str) -> None:
    frame = context(key, holds("as it is"))
    asked = checks.Asked(
        levels=INSTITUTION["levels"],
        places=places.codes_in_use(),
        columns=sheet_by_key(key).columns,
    )
    found = pl.concat([broken(frame, rules_of(key)), checks.broken(frame, asked=asked)])
    assert found["rule"].to_list() == []
    assert CLEAN[key]


def test_macro_rules_stand_on_the_profile() -> None:
    about_the_whole = [rule for rule in written_by_hand() if rule.severity is Severity.MACRO]
    assert {key for rule in about_the_whole for key in rule.sheets} == {"profile"}

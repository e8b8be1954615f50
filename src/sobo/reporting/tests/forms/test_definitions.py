"""The forms as data: the official wording, nothing left out, and typos refused."""

import csv
import json
import unicodedata
from copy import deepcopy
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from sobo.reporting.forms import definitions
from sobo.reporting.forms.definition import Definition
from sobo.reporting.forms.definitions import (
    DefinitionError,
    all_definitions,
    definition,
    read_definition,
    readings,
)
from sobo.reporting.tests.forms.schools import form

WORDING = Path(__file__).parent / "wording"
"""Rows of the forms as their sources write them, apart from the definitions."""

Line = tuple[str, str, str, str, str]


def _wording(name: str) -> list[Line]:
    with (WORDING / name).open(newline="", encoding="utf-8") as file:
        return [
            (r["sheet"], r["tt"], r["label"], r["unit"], r["code"]) for r in csv.DictReader(file)
        ]


def _rows_of(one: Definition) -> list[Line]:
    return [
        (sheet.key, row.ordinal, row.label, row.unit, row.code)
        for sheet in one.sheets
        for row in sheet.rows
    ]


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("01-MN-ĐN", "01-MN-DN.csv"),
        ("02-TH-ĐN", "02-TH-DN.csv"),
        ("03-THCS-ĐN", "03-THCS-DN.csv"),
        ("04-THPT-ĐN", "04-THPT-DN.csv"),
    ],
)
def test_rows_stand_in_the_wording_and_order_of_the_source(code: str, source: str) -> None:
    assert _rows_of(form(code)) == _wording(source)


@pytest.mark.parametrize(("code", "last"), [("01-MN-ĐN", 212), ("02-TH-ĐN", 132)])
def test_official_codes_are_complete(code: str, last: int) -> None:
    codes = [row.code for sheet, row in form(code).lines() if row.code and sheet.key != "NS"]
    assert codes == [f"{number:02}" for number in range(1, last + 1)]


def test_only_the_budget_waits_and_every_other_row_is_computed() -> None:
    waiting = {
        (one.code, sheet.key, row.code)
        for one in all_definitions()
        for sheet, row in one.lines()
        if sheet.waits or not row.over
    }
    budget = [*range(15, 24), *range(56, 72)]
    assert waiting == {("01-MN-ĐN", "NS", str(code)) for code in budget}


def test_derived_forms_say_so_and_print_no_codes() -> None:
    derived = [one for one in all_definitions() if not one.is_official]
    assert [one.code for one in derived] == ["03-THCS-ĐN", "04-THPT-ĐN"]
    for one in derived:
        assert one.note is not None
        assert one.note.vi.startswith("Cấu trúc suy ra, chưa đối chiếu")
        assert not any(row.code for _sheet, row in one.lines())


def test_a_form_is_unknown_before_its_circular() -> None:
    with pytest.raises(KeyError):
        definition("02-TH-ĐN", on=date(2018, 9, 30))


def test_own_words_come_in_both_languages_and_composed() -> None:
    own = [*readings().values(), *(one.title for one in all_definitions())]
    texts = [text for one in own for text in (one.vi, one.en)]
    texts += [t for one in all_definitions() for s in one.sheets for a in s.asides
              for t in (a.label, a.label_en)]  # fmt: skip
    assert all(text and unicodedata.is_normalized("NFC", text) for text in texts)


def test_every_reading_touches_a_row() -> None:
    touched = {
        key for one in all_definitions() for _sheet, row in one.lines() for key in row.readings
    }
    assert touched == set(readings())


def _primary() -> dict[str, Any]:
    text = (resources.files(definitions) / "02-TH-DN.2018.json").read_text("utf-8")
    raw: dict[str, Any] = json.loads(text)
    return raw


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        ({"is": ["garde", "1"]}, "no such column: garde"),
        ({"is": ["grade", "lớp 1"]}, "codes not in GRADE: lớp 1"),
        ({"is": ["grade", 1]}, "expected str"),
        ({"is": ["two_sessions", "1"]}, "expected bool"),
        ({"between": ["grade", 1, 2]}, "not a range of whole numbers"),
        ({"between": ["age", None, None]}, "not a range of whole numbers"),
        ({"known": "disabilty"}, "no such column: disabilty"),
        ({"term": "upland"}, "no such term: upland"),
        ({"alle": []}, "no such operator: alle"),
        ({"known": "disability", "is": ["grade", "1"]}, "one operator expected"),
    ],
)
def test_a_typo_in_a_condition_is_refused(condition: dict[str, Any], fault: str) -> None:
    raw = deepcopy(_primary())
    raw["sheets"][1]["rows"][0]["where"] = condition
    with pytest.raises(DefinitionError, match=fault):
        read_definition(raw)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"over": "pupil"}, "no such kind of record: pupil"),
        ({"adds": "amount"}, "no such column: amount"),
        ({"sums": [["38", "380"]]}, "unknown rows"),
        ({"readings": ["guess"]}, "unknown readings"),
        ({"code": "37"}, "stands twice"),
        ({"parent": "377"}, "377"),
    ],
)
def test_a_row_that_names_what_does_not_exist_is_refused(
    change: dict[str, Any], fault: str
) -> None:
    raw = deepcopy(_primary())
    raw["sheets"][1]["rows"][2] |= change
    with pytest.raises(DefinitionError, match=fault):
        read_definition(raw)

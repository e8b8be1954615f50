"""The six checks that follow from a declaration alone.

A line holds the rows of a sheet as the clean school has them, but for what it names; the finding
expected is a rule and the column it stands in.
"""

from typing import Any

import polars as pl
import pytest

from sobo.institutions import places
from sobo.registry.sheets import sheet_by_key
from sobo.specification import checks

from .tables import INSTITUTION, context, holds

PRESCHOOL = {"levels": ["01"], "preschool_kind": "01", "main_level": None}
NOTHING: list[tuple[str, str]] = []

MISSING = [
    ("birth", "learners", {"birth": None}, [("NG-0001", "birth")]),
    ("grade", "learners", {"grade": None}, [("HS-0001", "grade")]),
    ("no number is no fault", "learners", {"personal_number": None}, NOTHING),
    ("reason of a leaver", "learners", {"status": "05"}, [("HS-0001", "leaving_reason")]),
    ("destination of one moved away", "learners", {"status": "08"}, [("HS-0001", "moved_to")]),
    ("a class merged with whom?", "classes", {"is_merged": True}, [("LO-0001", "merged_with")]),
    ("kind of a paper with a number", "learners", {"paper_number": "A1"},
     [("GT-0001", "paper_kind")]),
    ("number of a paper with a day", "learners", {"paper_issued_by": "UBND"},
     [("GT-0001", "paper_kind"), ("GT-0001", "paper_number")]),
    ("a mother without a name", "learners", {"mother_birth_year": 1992},
     [("GH-0001", "mother_full_name")]),
    ("no mother at all", "learners", {"mother_full_name": None}, NOTHING),
    ("insurance of a public employee", "staff", {"insurance_number": None},
     [("NS-0001", "insurance_number")]),
    ("insurance of a visiting teacher", "staff", {"contract": "5", "insurance_number": None},
     NOTHING),
]  # fmt: skip

BY_LEVEL = [
    ("day boarding in upper secondary is not asked", "classes",
     {"grade": "10", "day_boarding": None}, {"levels": ["04"]}, NOTHING),
    ("age group of a nursery group", "classes", {"grade": "13"}, PRESCHOOL,
     [("LO-0001", "age_group")]),
    ("age group of a class in a school that has both", "classes", {"grade": "1"},
     {"levels": ["01", "02"]}, NOTHING),
    ("kind of a preschool", "profile", {"levels": ["01"], "kind": "13"}, {"levels": ["01"]},
     [("TR-0001", "preschool_kind")]),
    ("kind of preschool in a primary school", "profile", {"preschool_kind": "01"}, {},
     [("TR-0006", "preschool_kind")]),
    ("a pioneer in kindergarten", "learners",
     {"grade": "18", "is_pioneer": True, "is_new_in_level": None}, PRESCHOOL,
     [("HS-0006", "is_pioneer")]),
    ("“no” is no information", "learners",
     {"grade": "18", "is_pioneer": False, "is_new_in_level": None}, PRESCHOOL, NOTHING),
    ("lunch support in grade 1", "learners", {"lunch_support": True}, {},
     [("CS-0006", "lunch_support")]),
]  # fmt: skip

FORMS = [
    ("11 digits", "learners", {"personal_number": "79220123456"}, "NG-0002", "personal_number"),
    ("13 digits of the father", "learners", {"father_personal_number": "0790901234567"},
     "GH-0002", "father_personal_number"),
    ("a month that is none", "learners", {"birth": "2020-13"}, "NG-0002", "birth"),
    ("letters in a telephone number", "learners", {"phone": "091x234567"}, "HS-0002", "phone"),
    ("an address without @", "staff", {"email": "mai.edu.vn"}, "NS-0002", "email"),
    ("a status of no list", "learners", {"status": "99"}, "HS-0003", "status"),
    ("a subject of no list", "staff", {"subjects": ["TOC", "???"]}, "NS-0003", "subjects"),
    ("a commune of before 1/7/2025", "learners", {"birth_commune": "99999"}, "NG-0003",
     "birth_commune"),
    ("a room that primary schools do not have", "rooms", {"kind": "BM"}, "PH-0003", "kind"),
    ("no room at all", "rooms", {"quantity": 0}, "PH-0004", "quantity"),
    ("3 m tall and more", "learners", {"height_cm": 310.0}, "SK-0004", "height_cm"),
    ("a campus at the end of the world", "campuses", {"distance_km": 900.0}, "DI-0004",
     "distance_km"),
    ("a name of 151 letters", "classes", {"name": "A" * 151}, "LO-0005", "name"),
]  # fmt: skip


def found(key: str, row: dict[str, Any], school: dict[str, Any]) -> list[tuple[str, str]]:
    """Rule and field of each finding of the checks."""
    frame = context(key, holds("line", school=school, **row))
    return findings(key, frame, school)


def findings(key: str, frame: pl.DataFrame, school: dict[str, Any]) -> list[tuple[str, str]]:
    asked = checks.Asked(
        levels=(INSTITUTION | school)["levels"],
        places=places.codes_in_use(),
        columns=sheet_by_key(key).columns,
    )
    return sorted(checks.broken(frame, asked=asked).select("rule", "field").iter_rows())


@pytest.mark.parametrize(("note", "key", "row", "expected"), MISSING)
def test_what_is_required_is_there(
    note: str, key: str, row: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(key, row, {}) == expected


@pytest.mark.parametrize(("note", "key", "row", "school", "expected"), BY_LEVEL)
def test_a_level_is_asked_only_for_what_it_has(
    note: str,
    key: str,
    row: dict[str, Any],
    school: dict[str, Any],
    expected: list[tuple[str, str]],
) -> None:
    assert found(key, row, school) == expected


@pytest.mark.parametrize(("note", "key", "row", "rule", "field"), FORMS)
def test_a_value_is_what_its_declaration_says(
    note: str, key: str, row: dict[str, Any], rule: str, field: str
) -> None:
    assert found(key, row, {}) == [(rule, field)]


def test_a_cell_the_reader_failed_at_is_misread_and_not_missing() -> None:
    frame = context("learners", holds("line", birth=None))
    frame = frame.with_columns(pl.lit(value=True).alias("birth_problem"))
    assert findings("learners", frame, {}) == [("NG-0002", "birth")]


def test_a_finding_speaks_of_its_column() -> None:
    column = sheet_by_key("learners").columns["father_birth_year"]
    rule = checks.check_of("GH-0004", column)
    assert rule.text("vi") == "“Cha: năm sinh” nằm ngoài khoảng cho phép (1900–2100)."
    assert rule.field == "father_birth_year"


def test_what_a_level_has_not_is_cleared_by_its_repair() -> None:
    column = sheet_by_key("learners").columns["is_pioneer"]
    repair = checks.check_of("HS-0006", column).repair
    frame = context("learners", holds("line", school=PRESCHOOL, grade="18", is_pioneer=True))
    assert repair is not None
    assert ("HS-0006", "is_pioneer") in findings("learners", frame, PRESCHOOL)
    mended = frame.with_columns(**repair.values)
    assert ("HS-0006", "is_pioneer") not in findings("learners", mended, PRESCHOOL)

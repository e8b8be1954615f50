"""Staff and rooms on 02-TH-ĐN: who is counted, under what contract, at which level."""

from datetime import date

import pytest

from sobo.reporting.tests.forms.schools import PRIVATE, Given, across, figures, school

TH, THCS = "02-TH-ĐN", "03-THCS-ĐN"
PERMANENT, FIXED_TERM, LABOUR = 6, 7, 8


@pytest.mark.parametrize(
    ("contract", "column"),
    [
        ("1", PERMANENT), ("7", FIXED_TERM), ("2", LABOUR), ("3", LABOUR), ("4", LABOUR),
        ("0", None), (None, None),
    ],
)  # fmt: skip
def test_contracts_of_public_staff(contract: str | None, column: int | None) -> None:
    rows = school(staff=[{"contract": contract}])
    kinds = (PERMANENT, FIXED_TERM, LABOUR)
    assert across(TH, rows, "96", *kinds) == [int(column == one) for one in kinds]
    assert figures(TH, rows, "78", "hop-dong-khac") == [1, int(column is None)]


@pytest.mark.parametrize("contract", ["5", "6"])
def test_visiting_people_are_not_staff_and_stand_apart(contract: str) -> None:
    rows = school(staff=[{"contract": contract}])
    assert figures(TH, rows, "78", "96", "thinh-giang", "hop-dong-khac") == [0, 0, 1, 0]


def test_private_staff_have_no_kinds_of_contract() -> None:
    rows = school({"ownership": PRIVATE}, staff=[{"contract": "3", "sex": "2"}])
    assert across(TH, rows, "78", *range(1, 16)) == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("status", "since", "counted"),
    [
        ("1", None, 1),
        ("5", None, 1),
        ("2", date(2026, 9, 30), 1),
        ("2", date(2026, 10, 1), 0),
        ("3", date(2026, 9, 1), 0),
        ("3", date(2026, 10, 1), 1),
        ("6", None, 0),
        ("7", None, 0),
    ],
)
def test_who_works_here_on_the_reference_day(status: str, since: date | None, counted: int) -> None:
    rows = school(staff=[{"status": status, "status_on": since}])
    assert figures(TH, rows, "78") == [counted]


@pytest.mark.parametrize(
    ("qualification", "row"),
    [
        ("18", "97"), ("15", "97"), ("17", "98"), ("14", "98"), ("16", "99"), ("13", "99"),
        ("02", "100"), ("01", "101"), ("03", "102"), ("04", "102"), ("05", "102"), ("06", "102"),
        ("09", "102"), (None, "102"),
    ],
)  # fmt: skip
def test_degree_groups(qualification: str | None, row: str) -> None:
    rows = school(staff=[{"qualification": qualification}])
    degrees = ["97", "98", "99", "100", "101", "102"]
    assert figures(TH, rows, *degrees) == [int(one == row) for one in degrees]


@pytest.mark.parametrize(
    ("born", "row"),
    [
        ("2007", "tuoi-khac"), ("2006", "103"), ("1997-12-31", "103"), ("1996", "104"),
        ("1987", "104"), ("1977", "105"), ("1976", "106"), ("1972", "106"), ("1971", "107"),
        ("1967", "107"), ("1966", "108"), ("1960", "108"), (None, "tuoi-khac"),
    ],
)  # fmt: skip
def test_ages_of_teachers(born: str | None, row: str) -> None:
    rows = school(staff=[{"birth": born}])
    ages = ["103", "104", "105", "106", "107", "108", "tuoi-khac"]
    assert figures(TH, rows, *ages) == [int(one == row) for one in ages]


@pytest.mark.parametrize("leader", [{"is_pioneer_leader": True}, {"position": "TPT"}])
def test_the_pioneer_leader_stands_beside_the_teachers(leader: Given) -> None:
    rows = school(staff=[leader, {}])
    assert figures(TH, rows, "78", "96", "109") == [2, 1, 1]


def test_managers_by_post_and_civil_servants_in_the_footnote() -> None:
    rows = school(
        {"region": "04"},
        staff=[
            {"group": "1", "position": "01", "is_civil_servant": True, "qualification": "02"},
            {"group": "1", "position": "02"},
            {"group": "1", "position": "02", "qualification": "13"},
        ],
    )
    wanted = ["79", "80", "84", "87", "88", "89", "92", "cong-chuc"]
    assert figures(TH, rows, *wanted) == [3, 1, 1, 2, 0, 2, 2, 1]


def test_who_has_several_duties_counts_in_that_row_only() -> None:
    staff: list[Given] = [
        {"position": "15"},
        {"position": "15", "has_several_duties": True},
        {"position": "KN"},
        {"position": "10"},
        {"position": "17"},
    ]
    rows = school(staff=[{"group": "3", **one} for one in staff])
    assert figures(TH, rows, "110", "111", "113", "119", "nhan-vien-khac") == [5, 1, 1, 2, 1]


@pytest.mark.parametrize(
    ("levels", "main", "level", "primary", "secondary"),
    [
        (["02"], None, None, 1, 0),
        (["02", "03"], "02", None, 1, 0),
        (["02", "03"], "03", None, 0, 1),
        (["02", "03"], None, None, 0, 1),
        (["02", "03"], "03", "02", 1, 0),
    ],
)
def test_shared_staff_and_rooms_go_to_the_main_level(
    levels: list[str], main: str | None, level: str | None, primary: int, secondary: int
) -> None:
    rows = school(
        {"levels": levels, "main_level": main}, staff=[{"level": level}], rooms=[{"level": level}]
    )
    assert figures(TH, rows, "78", "120") == [primary, primary]
    assert figures(THCS, rows, "x78", "x120") == [secondary, secondary]


def test_rooms_are_added_up_by_build_grade() -> None:
    rows = school(
        rooms=[
            {"quantity": 12, "build_grade": "KC"},
            {"quantity": 3, "build_grade": "BKC"},
            {"quantity": 1, "build_grade": "T"},
            {"quantity": 2, "build_grade": "T", "in_use": False},
            {"kind": "TIN", "quantity": 2},
        ]
    )
    assert across(TH, rows, "120", *range(1, 9)) == [16, 12, 3, 1] * 2
    assert figures(TH, rows, "122", "125", "123") == [2, 2, 0]


def test_borrowed_classrooms_are_beside_and_other_borrowed_rooms_outside() -> None:
    rows = school(
        rooms=[
            {"quantity": 5},
            {"quantity": 2, "is_borrowed": True},
            {"kind": "TV", "is_borrowed": True},
            {"kind": "K", "quantity": 3},
            {"kind": "YT"},
        ]
    )
    assert figures(TH, rows, "120", "121", "122", "132", "phong-ngoai-bieu") == [5, 2, 0, 1, 4]

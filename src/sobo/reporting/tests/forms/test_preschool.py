"""01-MN-ĐN: ages in months, groups by size, sections, nutrition."""

from collections.abc import Iterable
from datetime import date

import pytest

from sobo.reporting.forms.register_rows import RegisterRows
from sobo.reporting.forms.values import Blank
from sobo.reporting.tests.forms.schools import Given, figures, form, school, values

MN = "01-MN-ĐN"
NURSERY_SCHOOL, KINDERGARTEN, PRESCHOOL, GROUP = "03", "02", "01", "04"
BANDS = ["97", "98", "99", "100", "thang-tuoi-khac"]


def _preschool(kind: str = PRESCHOOL, /, **datasets: Iterable[Given]) -> RegisterRows:
    return school({"levels": ["01"], "preschool_kind": kind, "kind": "13"}, **datasets)


@pytest.mark.parametrize(
    ("birth", "band"),
    [
        ("2026-07-01", "thang-tuoi-khac"),
        ("2026-06-30", "97"),
        ("2025-09-30", "97"),
        ("2025-09-01", "97"),
        ("2025-08-31", "97"),
        ("2025-08-30", "98"),
        ("2024-09-30", "98"),
        ("2024-08-31", "98"),
        ("2024-08-30", "99"),
        ("2023-08-31", "99"),
        ("2023-08-30", "100"),
        ("2024-02-29", "99"),
        ("2024-05", "thang-tuoi-khac"),
    ],
)
def test_month_bands_include_both_ends(birth: str, band: str) -> None:
    rows = _preschool(classes=[{"grade": "14"}], learners=[{"grade": "14", "birth": birth}])
    assert figures(MN, rows, "96", *BANDS) == [1, *(int(one == band) for one in BANDS)]


@pytest.mark.parametrize(
    ("birth", "row"),
    [
        ("2024-01-01", "102"),
        ("2023-12-31", "103"),
        ("2023", "103"),
        ("2022-01-01", "104"),
        ("2021-11-11", "105"),
        ("2020-12-31", "106"),
    ],
)
def test_kindergarten_ages_go_by_calendar_year(birth: str, row: str) -> None:
    rows = _preschool(classes=[{"grade": "16"}], learners=[{"grade": "16", "birth": birth}])
    ages = ["102", "103", "104", "105", "106"]
    assert figures(MN, rows, "101", *ages) == [1, *(int(one == row) for one in ages)]


@pytest.mark.parametrize(
    ("grade", "size", "row"),
    [
        ("13", 14, "61"), ("13", 15, "62"), ("14", 19, "63"), ("14", 20, "64"), ("15", 24, "65"),
        ("15", 25, "66"), ("16", 24, "75"), ("16", 25, "76"), ("17", 29, "77"), ("17", 30, "78"),
        ("18", 34, "79"), ("18", 35, "80"),
    ],
)  # fmt: skip
def test_groups_by_age_and_size(grade: str, size: int, row: str) -> None:
    rows = _preschool(
        classes=[{"grade": grade}],
        learners=[{"grade": grade, "birth": "2023-01-01"}] * size
        + [{"grade": grade, "status": "05"}],
    )
    sizes = [str(code) for code in (*range(61, 67), *range(75, 81))]
    assert figures(MN, rows, *sizes) == [int(one == row) for one in sizes]


@pytest.mark.parametrize(
    ("inclusive", "expected"),
    [(0, [0, 0, 0]), (1, [1, 0, 0]), (2, [0, 1, 0]), (3, [0, 0, 1]), (4, [0, 0, 1])],
)
def test_groups_by_number_of_inclusive_children(inclusive: int, expected: list[int]) -> None:
    children = [{"grade": "17", "is_inclusive": True, "birth": "2022-01-01"}] * inclusive
    rows = _preschool(classes=[{"grade": "17"}], learners=children)
    assert figures(MN, rows, "73", "74", "hoa-nhap-mau-giao") == expected


@pytest.mark.parametrize(
    ("classes", "grades", "expected"),
    [
        ([{"grade": "16", "merged_ages": 2}], ["16", "17"], [1, 0, 0, 0, 0, 0]),
        ([{"grade": "16", "merged_ages": 3}], ["16"], [0, 1, 0, 0, 0, 0]),
        ([{"grade": "17"}], ["16", "17", "18"], [0, 1, 0, 0, 0, 0]),
        ([{"grade": "16", "merged_ages": 4}], ["16"], [0, 0, 1, 0, 0, 0]),
        ([{"grade": "14", "merged_ages": 2}], ["14", "15"], [0, 0, 0, 1, 0, 0]),
        # With a nursery age in it the class belongs to the nursery.
        ([{"grade": "16", "merged_ages": 2}], ["15", "16"], [0, 0, 0, 1, 0, 0]),
    ],
)
def test_merged_groups_by_number_of_ages(
    classes: list[Given], grades: list[str], expected: list[int]
) -> None:
    rows = _preschool(
        classes=[{"is_merged": True, **one} for one in classes],
        learners=[{"grade": grade, "birth": "2022-01-01"} for grade in grades],
    )
    wanted = ["81", "82", "ghep-khac-mau-giao", "67", "68", "ghep-khac-nhom-tre"]
    assert figures(MN, rows, *wanted) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (NURSERY_SCHOOL, [1, 1, 0, 0, 0, 0, 0]),
        (KINDERGARTEN, [1, 0, 1, 0, 0, 0, 0]),
        (PRESCHOOL, [1, 0, 0, 1, 0, 0, 0]),
        (GROUP, [0, 0, 0, 0, 1, 0, 0]),
        ("05", [0, 0, 0, 0, 0, 1, 0]),
        ("19", [0, 0, 0, 0, 0, 0, 1]),
    ],
)
def test_independent_groups_are_no_schools(kind: str, expected: list[int]) -> None:
    rows = _preschool(kind, classes=[{"grade": "14"}])
    assert figures(MN, rows, "01", "02", "15", "33", "51", "52", "53") == expected
    assert figures(MN, rows, "55", "56") == [1, 1]


@pytest.mark.parametrize(
    ("region", "groups", "row"),
    [("02", 8, "35"), ("02", 9, "36"), ("05", 5, "38"), ("05", 6, "39")],
)
def test_preschools_by_region_and_size(region: str, groups: int, row: str) -> None:
    given = {"levels": ["01"], "preschool_kind": PRESCHOOL, "region": region}
    rows = school(given, classes=[{"grade": "16"}] * groups)
    sizes = ["35", "36", "38", "39"]
    assert figures(MN, rows, *sizes) == [int(one == row) for one in sizes]


def test_a_child_may_have_two_states_of_nutrition_and_only_checks_to_the_day_count() -> None:
    checked: Given = {"grade": "16", "birth": "2023-02-02", "checked_on": date(2026, 9, 15)}
    late = {**checked, "checked_on": date(2026, 10, 1), "is_overweight": True}
    rows = _preschool(
        classes=[{"grade": "16"}],
        learners=[
            {**checked, "is_underweight": True, "is_stunted": True},
            {**checked, "is_wasted": True},
            checked,
            late,
            {"grade": "16", "is_underweight": True},
        ],
    )
    assert figures(MN, rows, "107", "112", "113", "114", "115", "116") == [0, 3, 1, 1, 1, 0]


def test_supports_of_kindergarten_children() -> None:
    def child(grade: str, year: int, **support: bool) -> Given:
        return {"grade": grade, "birth": f"{year}-01-15", **support}

    rows = _preschool(
        classes=[{"grade": "18"}],
        learners=[
            child("18", 2021, lunch_support=True, fee_exempt=True),
            child("17", 2022, lunch_support=True, fee_reduced=True),
            child("16", 2023, lunch_support=True, study_cost_support=True),
            child("15", 2024, very_small_group_support=True, fee_exempt=True),
        ],
    )
    assert figures(MN, rows, "117", "118", "119", "120", "121", "122") == [1, 1, 1, 1, 1, 2]


def test_minority_columns_do_not_apply_to_row_120() -> None:
    computed = values(MN, _preschool())
    blank = [n for n in range(1, 17) if computed.figure("III", "120", n) is Blank.NOT_APPLICABLE]
    assert blank == [3, 4, 7, 8, 11, 12, 15, 16]


def test_the_budget_waits_and_is_not_nought() -> None:
    computed = values(MN, _preschool())
    budget = [cell for key, cell in computed.cells.items() if key.sheet == "NS"]
    assert budget == [Blank.WAITING] * 75
    waits = form(MN).sheet_by_key["NS"].waits
    assert waits is not None
    assert waits.vi == "Chờ dữ liệu tài chính"


@pytest.mark.parametrize(
    ("kind", "section", "row"),
    [
        (NURSERY_SCHOOL, None, "168"),
        (GROUP, None, "168"),
        (KINDERGARTEN, None, "181"),
        (PRESCHOOL, None, "181"),
        (PRESCHOOL, "NT", "168"),
        (PRESCHOOL, "MG", "181"),
    ],
)
def test_teachers_by_section_or_the_kind_of_their_school(
    kind: str, section: str | None, row: str
) -> None:
    rows = _preschool(kind, staff=[{"section": section}])
    assert figures(MN, rows, "167", "168", "181") == [1, int(row == "168"), int(row == "181")]


def test_employees_by_position_and_those_without_a_row() -> None:
    posts = ["15", "16", "11", "25", "20", "31", "17", "21", "12"]
    staff = [{"group": "3", "position": position} for position in posts]
    rows = _preschool(staff=staff)
    wanted = ["156", "157", "162", "163", "164", "165", "166", "nhan-vien-khac-mau-giao"]
    assert figures(MN, rows, *wanted) == [9, 0, 9, 2, 2, 2, 1, 2]


def test_untrained_takes_every_degree_outside_pedagogy() -> None:
    degrees = ["18", "15", "17", "16", "02", "01", "03", "11", None]
    rows = _preschool(staff=[{"qualification": degree} for degree in degrees])
    wanted = ["181", "182", "183", "184", "185", "186", "187"]
    assert figures(MN, rows, *wanted) == [9, 2, 1, 1, 1, 1, 3]


def test_rooms_by_section() -> None:
    rooms: list[Given] = [
        {"section": "NT", "quantity": 2},
        {"section": "MG", "quantity": 3},
        {"quantity": 4},
        {"section": "NT", "is_borrowed": True},
        {"kind": "HN", "section": "MG"},
        {"kind": "HN", "section": "NT"},
        {"kind": "BEP"},
        {"kind": "K"},
    ]
    rows = _preschool(rooms=rooms)
    wanted = ["194", "195", "196", "200", "203", "204", "205", "209", "210", "211", "212"]
    assert figures(MN, rows, *wanted) == [2, 1, 1, 0, 7, 0, 1, 1, 2, 1, 0]
    assert figures(MN, rows, "phong-ngoai-bieu") == [0]

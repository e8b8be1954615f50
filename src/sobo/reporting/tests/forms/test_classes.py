"""Schools, satellites and classes, merged classes above all."""

import pytest

from sobo.reporting.tests.forms.schools import Given, figures, school

TH = "02-TH-ĐN"
MERGED = {"is_merged": True}
GRADES = ["28", "29", "30", "31", "32"]


@pytest.mark.parametrize(
    ("classes", "learners", "total", "by_grade", "merged"),
    [
        # One row, learners of two grades: the class is of the lowest, learners of their own.
        ([{"grade": "2", **MERGED}], [("1", 1), ("2", 1)], 1, [1, 0, 0, 0, 0], 1),
        # Two rows that name each other are one class.
        (
            [
                {"grade": "3", "merged_with": "L2", **MERGED},
                {"grade": "1", "merged_with": "L1", **MERGED},
            ],
            [("3", 1), ("1", 2)], 1, [1, 0, 0, 0, 0], 1,
        ),
        # Only one of the two says so.
        (
            [{"grade": "4", "merged_with": "L2", **MERGED}, {"grade": "5"}],
            [], 1, [0, 0, 0, 1, 0], 1,
        ),
        # Three grades in a chain.
        (
            [
                {"grade": "1"},
                {"grade": "2", "merged_with": "L1", **MERGED},
                {"grade": "3", "merged_with": "L2", **MERGED},
            ],
            [("1", 1), ("2", 2), ("3", 3)], 1, [1, 0, 0, 0, 0], 1,
        ),
        # The partner is not in the register: the class stands alone.
        ([{"grade": "2", "merged_with": "LX", **MERGED}], [("2", 1)], 1, [0, 1, 0, 0, 0], 1),
        # A class that is not merged keeps its grade whatever its learners say.
        ([{"grade": "2"}], [("1", 1)], 1, [0, 1, 0, 0, 0], 0),
        ([{"grade": "1"}, {"grade": "1"}], [], 2, [2, 0, 0, 0, 0], 0),
    ],
)  # fmt: skip
def test_a_merged_class_counts_once_in_its_lowest_grade(
    classes: list[Given],
    learners: list[tuple[str, int]],
    total: int,
    by_grade: list[int],
    merged: int,
) -> None:
    enrolled = [{"grade": grade, "class_id": number} for grade, number in learners]
    rows = school(classes=classes, learners=enrolled)
    assert figures(TH, rows, "27", *GRADES, "36") == [total, *by_grade, merged]
    counts = [sum(grade == str(one) for grade, _class in learners) for one in range(1, 6)]
    assert figures(TH, rows, "40", "41", "42", "43", "44") == counts


def test_a_merged_class_with_another_school_s_code_is_left_alone() -> None:
    here, there = (
        school(classes=[{"code": "A", "merged_with": "B", **MERGED}]),
        school({"id": 2}, classes=[{"id": 2, "institution_id": 2, "code": "B"}]),
    )
    both = {name: here[name].vstack(there[name]) for name in here}
    assert figures(TH, both, "27") == [2]


def test_boarding_classes_count_only_in_an_ethnic_semi_boarding_school() -> None:
    classes = [{"day_boarding": True, "two_sessions": True}, {"two_sessions": False}]
    assert figures(TH, school({"kind": "01"}, classes=classes), "11", "33", "34") == [1, 1, 1]
    assert figures(TH, school({"kind": "07"}, classes=classes), "11", "33", "34") == [0, 1, 0]


@pytest.mark.parametrize(
    ("region", "classes", "expected"),
    [
        ("01", 27, [1, 0, 1, 0, 0, 0]),
        ("03", 28, [1, 1, 0, 0, 0, 0]),
        ("04", 18, [0, 0, 0, 1, 0, 1]),
        ("06", 19, [0, 0, 0, 1, 1, 0]),
        (None, 10, [0, 0, 0, 0, 0, 0]),
    ],
)
def test_schools_by_region_and_size(region: str | None, classes: int, expected: list[int]) -> None:
    rows = school({"region": region}, classes=[{}] * classes)
    assert figures(TH, rows, "02", "03", "04", "05", "06", "07") == expected


@pytest.mark.parametrize(
    ("inclusive", "expected"), [(0, [0, 0]), (1, [1, 0]), (19, [1, 0]), (20, [0, 1])]
)
def test_schools_by_number_of_inclusive_learners(inclusive: int, expected: list[int]) -> None:
    rows = school(classes=[{}], learners=[{"is_inclusive": True}] * inclusive)
    assert figures(TH, rows, "13", "14") == expected


def test_satellites_are_counted_without_the_main_site_or_closed_ones() -> None:
    rows = school(classes=[{}], campuses=[{}, {}, {}, {}, {"is_open": False}])
    assert figures(TH, rows, "15", "26") == [0, 4]
    assert figures(TH, school(classes=[{}], campuses=[{}] * 5), "15", "26") == [1, 5]


def test_a_satellite_counts_at_the_levels_taught_there() -> None:
    rows = school(
        {"levels": ["02", "03"], "main_level": "02"},
        classes=[
            {"grade": "1", "campus_id": 1},
            {"grade": "6", "campus_id": 1},
            {"grade": "7", "campus_id": 2},
        ],
        campuses=[{}, {}, {}],
    )
    assert figures(TH, rows, "26") == [2]
    assert figures("03-THCS-ĐN", rows, "x26") == [2]


def test_a_satellite_keeps_the_level_of_a_class_that_is_merged_with_one_elsewhere() -> None:
    rows = school(
        {"levels": ["02", "03"], "main_level": "03"},
        classes=[
            {"grade": "1", "merged_with": "L2", **MERGED},
            {"grade": "2", "campus_id": 1, "merged_with": "L1", **MERGED},
        ],
        campuses=[{}],
    )
    assert figures(TH, rows, "26", "27") == [1, 1]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"teaches_safety": True, "shares_hiv_knowledge": True}, 1),
        ({"teaches_safety": True}, 0),
        ({"shares_hiv_knowledge": True}, 0),
    ],
)
def test_row_22_needs_both(given: Given, expected: int) -> None:
    assert figures(TH, school(given), "22") == [expected]


def test_what_a_school_declares_of_itself() -> None:
    declared = {
        "national_standard": "2", "teaches_two_sessions": True, "uses_computers": True,
        "has_internet": True, "has_grid_power": True, "has_clean_water": True, "has_toilets": False,
        "teaches_hand_washing": True, "is_accessible": True, "has_disaster_plan": True,
    }  # fmt: skip
    wanted = ["08", "09", "10", "16", "17", "18", "19", "20", "21", "23", "24", "25"]
    assert figures(TH, school(declared), *wanted) == [0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1]

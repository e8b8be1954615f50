"""Learners on 02-TH-ĐN: small schools worked by hand, the tricky rows one by one."""

from datetime import date

import pytest

from sobo.reporting.tests.forms.schools import KINH, PRIVATE, THAI, Given, across, figures, school

TH = "02-TH-ĐN"


@pytest.mark.parametrize(
    ("learner", "counted"),
    [
        ({"status": "01"}, 1),
        ({"status": "01", "status_on": date(2026, 10, 5)}, 1),
        ({"status": "01", "entered_on": date(2026, 9, 30)}, 1),
        ({"status": "01", "entered_on": date(2026, 10, 1)}, 0),
        ({"status": "02", "status_on": date(2026, 9, 30)}, 1),
        ({"status": "02", "status_on": date(2026, 10, 1)}, 0),
        ({"status": "02"}, 1),
        ({"status": "03", "status_on": date(2026, 10, 2)}, 0),
        ({"status": "04", "status_on": date(2026, 9, 30)}, 0),
        ({"status": "04", "status_on": date(2026, 10, 1)}, 1),
        ({"status": "05", "status_on": date(2026, 9, 10)}, 0),
        ({"status": "05", "status_on": date(2026, 10, 8)}, 1),
        ({"status": "12"}, 0),
    ],
)
def test_who_is_on_the_roll_on_the_reference_day(learner: Given, counted: int) -> None:
    assert figures(TH, school(classes=[{}], learners=[learner]), "37") == [counted]


@pytest.mark.parametrize(
    ("grade", "birth", "row"),
    [
        ("1", "2021-01-01", "45"),
        ("1", "2020-12-31", "46"),
        ("1", "2020", "46"),
        ("2", "2019-01-01", "47"),
        ("5", "2016-02-29", "50"),
        ("5", "2015-12-31", "51"),
        ("1", "2013-06-01", "51"),
    ],
)
def test_age_is_counted_by_calendar_year(grade: str, birth: str, row: str) -> None:
    rows = school(classes=[{"grade": grade}], learners=[{"grade": grade, "birth": birth}])
    ages = ["45", "46", "47", "48", "49", "50", "51"]
    assert figures(TH, rows, *ages) == [int(age == row) for age in ages]


@pytest.mark.parametrize(
    ("grade", "birth", "on_time"),
    [
        ("1", "2020-09-01", [1, 0, 0, 0, 0]),
        ("1", "2019-09-01", [0, 0, 0, 0, 0]),
        ("2", "2019-09-01", [0, 1, 0, 0, 0]),
        ("5", "2016", [0, 0, 0, 0, 1]),
        ("5", "2017-01-01", [0, 0, 0, 0, 0]),
    ],
)
def test_on_time_means_the_age_of_the_grade(grade: str, birth: str, on_time: list[int]) -> None:
    rows = school(classes=[{"grade": grade}], learners=[{"grade": grade, "birth": birth}])
    assert figures(TH, rows, "52", "53", "54", "55", "56") == on_time


def test_women_and_minorities_have_their_columns() -> None:
    rows = school(
        {"ownership": PRIVATE},
        classes=[{}],
        learners=[
            {"sex": "2", "ethnic_group": THAI},
            {"sex": "2", "ethnic_group": KINH},
            {"sex": "1", "ethnic_group": THAI},
            {"sex": "1", "ethnic_group": "55"},
            {"sex": None, "ethnic_group": None},
        ],
    )
    assert across(TH, rows, "37", *range(1, 13)) == [5, 2, 2, 1, 0, 0, 0, 0, 5, 2, 2, 1]


def test_inclusive_and_special_education_by_kind_with_their_remainders() -> None:
    rows = school(
        classes=[{}, {"is_special": True}],
        learners=[
            {"is_inclusive": True, "disability": "03"},
            {"is_inclusive": True, "disability": "06"},
            {"is_inclusive": True},
            {"class_id": 2, "disability": "05"},
            {"class_id": 2, "disability": "06"},
            {"class_id": 2},
            {"disability": "01"},
        ],
    )
    assert figures(TH, rows, "61", "62", "63", "64", "65", "66") == [3, 1, 0, 0, 0, 0]
    assert figures(TH, rows, "67", "68", "69", "70", "71", "72") == [2, 0, 0, 1, 0, 0]
    asides = ["hoa-nhap-loai-khac", "chuyen-biet-loai-khac", "khuyet-tat-chua-ro"]
    assert figures(TH, rows, *asides) == [2, 1, 1]


def test_a_special_school_makes_special_learners_and_classes() -> None:
    rows = school({"kind": "18"}, classes=[{}], learners=[{"disability": "02"}])
    assert figures(TH, rows, "12", "35", "67", "69") == [1, 1, 1, 1]


def test_policy_list_support_and_who_is_supported_outside_it() -> None:
    rows = school(
        classes=[{}],
        learners=[
            {"group": "08", "study_cost_support": True, "monthly_money": True},
            {"group": "09", "rice_support": True, "housing_support": True},
            {"group": "01"},
            {"very_small_group_support": True},
            {},
        ],
    )
    assert figures(TH, rows, "74", "75", "76", "77") == [3, 1, 1, 2]
    assert figures(TH, rows, "ho-tro-ngoai-danh-sach") == [1]


def test_declared_facts_count_as_declared() -> None:
    declared = [
        {"is_new_in_level": True, "two_sessions": True},
        {"repeats": True, "two_sessions": True, "learns_informatics": True},
        {"ethnic_day_boarder": True, "two_sessions": False},
    ]
    rows = school(classes=[{}], learners=declared)
    assert figures(TH, rows, "57", "58", "59", "60", "73") == [1, 1, 2, 1, 1]


def test_a_school_with_two_levels_files_each_learner_once() -> None:
    rows = school(
        {"levels": ["02", "03"]},
        classes=[{"grade": "5"}, {"grade": "6"}],
        learners=[
            {"grade": "5", "class_id": 1, "birth": "2016-01-01"},
            {"grade": "6", "class_id": 2, "birth": "2015-01-01"},
            {"grade": "6", "class_id": 2, "birth": "2014-01-01"},
        ],
    )
    assert figures(TH, rows, "01", "27", "37", "44", "56") == [1, 1, 1, 1, 1]
    assert figures("03-THCS-ĐN", rows, "x01", "x27", "x37", "x40", "x52", "x53") == [
        1, 1, 2, 2, 1, 0,
    ]  # fmt: skip


def test_upper_secondary_counts_its_own_grades_and_ages() -> None:
    rows = school(
        {"levels": ["04"], "kind": "09"},
        classes=[{"grade": "12"}],
        learners=[{"grade": "12", "birth": "2009-03-03"}, {"grade": "12", "birth": "2006-03-03"}],
    )
    wanted = ["x-chuyen", "x30", "x42", "x48", "x51", "x54"]
    assert figures("04-THPT-ĐN", rows, *wanted) == [1, 1, 2, 1, 1, 1]

"""Days in words, and the course of signing."""

from datetime import date, timedelta

import pytest

from sobo.reporting import progress, wording

TODAY = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("due_on", "text"),
    [
        (date(2026, 10, 15), "còn 3 ngày"),
        (date(2026, 10, 13), "còn 1 ngày"),
        (TODAY, "hôm nay là hạn"),
        (date(2026, 10, 11), "trễ 1 ngày"),
        (date(2026, 9, 30), "trễ 12 ngày"),
    ],
)
def test_a_deadline_says_how_far_it_is(due_on: date, text: str) -> None:
    assert wording.days_left(due_on, today=TODAY) == text


def _course(signed: list[tuple[date, int]], **given: date | None) -> progress.Course:
    due_on = given.get("due_on", date(2026, 10, 15))
    return progress.course(signed, total=40, opens_on=date(2026, 9, 15), today=TODAY, due_on=due_on)


def test_the_forecast_keeps_the_pace_of_the_last_week() -> None:
    course = _course([(date(2026, 10, 5), 7), (TODAY, 21)])
    assert course.known[-1] == (TODAY, 21)
    assert dict(course.expected)[date(2026, 10, 15)] == 27
    assert course.late == 13


def test_days_without_a_signature_keep_the_count() -> None:
    known = dict(_course([(date(2026, 10, 5), 7), (TODAY, 21)]).known)
    assert known[date(2026, 10, 4)] == 0
    assert known[date(2026, 10, 9)] == 7


def test_no_forecast_goes_past_the_whole() -> None:
    course = _course([(TODAY - timedelta(days=1), 10), (TODAY, 39)])
    assert max(n for _, n in course.expected) == 40
    assert course.late == 0


@pytest.mark.parametrize("due_on", [None, date(2026, 10, 11)])
def test_without_a_day_ahead_nothing_is_forecast(due_on: date | None) -> None:
    course = _course([(TODAY, 21)], due_on=due_on)
    assert course.expected == []
    assert course.late == 19


def test_before_the_first_signature_all_are_missing() -> None:
    course = _course([])
    assert course.known[-1] == (TODAY, 0)
    assert course.late == 40

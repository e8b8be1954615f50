"""What each row of a file is taken for: new, changed, the same, or perhaps somebody known."""

import pytest

from sobo.intake import operations
from sobo.intake.queries import persons, rows
from sobo.kernel.actor import Actor
from sobo.registry import matching
from sobo.registry.sheets import CLASSES, LEARNERS, ROOMS

from .workbooks import ON, child, classes, commit, learners, outcomes, send, workbook

AN = child(full_name="Nguyễn Văn An A", birth="15/01/2020", personal_number="079220000011")
"""A child the school has, by name and birth."""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([AN], {"changed": 1}),
        ([{**AN, "full_name": "NGUYEN VAN AN A"}], {"changed": 1}),
        ([{**AN, "birth": "16/01/2020", "personal_number": None}], {"maybe": 1}),
        ([{**AN, "birth": "15/01/2019", "personal_number": None}], {"new": 1}),
        ([AN, {**AN, "personal_number": None, "school_class": "1B"}], {"maybe": 2}),
        ([child()], {"new": 1}),
    ],
    ids=["name and birth", "without marks", "other day", "other year", "claimed twice", "nobody"],
)
def test_a_row_without_a_code(
    clerk: Actor, said: list[dict[str, object]], expected: dict[str, int]
) -> None:
    assert outcomes(send(learners(*said), clerk)) == expected


def test_what_was_written_is_the_same_when_it_comes_again(clerk: Actor) -> None:
    commit(send(learners(AN, child()), clerk), clerk)
    assert outcomes(send(learners(AN, child()), clerk)) == {"same": 2}


def test_a_blank_cell_says_nothing(clerk: Actor) -> None:
    commit(send(learners(child(phone="0912345678")), clerk), clerk)
    assert outcomes(send(learners(child(phone=None, residence=None)), clerk)) == {"same": 1}


def test_a_person_decides_whom_a_doubtful_row_means(clerk: Actor) -> None:
    batch = send(learners({**AN, "birth": "16/01/2020"}), clerk)
    each = rows.last_check(batch, ON)[LEARNERS.key]
    (doubt,) = persons.doubts(batch, each)
    known = doubt.candidates[0].code
    for decision, expected in ((known, {"changed": 1}), (matching.AS_NEW, {"new": 1})):
        batch = operations.decide(
            batch_id=batch.pk,
            sheet=LEARNERS.key,
            decisions=[(doubt.row, decision)],
            by=clerk,
            at=ON,
        )
        assert outcomes(batch) == expected


def test_rooms_alike_in_all_but_their_number_are_each_the_same_when_they_come_again(
    clerk: Actor,
) -> None:
    room = {"kind": "PH", "build_grade": "KC", "is_borrowed": "Không", "in_use": "Có"}
    body = workbook((ROOMS, [{**room, "quantity": count} for count in (3, 5)]))
    commit(send(body, clerk), clerk)
    assert outcomes(send(body, clerk), ROOMS) == {"same": 2}


def test_classes_are_known_by_their_code(clerk: Actor) -> None:
    batch = send(
        classes(
            {"code": "1A", "name": "1A", "grade": "Lớp 1"},
            {"code": "1B", "name": "Lớp 1B", "grade": "Lớp 1"},
            {"code": "2A", "name": "2A", "grade": "Lớp 2"},
        ),
        clerk,
    )
    counted = batch.summary["checked"][CLASSES.key]
    assert [counted[name] for name in ("same", "changed", "new")] == [1, 1, 1]

"""Layouts that are not ours: mapped once, remembered; and columns that slid."""

import pytest
from django.db import transaction

from sobo.intake import models, operations
from sobo.intake.models import Layout
from sobo.intake.queries import columns, moves, rows
from sobo.intake.recognition import Choice
from sobo.kernel.actor import Actor
from sobo.registry.sheets import LEARNERS

from .workbooks import CHILD, ON, child, found_in, learners, outcomes, refusal_of, send, table

FOREIGN = ["Cột 1", "Cột 2", "Cột 3", "Cột 4", "Cột 5", "Cột 6", "Cột 7", "Cột 8", "Cột 9"]
KEYS = [
    "full_name",
    "sex",
    "birth",
    "ethnic_group",
    "school_class",
    "grade",
    "status",
    "two_sessions",
    "day_boarder",
]
MAPPED = Choice(sheet="learners", heading_row=3, columns=dict(zip("ABCDEFGHI", KEYS, strict=True)))


def foreign(*names: str) -> bytes:
    people = [[child(full_name=name)[key] for key in KEYS] for name in names]
    return table("Xuất từ phần mềm cũ", [["TRƯỜNG TIỂU HỌC A"], [], FOREIGN, *people])


def test_a_layout_nobody_knows_is_mapped_once_and_known_the_next_time(clerk: Actor) -> None:
    batch = send(foreign("Đào Minh Khuê"), clerk)
    assert refusal_of(batch)["code"] == "TA-0012"
    choices = {"Xuất từ phần mềm cũ": MAPPED}
    batch = operations.choose_columns(batch_id=batch.pk, choices=choices, by=clerk, at=ON)
    assert outcomes(batch)["new"] == 1
    later = send(foreign("Đào Minh Khôi", "Lê Thu Mai"), clerk)
    assert (later.state, outcomes(later)["new"]) == (models.CHECKED, 2)


def test_a_choice_of_columns_can_be_taken_back(clerk: Actor) -> None:
    body = learners(child(full_name="Đào Minh Khôi"))
    batch = send(body, clerk)
    swapped = Choice(sheet="learners", heading_row=1, columns={"A": "other_name"})
    batch = operations.choose_columns(
        batch_id=batch.pk, choices={"Học sinh": swapped}, by=clerk, at=ON, remember=False
    )
    assert "full_name" not in rows.texts(batch)[LEARNERS.key].columns
    batch = operations.forget_columns(batch_id=batch.pk, file_sheet="Học sinh", at=ON)
    assert outcomes(batch) == {"new": 1}


def test_a_heading_named_below_the_first_rows_is_no_table_and_no_layout(clerk: Actor) -> None:
    batch = send(foreign("Đào Minh Khuê"), clerk)
    name = "Xuất từ phần mềm cũ"
    shown = columns.file_sheet(batch, name, key="learners", heading_row=4_000)
    assert (shown.heading_row, shown.columns) == (None, [])
    too_low = Choice(sheet="learners", heading_row=4_000, columns=MAPPED.columns)
    batch = operations.choose_columns(batch_id=batch.pk, choices={name: too_low}, by=clerk, at=ON)
    assert batch.summary["checked"]["learners"]["rows"] == 0
    assert not Layout.objects.exists()


def test_a_reading_that_was_rolled_back_leaves_no_rows_behind(clerk: Actor) -> None:
    batch = send(learners(child()), clerk)
    swapped = Choice(sheet="learners", heading_row=1, columns={"A": "other_name"})
    with pytest.raises(InterruptedError), transaction.atomic():
        operations.choose_columns(
            batch_id=batch.pk, choices={"Học sinh": swapped}, by=clerk, at=ON, remember=False
        )
        raise InterruptedError
    assert "full_name" in rows.texts(batch)[LEARNERS.key].columns


def test_the_columns_of_a_file_are_shown_without_a_value(clerk: Actor) -> None:
    labels = [LEARNERS.columns[key].label() for key in CHILD]
    labels[3] = "Dân tộc của em"
    people = [list(child(full_name=name).values()) for name in ("Lê An Na", "Lê Bá Nam")]
    lines: list[list[object]] = [[*labels], *people]
    batch = send(table("Học sinh", lines), clerk)
    shown = columns.file_sheet(batch, "Học sinh", key=None, heading_row=None)
    first = shown.columns[0]
    assert (first.letter, first.label, first.filled, first.distinct) == (
        "D",
        "Dân tộc của em",
        2,
        1,
    )
    assert first.suggestions[0].key == "ethnic_group"
    assert "Kinh" not in repr(shown)


@pytest.mark.parametrize(
    ("blank", "under", "meant"),
    [("sex", "birth", "ethnic_group"), ("ethnic_group", "nationality", "ethnic_group")],
    ids=["a run to the left", "one column to the right"],
)
def test_values_under_a_wrong_heading_are_put_right_in_one_act(
    clerk: Actor, blank: str, under: str, meant: str
) -> None:
    people = [child(full_name=name) for name in ("Lê An Na", "Lê Bá Nam", "Lê Chi", "Lê Duy")]
    for person in people:
        if blank == "sex":
            person["sex"], person["birth"] = person["birth"], person["ethnic_group"]
            person["ethnic_group"] = None
        else:
            person["nationality"], person["ethnic_group"] = person["ethnic_group"], None
    batch = send(learners(*people), clerk)
    assert len(found_in(batch)) >= len(people)
    (move,) = moves.moves(batch)
    assert move.move.columns[_letter(under)] == meant
    choice = Choice(sheet="learners", heading_row=move.heading_row, columns=move.move.columns)
    batch = operations.choose_columns(
        batch_id=batch.pk, choices={"Học sinh": choice}, by=clerk, at=ON, remember=False
    )
    assert rows.texts(batch)[LEARNERS.key][meant].to_list() == ["Kinh"] * 4


def _letter(key: str) -> str:
    return "ABCDEFGHIJKL"[list(CHILD).index(key)]

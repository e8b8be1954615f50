"""Writing a batch: all or nothing, once, what was reviewed; and taking it back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from sobo.intake import models, operations
from sobo.intake.models import Batch
from sobo.intake.operations import committing
from sobo.intake.policies import (
    ChangedSince,
    EditedMeanwhile,
    NothingToWrite,
    NotNow,
    RegisterMoved,
)
from sobo.intake.queries import rows
from sobo.kernel.actor import Actor
from sobo.kernel.refusal import Refusal
from sobo.registry.sheets import CLASSES, LEARNERS
from sobo.registry.writing.committing import write_sheet

from .workbooks import (
    CHILD,
    ON,
    child,
    commit,
    found_in,
    learners,
    outcomes,
    refusal_of,
    send,
    workbook,
)

NEW_CLASS = {
    "code": "1C",
    "name": "1C",
    "grade": "Lớp 1",
    "two_sessions": "Có",
    "is_merged": "Không",
    "day_boarding": "Không",
}
AN = child(
    full_name="Nguyễn Văn An A",
    birth="15/01/2020",
    personal_number="079220000011",
    phone="0988000111",
)


def in_register(query: str, *parameters: int | str | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def enrolments() -> list[tuple[Any, ...]]:
    return in_register(
        "SELECT p.full_name, e.event, e.version, e.phone FROM learners_enrolment e "
        "JOIN people_person p ON p.id = e.person_id ORDER BY p.full_name"
    )


def test_the_register_says_what_the_file_said(clerk: Actor) -> None:
    before = enrolments()
    batch = commit(send(learners(AN, child(phone="0912345678")), clerk), clerk)
    assert batch.state == models.COMMITTED
    assert enrolments() == [
        ("Giàng A Chính A", "NEW", 1, None),
        ("Nguyễn Văn An A", "UPDATE", 2, "0988000111"),
        ("Trần Thị Bình A", "NEW", 1, None),
        ("Đào Minh Khuê", "NEW", 1, "0912345678"),
    ]
    assert len(before) == 3
    assert in_register(
        "SELECT birth, sex, length(code) FROM people_person WHERE full_name = 'Đào Minh Khuê'"
    ) == [("2020-02-03", "1", 10)]


def test_a_class_and_its_first_learner_come_in_one_file(clerk: Actor) -> None:
    body = workbook((CLASSES, [NEW_CLASS]), (LEARNERS, [child(school_class="1C")]))
    commit(send(body, clerk), clerk)
    assert in_register(
        "SELECT c.code FROM learners_enrolment e JOIN classes_schoolclass c "
        "ON c.id = e.school_class_id JOIN people_person p ON p.id = e.person_id "
        "WHERE p.full_name = 'Đào Minh Khuê'"
    ) == [("1C",)]


def test_a_learner_waits_for_a_class_that_cannot_be_written(clerk: Actor) -> None:
    wrong = {**NEW_CLASS, "two_sessions": None}
    batch = send(workbook((CLASSES, [wrong]), (LEARNERS, [child(school_class="1C")])), clerk)
    assert [message.rule.code for message in found_in(batch) if message.sheet == "Học sinh"] == [
        "TA-0405"
    ]
    with pytest.raises(NothingToWrite):
        commit(batch, clerk)


def test_rows_with_errors_stay_behind_and_the_others_are_written(clerk: Actor) -> None:
    wrong = child(full_name="Đào Minh Khôi", school_class="9Z")
    commit(send(learners(child(), wrong), clerk), clerk)
    assert [name for name, *_ in enrolments()].count("Đào Minh Khuê") == 1
    assert "Đào Minh Khôi" not in [name for name, *_ in enrolments()]


def test_a_batch_is_written_once(clerk: Actor) -> None:
    batch = commit(send(learners(child()), clerk), clerk)
    with pytest.raises(NotNow):
        commit(batch, clerk)


def test_whoever_reviewed_an_earlier_state_does_not_write(clerk: Actor) -> None:
    batch = send(learners(child()), clerk)
    seen = batch.edits_made
    row = rows.texts(batch)[LEARNERS.key]["row"][0]
    operations.mend(
        batch_id=batch.pk, cells=[("learners", row, "phone", "0912000111")], by=clerk, at=ON
    )
    with pytest.raises(EditedMeanwhile):
        operations.commit(batch_id=batch.pk, edits_seen=seen, by=clerk, at=ON)


def test_nothing_is_written_where_the_register_moved_after_the_review(clerk: Actor) -> None:
    first, second = send(learners(AN), clerk), send(learners({**AN, "phone": "0977"}), clerk)
    commit(first, clerk)
    before = enrolments()
    with pytest.raises(RegisterMoved):
        commit(second, clerk)
    assert enrolments() == before


def test_a_commit_refused_is_compared_again_and_says_why(clerk: Actor) -> None:
    first, second = send(learners(AN), clerk), send(learners(AN, child()), clerk)
    commit(first, clerk)
    second = operations.keep_refusal(batch_id=second.pk, refusal=RegisterMoved(), at=ON)
    assert "Sổ vừa thay đổi" in refusal_of(second)["vi"]
    assert outcomes(second) == {"new": 1, "same": 1}
    assert commit(second, clerk).refusal is None


def test_a_file_that_says_what_the_register_says_has_nothing_to_write(clerk: Actor) -> None:
    commit(send(learners(child()), clerk), clerk)
    with pytest.raises(NothingToWrite):
        commit(send(learners(child(), child(school_class="9Z", full_name="Ai")), clerk), clerk)


def test_a_server_stopped_in_the_middle_writes_nothing(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = workbook((CLASSES, [NEW_CLASS]), (LEARNERS, [child(school_class="1C")]))
    batch = send(body, clerk)
    written = write_sheet

    def stopped(sheet: Any, frame: Any, *, target: Any) -> Any:
        if sheet is LEARNERS:
            raise SystemExit
        return written(sheet, frame, target=target)

    monkeypatch.setattr(committing, "write_sheet", stopped)
    with pytest.raises(SystemExit):
        commit(batch, clerk)
    assert in_register("SELECT count(*) FROM classes_schoolclass WHERE code = '1C'") == [(0,)]
    monkeypatch.undo()
    assert Batch.objects.get(pk=batch.pk).state == models.CHECKED


def test_taking_back_restores_what_changed_and_cancels_what_was_added(clerk: Actor) -> None:
    batch = commit(send(learners(AN, child()), clerk), clerk)
    back = operations.undo(batch_id=batch.pk, by=clerk, at=ON)
    assert back.undoes_id == batch.pk
    assert [(name, event, phone) for name, event, _version, phone in enrolments()] == [
        ("Giàng A Chính A", "NEW", None),
        ("Nguyễn Văn An A", "UPDATE", None),
        ("Trần Thị Bình A", "NEW", None),
        ("Đào Minh Khuê", "CANCEL", None),
    ]
    assert Batch.objects.get(pk=batch.pk).state == models.UNDONE


def test_what_was_taken_back_can_come_again(clerk: Actor) -> None:
    body = learners(child(phone="0912345678"))
    operations.undo(batch_id=commit(send(body, clerk), clerk).pk, by=clerk, at=ON)
    commit(send(body, clerk), clerk)
    assert ("Đào Minh Khuê", "UPDATE", 3, "0912345678") in enrolments()
    assert in_register(
        "SELECT g.event FROM people_guardian g JOIN people_person p ON p.id = g.person_id "
        "WHERE p.full_name = 'Đào Minh Khuê'"
    ) == [("UPDATE",)]


def test_taking_back_is_refused_where_later_changes_stand_on_it(clerk: Actor) -> None:
    batch = commit(send(learners(child()), clerk), clerk)
    commit(send(learners(child(phone="0912345678")), clerk), clerk)
    with pytest.raises(ChangedSince) as refused:
        operations.undo(batch_id=batch.pk, by=clerk, at=ON)
    assert "1 bản ghi" in refused.value.text("vi")


def test_taking_back_asks_the_areas_above_first(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Signed(Refusal):
        vi = en = "Báo cáo đã ký."

    def ask(**_about: object) -> None:
        raise Signed

    batch = commit(send(learners(child()), clerk), clerk)
    monkeypatch.setattr(committing, "BEFORE_UNDO", [ask])
    with pytest.raises(Signed):
        operations.undo(batch_id=batch.pk, by=clerk, at=ON)
    assert Batch.objects.get(pk=batch.pk).state == models.COMMITTED


def test_a_child_of_another_school_is_taken_over_not_doubled(
    signed_in: Callable[[str], Actor],
) -> None:
    moved = child(personal_number="079220000777")
    persons = []
    for username in ("clerk_b", "clerk_a"):
        by = signed_in(username)
        commit(send(learners(moved), by), by)
        persons += in_register(
            "SELECT e.person_id FROM learners_enrolment e JOIN people_person p "
            "ON p.id = e.person_id WHERE p.full_name = %s AND e.institution_id = %s",
            CHILD["full_name"],
            by.institution_id,
        )
    assert persons[0] == persons[1]


def test_one_entry_of_the_journal_holds_the_whole_batch(clerk: Actor) -> None:
    commit(send(learners(child()), clerk), clerk)
    entries = in_register(
        "SELECT count, length(digest), detail FROM journal_entry WHERE action = 'intake.commit'"
    )
    assert [(count, length) for count, length, _detail in entries] == [(3, 32)]

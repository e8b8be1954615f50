"""What the worker does: once, again after a fall, and never silently."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from sobo.institutions.models import Institution
from sobo.intake import models, operations, storage, tasks
from sobo.intake.models import Batch
from sobo.intake.queries import waiting
from sobo.intake.views import sending
from sobo.kernel.actor import Actor

from .workbooks import ON, YEAR, child, learners, refusal_of, send


def at_attempt(number: int) -> Any:
    """What the queue tells a job of itself."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    return SimpleNamespace(job=SimpleNamespace(attempts=number - 1))


@pytest.fixture
def received(clerk: Actor) -> Batch:
    """A file that waits for the worker."""
    assert clerk.institution_id is not None
    return operations.receive(
        institution=Institution.objects.get(pk=clerk.institution_id),
        school_year=YEAR,
        file_name="lớn.xlsx",
        chunks=[learners(child())],
        by=clerk,
        at=ON,
    )


def test_a_waiting_file_is_read_and_a_second_run_leaves_it(received: Batch, clerk: Actor) -> None:
    for attempt in (1, 2):
        tasks.read_batch(at_attempt(attempt), batch_id=received.pk, account_id=clerk.account_id)
        received.refresh_from_db()
        assert received.state == models.CHECKED
    assert storage.progress(received.public_id) is None


def test_what_fails_three_times_is_told_and_can_be_tried_again(
    received: Batch, signed_in: Callable[[str], Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    account = received.sent_by

    def falls(**_about: object) -> None:
        raise MemoryError

    monkeypatch.setattr(operations, "read", falls)
    for attempt in (1, 2, 3):
        with pytest.raises(MemoryError):
            tasks.read_batch(at_attempt(attempt), batch_id=received.pk, account_id=account)
        # What failed took its session along.
        signed_in("clerk_a")
        received.refresh_from_db()
        assert received.state == (models.FAILED if attempt == 3 else models.RECEIVED)
    assert "hãy thử lại" in refusal_of(received)["vi"]
    (task,) = waiting.tasks(signed_in("clerk_a"), ON)
    assert "Đọc lại tệp này" in task.why
    assert operations.reopen(batch_id=received.pk).state == models.RECEIVED


def test_a_commit_run_twice_writes_once(clerk: Actor) -> None:
    batch = send(learners(child()), clerk)
    for attempt in (1, 2):
        tasks.commit_batch(
            at_attempt(attempt), batch_id=batch.pk, edits_seen=0, account_id=clerk.account_id
        )
    batch.refresh_from_db()
    assert (batch.state, batch.summary["written"]["people.person"]["added"]) == ("committed", 1)


def test_a_refused_commit_waits_for_its_reviewer_with_the_reason(clerk: Actor) -> None:
    batch = send(learners(child()), clerk)
    tasks.commit_batch(at_attempt(1), batch_id=batch.pk, edits_seen=7, account_id=clerk.account_id)
    batch.refresh_from_db()
    assert batch.state == models.CHECKED
    assert "Có người vừa sửa" in refusal_of(batch)["vi"]


def test_a_large_file_is_left_to_the_worker(
    received: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "READ_AT_ONCE", 10)
    request: Any = SimpleNamespace(now=ON, actor=clerk)
    sending.begin_reading(request, received)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args ->> 'batch_id' FROM procrastinate_jobs")
        assert cursor.fetchall() == [("sobo.intake.tasks.read_batch", str(received.pk))]
    progress = storage.progress(received.public_id)
    assert progress is not None
    assert (progress.step, progress.attempt) == ("read", 0)

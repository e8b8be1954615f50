"""Background work of the intake: reading and writing what takes longer than a page may wait."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from sobo.accounts import clock, sessions
from sobo.intake import models, operations, storage
from sobo.intake.models import Batch
from sobo.intake.queries import batches
from sobo.kernel.actor import Actor
from sobo.kernel.refusal import Refusal

MOST_ATTEMPTS = 3
RETRY = RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=5)


@app.task(queue="intake", retry=RETRY, pass_context=True)
def read_batch(context: JobContext, *, batch_id: int, account_id: int) -> None:
    """Read and check a received file. A batch already read is left as it is."""
    with _worked_on(context, "read", batch_id, account_id) as work:
        if work.batch.state == models.RECEIVED:
            operations.read(batch=work.batch, on=work.at)


@app.task(queue="intake", retry=RETRY, pass_context=True)
def commit_batch(context: JobContext, *, batch_id: int, edits_seen: int, account_id: int) -> None:
    """Write a reviewed batch; a second run finds it written and does nothing."""
    with _worked_on(context, "commit", batch_id, account_id) as work:
        if work.batch.state != models.CHECKED:
            return
        try:
            operations.commit(batch_id=batch_id, edits_seen=edits_seen, by=work.by, at=work.at)
        except Refusal as refused:
            operations.keep_refusal(batch_id=batch_id, refusal=refused, at=work.at)


@dataclass(frozen=True, kw_only=True)
class Work:
    """One attempt of the worker at a batch."""

    batch: Batch
    by: Actor
    at: datetime


@contextmanager
def _worked_on(context: JobContext, step: str, batch_id: int, account_id: int) -> Iterator[Work]:
    """One transaction in the scope of the one who asked; the last failure is told on the page."""
    attempt = context.job.attempts + 1
    try:
        with _acting(account_id) as by:
            batch = batches.batch_locked(batch_id)
            at = clock.now()
            storage.tell_progress(batch.public_id, step=step, at=at, attempt=attempt)
            yield Work(batch=batch, by=by, at=at)
    except Exception:
        if attempt >= MOST_ATTEMPTS:
            with _acting(account_id):
                operations.give_up(batch_id=batch_id)
        raise
    storage.end_progress(batch.public_id)


def _acting(account_id: int) -> AbstractContextManager[Actor]:
    # Sessions end by the clock of the database, not by the settable day of a demo.
    return sessions.acting_as(
        account_id, channel="job", purpose="đưa dữ liệu vào", at=timezone.now()
    )

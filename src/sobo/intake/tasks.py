"""Background work of the intake: reading and writing what takes longer than a page may wait."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sobo.accounts import clock, sessions
from sobo.intake import models, operations
from sobo.intake.models import Batch

RETRY = RetryStrategy(max_attempts=3, wait=5)


@app.task(queue="intake", retry=RETRY)
def read_batch(*, batch_id: int, account_id: int) -> None:
    """Read and check a received file. A batch already read is left as it is."""
    now = clock.now()
    with sessions.acting_as(account_id, channel="job", purpose="đọc tệp", at=timezone.now()):
        batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        if batch.state == models.RECEIVED:
            operations.read(batch=batch, on=now)


@app.task(queue="intake", retry=RETRY)
def commit_batch(*, batch_id: int, edits_seen: int, account_id: int) -> None:
    """Write a reviewed batch; a second run finds it written and does nothing."""
    now = clock.now()
    with sessions.acting_as(account_id, channel="job", purpose="ghi sổ", at=timezone.now()) as by:
        if Batch.objects.get(pk=batch_id).state == models.CHECKED:
            operations.commit(batch_id=batch_id, edits_seen=edits_seen, by=by, at=now)

"""What every act on a batch shares: it is allowed only in some states, and journalled."""

from collections.abc import Iterable, Mapping
from typing import Any

from sobo.intake.models import Batch
from sobo.intake.policies import NotNow
from sobo.intake.queries.batches import state_name
from sobo.journal import operations as journal
from sobo.registry.writing.committing import Written, digest_of


def require(batch: Batch, *states: str) -> None:
    """Let an act go on only in these states. Raises `NotNow`."""
    if batch.state not in states:
        raise NotNow(state_name(batch.state))


def journal_act(
    action: str, batch: Batch, detail: Mapping[str, Any], written: Iterable[Written] = ()
) -> None:
    """One entry for the whole act, with a digest of what it wrote, else of the file."""
    parts = list(written)
    journal.write(
        kind=journal.CHANGE,
        action=action,
        institution_id=batch.institution_id,
        dataset="intake.batch",
        records=[batch.public_id],
        count=sum(part.added + part.changed for part in parts) if parts else None,
        digest=digest_of(parts) if parts else bytes.fromhex(batch.sha256),
        detail=detail,
    )

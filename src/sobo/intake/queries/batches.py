"""Which batches there are, and in what state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from sobo.intake import models
from sobo.intake.models import Batch, Edit
from sobo.registry.queries.records import account_names

STATE_NAMES = {
    models.RECEIVED: _("Đã nhận"),
    models.READ: _("Đã đọc"),
    models.CHECKED: _("Đã kiểm tra"),
    models.COMMITTED: _("Đã ghi vào sổ"),
    models.UNDONE: _("Đã hoàn tác"),
    models.REFUSED: _("Không đọc được"),
    models.FAILED: _("Gặp sự cố"),
}


def state_name(state: str) -> str:
    """A batch's state in words."""
    return str(STATE_NAMES[state])


def batches(institution_id: int) -> QuerySet[Batch]:
    """An institution's batches, newest first, without those that only take another back."""
    sent = Batch.objects.filter(institution_id=institution_id, undoes__isnull=True)
    return sent.order_by("-id")


def batch(public_id: UUID) -> Batch:
    """One batch in sight. Raises `Batch.DoesNotExist`."""
    return Batch.objects.select_related("institution").get(public_id=public_id)


def batch_locked(batch_id: int) -> Batch:
    """One batch, which nobody else changes until this transaction ends."""
    found = Batch.objects.select_related("institution").select_for_update(of=("self",))
    return found.get(pk=batch_id)


def senders(found: Sequence[Batch]) -> dict[int, str]:
    """Names of those who sent or committed batches."""
    return account_names(who for each in found for who in (each.sent_by, each.committed_by))


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act of mending: a repair over many cells, or what was typed at once."""

    group: int
    cells: int
    rule: str
    made_by: str
    made_at: datetime


def acts(of: Batch) -> list[Act]:
    """Acts of mending that stand, the latest first."""
    standing = Edit.objects.filter(batch=of, undone_at__isnull=True)
    rows = (
        standing.values("group", "rule", "made_by", "made_at")
        .annotate(cells=Count("id"))
        .order_by("-group")
    )
    names = account_names(row["made_by"] for row in rows)
    return [
        Act(
            group=row["group"],
            cells=row["cells"],
            rule=row["rule"],
            made_by=names.get(row["made_by"], ""),
            made_at=row["made_at"],
        )
        for row in rows
    ]

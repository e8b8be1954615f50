"""What waits in the intake for the one at work."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sobo.accounts.roles import ENTER_DATA, may
from sobo.intake import models
from sobo.intake.models import Batch
from sobo.intake.queries.batches import batches
from sobo.kernel.actor import Actor
from sobo.kernel.task import Task
from sobo.kernel.vietnamese import format_number

MOST = 3


def tasks(actor: Actor, now: datetime) -> list[Task]:
    """Files of this person that were read and not yet written, the latest first."""
    if actor.institution_id is None or not may(actor, ENTER_DATA):
        return []
    waiting = batches(actor.institution_id).filter(
        state__in=(models.CHECKED, models.FAILED), sent_by=actor.account_id
    )
    return [_task(batch) for batch in waiting[:MOST]]


def _task(batch: Batch) -> Task:
    return Task(
        title=_("Tệp “%(name)s” chưa ghi vào sổ") % {"name": batch.file_name},
        why=_why(batch),
        url=reverse("batch", args=[batch.public_id]),
        action=_("Mở tệp"),
    )


def _why(batch: Batch) -> str:
    if batch.state == models.FAILED:
        return _("Hệ thống gặp sự cố khi đọc tệp. Tệp còn nguyên: mở ra rồi bấm “Đọc lại tệp này”.")
    errors = sum(counts["errors"] for counts in batch.summary["checked"].values())
    if not errors:
        return _("Không còn lỗi nào; xem chỗ khác sổ rồi ghi.")
    said = ngettext("Còn %(count)s dòng có lỗi.", "Còn %(count)s dòng có lỗi.", errors)
    return said % {"count": format_number(errors)}

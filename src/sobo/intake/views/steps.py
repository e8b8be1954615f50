"""The five steps of a file, and which of them it stands at."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sobo.intake import models
from sobo.intake.models import Batch
from sobo.intake.queries.differences import Totals
from sobo.kernel.vietnamese import format_number

RECEIVED, READ, CHECKED, MATCHED, WRITTEN = range(5)


def steps_of(batch: Batch, left: int, totals: Totals | None) -> Sequence[dict[str, str]]:
    """Label and state of each step, as the pages draw them."""
    at, is_stuck = _standing(batch, left, totals)
    labels = (
        _("Đã nhận") if at > RECEIVED else _("Nhận tệp"),
        _("Đã đọc") if at > READ else _("Đọc tệp"),
        _check_label(left),
        _match_label(totals),
        _("Xem lại và ghi") if at <= WRITTEN else _("Đã ghi"),
    )
    return [
        {"label": label, "state": _state(number, at, is_stuck=is_stuck)}
        for number, label in enumerate(labels)
    ]


def _standing(batch: Batch, left: int, totals: Totals | None) -> tuple[int, bool]:
    if batch.state in (models.COMMITTED, models.UNDONE):
        return WRITTEN + 1, False
    if batch.state in (models.REFUSED, models.FAILED):
        return READ, True
    if batch.state != models.CHECKED:
        return READ, False
    doubts = totals.maybe if totals else 0
    if left > bool(doubts):
        return CHECKED, False
    return (MATCHED if doubts else WRITTEN), False


def _state(number: int, at: int, *, is_stuck: bool) -> str:
    if number == at:
        return "failed" if is_stuck else "current"
    return "done" if number < at else "todo"


def _check_label(left: int) -> str:
    if not left:
        return _("Kiểm tra")
    said = ngettext("Kiểm tra: còn %(count)s việc", "Kiểm tra: còn %(count)s việc", left)
    return said % {"count": format_number(left)}


def _match_label(totals: Totals | None) -> str:
    if not totals or not totals.maybe:
        return _("Đối chiếu")
    return _("Đối chiếu: %(count)s dòng") % {"count": format_number(totals.maybe)}

"""What the one at work should do next about returns, said with its day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sobo.accounts.roles import COMPLETE_RETURN, SIGN_RETURN, may
from sobo.kernel.actor import Actor
from sobo.kernel.task import Task
from sobo.reporting.addresses import slug
from sobo.reporting.models import Round
from sobo.reporting.queries import rounds, standings
from sobo.reporting.transitions import APPROVED, COMPLETED, DRAFT, RETURNED, REVIEWED, SIGNED

REMINDED_DAYS_BEFORE = timedelta(days=3)
"""From this many days before its day on, a task is marked as pressing."""

STATE_TO_REACH = {"clerk": SIGNED, "head": SIGNED, "reviewer": REVIEWED, "approver": APPROVED}
"""The state by which each role's part of the round is done."""


def tasks(actor: Actor, now: datetime) -> list[Task]:
    """The actor's tasks in the round that is open now."""
    round_ = rounds.current_round(on=now.date())
    if round_ is None:
        return []
    due_on = _due_on(round_, actor)
    if actor.institution_id is not None:
        return list(_of_school(actor, round_, due_on, now.date()))
    return list(_of_unit(actor, round_, due_on, now.date()))


def _due_on(round_: Round, actor: Actor) -> date | None:
    state = STATE_TO_REACH.get(actor.role)
    found = (
        rounds.deadline(round_, state=state, province_code=actor.province_code) if state else None
    )
    return found.due_on if found else None


def _of_school(actor: Actor, round_: Round, due_on: date | None, today: date) -> Iterator[Task]:
    assert actor.institution_id is not None
    for standing in standings.of_institution(round_, actor.institution_id, by=actor):
        task = _of_form(actor, round_, standing)
        if task:
            yield Task(**task, due_on=due_on, is_late=due_on is not None and today > due_on)


def _of_form(actor: Actor, round_: Round, standing: Any) -> dict[str, Any] | None:
    """What a clerk or a head should do about one form now."""
    form = {"form": standing.form}
    if may(actor, COMPLETE_RETURN) and standing.state in (DRAFT, RETURNED):
        sent_back = standing.state == RETURNED
        return {
            "title": _("Báo cáo %(form)s bị trả lại") % form
            if sent_back
            else _("Hoàn thành báo cáo %(form)s") % form,
            "why": _("Xem lý do, sửa trong sổ rồi hoàn thành lại.")
            if sent_back
            else _("Số liệu tự tính từ sổ: xem lại rồi trình hiệu trưởng ký."),
            "url": reverse(
                "return-form", args=[standing.record_id, round_.code, slug(standing.form)]
            ),
            "action": _("Mở báo cáo"),
        }
    if may(actor, SIGN_RETURN) and standing.state == COMPLETED:
        return {
            "title": _("Báo cáo %(form)s chờ bạn ký") % form,
            "why": _("Văn thư đã hoàn thành; xem số liệu và điểm giải trình trước khi ký."),
            "url": reverse("return-sign", args=[standing.filing]),
            "action": _("Xem và ký"),
        }
    return None


def _of_unit(actor: Actor, round_: Round, due_on: date | None, today: date) -> Iterator[Task]:
    waiting = standings.how_many_wait(round_, by=actor)
    if waiting:
        yield Task(
            title=ngettext("%(n)d báo cáo chờ bạn nhận", "%(n)d báo cáo chờ bạn nhận", waiting)
            % {"n": waiting},
            why=_("Kỳ %(round)s. Báo cáo không có gì bất thường có thể nhận một lượt.")
            % {"round": round_.name},
            url=reverse("returns"),
            action=_("Mở danh sách"),
            count=waiting,
            due_on=due_on,
            is_late=due_on is not None and today > due_on,
        )
    if due_on is not None and due_on - REMINDED_DAYS_BEFORE <= today:
        yield from _unsigned(actor, round_, today)


def _unsigned(actor: Actor, round_: Round, today: date) -> Iterator[Task]:
    tally = standings.tally(round_, by=actor)
    missing = tally.total - tally.signed
    if missing:
        yield Task(
            title=_("%(n)d báo cáo chưa ký") % {"n": missing},
            why=_("Danh sách kèm việc còn vướng, thay cho gọi điện từng trường."),
            url=reverse("returns-unsigned"),
            action=_("Xem danh sách"),
            count=0,
        )

"""How days and states of a return are put into words."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sobo.accounts.preferences import language
from sobo.reporting.models import Deadline
from sobo.reporting.transitions import (
    ACCEPTED,
    APPROVED,
    COMPLETED,
    DRAFT,
    REPLACED,
    RETURNED,
    REVIEWED,
    SIGNED,
    state_name,
)

PRESSING = timedelta(days=3)
TONES = {
    DRAFT: "plain",
    COMPLETED: "info",
    SIGNED: "info",
    REVIEWED: "info",
    APPROVED: "info",
    ACCEPTED: "done",
    RETURNED: "error",
    REPLACED: "plain",
}


@dataclass(frozen=True, kw_only=True)
class State:
    """A state as a badge shows it."""

    tone: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Due:
    """A deadline seen from a day."""

    on: date
    text: str
    tone: str
    clause: str
    is_verified: bool


def state(code: str) -> State:
    """The badge of a state, in the language of the request."""
    return State(tone=TONES[code], text=state_name(code, language()))


def due(deadline: Deadline | None, *, today: date) -> Due | None:
    """A deadline in words: how many days are left, or by how many it is past."""
    if deadline is None:
        return None
    return Due(
        on=deadline.due_on,
        text=days_left(deadline.due_on, today=today),
        tone=_tone(deadline.due_on, today),
        clause=deadline.clause,
        is_verified=deadline.is_verified,
    )


def days_left(due_on: date, *, today: date) -> str:
    """`còn 3 ngày`, `hôm nay là hạn` or `trễ 2 ngày`."""
    days = (due_on - today).days
    if days > 0:
        return ngettext("còn %(n)d ngày", "còn %(n)d ngày", days) % {"n": days}
    if days == 0:
        return _("hôm nay là hạn")
    return ngettext("trễ %(n)d ngày", "trễ %(n)d ngày", -days) % {"n": -days}


def _tone(due_on: date, today: date) -> str:
    if today > due_on:
        return "error"
    return "query" if today + PRESSING >= due_on else "plain"
